"""The marks of losses: each a pen with a colour and a dash, and a marker."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from lossgui.gui import style

THIN = 1.5
"""Width of a slope."""

MARKER = 11.0
"""Size of a marker, in pixels."""


def _turned(corners: Iterable[tuple[float, float]]) -> QPolygonF:
    """Return a polygon from angles, counted in turns from the top, and radii."""
    return QPolygonF(
        [
            QPointF(radius * math.sin(2 * math.pi * turn), -radius * math.cos(2 * math.pi * turn))
            for turn, radius in corners
        ]
    )


SHAPES = {
    "square": _turned((k / 4 + 1 / 8, 0.62) for k in range(4)),
    "triangle": _turned((k / 3 + 1 / 2, 0.66) for k in range(3)),
    "diamond": _turned((k / 4, (0.62, 0.5)[k % 2]) for k in range(4)),
    "pentagon": _turned((k / 5, 0.58) for k in range(5)),
    "hexagon": _turned((k / 6, 0.58) for k in range(6)),
    "star": _turned((k / 10, (0.68, 0.3)[k % 2]) for k in range(10)),
}
"""The markers, of about equal weight in a circle of diameter 1; what has no corners is a circle."""


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
    painter.drawPath(marker(index % len(style.MARKERS), size * style.enlarged()).translated(at))


@lru_cache(64)
def marker(place: int, size: float) -> QPainterPath:
    """Return the marker at a place of the markers, round (0, 0)."""
    path, shape = QPainterPath(), SHAPES.get(style.MARKERS[place])
    if shape is None:
        path.addEllipse(QPointF(0, 0), size / 2, size / 2)
    else:
        path.addPolygon(QTransform.fromScale(size, size).map(shape))
        path.closeSubpath()
    return path
