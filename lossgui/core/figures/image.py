"""An image: a rectangle of cells, each with a number that a colour stands for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lossgui.core import text
from lossgui.core.table import Array


@dataclass(frozen=True)
class Scale:
    """What the colours of an image stand for: from `-reach` through 0, which has no colour, to `reach`.

    Colours grow with the square root of a number, so that small ones show their sign beside large ones.

    Parameters
    ----------
    label
        What the numbers are.
    reach
        The number that has the full colour, positive; what lies beyond has it too.
    ticks
        (value, text), from low to high.
    """

    label: str
    reach: float
    ticks: tuple[tuple[float, str], ...]

    def share(self, values: Array) -> Array:
        """Return what share of the full colour numbers have, from -1 to 1; NaN has none."""
        with np.errstate(all="ignore"):
            size = np.minimum(np.abs(values) / self.reach, 1)
        result: Array = np.nan_to_num(np.sign(values) * np.sqrt(size))
        return result


@dataclass(frozen=True, eq=False)
class Image:
    """Cells: that of row i and column k lies around x = k, y = rows - 1 - i.

    Parameters
    ----------
    values
        Shape (rows, columns); the first row is the topmost. Infinity has the full colour, NaN none.
    scale
        What the colours stand for.
    hatched
        Which cells are hatched, whatever their number is, of the same shape.
    words
        What is to be said of each cell besides its number, '' for most; of the same shape, of str.
    rows, columns
        The places in the study's tables.
    focus
        The row and column of the cell that is in focus; None if it is not among them.
    """

    values: Array
    scale: Scale
    hatched: Array
    words: Array
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    focus: tuple[int, int] | None = None

    def numbers(self, decimals: int = text.DECIMALS) -> list[list[str]]:
        """Return what is written in the cells, row by row."""
        return [[text.number(value, decimals) for value in row] for row in self.values.tolist()]

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the row and column of the cell that holds a place, or None."""
        rows, columns = self.values.shape
        row, column = rows - 1 - round(y), round(x)
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None
