"""Shades: the colours of numbers below and above 0, and the ink that is legible on them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

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


@lru_cache(8)
def hatch(colour: str, scale: float) -> QBrush:
    """Return a brush of slanting lines, which shows on every colour that is not near theirs."""
    side = round(TILE * scale)
    tile = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    tile.fill(Qt.GlobalColor.transparent)
    with QPainter(tile) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour), scale))
        # The corners' share in the next tiles is drawn too.
        for shift in (-side, 0, side):
            painter.drawLine(QLineF(shift - 1, side + 1, shift + side + 1, -1))
    return QBrush(tile)
