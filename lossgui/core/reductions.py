"""Reductions as frameworks have them: unreduced values -> one number, and what each counts for in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from lossgui.core.divisors import (
    Divisor,
    Values,
    count,
    count_of_some,
    nonzero_weights,
    one,
    size,
    some_weights,
    spread_weights,
    weights,
)
from lossgui.core.stages.stage import fitted
from lossgui.core.table import Array

KINDS = {
    "mean": "mean of the samples",
    "sum": "sum of the samples",
    "weighted mean": "sum over the sum of weights",
    "none": "each sample by itself",
    "mean of rows": "sum over the number of samples",
    "mean of the weighted": "sum over the number of weights other than 0",
}
"""What reductions come to, whatever frameworks call them, with words."""


def words_of(kind: str, by_entry: bool = False) -> str:
    """Return what a kind of reduction comes to, where values are those of samples or of single entries."""
    return KINDS[kind].replace("mean of the samples", "mean of the entries") if by_entry else KINDS[kind]


@dataclass(frozen=True, eq=False)
class Reduction:
    """The sum of weighted values over a divisor.

    Parameters
    ----------
    divisor
        What the sum is divided by; None: the weighted values stay as they are.
    kind
        One of `KINDS`; empty for one that comes to no single number.
    empty
        What a sum over a divisor of 0 is; None: what division makes of it.
    scale
        What the whole is multiplied by.
    left
        Shapes of values that are not reduced.
    returns
        The type of the result; None: that of the values.
    """

    divisor: Divisor | None
    kind: str = ""
    empty: float | None = None
    scale: float = 1.0
    left: tuple[tuple[int, ...], ...] = ()
    returns: str | None = None

    def value(self, values: Values) -> Array:
        """Return the reduced number, or numbers."""
        with np.errstate(all="ignore"):
            if self._leaves(values) or self.divisor is None:
                return values.weighed
            divisor = np.asarray(self.divisor(values))
            result = np.asarray(values.weighed.sum()) / divisor * self.scale
            if self.empty is not None:
                result = np.where(divisor == 0, self.empty, result)
            return np.asarray(result).astype(self.returns or values.array.dtype)

    def counts_for(self, values: Values) -> Array:
        """Return the derivative of the reduced number, or of the sum of them, by each value."""
        weight = np.ones_like(values.array) if values.weight is None else values.weight
        with np.errstate(all="ignore"):
            if self._leaves(values) or self.divisor is None:
                share = weight
            else:
                divisor = np.asarray(self.divisor(values))
                share = weight * np.asarray(self.scale / divisor, values.array.dtype)
                share = share if self.empty is None else np.where(divisor == 0, 0, share)
        whole = np.broadcast_to(share, np.broadcast_shapes(share.shape, values.array.shape))
        return fitted(whole, values.array).astype(values.array.dtype)

    def factor(self, classes: int) -> float:
        """Return what a sum over the divisor is multiplied by, where samples have so many classes."""
        return self.scale

    def _leaves(self, values: Values) -> bool:
        return values.weighed.shape in self.left


def of_kind(reductions: Mapping[str, Reduction], kind: str) -> str | None:
    """Return the name of the first reduction of a kind; None if there is none."""
    return next((name for name, each in reductions.items() if each.kind == kind), None)


@dataclass(frozen=True, eq=False)
class OfOutputs(Reduction):
    """The average over the samples of each output by itself, as metrics of several outputs have it.

    Parameters
    ----------
    root
        Whether the root of each average is taken.
    averaged
        Whether the outputs are averaged then.
    """

    divisor: Divisor | None = None
    root: bool = False
    averaged: bool = False

    def value(self, values: Values) -> Array:
        """Return the average of each output, or that of them."""
        assert values.entries is not None
        some_weights(values)
        weight = None if values.weight is None else np.ravel(values.weight).astype(values.entries.dtype)
        with np.errstate(all="ignore"):
            result = np.asarray(np.average(values.entries, axis=0, weights=weight))
            result = np.sqrt(result) if self.root else result
            return np.asarray(result.mean(dtype=result.dtype), float) if self.averaged else result


NONE = Reduction(None, "none")
SUM = Reduction(one, "sum")
MEAN = Reduction(count, "mean")
MEAN_OF_WEIGHTS = Reduction(weights, "weighted mean")

TEXTBOOK = {"mean": MEAN, "sum": SUM, "weighted mean": MEAN_OF_WEIGHTS, "none": NONE}
USUAL = {"mean": MEAN, "sum": SUM, "none": NONE}
"""PyTorch's; and what users of libraries that reduce nothing do to what these return."""

TENSORFLOW = {"reduce_mean": MEAN, "reduce_sum": SUM, "none": NONE}

SCALAR, NOTHING = (), (0,)
KERAS_3 = {
    name: replace(reduction, empty=None if reduction.divisor in (one, None) else 0.0, left=(SCALAR, NOTHING))
    for name, reduction in {
        "sum_over_batch_size": MEAN,
        "sum": SUM,
        "mean": MEAN,
        "mean_with_sample_weight": MEAN_OF_WEIGHTS,
        "none": NONE,
    }.items()
}
"""Keras 3 leaves a single value, and the values of no samples, as they are; 0 / 0 is 0."""

KERAS_2 = {
    "sum_over_batch_size": Reduction(count_of_some, "mean", empty=0.0),
    "auto": Reduction(count_of_some, "mean", empty=0.0),
    "sum": SUM,
    "none": NONE,
}
"""Keras 2 has 0 for no samples, and NaN where all of them are left out."""

V1 = {
    "weighted_sum_by_nonzero_weights": Reduction(nonzero_weights, "mean of the weighted", empty=0.0),
    "weighted_sum_over_batch_size": Reduction(size, "mean", empty=0.0),
    "weighted_mean": Reduction(spread_weights, "weighted mean", empty=0.0),
    "weighted_sum": SUM,
    "none": NONE,
}
"""Those of tf.compat.v1.losses; the first is what they do unless told otherwise."""

SKLEARN_MEAN = Reduction(some_weights, "weighted mean", returns="float64")
"""scikit-learn's mean is a Python float, and there is none where the weights add up to 0."""

SKLEARN = {"mean": SKLEARN_MEAN, "call": SKLEARN_MEAN}
OUTPUTS = {"uniform_average": OfOutputs(kind="weighted mean", averaged=True), "raw_values": OfOutputs()}
ROOTS_OF_OUTPUTS = {
    "uniform_average": OfOutputs(root=True, averaged=True),
    "raw_values": OfOutputs(root=True),
}
"""Those of scikit-learn's metrics of regression, without and with a root."""
