"""The curve of each chosen loss, with a point to drag."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from lossgui.core import text
from lossgui.core.figures import QUIET, Entry, Figure, can_rescale, curve
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.plots.drag import Drag
from lossgui.gui.plots.overlay import ReadOut
from lossgui.gui.plots.switch import Switch
from lossgui.gui.plots.view import FigureView

NEAR = 12.0
"""How many pixels beside the dotted line the mouse can take hold of it."""

HOLD, RESCALE, SLOPE = "hold", "rescale", "slope"

STEPS = {
    Qt.Key.Key_Left.value: -1.0,
    Qt.Key.Key_Right.value: 1.0,
    Qt.Key.Key_Home.value: -math.inf,
    Qt.Key.Key_End.value: math.inf,
}


class CurveView(FigureView):
    """The curve of each chosen loss as the focused prediction varies."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(document, "Curve", parent=parent)
        self._drag = Drag(document, self)
        self._rest = Switch("Rest of the row", ((HOLD, "hold"), (RESCALE, "rescale")), "rest of the row:")
        self._rest.picked.connect(self._pick)
        self._slope = QCheckBox(SLOPE)
        style.dress(self._slope, style.SMALL)
        self._slope.toggled.connect(self.refresh)
        self.options.addStretch(1)
        self.options.addWidget(self._rest)
        self.options.addWidget(self._slope)
        self.canvas.pressed.connect(self._press)
        self.canvas.moved.connect(self._move)
        self.canvas.released.connect(self._release)
        self.canvas.left.connect(self._leave)
        document.view_changed.connect(self.refresh)

    @property
    def slope(self) -> bool:
        """Whether slopes are drawn."""
        return self._slope.isChecked()

    @slope.setter
    def slope(self, slope: bool) -> None:
        self._slope.setChecked(slope)

    @property
    def way(self) -> str:
        return SLOPE if self.slope else ""

    @way.setter
    def way(self, way: str) -> None:
        self.slope = way == SLOPE

    def take_over(self, other: FigureView) -> None:
        self.way = other.way

    def figure(self) -> Figure:
        if self._drag.is_lost:
            self._drag.cancel()
            self.canvas.grasp(False)
        rescale = self.document.rescale
        self._rest.setVisible(can_rescale(self.document.result))
        self._rest.choose(RESCALE if rescale else HOLD)
        return curve(
            self.document.result,
            rescale=rescale,
            gradient=self.slope,
            ready=not self.document.computing,
            held=self._drag.held,
        )

    # Mouse

    @Slot(QPointF)
    def _press(self, at: QPointF) -> None:
        figure = self.canvas.figure
        if figure is not None and self._is_near(at):
            self._drag.begin(figure, self.document.rescale)
            self.canvas.grasp(True)
            self.canvas.read_out(None)

    @Slot(QPointF)
    def _move(self, at: QPointF) -> None:
        if self.canvas.frame is None:
            return
        if self._drag.held is not None:
            self._drag.move(self.canvas.frame.place(at)[0])
            return
        near = self._is_near(at)
        self.canvas.setCursor(Qt.CursorShape.SizeHorCursor if near else Qt.CursorShape.ArrowCursor)
        self.canvas.read_out(None if near else self._read_out(at))

    @Slot()
    def _release(self) -> None:
        if self._drag.held is not None:
            self._drag.end()
            self.canvas.grasp(False)
            self.refresh()

    @Slot()
    def _leave(self) -> None:
        self.canvas.read_out(None)

    def _is_near(self, at: QPointF) -> bool:
        figure, frame = self.canvas.figure, self.canvas.frame
        if figure is None or frame is None or figure.current is None or self._missed:
            return False
        line = frame.pixel(figure.current, frame.y.low).x()
        upright = frame.rect.top() - NEAR <= at.y() <= frame.rect.bottom() + NEAR
        return upright and abs(at.x() - line) <= NEAR

    def _read_out(self, at: QPointF) -> ReadOut | None:
        figure, frame = self.canvas.figure, self.canvas.frame
        if figure is None or frame is None or not frame.rect.contains(at):
            return None
        x = figure.nearest(frame.place(at)[0])
        if x is None:
            return None
        symbol = "z" if self.document.study.kind == "logits" else "ŷ"
        heading = Entry(f"{symbol} = {text.inputs([float(f'{x:.4g}')])[0]}", "", QUIET, "")
        return ReadOut(at, (heading, *figure.read(x)), frame.pixel(x, frame.y.low).x())

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = STEPS.get(event.key())
        figure = self.canvas.figure
        if steps is None or figure is None or self._missed or not self.canvas.hasFocus():
            super().keyPressEvent(event)
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            steps *= 10
        self.canvas.read_out(None)
        self._drag.step(figure, steps, self.document.rescale)

    @Slot(str)
    def _pick(self, rest: str) -> None:
        self.document.rescale = rest == RESCALE
