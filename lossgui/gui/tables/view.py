"""A table of numbers: its keys, and words at its cells."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from lossgui.core.study import MASK
from lossgui.gui.tables.bubble import Bubble
from lossgui.gui.tables.editor import CellEditor, Step
from lossgui.gui.tables.headers import NumbersHeader
from lossgui.gui.tables.model import AnyIndex, NumbersModel
from lossgui.gui.tables.selection import SelectedNumbers

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


class NumbersView(SelectedNumbers):
    """One of the tables.

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
    toggled
        The person pressed Space on the mask.
    renamed
        The person pressed F2 where a whole row or column was chosen by its header: (orientation, section).
    """

    entered = Signal(QWidget)
    cleared = Signal()
    toggled = Signal()
    renamed = Signal(object, int)

    def __init__(self, model: NumbersModel, bubble: Bubble, parent: QWidget | None = None) -> None:
        self._bubble = bubble
        self._refused = False
        self._chosen: tuple[Qt.Orientation, int] | None = None
        super().__init__(model, parent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        model.refused.connect(self._say_refused)
        self.columns_header.sectionPressed.connect(self._choose_column)
        self.rows_header.sectionPressed.connect(self._choose_row)

    @Slot(int)
    def _choose_column(self, section: int) -> None:
        self._choose(self.columns_header, section)

    @Slot(int)
    def _choose_row(self, section: int) -> None:
        self._choose(self.rows_header, section)

    def _choose(self, header: NumbersHeader, section: int) -> None:
        """Remember that a whole row or column was chosen, so that F2 is about its name."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._chosen = (header.orientation(), section) if header.can_move(section) else None

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:  # noqa: N802
        self._chosen = None
        super().currentChanged(current, previous)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._bubble.hide()
        key = Qt.Key(event.key())
        chosen = self._chosen
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and key in MOVES:
            self.extend(self.moveCursor(MOVES[key], event.modifiers()))
        elif key == Qt.Key.Key_F2 and chosen is not None:
            self.renamed.emit(*chosen)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(Step.DOWN)
        elif key == Qt.Key.Key_Space and self.part == MASK:
            self.toggled.emit()
        elif key == Qt.Key.Key_Space:
            event.ignore()
        elif key == Qt.Key.Key_Escape and self._let_go():
            return
        else:
            super().keyPressEvent(event)

    def _let_go(self) -> bool:
        """Let go what is being dragged; tell whether there was something."""
        headers = [header for header in (self.columns_header, self.rows_header) if header.gap is not None]
        for header in headers:
            header.drop()
        return bool(headers)

    def keyboardSearch(self, search: str) -> None:
        """Search nothing: it would read every row."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._bubble.hide()
        self._chosen = None
        if event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.extend(self.indexAt(event.position().toPoint()))
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
        elif column >= columns:
            row += 1 if step is Step.NEXT else -1  # weights are entered one below the other
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

    def say_in(self, rect: QRect, text: str) -> None:
        """Show a text at a rectangle of the table."""
        self._bubble.say(text, self, rect)

    @Slot(int, int, str)
    def _say_refused(self, row: int, column: int, reason: str) -> None:
        self._refused = self.state() == QAbstractItemView.State.EditingState
        self._say_at(self.numbers.index(row, column), reason)

    def _say_at(self, index: QModelIndex, text: str) -> None:
        rect = self.visualRect(index).intersected(self.viewport().rect())
        self._bubble.say(text, self.viewport(), rect if rect.isValid() else self.viewport().rect())
