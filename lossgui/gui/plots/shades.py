"""Shades: the colours of numbers below and above 0, and the ink that is legible on them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from lossgui.core.table import Array
from lossgui.gui import style

TILE = 7
"""Pixels between two lines of a hatch."""


def colours(shares: Array) -> Array:
    """Return the colour of each share of the full colours, as bytes blue, green, red, 255.

    Parameters
    ----------
    shares
        Shape (rows, columns), from -1 to 1.

    Returns
    -------
    Shape (rows, columns, 4), contiguous.
    """
    look = style.theme()
    below, none, above = (_bytes(colour) for colour in (look.below, look.chip, look.above))
    size = np.abs(shares)[..., None]
    full = np.where(shares[..., None] < 0, below, above)
    return np.ascontiguousarray(np.rint(none + size * (full - none)).astype(np.uint8))


def _bytes(colour: str) -> Array:
    made = QColor(colour)
    return np.array([made.blue(), made.green(), made.red(), 255.0])


def ink_on(colour: Array) -> QColor:
    """Return black or white, whichever stands out more on a colour: at least 4.5 to 1."""
    blue, green, red, _ = (np.asarray(colour, float) / 255).tolist()
    linear = [((c + 0.055) / 1.055) ** 2.4 if c > 0.04045 else c / 12.92 for c in (red, green, blue)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return QColor("#000000" if luminance > 0.179 else "#ffffff")


def draw_hatch(painter: QPainter, areas: Sequence[QRectF], colour: QColor) -> None:
    """Draw slanting lines over areas, which show on every colour that is not near theirs."""
    hatched = QPainterPath()
    for area in areas:
        hatched.addRect(area)
    bounds, step = hatched.boundingRect(), TILE * style.enlarged()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(hatched)
    painter.setPen(QPen(colour, style.enlarged()))
    for place in range(math.ceil((bounds.width() + bounds.height()) / step) if areas else 0):
        left = bounds.left() - bounds.height() + place * step
        painter.drawLine(QLineF(left, bounds.bottom(), left + bounds.height(), bounds.top()))
    painter.restore()
