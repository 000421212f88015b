"""The curves of a figure; while a point is dragged they stay the same, and are not drawn again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from lossgui.core.figures import Axis, Series
from lossgui.core.table import Array
from lossgui.gui import style
from lossgui.gui.marks import THIN, loss_pen
from lossgui.gui.plots.frame import Frame, as_curve, thinned

DIGITS = 6
"""Digits of a place as a share of the frame: what differs by rounding alone is drawn the same."""

ROUNDING = 10.0**-DIGITS

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
        self._kinds: object = None
        self._given = (np.zeros(0), np.zeros(0))
        self._drawn: list[tuple[bytes, bytes]] = []

    def show_curves(self, curves: Sequence[Series], frame: Frame) -> bool:
        """Draw other curves; tell whether they are not the same."""
        shapes = [(curve.colour, curve.role, len(curve.x) - (curve.own is not None)) for curve in curves]
        kinds = style.look(), frame.rect, frame.x, frame.y, shapes
        given = _joined((curve.x, curve.own) for curve in curves), _joined((c.y, c.own) for c in curves)
        same = kinds == self._kinds
        if same and all(map(_near, given, self._given, (frame.x, frame.y))):
            return False
        places = [_places(*_kept(curve), frame) for curve in curves]
        drawn = [(bytes(x), bytes(y)) for x, y in places]
        changed = not same or drawn != self._drawn
        self._kinds, self._given, self._drawn = kinds, given, drawn
        self._area = frame.rect.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        self.paths = [(_pen(curve), _path(*xy, frame.rect)) for curve, xy in zip(curves, places, strict=True)]
        return changed

    def paint(self, painter: QPainter) -> None:
        """Draw them."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._area)
        for pen, path in self.paths:
            painter.setPen(pen)
            painter.drawPath(path)


def _kept(series: Series) -> tuple[Array, Array]:
    """Return the points of a curve but for that at the current x."""
    if series.own is None:
        return series.x, series.y
    return np.delete(series.x, series.own), np.delete(series.y, series.own)


def _joined(parts: Iterable[tuple[Array, int | None]]) -> Array:
    """Return arrays one behind the other, each without an entry at some place, if one is given."""
    pieces = [np.zeros(0)]
    for array, own in parts:
        pieces += [array] if own is None else [array[:own], array[own + 1 :]]
    return np.concatenate(pieces)


def _near(a: Array, b: Array, axis: Axis) -> bool:
    """Tell whether numbers along an axis differ by rounding at most."""
    with np.errstate(invalid="ignore"):
        # Far beyond the frame, where slopes are steep, as a share of what they are.
        apart = np.abs(a - b) > ROUNDING * (axis.high - axis.low + np.abs(a))
    return not apart.any() and bool((np.isfinite(a) == np.isfinite(b)).all())


def _places(x: Array, y: Array, frame: Frame) -> tuple[Array, Array]:
    """Return the points of a curve that show, as shares of the frame."""
    # 0 is added since -0 and 0 are drawn the same, but are other bytes.
    x, y = (as_curve(*of).round(DIGITS) + 0.0 for of in ((x, frame.x), (y, frame.y)))
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
