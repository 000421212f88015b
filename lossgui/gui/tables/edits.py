"""Edits of a table's cells, decided without a window: what a study becomes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lossgui.core.edits.cells import table_of
from lossgui.core.study import LABELS, RefusedError, Study
from lossgui.core.table import Array, Table
from lossgui.files.numbers import parse
from lossgui.files.paste import format_block

MOST_COPIED = 500_000
"""Numbers that fit on the clipboard; writing more would stop the window."""


@dataclass(frozen=True)
class Area:
    """A rectangle of cells."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def size(self) -> int:
        """How many cells it has."""
        return self.rows * self.columns


# One cell


def typed(value: str | float) -> float:
    """Return the number that a text stands for; a number is returned as it is.

    Raises
    ------
    ValueError
        If the text is no number; the message says why.
    """
    return parse(value) if isinstance(value, str) else float(value)


def written(study: Study, which: str, row: int, column: int, value: str | float) -> Study:
    """Return the study with a text or number written into a cell; the same study if nothing changes.

    Raises
    ------
    ValueError
        If the text is no number.
    RefusedError
        If the number is not allowed there.
    """
    table = table_of(study, which)
    number = _stored(table, np.full((1, 1), typed(value)))[0, 0]
    if _same(table[row, column], number):
        return study
    return study.with_cell(which, row, column, number)


# Rectangles


def copied(study: Study, which: str, areas: Sequence[Area]) -> str:
    """Return the cells as text for the clipboard.

    Raises
    ------
    RefusedError
        If the areas are no one rectangle, or there are too many numbers.
    """
    area = around(areas)
    if sum(part.size for part in areas) != area.size:
        raise RefusedError("Only one rectangle of cells can be copied at once.")
    if area.size > MOST_COPIED:
        raise RefusedError(f"{area.size:,} numbers are too many to copy: {MOST_COPIED:,} can be.")
    rows = table_of(study, which).rows(area.row, area.row + area.rows)
    cells = rows[:, area.column : area.column + area.columns]
    return format_block((cells.astype(int) if cells.dtype == bool else cells).tolist())


def pasted(
    study: Study, which: str, row: int, column: int, block: Sequence[Sequence[float]], at: str
) -> Study:
    """Return the study with a block written at a cell, which is called `at`; the same if nothing changes.

    Raises
    ------
    RefusedError
        If it does not fit there, or a number is not allowed; nothing is written then.
    """
    table = table_of(study, which)
    rows, columns = len(block), len(block[0])
    room = len(table) - row, table.columns - column
    if rows > room[0] or columns > room[1]:
        raise RefusedError(
            f"{rows:,} × {columns:,} numbers do not fit at {at}: there is room for {room[0]:,} × "
            f"{room[1]:,}. Nothing was pasted."
        )
    values = _stored(table, np.asarray(block, float))
    return _with(study, which, Area(row, column, rows, columns), values)


def cleared(study: Study, which: str, areas: Sequence[Area]) -> Study:
    """Return the study with cells cleared; the same study if nothing changes.

    Raises
    ------
    RefusedError
        If labels would not be labels any more.
    """
    return written_all(study, which, areas, empty(study, which))


def written_all(study: Study, which: str, areas: Sequence[Area], value: float) -> Study:
    """Return the study with a number written into all cells of areas; the same if nothing changes.

    Raises
    ------
    RefusedError
        If the number is not allowed in one of them.
    """
    for area in areas:
        study = _with(study, which, area, np.full((area.rows, area.columns), value))
    return study


def filled(study: Study, which: str, area: Area) -> Study:
    """Return the study with the first row of an area in all of it, or, if it has but one, the row above it.

    The same study if nothing changes.

    Raises
    ------
    RefusedError
        If there is no row above, or labels would not be labels any more.
    """
    row = area.row - (area.rows == 1)
    if row < 0:
        raise RefusedError("There is no row above from which this one could be filled.")
    right = area.column + area.columns
    changed = study.with_filled(which, row, area.row + area.rows, area.column, right)
    return study if changed.table(which) == study.table(which) else changed


def empty(study: Study, which: str) -> float:
    """Return what a cleared cell holds: 0, and −1 in labels of −1 and +1."""
    return -1.0 if which == LABELS and study.encoding == "signed" else 0.0


def around(areas: Sequence[Area]) -> Area:
    """Return the smallest rectangle that holds all areas."""
    row, column = min(area.row for area in areas), min(area.column for area in areas)
    bottom = max(area.row + area.rows for area in areas)
    right = max(area.column + area.columns for area in areas)
    return Area(row, column, bottom - row, right - column)


def rows_of(areas: Sequence[Area]) -> list[int]:
    """Return the rows that areas touch."""
    return _places([(area.row, area.rows) for area in areas])


def columns_of(areas: Sequence[Area]) -> list[int]:
    """Return the columns that areas touch."""
    return _places([(area.column, area.columns) for area in areas])


def _places(spans: Sequence[tuple[int, int]]) -> list[int]:
    places: list[int] = np.unique(np.concatenate([np.arange(at, at + count) for at, count in spans])).tolist()
    return places


def _with(study: Study, which: str, area: Area, values: Array) -> Study:
    old = table_of(study, which).rows(area.row, area.row + area.rows)
    if np.array_equal(old[:, area.column : area.column + area.columns], values):
        return study
    return study.with_cells(which, area.row, area.column, values)


def _stored(table: Table, values: Array) -> Array:
    """Return the values as the table's type keeps them, refusing what it cannot hold."""
    if table.dtype.kind != "f":
        return values  # class indices: the study refuses what is none
    with np.errstate(over="ignore"):
        kept = values.astype(table.dtype)
    if not np.isfinite(kept).all():
        wrong = values[~np.isfinite(kept)][0]
        raise RefusedError(f"{wrong:g} is too large for {table.dtype}, the type of this table.")
    return kept.astype(float)


def _same(old: Any, new: float) -> bool:
    return bool(old == new) and math.copysign(1, float(old)) == math.copysign(1, new)
