"""Projector pictures as a back row or a video call sees them, and a reader of their numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QWidget

from lossgui.gui.projector import Painted

SIGNS = "0123456789.−e"
QUALITY, LIGHT, NOISE = 60, 0.2, 0.02
"""JPEG's, the share of white that a lit room adds, and the spread of each pixel."""

LINE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
Array = np.ndarray


@dataclass(frozen=True)
class Written:
    """Words on a page, the pixels they may take, and their font."""

    words: str
    area: QRectF
    font: QFont


class Recorder(QPainter):
    """A painter that remembers the words that it draws."""

    def __init__(self, image: QImage) -> None:
        super().__init__(image)
        self.written: list[Written] = []

    def drawText(self, area: QRectF, flags: int, words: str) -> None:  # noqa: N802
        if words:
            self.written.append(Written(words, QRectF(area), QFont(self.font())))
        super().drawText(area, flags, words)


def written_on(part: Painted, window: QWidget) -> list[Written]:
    """Return the words of a part of the projector page, and where in the window they are."""
    image = QImage(part.size(), QImage.Format.Format_RGB32)
    painter = Recorder(image)
    part.draw(painter)
    painter.end()
    corner = QPointF(part.mapTo(window, part.rect().topLeft()))
    return [Written(one.words, one.area.translated(corner), one.font) for one in painter.written]


def grey(image: QImage) -> Array:
    """Return how bright each pixel is, from 0 to 1."""
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return lines[:, : image.width()] / 255


def as_seen(image: QImage) -> Array:
    """Return how bright each pixel is after JPEG, in a lit room, to a camera."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", QUALITY)
    bright = grey(QImage.fromData(data))
    return (bright + LIGHT) / (1 + LIGHT) + np.random.default_rng(0).normal(0, NOISE, bright.shape)


def contrast(bright: Array, area: QRectF, scale: float) -> float:
    """Return the contrast of the brightest and the darkest pixel of an area, as WCAG defines it."""
    part = bright[_pixels(area, scale)]
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return float((linear.max() + 0.05) / (linear.min() + 0.05))


def read(bright: Array, number: Written, scale: float) -> str:
    """Return the number that is seen, sign after sign: always the one that looks most like it."""
    metrics, area, result = QFontMetricsF(number.font), QRectF(number.area), ""
    for _ in number.words:
        sign = max(SIGNS, key=lambda sign: _likeness(bright, number.font, area, sign, scale))
        area.setLeft(area.left() + metrics.horizontalAdvance(sign))
        result += sign
    return result


def _likeness(bright: Array, font: QFont, area: QRectF, sign: str, scale: float) -> float:
    """Return how much the left end of an area looks like a sign that is painted there by itself."""
    image = QImage(bright.shape[1], bright.shape[0], QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.setFont(font)
    painter.drawText(area, LINE, sign)
    painter.end()
    own = QRectF(area.left(), area.top(), QFontMetricsF(font).horizontalAdvance(sign), area.height())
    place = _pixels(own, scale)
    return abs(float(np.corrcoef(grey(image)[place].ravel(), bright[place].ravel())[0, 1]))


def _pixels(area: QRectF, scale: float) -> tuple[slice, slice]:
    """Return the rows and columns of an area in the shrunk picture."""
    rows = slice(int(area.top() * scale), int(area.bottom() * scale) + 1)
    return rows, slice(round(area.left() * scale), round(area.right() * scale))
