"""Grid, ticks and labels of a figure."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from lossgui.gui import style
from lossgui.gui.plots.colour_bar import draw_bar
from lossgui.gui.plots.frame import GAP, TIGHT, Frame, name_width, spaced
from lossgui.gui.plots.lettering import lettering

LEAST_NAME = 40.0
"""Pixels that a name of a category has at least; where there are fewer, some names are left out."""


class Axes:
    """What stands around the data, and the lines behind them."""

    def __init__(self) -> None:
        self._bounds = QRectF()
        self._frame: Frame | None = None

    def show_axes(self, frame: Frame, bounds: QRectF) -> None:
        """Draw other axes."""
        self._frame, self._bounds = frame, bounds

    def paint(self, painter: QPainter) -> None:
        """Draw them."""
        if self._frame is None:
            return
        if self._frame.scale is None:
            self._draw_grid(painter, self._frame)
        else:
            draw_bar(painter, self._frame.scale, self._frame.rect)
        painter.setPen(QColor(style.theme().quiet))
        self._draw_x_ticks(painter, self._frame)
        self._draw_y_ticks(painter, self._frame)
        painter.setPen(QColor(style.theme().ink))
        self._draw_labels(painter, self._frame)

    def _draw_grid(self, painter: QPainter, frame: Frame) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        line, base = (QPen(QColor(colour), 1) for colour in (style.theme().line, style.theme().quiet))
        across = frame.x if frame.y.categories else frame.y
        for value, _ in across.ticks:
            if frame.y.categories:
                x = frame.pixel(value, frame.y.low).x()
                ends = QPointF(x, frame.rect.top()), QPointF(x, frame.rect.bottom())
            else:
                y = frame.pixel(frame.x.low, value).y()
                ends = QPointF(frame.rect.left(), y), QPointF(frame.rect.right(), y)
            painter.setPen(line if value or across.low == 0 else base)
            painter.drawLine(*ends)

    def _draw_x_ticks(self, painter: QPainter, frame: Frame) -> None:
        letters = lettering(style.TICK)
        room, every = frame.rect.width() / max(len(frame.x.ticks), 1), 1
        if frame.x.categories:
            widest = max((letters.width(text) for _, text in frame.x.ticks), default=0.0) + GAP
            every = max(1, math.ceil(min(widest, LEAST_NAME * style.enlarged()) / room))
        taken = -float("inf")
        for value, text in frame.x.ticks[::every]:
            shown = letters.elided(text, every * room - GAP) if frame.x.categories else text
            half = letters.width(shown) / 2
            middle = frame.pixel(value, frame.y.low).x()
            if middle - half >= taken:
                area = QRectF(
                    middle - half, frame.rect.bottom() + GAP / 2 * style.enlarged(), 2 * half, letters.height
                )
                letters.draw(painter, area, shown)
                taken = middle + half + GAP / 2

    def _draw_y_ticks(self, painter: QPainter, frame: Frame) -> None:
        letters = lettering(style.TICK)
        width = name_width(frame.y, self._bounds.width())
        middles = [frame.pixel(frame.x.low, value).y() for value, _ in frame.y.ticks]
        for place in spaced(middles, TIGHT * letters.height):
            top = middles[place] - letters.height / 2
            area = QRectF(frame.rect.left() - GAP - width, top, width, letters.height)
            letters.draw(painter, area, letters.elided(frame.y.ticks[place][1], width), 1)

    def _draw_labels(self, painter: QPainter, frame: Frame) -> None:
        letters, rect = lettering(style.BODY), frame.rect
        bottom = frame.bottom - letters.height - GAP
        area = QRectF(rect.left(), bottom, rect.width(), letters.height)
        letters.draw(painter, area, letters.shortened(frame.x.label, rect.width()), 0.5)
        painter.save()
        painter.translate(GAP / 2, rect.center().y())
        painter.rotate(-90)
        area = QRectF(-rect.height() / 2, 0, rect.height(), letters.height)
        letters.draw(painter, area, letters.shortened(frame.y.label, rect.height()), 0.5)
        painter.restore()
