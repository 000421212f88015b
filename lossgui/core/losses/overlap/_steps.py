"""What the losses of overlap have in common: three sums, and one less a share of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.stages import Axes, Map, Stage, SumAlong, SumClasses, axes_of
from lossgui.core.table import Array

Three = tuple[float, float, float]


@dataclass(frozen=True)
class OneLessShare:
    """1 - factor a / (the sums a, b and c times their weights + added).

    Parameters
    ----------
    formula, words, chip
        As every last step of a batch has them.
    weights
        What the sums count for below the line.
    factor
        What the first of them counts for above it.
    added
        Below the line.
    """

    formula: str
    words: str
    chip: str
    weights: Three
    factor: float = 1.0
    added: float = 0.0

    def value(self, sums: Array) -> Array:
        """Return one less the share; `sums` has the shape (..., 3)."""
        share: Array = 1 - self.factor * sums[..., 0] / self._whole(sums)
        return share

    def derivative(self, sums: Array) -> Array:
        """Return the derivative by each of the sums, in their shape."""
        whole = self._whole(sums)
        share = self.factor * sums[..., 0] / whole
        by_each = [weight * share / whole for weight in self.weights]
        return np.stack([by_each[0] - self.factor / whole, *by_each[1:]], axis=-1)

    def split(self, sums: Array) -> tuple[float, float]:
        """Return what overlap counts for, and the 1 from which it is taken."""
        return float(-self.factor / self._whole(sums)), 1.0

    def working(self, sums: Array) -> str:
        """Return the share with its numbers."""
        parts = [
            _times(weight, float(part)) for weight, part in zip(self.weights, sums, strict=True) if weight
        ]
        added = text.inputs([self.added]) if self.added else []
        above, below = _times(self.factor, float(sums[0])), " + ".join([*parts, *added])
        return f"1 − {above} / ({below}) = {text.number(float(self.value(sums)))}"

    def _whole(self, sums: Array) -> Array:
        weights = np.asarray(self.weights, sums.dtype)
        whole: Array = (sums * weights).sum(axis=-1) + sums.dtype.type(self.added)
        return whole


def _times(factor: float, number: float) -> str:
    written = text.signed(text.number(number))
    return written if factor == 1 else f"{text.inputs([factor])[0]} · {written}"


def overlap(writes: str = "terms") -> Map:
    """Return the stage of what is common to both masks."""
    return Map(
        name="overlap",
        reads=("labels", "predictions"),
        writes=writes,
        function=np.multiply,
        derivatives=(None, lambda y, p: y),
        formula=r"y_k \hat y_k",
        words="What is both labelled and predicted.",
        entry=lambda y, p: f"{text.signed(y)} · {text.signed(p)}",
    )


def missed() -> Map:
    """Return the stage of what is labelled and not predicted."""
    return Map(
        name="missed",
        reads=("labels", "predictions"),
        writes="missed",
        function=lambda y, p: (1 - p) * y,
        derivatives=(None, lambda y, p: -y),
        formula=r"y_k (1 - \hat y_k)",
        words="What is labelled and not predicted.",
        entry=lambda y, p: f"{text.signed(y)} · (1 − {text.signed(p)})",
    )


def extra() -> Map:
    """Return the stage of what is predicted and not labelled."""
    return Map(
        name="extra",
        reads=("labels", "predictions"),
        writes="extra",
        function=lambda y, p: p * (1 - y),
        derivatives=(None, lambda y, p: 1 - y),
        formula=r"(1 - y_k) \hat y_k",
        words="What is predicted and not labelled.",
        entry=lambda y, p: f"(1 − {text.signed(y)}) · {text.signed(p)}",
    )


def of_the_batch(stages: tuple[Stage, ...], names: tuple[str, str, str], finish: OneLessShare) -> Chain:
    """Return the chain of the whole batch: three values added up, and one less their share.

    Parameters
    ----------
    stages
        The steps that write the values.
    names
        Of the values; the first is the overlap.
    """
    totals = tuple(f"sum of {name}" for name in names)
    sums = [
        SumClasses(
            name=total, reads=(name,), writes=total, words=f"The {name} of the row, added up.", chip=""
        )
        for name, total in zip(names, totals, strict=True)
    ]
    return Chain((*stages, *sums), statistics=totals, terms=names[0], finish=finish)


def along(stages: tuple[Stage, ...], names: tuple[str, str, str], finish: OneLessShare, axis: Axes) -> Chain:
    """Return the same along some axes of arrays in the shape in which they are given."""
    totals = tuple(f"sum of {name}" for name in names)
    sums = [
        SumAlong(name=total, reads=(name,), writes=total, axis=axes_of(axis))
        for name, total in zip(names, totals, strict=True)
    ]

    def slope(place: int) -> Callable[..., Array]:
        def of(*parts: Array) -> Array:
            result: Array = finish.derivative(np.stack(parts, axis=-1))[..., place]
            return result

        return of

    share = Map(
        name="share",
        reads=totals,
        writes="loss",
        function=lambda *parts: finish.value(np.stack(parts, axis=-1)),
        derivatives=(slope(0), slope(1), slope(2)),
        formula=finish.formula,
        words=finish.words,
    )
    return Chain((*stages, *sums, share), terms=None)
