"""The colour of a loss with its dash and marker: the edge of its card, a button that changes it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from lossgui.gui import style
from lossgui.gui.icons import kept, painted
from lossgui.gui.marks import loss_pen, marker
from lossgui.gui.menu_button import MenuButton, Option

DASH_NAMES = ("solid", "dashed", "dotted", "dash-dotted", "long-dashed", "evenly dashed", "sparsely dotted")
WIDTH, MARKER = 22, 11


def look_of(index: int) -> str:
    """Return the dash and the marker of a colour, in words."""
    dash = DASH_NAMES[index % len(DASH_NAMES)]
    return f"{dash}, {style.MARKERS[index % len(style.MARKERS)]}"


def draw(painter: QPainter, start: QPointF, end: QPointF, place: QPointF, index: int, width: float) -> None:
    """Draw a loss's line from start to end, with its marker."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(loss_pen(index, width))
    painter.drawLine(start, end)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.theme().loss(index))
    painter.drawPath(marker(index % len(style.MARKERS), MARKER).translated(place))
    painter.restore()


class LineEngine(QIconEngine):
    """A loss's line as an icon."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self._index = index

    def clone(self) -> QIconEngine:
        return kept(LineEngine(self._index))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        # On the ground of its own, since the row below it may be of the same colour.
        painter.fillRect(rect, QColor(style.theme().ground))
        middle = QPointF(rect.center())
        half = QPointF(rect.width() / 2, 0)
        draw(painter, middle - half, middle + half, middle, self._index, 3)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return painted(self, size, mode, state)


class Stripe(MenuButton):
    """The left edge of a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._index = 0
        super().__init__("Colour", parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_colour(self, index: int, title: str) -> None:
        """Show the colour at a place of the palette."""
        options = [Option(place, look_of(place).capitalize()) for place in range(len(style.theme().losses))]
        self.offer(options, index % len(options), look_of(index))
        name = f"Colour of {title}: {look_of(index)}"
        if index != self._index or name != self.accessibleName():
            self._index = index
            self.setAccessibleName(name)
            self.setToolTip(f"Colour: {look_of(index)}")
            self.update()

    def icon_of(self, option: Option) -> QIcon:
        return QIcon(LineEngine(int(option.key)))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 4 * style.GRID)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            middle = QPointF(9, 22)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                painter.setPen(QPen(QColor(style.theme().accent), 1))
                painter.drawRoundedRect(self.rect().adjusted(2, 2, -3, -3), 4, 4)
            bottom = QPointF(middle.x(), self.height() - style.GRID)
            draw(painter, QPointF(middle.x(), style.GRID), bottom, middle, self._index, 4)
