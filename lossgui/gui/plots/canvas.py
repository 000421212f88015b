"""The widget that shows a figure. It keeps its items: an edit only gives them other numbers."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from lossgui.core.figures import Figure
from lossgui.gui import style
from lossgui.gui.plots.axes import AxesItem
from lossgui.gui.plots.bars import BarItem
from lossgui.gui.plots.cells import CellsItem
from lossgui.gui.plots.curves import CurvesItem
from lossgui.gui.plots.frame import Frame, frame_of
from lossgui.gui.plots.lettering import forget
from lossgui.gui.plots.overlay import Overlay, ReadOut

BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
BACK_AGAIN = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class Canvas(pg.GraphicsView):
    """Shows a figure; pyqtgraph's own axes, menu, buttons and mouse are not used.

    Parameters
    ----------
    name
        What is shown, for those who cannot see it.

    Attributes
    ----------
    figure
        What is shown.
    frame
        Where it is.
    pressed, moved, released, left
        The left button went down at a pixel; the mouse is there now; the button went up; the mouse is gone.
    """

    pressed = Signal(QPointF)
    moved = Signal(QPointF)
    released = Signal()
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=style.theme().ground)
        self.figure: Figure | None = None
        self.frame: Frame | None = None
        self.rings = True
        self._by_keyboard = False
        self.setAccessibleName(name)
        self.viewport().setAccessibleName(name)
        self.viewport().setMouseTracking(True)
        self.setViewportUpdateMode(self.ViewportUpdateMode.FullViewportUpdate)
        self._axes, self._bars, self._overlay = AxesItem(), BarItem(), Overlay()
        self.curves, self._cells = CurvesItem(), CellsItem()
        for item in (self._axes, self._bars, self.curves, self._cells, self._overlay):
            self.scene().addItem(item)

    def sizeHint(self) -> QSize:
        return QSize(640, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 220)

    # Showing

    def show_figure(self, figure: Figure) -> None:
        """Show a figure; what is the same as before is not drawn anew."""
        before, self.figure = self.figure, figure
        frame, self.frame = self.frame, frame_of(figure, QSizeF(self.size()))
        if self.frame != frame:
            self._lay_out()
        self._show_data()
        if before is None or figure.description != before.description:
            self.setAccessibleDescription(figure.description)

    def read_out(self, read_out: ReadOut | None) -> None:
        """Show what is under the mouse."""
        if read_out is not self._overlay.read_out:
            self._overlay.read_out = read_out
            self._overlay.update()

    def grasp(self, grasped: bool) -> None:
        """Show whether points are being dragged."""
        self._overlay.grasped = grasped
        self._overlay.update()

    def restyle(self) -> None:
        """Take the colours and fonts of the theme on show."""
        self.setBackground(style.theme().ground)
        forget()
        if self.figure is not None:
            self._show_anew(self.figure)

    def _show_anew(self, figure: Figure) -> None:
        self.frame = frame_of(figure, QSizeF(self.size()))
        self._lay_out()
        self._show_data()

    def _lay_out(self) -> None:
        assert self.frame is not None
        self._axes.show_axes(self.frame, QRectF(QPointF(0, 0), QSizeF(self.size())))

    def _show_data(self) -> None:
        assert self.figure is not None and self.frame is not None
        self.curves.show_curves(self.figure.series, self.frame)
        self._bars.show_bars(self.figure.bars, self.frame)
        self._cells.show_image(self.figure.image, self.frame)
        self._overlay.show_figure(self.figure, self.frame, QRectF(QPointF(0, 0), QSizeF(self.size())))

    # Events

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and getattr(self, "figure", None) is not None:
            self.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        figure: Figure | None = getattr(self, "figure", None)
        if figure is not None:
            self._show_anew(figure)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(event.position())
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.moved.emit(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.released.emit()
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in BACK_AGAIN:
            self._by_keyboard = event.reason() in BY_KEYBOARD
        self._overlay.ring = self._by_keyboard and self.rings
        self._overlay.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._overlay.ring = False
        self._overlay.update()
