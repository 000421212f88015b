"""The widget that shows a figure. What an edit does not change it keeps as a picture."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from lossgui.core.figures import Figure
from lossgui.gui import style
from lossgui.gui.plots.drawing import Drawing
from lossgui.gui.plots.frame import Frame
from lossgui.gui.plots.lettering import forget
from lossgui.gui.plots.overlay import ReadOut

BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)
BACK_AGAIN = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class Canvas(QAbstractScrollArea):
    """Shows a figure.

    Parameters
    ----------
    name
        What is shown, for those who cannot see it.

    Attributes
    ----------
    drawing
        What is shown, laid out in the widget.
    rings
        Whether to show that the keyboard is here.
    pressed, moved, released, left
        The left button went down at a pixel; the mouse is there now; the button went up; the mouse is gone.
    """

    pressed = Signal(QPointF)
    moved = Signal(QPointF)
    released = Signal()
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawing = Drawing()
        self.rings = True
        self._by_keyboard = False
        self._below = QPixmap()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setAccessibleName(name)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def figure(self) -> Figure | None:
        """What is shown."""
        return self.drawing.figure

    @property
    def frame(self) -> Frame | None:
        """Where it is."""
        return self.drawing.frame

    def sizeHint(self) -> QSize:
        return QSize(640, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 220)

    # Showing

    def show_figure(self, figure: Figure) -> None:
        """Show a figure; what is the same as before is not drawn anew."""
        before = self.figure
        if self.drawing.show(figure, QSizeF(self.size())):
            self._below = QPixmap()
        self.viewport().update()
        if before is None or figure.description != before.description:
            self.setAccessibleDescription(figure.description)

    def read_out(self, read_out: ReadOut | None) -> None:
        """Show what is under the mouse."""
        if read_out is not self.drawing.overlay.read_out:
            self.drawing.overlay.read_out = read_out
            self.viewport().update()

    def grasp(self, grasped: bool) -> None:
        """Show whether points are being dragged."""
        self.drawing.overlay.grasped = grasped
        self.viewport().update()

    def restyle(self) -> None:
        """Take the colours and fonts of the theme on show."""
        forget()
        self._show_anew()

    def _show_anew(self) -> None:
        self._below = QPixmap()
        if self.figure is not None:
            self.show_figure(self.figure)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._below.isNull() or self._below.devicePixelRatioF() != self.devicePixelRatioF():
            self._below = self._drawn_below()
        with QPainter(self.viewport()) as painter:
            painter.drawPixmap(0, 0, self._below)
            self.drawing.draw_above(painter)

    def _drawn_below(self) -> QPixmap:
        result = QPixmap(self.size() * self.devicePixelRatioF())
        result.setDevicePixelRatio(self.devicePixelRatioF())
        result.fill(QColor(style.theme().ground))
        with QPainter(result) as painter:
            self.drawing.draw_below(painter)
        return result

    # Events

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and hasattr(self, "drawing"):
            self.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_anew()

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
        self.drawing.overlay.ring = self._by_keyboard and self.rings
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.drawing.overlay.ring = False
        self.viewport().update()
