"""Where things are: the frame inside the widget, and the way from data to pixels and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF

from lossgui.core.figures import Axis, Figure, Scale
from lossgui.core.table import Array
from lossgui.gui import style
from lossgui.gui.plots.colour_bar import bar_room
from lossgui.gui.plots.lettering import lettering
from lossgui.gui.plots.titles import Line, lines_of

GAP = style.GRID
LEAST_TICK = 30.0
"""Room for tick texts of the y axis, so that the frame does not move when they change a little."""

TIGHT = 0.8
"""The share of a line's height that lines need at least."""

MOST_NAMES = 0.35
"""The share of the width that names of categories may take."""

STRAIGHT = 0.1
"""Pixels by which a point may lie beside a line that is drawn without it."""


NONE = QSizeF(0, 0)
"""The room of nothing."""


@dataclass(frozen=True)
class Frame:
    """The rectangle in which data are drawn.

    Parameters
    ----------
    rect
        In pixels of the widget.
    x, y
        The axes.
    lines
        What stands above.
    scale
        What the colours of an image stand for, which is said at the right.
    bottom
        Where what belongs to the axes ends.
    beside
        The width that is kept for a legend right of the frame.
    """

    rect: QRectF
    x: Axis
    y: Axis
    lines: Sequence[Line] = field(default=(), compare=False)
    scale: Scale | None = None
    bottom: float = 0.0
    beside: float = 0.0

    def pixel(self, x: float, y: float) -> QPointF:
        """Return the pixel of a place; what lies beyond the frame is moved to its edge."""
        across = min(max((x - self.x.low) / (self.x.high - self.x.low), 0.0), 1.0)
        up = min(max((y - self.y.low) / (self.y.high - self.y.low), 0.0), 1.0)
        rect = self.rect
        return QPointF(rect.left() + across * rect.width(), rect.bottom() - up * rect.height())

    def across(self, values: Array) -> Array:
        """Return the pixels of values of x, shape (n,); NaN for what is not finite."""
        result: Array = self.rect.left() + self.rect.width() * as_curve(values, self.x)
        return result

    def down(self, values: Array) -> Array:
        """Return the pixels of values of y, shape (n,); NaN for what is not finite."""
        result: Array = self.rect.bottom() - self.rect.height() * as_curve(values, self.y)
        return result

    def place(self, pixel: QPointF) -> tuple[float, float]:
        """Return the x and y of a pixel."""
        across = (pixel.x() - self.rect.left()) / self.rect.width()
        up = (self.rect.bottom() - pixel.y()) / self.rect.height()
        x = self.x.low + across * (self.x.high - self.x.low)
        return x, self.y.low + up * (self.y.high - self.y.low)


def as_curve(values: Array, axis: Axis) -> Array:
    """Return numbers as shares of an axis: NaN for what is not finite, nothing a thousand frames away.

    Returns
    -------
    Shape (n,), contiguous float64.
    """
    numbers = np.ascontiguousarray(np.asarray(values, dtype=np.float64).ravel())
    with np.errstate(all="ignore"):
        shares = (numbers - axis.low) / (axis.high - axis.low)
    result: Array = np.where(np.isfinite(numbers), np.clip(shares, -1000, 1000), np.nan)
    return result


def thinned(x: Array, y: Array, width: float, height: float) -> tuple[Array, Array]:
    """Return a curve without points that nobody would see: on the pixel before, or on a straight line.

    Parameters
    ----------
    x, y
        Shares of a frame, shape (n,); NaN is a gap.
    width, height
        The frame's, in pixels.
    """
    across, up = np.round(width * x), np.round(height * y)
    kept = np.ones(len(x), bool)
    # NaN differs from NaN, so that gaps are kept.
    kept[1:-1] = (across[1:-1] != across[:-2]) | (up[1:-1] != up[:-2])
    x, y = x[kept], y[kept]
    for _ in range(2):
        kept = np.ones(len(x), bool)
        kept[1:-1:2] = ~(_bend(x, y) * height < STRAIGHT)
        x, y = x[kept], y[kept]
    return x, y


def _bend(x: Array, y: Array) -> Array:
    """Return how far above or below the line between its neighbours every second point lies."""
    (x0, x1, x2), (y0, y1, y2) = ((z[:-2:2], z[1:-1:2], z[2::2]) for z in (x, y))
    with np.errstate(all="ignore"):
        result: Array = np.abs(y1 - y0 - (y2 - y0) * (x1 - x0) / (x2 - x0))
    return result


def frame_of(figure: Figure, size: QSizeF, outer: QSizeF = NONE) -> Frame:
    """Return where the frame of a figure is in a widget of some size.

    Parameters
    ----------
    outer
        The room that a legend takes right of the frame and below it.
    """
    small, body = lettering(style.SMALL), lettering(style.BODY)
    lines = lines_of(figure, size.width(), size.height())
    scale = figure.image.scale if figure.image else None
    top = 2.0 * GAP + (lines[-1].bottom if lines else 0.0)
    left, bottom, right = 0.5 * GAP, 1.5 * GAP, 2.0 * GAP
    if figure.x.ticks and not figure.x.categories:
        right = max(right, small.width(figure.x.ticks[-1][1]) / 2 + 3)
    left += max(LEAST_TICK, name_width(figure.y, size.width())) + GAP if figure.y.ticks else 0.0
    left += body.height + GAP if figure.y.label else 0.0
    bottom += small.height + GAP if figure.x.ticks else 0.0
    bottom += body.height if figure.x.label else 0.0
    right += bar_room(scale) + outer.width()
    end = size.height() - outer.height()
    rect = QRectF(left, top, max(size.width() - left - right, 1.0), max(end - top - bottom, 1.0))
    return Frame(rect, figure.x, figure.y, lines, scale, end, outer.width())


def name_width(axis: Axis, width: float) -> float:
    """Return how wide the tick texts of the y axis are, in a widget of some width."""
    widest = max((lettering(style.TICK).width(text) for _, text in axis.ticks), default=0.0)
    return min(widest, MOST_NAMES * width)


def spaced(places: Sequence[float], room: float) -> list[int]:
    """Return which places have room for a text: the first in any case, then the others from the last."""
    kept: list[int] = []
    for place in [*range(min(len(places), 1)), *range(len(places) - 1, 0, -1)]:
        if all(abs(places[place] - places[other]) >= room for other in kept):
            kept.append(place)
    return kept
