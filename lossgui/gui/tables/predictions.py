"""The table of predictions, in which a number is scrubbed by Alt and the arrow keys, or by a drag."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from lossgui.core.study import PREDICTIONS
from lossgui.gui.tables.bubble import Bubble
from lossgui.gui.tables.model import NumbersModel
from lossgui.gui.tables.scrub import BIG, Scrub
from lossgui.gui.tables.view import NumbersView

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1}
PIXELS = 3
"""How far the mouse goes for a step."""

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
SCRUBS, ARROW = Qt.CursorShape.SizeHorCursor, Qt.CursorShape.ArrowCursor


class PredictionsView(NumbersView):
    """A table whose cell in focus is dragged to the right for more, to the left for less."""

    def __init__(self, model: NumbersModel, bubble: Bubble, parent: QWidget | None = None) -> None:
        self._pressed: QPoint | None = None
        self._spent = False
        super().__init__(model, bubble, parent)
        self.scrub = Scrub(model.document, self)
        self.viewport().setMouseTracking(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = STEPS.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape and self.scrub.dragging:
            self._pressed, self._spent = None, True  # until the button is let go
            self.scrub.cancel()
        elif steps is None or modifiers not in (ALT, ALT | SHIFT) or self.part != PREDICTIONS:
            super().keyPressEvent(event)
        elif self.currentIndex().column() < self.numbers.classes:
            self.scrub.step(steps * (BIG if modifiers & SHIFT else 1))

    # Mouse

    def _can_scrub(self, index: QModelIndex) -> bool:
        return index.isValid() and index == self.currentIndex() and index.column() < self.numbers.classes

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        held = plain and self._can_scrub(self.indexAt(at))
        super().mousePressEvent(event)
        self._pressed, self._spent = (at if held else None), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._spent:
            return
        if self._pressed is None:
            over = not event.buttons() and self._can_scrub(self.indexAt(at))
            self.viewport().setCursor(SCRUBS if over else ARROW)
            super().mouseMoveEvent(event)
            return
        moved = at - self._pressed
        if not self.scrub.dragging:
            if moved.manhattanLength() < QApplication.startDragDistance():
                return
            if abs(moved.y()) > abs(moved.x()) or self.rowAt(at.y()) != self.currentIndex().row():
                self._pressed = None  # to other rows, cells are selected
                super().mouseMoveEvent(event)
                return
            self.scrub.begin()
        self.scrub.move(round(moved.x() / PIXELS))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.scrub.dragging:
            self.scrub.end()
        self._pressed, self._spent = None, False
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        super().mouseDoubleClickEvent(event)
