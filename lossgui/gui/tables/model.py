"""The one item model, used for labels and for predictions: a thin reading of the study."""

from __future__ import annotations

import html
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from lossgui.core.study import LABELS, PREDICTIONS, Study
from lossgui.core.table import Array, Table
from lossgui.files.numbers import editable, shown, summed
from lossgui.gui.document import Document
from lossgui.gui.tables import edits
from lossgui.gui.tables.sums import is_off, row_sum

AnyIndex = QModelIndex | QPersistentModelIndex

# Comparing enums costs more than all else that data() does.
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
EDIT = int(Qt.ItemDataRole.EditRole)
TIP = int(Qt.ItemDataRole.ToolTipRole)
DESCRIPTION = int(Qt.ItemDataRole.AccessibleDescriptionRole)
ROLES = frozenset((DISPLAY, EDIT, TIP, DESCRIPTION))
HORIZONTAL = Qt.Orientation.Horizontal

NOTHING = Qt.ItemFlag.NoItemFlags
SUM_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
CELL_FLAGS = SUM_FLAGS | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

SIGMA = "Σ"
OFF_MARK = "≠ 1"
ROWS_LOOKED_AT = 256
FEW_CELLS = 24
"""Rows that settle whether a table is shown without decimals."""


class NumbersModel(QAbstractTableModel):
    """Labels or predictions of a document's study; predictions have their row sums as a last column.

    Parameters
    ----------
    document
        Where edits go. What is shown is the study last given to `show`.
    which
        'labels' or 'predictions'.

    Attributes
    ----------
    changed
        The cells that the last `show` changed, if they are few; else None.
    refused
        (row, column, why): an edit that the study does not take.
    """

    refused = Signal(int, int, str)

    def __init__(self, document: Document, which: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.which = which
        self.study: Study = document.study
        self.changed: tuple[tuple[int, int], ...] | None = None
        self._take(document.study)

    def show(self, study: Study) -> None:
        """Show another study: with a reset if its shape is another, else telling which rows changed."""
        old, old_table, old_decimals, shape = self.study, self._table, self._decimals, self._shape
        self.changed = ()
        if study is old:
            return
        if _shape(study) != shape:
            self.changed = None
            self.beginResetModel()
            self._take(study)
            self.endResetModel()
            return
        self._take(study)
        if study.classes != old.classes or study.indexed != old.indexed:
            self.headerDataChanged.emit(HORIZONTAL, 0, self._columns - 1)
        meant = (study.kind, study.encoding, study.classes) == (old.kind, old.encoding, old.classes)
        cells = changed_cells(old_table, self._table) if meant and old_decimals == self._decimals else None
        self.changed = cells
        if cells is None:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, self._columns - 1))
            return
        # One by one: a view paints a rectangle of cells by painting all that it shows.
        for row, column in cells:
            self.dataChanged.emit(self.index(row, column), self.index(row, column))
        if self._columns > self.classes:
            for row in {row for row, _ in cells}:
                self.dataChanged.emit(self.index(row, self.classes), self.index(row, self.classes))

    def _take(self, study: Study) -> None:
        self.study = study
        self._table = study.table(self.which)
        self._shape = _shape(study)
        self._rows = 0 if self._table is None else len(self._table)
        self.classes = 0 if self._table is None else self._table.columns
        self._columns = self.classes + (self.which == PREDICTIONS)
        self._decimals = 0 if self._table is None or _is_whole(self._table) else 2

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._columns

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return NOTHING
        return CELL_FLAGS if index.column() < self.classes else SUM_FLAGS

    def data(self, index: AnyIndex, role: int = DISPLAY) -> Any:
        if role not in ROLES or self._table is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        if column >= self.classes:
            return self._sum(row, role)
        if role == DISPLAY:
            return shown(self._table[row, column], self._decimals)
        return editable(self._table[row, column]) if role == EDIT else None

    def _sum(self, row: int, role: int) -> str | None:
        total = row_sum(self.study.predictions.row(row))
        wrong = self.study.sums_to_one and is_off(total)
        if role in (TIP, DESCRIPTION):
            return f"sums to {summed(total)}, not 1: nothing is changed until you ask" if wrong else None
        if not self.study.sums_to_one:
            return shown(float(f"{total:.12g}"))
        return f"{summed(total)} {OFF_MARK}" if wrong else "1"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if role not in (DISPLAY, TIP):
            return None
        if orientation != HORIZONTAL:
            return self.study.sample_name(section) if role == DISPLAY else None
        if section >= self.classes:
            return SIGMA if role == DISPLAY else "sum of the row"
        if self.which == LABELS and self.study.indexed:
            return "class" if role == DISPLAY else None
        name = edits.name_of(self.study, section)
        return name if role == DISPLAY else f"<qt>{html.escape(name)}</qt>"

    def setData(self, index: AnyIndex, value: Any, role: int = EDIT) -> bool:
        if role != EDIT or not index.isValid() or index.column() >= self.classes:
            return False
        place = index.row(), index.column()
        study = self.study
        reason = self.document.attempt(
            edits.sentence(study, self.which, *place, value),
            partial(edits.written, study, self.which, *place, value),
        )
        if reason is not None:
            self.refused.emit(*place, reason)
        return reason is None

    def is_class_of(self, row: int, column: int) -> bool:
        """Tell whether a label says that the sample has the class; True in other tables."""
        if self.which != LABELS or self._table is None or self.study.indexed:
            return True
        return bool(self._table[row, column] > 0)

    def is_off(self, row: int) -> bool:
        """Tell whether a row of probabilities does not sum to one."""
        return self.study.sums_to_one and is_off(row_sum(self.study.predictions.row(row)))

    def class_of(self, row: int) -> int | None:
        """Return the class that an index label says, or None where labels are written otherwise."""
        if self.which != LABELS or self._table is None or not self.study.indexed:
            return None
        return int(self._table[row, 0])


def _shape(study: Study) -> tuple[object, object]:
    return study.predictions.shape, None if study.labels is None else study.labels.shape


def changed_cells(old: Table | None, new: Table | None) -> tuple[tuple[int, int], ...] | None:
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


def _is_whole(table: Table) -> bool:
    if not table.blocks:
        return True
    return bool(table.blocks[0].recall_or("whole numbers", _all_whole))


def _all_whole(array: Array) -> bool:
    some = array[:ROWS_LOOKED_AT]
    return bool((np.rint(some) == some).all())
