"""How wide columns must be: settled from a few cells, since a million are too many to ask."""

from __future__ import annotations

from lossgui.core.study import CLASS_WEIGHT
from lossgui.gui.tables.columns import CLASS_WEIGHTS
from lossgui.gui.tables.delegate import PAD
from lossgui.gui.tables.headers import DOTTED
from lossgui.gui.tables.model import HORIZONTAL
from lossgui.gui.tables.view import NumbersView
from lossgui.gui.tables.words import SUM

LOOKED_AT = 12
"""Rows and columns that are looked at."""

NAMES_LOOKED_AT = 100
"""Names of samples that are looked at."""

WIDEST_NAME = 56
"""A longer name of a class does not make a column wider."""

LEAST_NAME, WIDEST_SAMPLE = 40, 160
"""A longer name of a sample does not make the header of rows wider; one between does where there is room."""

LEAST_SUM = 32


class Widths:
    """Keeps classes in the same columns in all tables, wide enough for what was seen of them so far."""

    def __init__(self, labels: NumbersView, predictions: NumbersView, class_weights: NumbersView) -> None:
        self._tables = labels, predictions, class_weights
        self._cell = 0
        self._tails: list[tuple[int, ...]] = [(), (), ()]

    def forget(self) -> None:
        """Let columns be narrower again."""
        self._cell = 0

    def fit(self) -> None:
        """Look at the tables anew."""
        self._cell = max(self._cell, *(_cells(table) for table in self._tables))
        self._tails = [_tail(table) for table in self._tables]
        self.give()

    def fit_changes(self) -> None:
        """Look at what has changed; columns only grow, lest they tremble while a point is dragged."""
        before = self._cell, list(self._tails)
        for place, table in enumerate(self._tables):
            self._cell, self._tails[place] = _widened(table, self._cell, self._tails[place])
        if (self._cell, self._tails) != before:
            self.give()

    def give(self) -> None:
        """Give all tables their widths, as there is room for them."""
        labels, predictions, _ = self._tables
        room = max(sum(tail) for tail in self._tails)
        left = predictions.width() - room - self._cell * predictions.numbers.classes
        before = max(_before_rows(table, min(max(left, LEAST_NAME), WIDEST_SAMPLE)) for table in self._tables)
        for table, tail in zip(self._tables, self._tails, strict=True):
            # A column of class indices is alone: it may have all the room.
            alone = table is labels and table.numbers.study.indexed and not tail
            table.fit(self._cell, tail, 0 if alone else room)
            table.rows_header.fit(before)


def _cells(table: NumbersView) -> int:
    """Return the width that names and numbers of a table need."""
    model = table.numbers
    columns = range(min(LOOKED_AT, model.classes))
    names = [_title(table, column) for column in columns]
    cells = [_cell(table, row, column) for row in _rows(table) for column in columns]
    return max([0, *(min(WIDEST_NAME, width) for width in names), *cells])


def _tail(table: NumbersView) -> tuple[int, ...]:
    """Return the widths that sums, weights and a mask need."""
    model = table.numbers
    return tuple(
        max([LEAST_SUM, title, *(_cell(table, row, column) for row in _rows(table))])
        for column in range(model.classes, model.columns.count)
        for title in [_title(table, column)]
    )


def _widened(table: NumbersView, cell: int, tail: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    """Return the widths that cells and the tail need after the last change; no less than before."""
    model, wider = table.numbers, list(tail)
    changed = model.changed
    if not changed:
        return cell, tail
    for row, column in changed:
        if column < model.classes:
            cell = max(cell, _cell(table, row, column))
    for place, part in enumerate(model.columns.tail[: len(wider)]):
        column = model.classes + place
        rows = {row for row, where in changed if where == column or (part == SUM and where < model.classes)}
        wider[place] = max([wider[place], *(_cell(table, row, column) for row in rows)])
    return cell, tuple(wider)


def _before_rows(table: NumbersView, widest: int) -> int:
    """Return the width that numbers of samples need before the rows, and their names, if not too wide."""
    study, width = table.numbers.study, table.rows_header.text_width
    named = study.sample_names[:NAMES_LOOKED_AT]
    widths = [width("0" * len(str(study.samples))), *(min(widest, width(name)) for _, name in named)]
    if study.outer is not None:
        widths.append(width(study.sample_number(study.samples - 1)))
    if table.numbers.which == CLASS_WEIGHT and study.class_weight is not None:
        widths.append(width(CLASS_WEIGHTS))
    return max(widths)


def _rows(table: NumbersView) -> range:
    return range(min(LOOKED_AT, table.numbers.rowCount()))


def _title(table: NumbersView, column: int) -> int:
    dot = DOTTED if column < table.numbers.classes else 0
    return dot + table.columns_header.text_width(str(table.numbers.headerData(column, HORIZONTAL)))


def _cell(table: NumbersView, row: int, column: int) -> int:
    text = table.numbers.answer(row, column)
    return table.delegate.box + 2 * PAD if text is None else table.delegate.text_width(str(text))
