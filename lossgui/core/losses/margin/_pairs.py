"""What true classes lack to be ahead of the others, pair by pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lossgui.core import text
from lossgui.core.stages import Function, Stage
from lossgui.core.table import Array
from lossgui.core.where import where


@dataclass(frozen=True, kw_only=True, eq=False)
class Shortfalls(Stage):
    """For each class that is not true: what all true classes lack to be ahead of it by 1.

    Parameters
    ----------
    positive
        What is lacking -> the same, and 0 where it is negative.
    """

    name: str = "terms"
    reads: tuple[str, ...] = ("labels", "predictions")
    writes: str = "terms"
    formula: str = r"\sum_{j:\, y_j = 1} \max(0, 1 - \hat y_j + \hat y_k)"
    words: str = "For each class that is not true: what the true ones lack to be ahead of it by 1, added up."
    level: str = "far enough ahead"
    positive: Function

    def value(self, *inputs: Array) -> Array:
        y, x = inputs
        total: Array = np.zeros_like(x)
        for j in range(x.shape[-1]):
            short = 1 - x[..., j : j + 1] + x
            total = total + where(self._compared(y, j), self.positive(short), 0)
        return total

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        y, x = inputs
        columns = []
        total: Array = np.zeros_like(x)
        for j in range(x.shape[-1]):
            short = 1 - x[..., j : j + 1] + x
            slope = where(self._compared(y, j) & (short > 0), upstream, 0)
            total = total + slope
            columns.append(slope.sum(axis=-1))
        return [None, total - np.stack(columns, axis=-1)]

    def working(self, output: Array, *inputs: Array) -> str:
        return f"{text.listed(np.ravel(inputs[1]))} → {text.listed(np.ravel(output))}"

    @staticmethod
    def _compared(y: Array, j: int) -> Array:
        """Tell for each class whether class j is true and it is not."""
        compared: Array = (y[..., j : j + 1] == 1) & (y != 1)
        return compared
