"""The one item model, used for labels, predictions and class weights: a thin reading of the study."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from lossgui.core.study import LABELS, MASK, PREDICTIONS, SAMPLE_WEIGHT, Study
from lossgui.core.table import Array, Table
from lossgui.files.numbers import editable, shown, summed
from lossgui.gui.document import Document
from lossgui.gui.tables import edits, words
from lossgui.gui.tables.changes import Cells, changed_between
from lossgui.gui.tables.columns import Columns
from lossgui.gui.tables.sums import is_off, row_sum
from lossgui.gui.tables.words import SUM

AnyIndex = QModelIndex | QPersistentModelIndex

# Comparing enums costs more than all else that data() does.
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
EDIT = int(Qt.ItemDataRole.EditRole)
TIP = int(Qt.ItemDataRole.ToolTipRole)
CHECK = int(Qt.ItemDataRole.CheckStateRole)
TEXT = int(Qt.ItemDataRole.AccessibleTextRole)
DESCRIPTION = int(Qt.ItemDataRole.AccessibleDescriptionRole)
ROLES = frozenset((DISPLAY, EDIT, TIP, CHECK, TEXT, DESCRIPTION))
HORIZONTAL, VERTICAL = Qt.Orientation.Horizontal, Qt.Orientation.Vertical

NOTHING = Qt.ItemFlag.NoItemFlags
SUM_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
MASK_FLAGS = SUM_FLAGS | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
CELL_FLAGS = SUM_FLAGS | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

OFF_MARK = "≠ 1"
MASKED = "masked: the sample counts nowhere"
ROWS_LOOKED_AT = 256
"""Rows that settle whether a table is shown without decimals."""


class NumbersModel(QAbstractTableModel):
    """A table of a document's study, with sums of rows, weights of samples and their mask as last columns.

    Parameters
    ----------
    document
        Where edits go. What is shown is the study last given to `show`.
    which
        'labels', 'predictions' or 'class_weight'.

    Attributes
    ----------
    columns
        What is in which column.
    classes
        How many columns hold the table itself.
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
        self.changed: Cells | None = None
        self._take(document.study, Columns.of(document.study, which))

    def show(self, study: Study) -> None:
        """Show another study: with a reset if its shape is another, else telling which cells changed."""
        old, decimals = self.study, self._decimals
        self.changed = ()
        if study is old:
            return
        if self._shows_the_same(study):
            self.study = study
            return
        columns = Columns.of(study, self.which)
        if columns != self.columns:
            self.changed = None
            self.beginResetModel()
            self._take(study, columns)
            self.endResetModel()
            return
        self._take(study, columns)
        if not columns.count:
            return
        self._tell_headers(old)
        cells = changed_between(old, study, columns) if decimals == self._decimals else None
        self.changed = cells
        if cells is None:
            self.dataChanged.emit(self.index(0, 0), self.index(columns.rows - 1, columns.count - 1))
            return
        # One by one: a view paints a rectangle of cells by painting all that it shows.
        sums = {row for row, column in cells if column < self.classes} if SUM in columns.tail else ()
        for place in (*cells, *((row, self.classes) for row in sums)):
            index = self.createIndex(*place)  # index() would first ask how large the table is
            self.dataChanged.emit(index, index)

    def _shows_the_same(self, study: Study) -> bool:
        """Tell whether nothing here would look otherwise: most edits change one table of several."""
        old = self.study
        return (
            study.table(self.which) is old.table(self.which)
            and (self.which != PREDICTIONS or study.predictions is old.predictions)
            and study.sample_weight is old.sample_weight
            and study.mask is old.mask
            and study.classes is old.classes
            and study.sample_names is old.sample_names
            and (study.kind, study.encoding, study.outer) == (old.kind, old.encoding, old.outer)
            and (study.labels is None) == (old.labels is None)
        )

    def _tell_headers(self, old: Study) -> None:
        study = self.study
        if study.classes != old.classes or study.indexed != old.indexed:
            self.headerDataChanged.emit(HORIZONTAL, 0, self.columns.count - 1)
        if study.sample_names != old.sample_names or study.mask is not old.mask or study.outer != old.outer:
            self.headerDataChanged.emit(VERTICAL, 0, self.columns.rows - 1)

    def _take(self, study: Study, columns: Columns) -> None:
        self.study, self.columns = study, columns
        self.classes = columns.own
        tables = {part: study.table(part) for part in (self.which, *columns.tail) if part != SUM}
        self._tables = {part: table for part, table in tables.items() if table is not None}
        self._table = self._tables.get(self.which)
        self._decimals = {part: 0 if _is_whole(table) else 2 for part, table in self._tables.items()}
        self._own_decimals = self._decimals.get(self.which, 0)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.columns.rows

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.columns.count

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return NOTHING
        if index.column() < self.classes:
            return CELL_FLAGS
        part = self.columns.part(index.column())
        return SUM_FLAGS if part == SUM else MASK_FLAGS if part == MASK else CELL_FLAGS

    def data(self, index: AnyIndex, role: int = DISPLAY) -> Any:
        if role not in ROLES or not index.isValid():
            return None
        return self.answer(index.row(), index.column(), role)

    def answer(self, row: int, column: int, role: int = DISPLAY) -> Any:
        """Return what `data` does, for those who ask about many cells."""
        if self._table is None:
            return None
        if column >= self.classes:
            return self._beside(row, self.columns.part(column), role)
        if role == DISPLAY:
            return shown(self._table[row, column], self._own_decimals)
        if role == DESCRIPTION:
            return MASKED if self.is_masked(row) else None
        return editable(self._table[row, column]) if role == EDIT else None

    def _beside(self, row: int, part: str, role: int) -> Any:
        """Return what stands to the right of the table's own columns."""
        if part == SUM:
            return self._sum(row, role)
        value = self._tables[part][row, 0]
        if part == SAMPLE_WEIGHT:
            if role == DISPLAY:
                return shown(value, self._decimals[part])
            return editable(value) if role == EDIT else None
        if role == CHECK:
            return Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
        if role == EDIT:
            return str(int(value))
        return ("counts" if value else "masked") if role == TEXT else None

    def _sum(self, row: int, role: int) -> str | None:
        total = row_sum(self.study.predictions.row(row))
        wrong = self.study.sums_to_one and is_off(total)
        if role in (TIP, DESCRIPTION):
            return f"sums to {summed(total)}, not 1: nothing is changed until you ask" if wrong else None
        if role not in (DISPLAY, EDIT):
            return None
        if not self.study.sums_to_one:
            return shown(float(f"{total:.12g}"))
        return f"{summed(total)} {OFF_MARK}" if wrong else "1"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if role not in (DISPLAY, TIP):
            return None
        columns = self.columns
        if orientation == HORIZONTAL:
            return (columns.title if role == DISPLAY else columns.tip)(self.study, section)
        return (columns.row_title if role == DISPLAY else columns.row_tip)(self.study, section)

    def setData(self, index: AnyIndex, value: Any, role: int = EDIT) -> bool:
        if role not in (EDIT, CHECK) or not index.isValid():
            return False
        row, column, study = index.row(), index.column(), self.study
        part = self.columns.part(column)
        if part == SUM or (role == CHECK) != (part == MASK):
            return False
        if part == MASK:
            value = float(Qt.CheckState(value) == Qt.CheckState.Checked)
        own = column - (self.columns.place(part) or 0)
        reason = self.document.attempt(
            words.sentence(study, part, row, own, value), partial(edits.written, study, part, row, own, value)
        )
        if reason is not None:
            self.refused.emit(row, column, reason)
        return reason is None

    # What the painting asks

    def is_class_of(self, row: int, column: int) -> bool:
        """Tell whether a label says that the sample has the class; True in other tables."""
        if self.which != LABELS or self._table is None or self.study.indexed:
            return True
        return bool(self._table[row, column] > 0)

    def is_off(self, row: int) -> bool:
        """Tell whether a row of probabilities does not sum to one."""
        return self.study.sums_to_one and is_off(row_sum(self.study.predictions.row(row)))

    def is_masked(self, row: int) -> bool:
        """Tell whether the sample of a row counts nowhere."""
        return (
            self.study.mask is not None and self.which in (LABELS, PREDICTIONS) and not self.study.counts(row)
        )

    def class_of(self, row: int) -> int | None:
        """Return the class that an index label says, or None where labels are written otherwise."""
        if self.which != LABELS or self._table is None or not self.study.indexed:
            return None
        return int(self._table[row, 0])


def _is_whole(table: Table) -> bool:
    if not table.blocks:
        return True
    return bool(table.blocks[0].recall_or("whole numbers", _all_whole))


def _all_whole(array: Array) -> bool:
    some = array[:ROWS_LOOKED_AT]
    return bool((np.rint(some) == some).all())
