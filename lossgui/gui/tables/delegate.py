"""How a cell is painted and edited."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from lossgui.gui import style
from lossgui.gui.tables import edits
from lossgui.gui.tables.model import EDIT, AnyIndex, NumbersModel

PAD = style.GRID
LEFT_PAD = 2
RING = 2
RADIUS = 3
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Step(Enum):
    """Where a finished edit leads."""

    DOWN = "the cell below"
    NEXT = "the next cell, to edit it too"
    PREVIOUS = "the cell before, to edit it too"


STEPS = {
    Qt.Key.Key_Return: Step.DOWN,
    Qt.Key.Key_Enter: Step.DOWN,
    Qt.Key.Key_Tab: Step.NEXT,
    Qt.Key.Key_Backtab: Step.PREVIOUS,
}


class CellEditor(QLineEdit):
    """A line in which a number is typed, read in the same way in every locale.

    Attributes
    ----------
    opened_with
        The text that stands for the old number, so that leaving it writes nothing.
    step
        Where to go when it closes; None to stay.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened_with: str | None = None
        self.step: Step | None = None
        self.setProperty("role", "cell")
        self.setFrame(False)
        self.setFont(style.font())
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)


class CellDelegate(QStyledItemDelegate):
    """Paints the number alone, right-aligned, and a ring around the cell in focus.

    Attributes
    ----------
    several
        Whether more than one cell is selected: only then is a selection painted.
    ring
        Width of the ring around the current cell; 0 for none.
    """

    def __init__(self, model: NumbersModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.several = False
        self.ring = 0.0
        self.current = (-1, -1)
        self.restyle()

    def restyle(self) -> None:
        """Take colours and fonts from the theme."""
        theme = style.theme()
        self._font, self._bold = style.font(), style.font(bold=True)
        self._metrics, self._bold_metrics = QFontMetrics(self._font), QFontMetrics(self._bold)
        self._digit = self._bold_metrics.horizontalAdvance("0")
        self._ink, self._quiet = QColor(theme.ink), QColor(theme.quiet)
        self._chosen, self._accent, self._warning = (
            QColor(theme.chip),
            QColor(theme.accent),
            QColor(theme.warning),
        )

    def text_width(self, text: str) -> int:
        """Return the room that a number takes in a cell, even in focus."""
        return self._bold_metrics.horizontalAdvance(text) + PAD + LEFT_PAD

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row, column = index.row(), index.column()
        rect: QRect = option.rect
        if self.several and self._is_selected(index):
            painter.fillRect(rect.adjusted(0, 1, 0, 0), self._chosen)
        focused = self.ring > 0 and (row, column) == self.current
        painter.setFont(self._bold if focused else self._font)
        painter.setPen(self._colour(row, column))
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        text = str(self._model.data(index))
        inner = rect.adjusted(LEFT_PAD, 0, -PAD, 0)
        if len(text) * self._digit > inner.width():
            metrics = self._bold_metrics if focused else self._metrics
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, RIGHT, text)
        said = self._model.class_of(row)
        if said is not None and self._model.study.classes[said] != text:
            self._paint_class(painter, inner.adjusted(0, 0, -(len(text) + 1) * self._digit, 0), said)
        if focused:
            self._paint_ring(painter, rect)

    def _is_selected(self, index: AnyIndex) -> bool:
        view = self.parent()
        return isinstance(view, QAbstractItemView) and view.selectionModel().isSelected(index)

    def _colour(self, row: int, column: int) -> QColor:
        model = self._model
        if column >= model.classes:
            return self._warning if model.is_off(row) else self._quiet
        return self._ink if model.is_class_of(row, column) else self._quiet

    def _paint_class(self, painter: QPainter, rect: QRect, said: int) -> None:
        painter.setFont(self._font)
        painter.setPen(self._quiet)
        name = edits.name_of(self._model.study, said)
        painter.drawText(
            rect, RIGHT, self._metrics.elidedText(name, Qt.TextElideMode.ElideRight, rect.width())
        )

    def _paint_ring(self, painter: QPainter, rect: QRect) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._accent, self.ring))
        half = self.ring / 2
        painter.drawRoundedRect(rect.toRectF().adjusted(half, half, -half, -half), RADIUS, RADIUS)
        painter.restore()

    # Editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        editor = CellEditor(parent)
        study = self._model.study
        editor.setAccessibleName(edits.place(study, self._model.which, index.row(), index.column()))
        editor.setAccessibleDescription("Enter keeps the number, Escape leaves the old one.")
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        assert isinstance(editor, CellEditor)
        if editor.isModified():
            return  # the table changed meanwhile, but what the person has typed stays
        editor.opened_with = str(self._model.data(index, EDIT))
        editor.setText(editor.opened_with)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        assert isinstance(editor, CellEditor)
        if editor.text() != editor.opened_with:
            model.setData(index, editor.text(), EDIT)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        rect = QRect(option.rect)
        assert isinstance(editor, CellEditor)
        # A number with all its digits may be longer than shown: the editor then reaches over its neighbours.
        text = editor.text() or str(self._model.data(index, EDIT))
        wanted = self._metrics.horizontalAdvance(text) + 3 * PAD
        if wanted > rect.width():
            rect.setLeft(max(0, rect.right() - wanted))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(editor, CellEditor):
            assert isinstance(event, QKeyEvent)
            step = STEPS.get(Qt.Key(event.key()))
            if step is not None:
                # Qt would commit Enter later, after keys that were typed at once; here the order is kept.
                editor.step = step
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                return True
        return super().eventFilter(editor, event)
