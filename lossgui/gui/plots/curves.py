"""The item that draws all curves of a figure at once: an item for each would cost more than the drawing.

While a point is dragged the curves stay the same: they are kept as a picture until they change.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsObject, QStyleOptionGraphicsItem, QWidget

from lossgui.core.figures import Series
from lossgui.core.table import Array
from lossgui.gui import style
from lossgui.gui.plots.frame import Frame, as_curve, thinned
from lossgui.gui.plots.pens import THIN, loss_pen

DIGITS = 6
"""Digits of a place as a share of the frame: what differs by rounding alone is drawn the same."""

MARGIN = 3.0
"""How far beyond the frame a curve is drawn, in pixels, so that its edge is not cut."""


class CurvesItem(QGraphicsObject):
    """Curves in pixels of the widget.

    Attributes
    ----------
    paths
        What is drawn: a pen and a path for each curve.
    """

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[tuple[QPen, QPainterPath]] = []
        self._area = QRectF()
        self._drawn: object = None
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def show_curves(self, curves: Sequence[Series], frame: Frame) -> None:
        """Draw other curves."""
        area = frame.rect.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        if area != self._area:
            self.prepareGeometryChange()
            self._area = area
        places = [_places(series, frame) for series in curves]
        kinds = [(series.colour, series.role) for series in curves]
        drawn = style.theme(), style.enlarged(), frame.rect, kinds, [(*map(bytes, xy),) for xy in places]
        if drawn == self._drawn:
            return
        self._drawn = drawn
        self.paths = [
            (_pen(series), _path(*xy, frame.rect)) for series, xy in zip(curves, places, strict=True)
        ]
        self.update()

    def boundingRect(self) -> QRectF:
        return self._area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._area)
        for pen, path in self.paths:
            painter.setPen(pen)
            painter.drawPath(path)


def _places(series: Series, frame: Frame) -> tuple[Array, Array]:
    """Return the points of a curve as shares of the frame, but for that at the current x."""
    x, y = (as_curve(part, axis).round(DIGITS) for part, axis in ((series.x, frame.x), (series.y, frame.y)))
    return (x, y) if series.own is None else (np.delete(x, series.own), np.delete(y, series.own))


def _pen(series: Series) -> QPen:
    return loss_pen(series.colour, THIN if series.role == "gradient" else style.CURVE)


def _path(x: Array, y: Array, frame: QRectF) -> QPainterPath:
    """Return a curve in pixels, given as shares of the frame."""
    x, y = thinned(x, y, frame.width(), frame.height())
    connect = "all" if np.isfinite(y).all() else "finite"
    path: QPainterPath = pg.arrayToQPath(
        frame.left() + frame.width() * x, frame.bottom() - frame.height() * y, connect
    )
    return path
