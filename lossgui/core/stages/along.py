"""The stage that adds up along axes, for callables that are told along which."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossgui.core.stages.stage import Stage
from lossgui.core.table import Array

Axes = int | tuple[int, ...] | None


def axes_of(axis: int | Sequence[int] | None) -> Axes:
    """Return axes as NumPy takes them."""
    return axis if axis is None or isinstance(axis, int) else tuple(axis)


class SumAlong(Stage):
    """Entries added up along some axes of an array in the shape in which it was given.

    Parameters
    ----------
    axis
        One or several axes; None: all of them.
    keeps
        Whether the axes are kept with a size of 1.
    mean
        Whether the sum is divided by the number of entries.
    """

    name: str = "sum"
    reads: tuple[str, ...] = ("terms",)
    writes: str = "loss"
    formula: str = r"\sum"
    words: str = "The entries are added up along the axes that are named."
    axis: Axes = -1
    keeps: bool = False
    mean: bool = False

    def value(self, *inputs: Array) -> Array:
        (terms,) = inputs
        total = np.asarray(terms.sum(axis=self.axis, keepdims=self.keeps))
        return total * self._scale(terms, total)

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        (terms,) = inputs
        axes = tuple(range(terms.ndim)) if self.axis is None else self.axis
        kept = upstream if self.keeps else np.expand_dims(upstream, axes)
        return [np.broadcast_to(kept * self._scale(terms, output), terms.shape)]

    def _scale(self, terms: Array, total: Array) -> float:
        return total.size / terms.size if self.mean else 1.0
