"""The colour of a loss with its dash and marker: the edge of its card, a button that changes it."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from lossgui.gui import style
from lossgui.gui.icons import kept, painted
from lossgui.gui.menu_button import MenuButton, Option

DASH_NAMES = ("solid", "dashed", "dotted", "dash-dotted", "long-dashed", "evenly dashed", "sparsely dotted")
MARKER_NAMES = {
    "o": "circle",
    "s": "square",
    "t": "triangle",
    "d": "diamond",
    "p": "pentagon",
    "h": "hexagon",
    "star": "star",
}
WIDTH, MARKER = 22, 11


def _turned(corners: Iterable[tuple[float, float]]) -> QPolygonF:
    """Return a polygon from angles, counted in turns from the top, and radii."""
    return QPolygonF(
        [
            QPointF(radius * math.sin(2 * math.pi * turn), -radius * math.cos(2 * math.pi * turn))
            for turn, radius in corners
        ]
    )


# The shapes that pyqtgraph draws under these names; to import it here would delay the window by 0.3 s.
SHAPES = {
    "s": _turned((k / 4 + 1 / 8, 0.64) for k in range(4)),
    "t": _turned((k / 3 + 1 / 2, 0.62) for k in range(3)),
    "d": _turned((k / 4, (0.62, 0.5)[k % 2]) for k in range(4)),
    "p": _turned((k / 5, 0.58) for k in range(5)),
    "h": _turned((k / 6, 0.58) for k in range(6)),
    "star": _turned((k / 10, (0.68, 0.3)[k % 2]) for k in range(10)),
}


def look_of(index: int) -> str:
    """Return the dash and the marker of a colour, in words."""
    dash = DASH_NAMES[index % len(DASH_NAMES)]
    return f"{dash}, {MARKER_NAMES[style.MARKERS[index % len(style.MARKERS)]]}"


def draw(painter: QPainter, start: QPointF, end: QPointF, marker: QPointF, index: int, width: float) -> None:
    """Draw a loss's line from start to end, with its marker."""
    colour = style.theme().loss(index)
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    dash = style.DASHES[index % len(style.DASHES)]
    if dash:
        pen.setDashPattern(list(dash))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.drawLine(start, end)
    painter.translate(marker)
    painter.scale(MARKER, MARKER)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    shape = SHAPES.get(style.MARKERS[index % len(style.MARKERS)])
    if shape is None:
        painter.drawEllipse(QPointF(0, 0), 0.5, 0.5)
    else:
        painter.drawPolygon(shape)
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
