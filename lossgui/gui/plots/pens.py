"""Colours of figures on the screen, and the pens, dashes and markers of losses."""

from __future__ import annotations

from functools import lru_cache

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from lossgui.core.figures import Colour
from lossgui.gui import style

THIN = 1.5
"""Width of a slope."""

MARKER = 11.0
"""Size of a marker, in pixels."""

SIZES = {"s": 0.85, "t": 1.15, "d": 1.1, "star": 1.25}
"""Factors that make the markers look equally large."""


def colour_of(colour: Colour) -> QColor:
    """Return a figure's colour in the theme on show."""
    look = style.theme()
    if colour.palette == "losses":
        return look.loss(colour.index)
    if colour.palette == "classes":
        return look.of_class(colour.index)
    return QColor({"ink": look.ink, "ground": look.ground}.get(colour.palette, look.quiet))


def loss_pen(index: int, width: float = style.CURVE) -> QPen:
    """Return the pen of a loss: its colour and its dash."""
    colours, dash = style.theme().losses, style.DASHES[index % len(style.DASHES)]
    return _pen(colours[index % len(colours)], width * style.enlarged(), dash)


@lru_cache(64)
def _pen(colour: str, width: float, dash: tuple[float, ...] = ()) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)  # a third faster than round, and curves have no corners
    if dash:
        pen.setDashPattern(dash)
    return pen


def draw_marker(painter: QPainter, at: QPointF, index: int, size: float = MARKER) -> None:
    """Draw the marker of a loss, with a rim of the ground so that it stands out of curves."""
    look = style.theme()
    painter.setPen(_pen(look.ground, 2 * style.enlarged()))
    painter.setBrush(look.loss(index))
    painter.drawPath(_marker(index % len(style.MARKERS), size * style.enlarged()).translated(at))


@lru_cache(64)
def _marker(place: int, size: float) -> QPainterPath:
    name = style.MARKERS[place]
    size *= SIZES.get(name, 1.0)
    path: QPainterPath = QTransform.fromScale(size, size).map(Symbols[name])
    return path
