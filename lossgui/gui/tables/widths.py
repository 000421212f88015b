"""How wide columns must be: settled from a few cells, since a million are too many to ask."""

from __future__ import annotations

from lossgui.gui.tables.model import HORIZONTAL
from lossgui.gui.tables.view import NumbersView

LOOKED_AT = 12
"""Rows and columns that are looked at."""

WIDEST_NAME = 56
"""A longer name does not make a column wider."""

LEAST_SUM = 32


def column_width(table: NumbersView) -> int:
    """Return the width that names and numbers of a table need."""
    model = table.numbers
    columns = range(min(LOOKED_AT, model.classes))
    names = [table.columns_header.text_width(str(model.headerData(c, HORIZONTAL))) for c in columns]
    cells = [_cell(table, row, column) for row in _rows(table) for column in columns]
    return max([0, *(min(WIDEST_NAME, width) for width in names), *cells])


def widened(table: NumbersView, cell: int, sums: int) -> tuple[int, int]:
    """Return the widths that cells and sums need after the last change; no less than before."""
    changed = table.numbers.changed or ()
    cells = [_cell(table, row, column) for row, column in changed]
    rows = {row for row, _ in changed} if table.numbers.columnCount() > table.numbers.classes else set()
    return max([cell, *cells]), max([sums, *(_cell(table, row, table.numbers.classes) for row in rows)])


def sum_width(table: NumbersView) -> int:
    """Return the width that sums of rows need."""
    return max([LEAST_SUM, *(_cell(table, row, table.numbers.classes) for row in _rows(table))])


def _rows(table: NumbersView) -> range:
    return range(min(LOOKED_AT, table.numbers.rowCount()))


def _cell(table: NumbersView, row: int, column: int) -> int:
    return table.delegate.text_width(str(table.numbers.data(table.numbers.index(row, column))))
