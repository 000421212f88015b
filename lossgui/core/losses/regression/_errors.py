"""What losses of the error are made of: terms of prediction and label, and the chains around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.losses._steps import rounded
from lossgui.core.needs import Need
from lossgui.core.stages import Function, Map, Stage, SumClasses, mean_over_classes
from lossgui.core.table import Array

ENCODINGS = ("real", "soft", "binary", "one-hot", "signed")
"""Labels that are numbers, those that are any number first."""


class WrittenOut(Map):
    """A function whose way back is written out, since digits depend on where a framework multiplies and adds.

    Parameters
    ----------
    back
        (what comes back, *values read) -> the derivative by the first of them; None: as `derivatives` have.
    """

    back: Function | None = None

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        """Return the derivative by each input."""
        if self.back is None:
            return super().backward(upstream, output, *inputs)
        return [self.back(upstream, *inputs), *(None for _ in inputs[1:])]


class Known(Map):
    """A value that depends on how many numbers there are, and not on them: the working shows it alone."""

    def working(self, output: Array, *inputs: Array) -> str:
        """Return the value."""
        return text.listed(np.ravel(output))


class Branched(WrittenOut):
    """A function that is written in one way here and in another there.

    Parameters
    ----------
    near
        Values read -> whether each entry is here, and written as `entry` has it.
    beyond
        As `entry`, for the entries that are there.
    """

    near: Function
    beyond: Callable[..., str]

    def entries(self, *inputs: Array) -> list[str]:
        """Return each entry as it is written where it lies."""
        near = np.atleast_1d(np.squeeze(self.near(*inputs)))
        written = super().entries(*inputs)
        beyond = Map.entries(self.but(entry=self.beyond), *inputs)
        return [one if is_near else other for is_near, one, other in zip(near, written, beyond, strict=True)]


def terms(
    value: Function,
    slope: Function,
    formula: str,
    words: str,
    entry: str | Callable[[str, str], str] = "",
    frame: str = "{}",
    chip: str = "",
    back: Function | None = None,
) -> WrittenOut:
    """Return a stage of terms that are functions of prediction and label.

    Parameters
    ----------
    value, slope
        (predictions, labels) -> the terms, and their derivative by the prediction.
    entry
        The working of one: a text with {p} and {y}, or a function of both texts.
    back
        As `WrittenOut` has it.
    """

    def written(p: str, y: str) -> str:
        if callable(entry):
            return entry(p, y)
        return entry.format(p=p, y=text.signed(y))

    return WrittenOut(
        name="terms",
        reads=("predictions", "labels"),
        writes="terms",
        function=value,
        derivatives=(slope, None),
        formula=formula,
        words=words,
        entry=written if entry else None,
        frame=frame,
        chip=chip,
        back=back,
    )


def of_error(
    value: Function,
    slope: Function,
    formula: str,
    words: str,
    entry: str = "",
    back: Function | None = None,
    **more: str,
) -> WrittenOut:
    """Return a stage of terms that are functions of prediction less label; `back` takes (upstream, error)."""
    whole = back and (lambda upstream, p, y: back(upstream, p - y))
    return terms(
        lambda p, y: value(p - y), lambda p, y: slope(p - y), formula, words, entry, back=whole, **more
    )


LOG, EXP, LOG1P = rounded(np.log), rounded(np.exp), rounded(np.log1p)


def averaged(*stages: Stage, needs: tuple[Need, ...] = (), **more: Any) -> Chain:
    """Return the chain that averages the terms of a sample, as Keras and scikit-learn's metrics do."""
    return Chain((*stages, mean_over_classes()), needs=needs, **more)


def single(*stages: Stage, needs: tuple[Need, ...] = (), **more: Any) -> Chain:
    """Return the chain whose values are the terms themselves, as PyTorch, optax and others have them."""
    return Chain((*stages, SumClasses()), elementwise=True, needs=needs, **more)


def weighed(*stages: Stage, over_weights: bool = True) -> Chain:
    """Return the chain of terms times a weight for each, as PyTorch's `weight` has it.

    Parameters
    ----------
    over_weights
        Whether a mean divides by the sum of the weights, and not by how many there are.
    """
    weigh = Map(
        name="weights",
        reads=("terms", "weight"),
        writes="terms",
        function=np.multiply,
        derivatives=(lambda term, weight: weight, None),
        formula=r"w_k \ell_k",
        words="Each term is multiplied by the weight of its entry.",
        chip="weights",
    )
    if not over_weights:
        return single(*stages, weigh)
    added = SumClasses(
        name="weights of a row",
        reads=("weight",),
        writes="weights",
        formula=r"\sum_k w_k",
        words="The weights are added up: a mean divides by their sum.",
        chip="Σ weights",
    )
    statistics = ("loss", "weights")
    return single(*stages, weigh, added, statistics=statistics, divisor="weights")


def either(test: Array, inside: Any, outside: Any) -> Array:
    """Return both parts added up, the one that is not meant times 0: what is not finite there spoils it.

    So differentiate TensorFlow and JAX what a `where` chooses.
    """
    kept = test.astype(inside.dtype)
    result: Array = kept * inside + (1 - kept) * outside
    return result
