"""What a loss needs of the numbers it is given: where they do not fit, it has no number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from lossgui.core.table import Array, Block, Table

FITS = -1
"""The place of the first wrong entry where there is none."""


@dataclass(frozen=True, eq=False)
class Need:
    """What must hold of all labels, or of all predictions, that a loss has a number for them.

    Parameters
    ----------
    of
        'labels' or 'predictions'.
    holds
        Rows, shape (rows, columns) -> whether each entry is right, in that shape, or each row, shape (rows,).
    words
        What the loss takes, a sentence without its full stop, such as 'It takes labels of 0 or more'.
    placed
        Whether it is told of which sample it does not hold.
    """

    of: Literal["labels", "predictions"]
    holds: Callable[[Array], Array]
    words: str
    placed: bool = True

    def met(self, array: Array) -> bool:
        """Tell whether it holds of all rows."""
        with np.errstate(all="ignore"):
            return bool(np.all(self.holds(array)))

    def first_wrong(self, table: Table, mask: Table | None = None) -> tuple[int, int | None] | None:
        """Return where it does not hold, as row and column, the column None where it is of rows.

        Each block remembers what was found. Rows that are masked need nothing.
        """
        for place, (block, start) in enumerate(zip(table.blocks, table.starts, strict=False)):
            kept = None if mask is None else mask.blocks[place]
            found = block.recall_or(("first wrong", self, kept), partial(self._first_wrong, kept))
            if found != FITS:
                row, column = found
                return start + row, column
        return None

    def _first_wrong(self, kept: Block | None, array: Array) -> tuple[int, int | None] | int:
        with np.errstate(all="ignore"):
            wrong = ~self.holds(array)
        if kept is not None:
            wrong &= kept.array.reshape(-1, *(1,) * (wrong.ndim - 1))
        if not wrong.any():
            return FITS
        first = np.unravel_index(int(np.argmax(wrong)), wrong.shape)
        return int(first[0]), int(first[1]) if wrong.ndim == 2 else None


def labels(words: str, holds: Callable[[Array], Array]) -> Need:
    """Return a need of the labels: 'It takes labels ' and the words."""
    return Need("labels", holds, f"It takes labels {words}")


def predictions(words: str, holds: Callable[[Array], Array]) -> Need:
    """Return a need of the predictions: 'It takes predictions ' and the words."""
    return Need("predictions", holds, f"It takes predictions {words}")


LABELS_FINITE = labels("that are finite", np.isfinite)
FINITE = predictions("that are finite", np.isfinite)
LABELS_NOT_NEGATIVE = labels("of 0 or more", lambda y: y >= 0)
LABELS_POSITIVE = labels("above 0", lambda y: y > 0)
NOT_NEGATIVE = predictions("of 0 or more", lambda p: p >= 0)
POSITIVE = predictions("above 0", lambda p: p > 0)
SHARES = predictions("between 0 and 1", lambda p: (p >= 0) & (p <= 1))


def never(words: str) -> Need:
    """Return what no numbers can meet, such as a parameter for which there is no loss."""
    return Need("predictions", lambda array: np.zeros(len(array), bool), words, placed=False)
