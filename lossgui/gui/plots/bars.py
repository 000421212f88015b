"""The item that draws all rectangles of a figure at once."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from lossgui.core.figures import Bars, Colour
from lossgui.gui import style
from lossgui.gui.plots.frame import Frame, as_curve
from lossgui.gui.plots.pens import colour_of

PALE = 0.3
"""Opacity of what is no part of its own, such as the rest; words are drawn on it."""


class BarItem(pg.GraphicsObject):
    """Rectangles in shares of the frame, one call to the painter for each colour."""

    def __init__(self) -> None:
        super().__init__()
        self._rects: dict[Colour, list[QRectF]] = {}

    def show_bars(self, bars: Bars | None, frame: Frame) -> None:
        """Draw other bars."""
        self._rects = {}
        if bars is not None:
            left, right = as_curve(bars.left, frame.x), as_curve(bars.right, frame.x)
            bottom, top = as_curve(bars.bottom, frame.y), as_curve(bars.top, frame.y)
            edges = zip(bars.colours, left, bottom, right - left, top - bottom, strict=True)
            for colour, *edge in edges:
                self._rects.setdefault(colour, []).append(QRectF(*(float(number) for number in edge)))
        self.setVisible(bool(self._rects))
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, 1, 1)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        look = style.theme()
        rim = QPen(QColor(look.ground), 1)
        rim.setCosmetic(True)
        for colour, rects in self._rects.items():
            painter.setPen(rim)
            painter.setBrush(brush_of(colour))
            painter.drawRects(rects)


def brush_of(colour: Colour) -> QBrush:
    """Return what fills a bar; where the palette begins anew a pattern, so that colour is never alone."""
    fill = colour_of(colour)
    if colour.palette == "quiet":
        fill.setAlphaF(PALE)
    repeats = colour.palette == "classes" and colour.index >= len(style.theme().classes)
    return QBrush(fill, Qt.BrushStyle.Dense3Pattern if repeats else Qt.BrushStyle.SolidPattern)
