"""The curves of a figure; while a point is dragged they stay the same, and are not drawn again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from lossgui.core.figures import Series
from lossgui.core.table import Array
from lossgui.gui import style
from lossgui.gui.marks import THIN, loss_pen
from lossgui.gui.plots.frame import Frame, as_curve, thinned

DIGITS = 6
"""Digits of a place as a share of the frame: what differs by rounding alone is drawn the same."""

MARGIN = 3.0
"""How far beyond the frame a curve is drawn, in pixels, so that its edge is not cut."""


class Curves:
    """Curves in pixels of the widget.

    Attributes
    ----------
    paths
        What is drawn: a pen and a path for each curve.
    """

    def __init__(self) -> None:
        self.paths: list[tuple[QPen, QPainterPath]] = []
        self._area = QRectF()
        self._drawn: object = None

    def show_curves(self, curves: Sequence[Series], frame: Frame) -> bool:
        """Draw other curves; tell whether they are not the same."""
        places = [_places(series, frame) for series in curves]
        kinds = [(series.colour, series.role) for series in curves]
        drawn = style.theme(), style.enlarged(), frame.rect, kinds, [(*map(bytes, xy),) for xy in places]
        if drawn == self._drawn:
            return False
        self._drawn, self._area = drawn, frame.rect.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        self.paths = [
            (_pen(series), _path(*xy, frame.rect)) for series, xy in zip(curves, places, strict=True)
        ]
        return True

    def paint(self, painter: QPainter) -> None:
        """Draw them."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._area)
        for pen, path in self.paths:
            painter.setPen(pen)
            painter.drawPath(path)


def _places(series: Series, frame: Frame) -> tuple[Array, Array]:
    """Return the points of a curve that show, as shares of the frame, but for that at the current x."""
    # 0 is added since -0 and 0 are drawn the same, but are other bytes.
    x, y = (as_curve(*of).round(DIGITS) + 0.0 for of in ((series.x, frame.x), (series.y, frame.y)))
    if series.own is not None:
        x, y = np.delete(x, series.own), np.delete(y, series.own)
    return thinned(x, y, frame.rect.width(), frame.rect.height())


def _pen(series: Series) -> QPen:
    return loss_pen(series.colour, THIN if series.role == "gradient" else style.CURVE)


def _path(x: Array, y: Array, frame: QRectF) -> QPainterPath:
    """Return a curve in pixels, given as shares of the frame."""
    across, down = frame.left() + frame.width() * x, frame.bottom() - frame.height() * y
    path = QPainterPath()
    for piece in pieces(np.isfinite(x) & np.isfinite(y)):
        points = zip(across[piece].tolist(), down[piece].tolist(), strict=True)
        path.addPolygon(QPolygonF([QPointF(*point) for point in points]))
    return path


def pieces(there: Array) -> list[slice]:
    """Return the runs of what is there, in order.

    Parameters
    ----------
    there
        Shape (n,), bool.
    """
    ends = np.flatnonzero(np.diff(there, prepend=False, append=False)).tolist()
    return [slice(*run) for run in zip(ends[::2], ends[1::2], strict=True)]
