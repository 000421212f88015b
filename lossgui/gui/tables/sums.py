"""Which rows of predictions do not sum to one: looked for block by block, remembered in the blocks."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from lossgui.core.encodings import SUM_TOLERANCE
from lossgui.core.table import Array, Table

BLOCKS_AT_ONCE = 64
"""Blocks that are looked at before the window may do something else: 16 MiB."""


def row_sum(row: Array) -> float:
    """Return the sum of a row; of float32, too, in double precision."""
    return float(row.sum(dtype=np.float64))


def is_off(total: float) -> bool:
    """Tell whether a sum is not one, or not a number."""
    return not abs(total - 1) <= SUM_TOLERANCE


def _off(array: Array) -> tuple[int, int]:
    """Return how many rows are off, and the first of them."""
    wrong = ~(np.abs(array.sum(axis=1, dtype=np.float64) - 1) <= SUM_TOLERANCE)
    return int(wrong.sum()), int(np.argmax(wrong))


class SumCheck(QObject):
    """Counts the rows of a table that do not sum to one, a few blocks at a time.

    Attributes
    ----------
    count, first
        How many rows are off, and the first of them, or None; of the blocks that were looked at.
    """

    found = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.count = 0
        self.first: int | None = None
        self._table: Table | None = None
        self._next = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._look)

    def check(self, table: Table | None) -> None:
        """Look at another table, or at none; `found` says when all of it was looked at."""
        if table is self._table and table is not None:
            return
        self._table, self._next, self.count, self.first = table, 0, 0, None
        self._timer.stop()
        self._look()

    def _look(self) -> None:
        blocks = self._table.blocks if self._table is not None else ()
        stop = min(len(blocks), self._next + BLOCKS_AT_ONCE)
        while self._next < stop:
            block = blocks[self._next]
            known = block.recall("rows off one")
            count, inner = known or block.recall_or("rows off one", _off)
            if count and self.first is None and self._table is not None:
                self.first = self._table.starts[self._next] + inner
            self.count += count
            self._next += 1
            if known and stop < len(blocks):
                stop += 1  # what is remembered costs nothing
        if self._next < len(blocks):
            self._timer.start()
        else:
            self._timer.stop()
            self.found.emit()
