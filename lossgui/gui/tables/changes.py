"""Which cells of a table differ between two studies."""

from __future__ import annotations

from itertools import chain

import numpy as np

from lossgui.core.study import Study
from lossgui.core.table import Table
from lossgui.gui.tables.columns import Columns
from lossgui.gui.tables.words import SUM

FEW_CELLS = 24
"""Cells that are told one by one; of more, all that are seen are painted."""

Cells = tuple[tuple[int, int], ...]


def changed_between(old: Study, new: Study, columns: Columns) -> Cells | None:
    """Return the cells on show that differ, sums left out; None if they are many or all mean something else.

    Parameters
    ----------
    columns
        Those of both studies.
    """
    if (new.kind, new.encoding, new.classes) != (old.kind, old.encoding, old.classes):
        return None
    if new.mask is not old.mask:
        return None  # the whole row of a masked sample looks otherwise
    found = []
    for part in (columns.which, *columns.tail):
        cells = () if part == SUM else changed_cells(old.table(part), new.table(part))
        if cells is None:
            return None
        first = columns.place(part) or 0
        found.append([(row, first + column) for row, column in cells])
    return tuple(chain(*found))


def changed_cells(old: Table | None, new: Table | None) -> Cells | None:
    """Return the cells that differ, if they are few and in one block; None if they are not."""
    if old is new:
        return ()
    if old is None or new is None or old.starts != new.starts:
        return None
    places = [k for k, (a, b) in enumerate(zip(old.blocks, new.blocks, strict=True)) if a is not b]
    if len(places) != 1:
        return None if places else ()
    before, after = old.blocks[places[0]].array, new.blocks[places[0]].array
    rows, columns = np.nonzero((before != after) & ~((before != before) & (after != after)))
    if len(rows) > FEW_CELLS:
        return None
    start = new.starts[places[0]]
    return tuple((start + int(row), int(column)) for row, column in zip(rows, columns, strict=True))
