"""A table of numbers: its keys, its selection, and the cell in focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from lossgui.gui.tables.bubble import Bubble
from lossgui.gui.tables.delegate import CellEditor, Step
from lossgui.gui.tables.edits import Area
from lossgui.gui.tables.frame import NumbersFrame
from lossgui.gui.tables.model import AnyIndex, NumbersModel

Flag = QItemSelectionModel.SelectionFlag
Cursor = QAbstractItemView.CursorAction

MOVES = {
    Qt.Key.Key_Up: Cursor.MoveUp,
    Qt.Key.Key_Down: Cursor.MoveDown,
    Qt.Key.Key_Left: Cursor.MoveLeft,
    Qt.Key.Key_Right: Cursor.MoveRight,
    Qt.Key.Key_Home: Cursor.MoveHome,
    Qt.Key.Key_End: Cursor.MoveEnd,
    Qt.Key.Key_PageUp: Cursor.MovePageUp,
    Qt.Key.Key_PageDown: Cursor.MovePageDown,
}

MOST_TOLD = 10_000
"""Cells of a selection that screen readers are told of."""


class NumbersView(NumbersFrame):
    """One of the two tables.

    Parameters
    ----------
    bubble
        Says why an edit is refused, at the cell.

    Attributes
    ----------
    entered
        This table got the keyboard.
    cleared
        The person pressed Delete.
    """

    entered = Signal(QWidget)
    cleared = Signal()

    def __init__(self, model: NumbersModel, bubble: Bubble, parent: QWidget | None = None) -> None:
        self._bubble = bubble
        self._showing = self._refused = self._extending = False
        self._anchor = (0, 0)
        super().__init__(model, parent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        model.refused.connect(self._say_refused)

    # Current cell and selection

    def show_focus(self, row: int, column: int) -> None:
        """Make a cell current, without telling the document."""
        if not self.numbers.rowCount():
            return
        current, last = self.currentIndex(), self.numbers.classes - 1
        column = min(column, last)
        if (current.row(), min(current.column(), last)) == (row, column):
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
        said = self.numbers.class_of(current.row())
        column = min(current.column(), self.numbers.classes - 1) if said is None else said
        self.numbers.document.focus_on(current.row(), column)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        # With a screen reader, Qt lists every cell of a selection; of a large one it takes seconds.
        if _size(selected) + _size(deselected) <= MOST_TOLD:
            super().selectionChanged(selected, deselected)
        else:
            self.viewport().update()
        self.delegate.several = sum(area.size for area in self.areas()) > 1

    def areas(self) -> list[Area]:
        """Return the selected cells that hold numbers of the table; the current one if none are selected."""
        last = self.numbers.classes - 1
        ranges = self.selectionModel().selection()
        found = [
            Area(part.top(), part.left(), part.height(), min(part.right(), last) - part.left() + 1)
            for part in (ranges.at(place) for place in range(ranges.count()))
            if part.left() <= last
        ]
        current = self.currentIndex()
        if not found and 0 <= current.column() <= last:
            found.append(Area(current.row(), current.column()))
        return found

    def selectAll(self) -> None:  # noqa: N802
        """Select all numbers, but not their sums."""
        rows, columns = self.numbers.rowCount(), self.numbers.classes
        if rows and columns:
            whole = QItemSelection(self.numbers.index(0, 0), self.numbers.index(rows - 1, columns - 1))
            self.selectionModel().select(whole, Flag.ClearAndSelect)

    def selectionCommand(
        self, index: AnyIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        command = super().selectionCommand(index, event)
        # Qt asks every cell whether a column or row is selected, before it toggles it; so it is only added.
        return Flag.Select if event is None and command & Flag.Toggle else command

    def _extend(self, to: QModelIndex) -> None:
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

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._bubble.hide()
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and key in MOVES:
            self._extend(self.moveCursor(MOVES[key], event.modifiers()))
            return
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(Step.DOWN)
        elif key == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Search nothing: it would read every row."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._bubble.hide()
        if event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._extend(self.indexAt(event.position().toPoint()))
        else:
            super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit(self)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802
        step = editor.step if isinstance(editor, CellEditor) and not self._refused else None
        self._refused = False
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if step is not None:
            self._go(step)

    def _go(self, step: Step) -> None:
        row, column = self.currentIndex().row(), self.currentIndex().column()
        rows, columns = self.numbers.rowCount(), self.numbers.classes
        if step is Step.DOWN:
            row += 1
        else:
            row, column = divmod(row * columns + column + (1 if step is Step.NEXT else -1), columns)
        if not 0 <= row < rows:
            return
        index = self.numbers.index(row, column)
        self.setCurrentIndex(index)
        if step is not Step.DOWN:
            self.edit(index)

    # Words at a cell

    def say(self, text: str) -> None:
        """Show a text at the current cell."""
        self._say_at(self.currentIndex(), text)

    @Slot(int, int, str)
    def _say_refused(self, row: int, column: int, reason: str) -> None:
        self._refused = self.state() == QAbstractItemView.State.EditingState
        self._say_at(self.numbers.index(row, column), reason)

    def _say_at(self, index: QModelIndex, text: str) -> None:
        rect = self.visualRect(index).intersected(self.viewport().rect())
        self._bubble.say(text, self.viewport(), rect if rect.isValid() else self.viewport().rect())


def _size(selection: QItemSelection) -> int:
    parts = (selection.at(place) for place in range(selection.count()))
    return sum(part.height() * part.width() for part in parts)
