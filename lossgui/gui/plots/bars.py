"""The rectangles of a figure."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter

from lossgui.core.figures import Bars, Colour
from lossgui.gui import style
from lossgui.gui.plots.colours import colour_of
from lossgui.gui.plots.frame import Frame

PALE = 0.3
"""Opacity of what is no part of its own, such as the rest; words are drawn on it."""

GAP = 1.0
"""Pixels between bars that touch."""


class Rectangles:
    """Rectangles in pixels of the widget, one call to the painter for each colour."""

    def __init__(self) -> None:
        self._rects: dict[Colour, list[QRectF]] = {}

    def show_bars(self, bars: Bars | None, frame: Frame) -> None:
        """Draw other bars."""
        self._rects = {}
        if bars is not None:
            left, right = frame.across(bars.left), frame.across(bars.right)
            top, bottom = frame.down(bars.top), frame.down(bars.bottom)
            size = (right - left - GAP).clip(0), (bottom - top - GAP).clip(0)
            sides = np.stack([left + GAP / 2, top + GAP / 2, *size], axis=1).tolist()
            for colour, edges in zip(bars.colours, sides, strict=True):
                self._rects.setdefault(colour, []).append(QRectF(*edges))

    def paint(self, painter: QPainter) -> None:
        """Draw them."""
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, rects in self._rects.items():
            painter.setBrush(brush_of(colour))
            painter.drawRects(rects)


def brush_of(colour: Colour) -> QBrush:
    """Return what fills a bar; where the palette begins anew a pattern, so that colour is never alone."""
    fill = colour_of(colour)
    if colour.palette == "quiet":
        fill.setAlphaF(PALE)
    repeats = colour.palette == "classes" and colour.index >= len(style.theme().classes)
    return QBrush(fill, Qt.BrushStyle.Dense3Pattern if repeats else Qt.BrushStyle.SolidPattern)
