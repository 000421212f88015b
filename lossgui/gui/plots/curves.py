"""The item that draws all curves of a figure at once: an item for each would cost more than the drawing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from lossgui.core.figures import Series
from lossgui.core.table import Array
from lossgui.gui import style
from lossgui.gui.plots.frame import Frame, as_curve, thinned
from lossgui.gui.plots.pens import THIN, loss_pen

MARGIN = 3.0
"""How far beyond the frame a curve is drawn, in pixels, so that its edge is not cut."""


class CurvesItem(pg.GraphicsObject):
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

    def show_curves(self, curves: Sequence[Series], frame: Frame) -> None:
        """Draw other curves."""
        area = frame.rect.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        if area != self._area:
            self.prepareGeometryChange()
            self._area = area
        self.paths = []
        known: Array | None = None
        for series in curves:
            if known is not series.x:
                known, x = series.x, as_curve(series.x, frame.x)
            self.paths.append((_pen(series), _path(x, as_curve(series.y, frame.y), frame.rect)))
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
