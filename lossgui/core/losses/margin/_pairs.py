"""What true classes lack to be ahead of the others, pair by pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from lossgui.core import text
from lossgui.core.stages import Function, Stage
from lossgui.core.table import Array
from lossgui.core.where import where


class Shortfalls(Stage):
    """For each class that is not true: what all true classes lack to be ahead of it by 1.

    Parameters
    ----------
    lacks
        How far a true class is from being ahead -> whether that counts.
    """

    name: str = "terms"
    reads: tuple[str, ...] = ("labels", "predictions")
    writes: str = "terms"
    formula: str = r"\sum_{j:\, y_j = 1} \max(0, 1 - \hat y_j + \hat y_k)"
    words: str = "For each class that is not true: what the true ones lack to be ahead of it by 1, added up."
    level: str = "far enough ahead"
    lacks: Function

    def value(self, *inputs: Array) -> Array:
        total: Array = np.zeros_like(inputs[1])
        for short, compared in self._pairs(*inputs):
            total = total + where(compared & self.lacks(short), short, 0)
        return total

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        columns = []
        total: Array = np.zeros_like(inputs[1])
        for short, compared in self._pairs(*inputs):
            slope = where(compared & (short > 0), upstream, 0)
            total = total + slope
            columns.append(slope.sum(axis=-1))
        return [None, total - np.stack(columns, axis=-1)]

    def working(self, output: Array, *inputs: Array) -> str:
        return f"{text.listed(np.ravel(inputs[1]))} → {text.listed(np.ravel(output))}"

    @staticmethod
    def _pairs(y: Array, x: Array) -> Iterator[tuple[Array, Array]]:
        """Yield for each class how far it is from being ahead, and whether it is true and the other not."""
        true, others, left = y == 1, y != 1, 1 - x
        for j in range(x.shape[-1]):
            yield left[..., j : j + 1] + x, true[..., j : j + 1] & others
