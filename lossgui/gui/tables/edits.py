"""Edits of a table's cells, decided without a window: what a study becomes, and the sentence that says so."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lossgui.core import text
from lossgui.core.study import LABELS, RefusedError, Study
from lossgui.core.table import Array, Table
from lossgui.files.numbers import parse
from lossgui.files.paste import format_block

MOST_COPIED = 500_000
"""Numbers that fit on the clipboard; writing more would stop the window."""

LONGEST_NAME = 200


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


def name_of(study: Study, column: int) -> str:
    """Return the name of a class, cut if it is very long."""
    name = study.classes[column]
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def place(study: Study, which: str, row: int, column: int) -> str:
    """Return what a cell is called in a sentence: 'Sample 2, bird', or 'Sample 2, label of bird'."""
    if which != LABELS:
        return f"Sample {study.sample_name(row)}, {name_of(study, column)}"
    of_class = "" if study.indexed else f" of {name_of(study, column)}"
    return f"Sample {study.sample_name(row)}, label{of_class}"


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
    table = _table(study, which)
    number = _stored(table, np.full((1, 1), typed(value)))[0, 0]
    if _same(table[row, column], number):
        return study
    return study.with_cell(which, row, column, number)


def sentence(study: Study, which: str, row: int, column: int, value: str | float) -> str:
    """Return what `written` does, in words; '' if it refuses."""
    try:
        changed = float(typed(value))
    except ValueError:
        return ""
    if which == LABELS and study.encoding == "one-hot" and changed == 1:
        old = int(np.argmax(_table(study, which).row(row)))
        return f"Sample {study.sample_name(row)}, label: {name_of(study, old)} → {name_of(study, column)}"
    before, after = text.inputs([_table(study, which)[row, column], changed])
    return f"{place(study, which, row, column)}: {before} → {after}"


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
    rows = _table(study, which).rows(area.row, area.row + area.rows)
    return format_block(rows[:, area.column : area.column + area.columns].tolist())


def pasted(study: Study, which: str, row: int, column: int, block: Sequence[Sequence[float]]) -> Study:
    """Return the study with a block written at a cell; the same study if nothing changes.

    Raises
    ------
    RefusedError
        If it does not fit there, or a number is not allowed; nothing is written then.
    """
    table = _table(study, which)
    rows, columns = len(block), len(block[0])
    room = len(table) - row, table.columns - column
    if rows > room[0] or columns > room[1]:
        raise RefusedError(
            f"{rows:,} × {columns:,} numbers do not fit at {inside(place(study, which, row, column))}: "
            f"there is room for {room[0]:,} × {room[1]:,}. Nothing was pasted."
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
    for area in areas:
        study = _with(study, which, area, np.full((area.rows, area.columns), empty(study, which)))
    return study


def empty(study: Study, which: str) -> float:
    """Return what a cleared cell holds: 0, and −1 in labels of −1 and +1."""
    return -1.0 if which == LABELS and study.encoding == "signed" else 0.0


def many(areas: Sequence[Area]) -> str:
    """Return how many numbers there are in areas: '1 number', '6 numbers'."""
    return text.counted(sum(area.size for area in areas), "number")


def around(areas: Sequence[Area]) -> Area:
    """Return the smallest rectangle that holds all areas."""
    row, column = min(area.row for area in areas), min(area.column for area in areas)
    bottom = max(area.row + area.rows for area in areas)
    right = max(area.column + area.columns for area in areas)
    return Area(row, column, bottom - row, right - column)


def rows_of(areas: Sequence[Area]) -> list[int]:
    """Return the rows that areas touch."""
    return sorted({row for area in areas for row in range(area.row, area.row + area.rows)})


def columns_of(areas: Sequence[Area]) -> list[int]:
    """Return the columns that areas touch."""
    return sorted({column for area in areas for column in range(area.column, area.column + area.columns)})


def listed(study: Study, rows: Sequence[int]) -> str:
    """Return 'sample 2', 'samples 2 to 4' or '3 samples'."""
    if len(rows) == 1:
        return f"sample {study.sample_name(rows[0])}"
    if rows[-1] - rows[0] + 1 == len(rows):
        return f"samples {study.sample_name(rows[0])} to {study.sample_name(rows[-1])}"
    return f"{len(rows):,} samples"


def _with(study: Study, which: str, area: Area, values: Array) -> Study:
    old = _table(study, which).rows(area.row, area.row + area.rows)
    if np.array_equal(old[:, area.column : area.column + area.columns], values):
        return study
    return study.with_cells(which, area.row, area.column, values)


def _table(study: Study, which: str) -> Table:
    table = study.table(which)
    if table is None:
        raise RefusedError("This study has no labels.")
    return table


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


def inside(words: str) -> str:
    """Return words that begin a sentence as they stand inside one."""
    return words[0].lower() + words[1:]
