"""The current cell of a table, and what is selected in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QAbstractItemView, QWidget

from lossgui.core.study import CLASS_WEIGHT
from lossgui.gui.tables.edits import Area
from lossgui.gui.tables.frame import NumbersFrame
from lossgui.gui.tables.model import AnyIndex, NumbersModel
from lossgui.gui.tables.words import SUM

Flag = QItemSelectionModel.SelectionFlag

MOST_TOLD = 10_000
"""Cells of a selection that screen readers are told of."""


class SelectedNumbers(NumbersFrame):
    """A table with a current cell, which is the document's focus, and a selection of numbers."""

    def __init__(self, model: NumbersModel, parent: QWidget | None = None) -> None:
        self._showing = self._extending = False
        self._anchor = (0, 0)
        super().__init__(model, parent)

    @property
    def part(self) -> str:
        """The part of the table that the current cell is in: a name that a study's tables have."""
        part = (
            self.numbers.columns.part(max(0, self.currentIndex().column())) if self.numbers.classes else SUM
        )
        return self.numbers.which if part == SUM else part

    def show_focus(self, row: int, column: int) -> None:
        """Make a cell current, without telling the document."""
        if not self.numbers.rowCount():
            return
        current, last = self.currentIndex(), self.numbers.classes - 1
        row = 0 if self.numbers.which == CLASS_WEIGHT else row
        beside = current.column() > last and (current.row() == row or self.hasFocus())
        column = current.column() if beside else min(column, last)
        if (current.row(), current.column()) == (row, column):
            return
        self._showing = True
        try:
            self.selectionModel().setCurrentIndex(self.numbers.index(row, column), Flag.ClearAndSelect)
        finally:
            self._showing = False

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:  # noqa: N802
        super().currentChanged(current, previous)
        if not self._extending and self.state() != QAbstractItemView.State.DragSelectingState:
            self._anchor = current.row(), current.column()
        if self._showing or not current.isValid():
            return
        document, said = self.numbers.document, self.numbers.class_of(current.row())
        row, column = document.focus
        if self.numbers.which != CLASS_WEIGHT:
            row = current.row()
        if self.part == self.numbers.which:  # sums are those of the last class; weights are of no class
            column = min(current.column(), self.numbers.classes - 1) if said is None else said
        document.focus_on(row, column)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        # With a screen reader, Qt lists every cell of a selection; of a large one it takes seconds.
        if _size(selected) + _size(deselected) <= MOST_TOLD:
            super().selectionChanged(selected, deselected)
        else:
            self.viewport().update()
        self.delegate.several = sum(area.size for area in self.areas()) > 1

    def areas(self) -> list[Area]:
        """Return the selected cells of the current part, by their places in it; else the current one."""
        first = self.numbers.columns.place(self.part) or 0
        last = first + (self.numbers.classes if self.part == self.numbers.which else 1) - 1
        ranges = self.selectionModel().selection()
        found = []
        for part in (ranges.at(place) for place in range(ranges.count())):
            left, right = max(part.left(), first), min(part.right(), last)
            if left <= right:
                found.append(Area(part.top(), left - first, part.height(), right - left + 1))
        current = self.currentIndex()
        if not found and first <= current.column() <= last:
            found.append(Area(current.row(), current.column() - first))
        return found

    def select(self, area: Area) -> None:
        """Select an area of the current part."""
        first = self.numbers.columns.place(self.part) or 0
        begin = self.numbers.index(area.row, first + area.column)
        end = self.numbers.index(area.row + area.rows - 1, first + area.column + area.columns - 1)
        self.selectionModel().select(QItemSelection(begin, end), Flag.ClearAndSelect)

    def selectAll(self) -> None:  # noqa: N802
        """Select all numbers of the current part, but no sums."""
        rows, columns = self.numbers.rowCount(), self.numbers.classes
        if rows and columns:
            self.select(Area(0, 0, rows, columns if self.part == self.numbers.which else 1))

    def selectionCommand(
        self, index: AnyIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        command = super().selectionCommand(index, event)
        # Qt asks every cell whether a column or row is selected, before it toggles it; so it is only added.
        return Flag.Select if event is None and command & Flag.Toggle else command

    def extend(self, to: QModelIndex) -> None:
        """Select from where the selection began to a cell, and make that the current one."""
        # Qt's own start of a selection knows nothing of a focus that came from the other table.
        if not to.isValid() or not self.numbers.hasIndex(*self._anchor):
            return
        self._extending = True
        try:
            self.selectionModel().setCurrentIndex(to, Flag.NoUpdate)
            area = QItemSelection(self.numbers.index(*self._anchor), to)
            self.selectionModel().select(area, Flag.ClearAndSelect)
        finally:
            self._extending = False


def _size(selection: QItemSelection) -> int:
    parts = (selection.at(place) for place in range(selection.count()))
    return sum(part.height() * part.width() for part in parts)
