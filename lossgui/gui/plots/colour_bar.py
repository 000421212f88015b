"""The bar beside an image that says what its colours stand for."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter

from lossgui.core.figures import Scale
from lossgui.gui import style
from lossgui.gui.plots.lettering import lettering
from lossgui.gui.plots.shades import colours

GAP = style.GRID
WIDTH = 12.0
"""Of the bar, in pixels."""


def bar_width() -> float:
    """Return the width of the bar."""
    return WIDTH * style.enlarged()


def bar_room(scale: Scale | None) -> float:
    """Return how much room the bar takes with its ticks and its label, right of the frame."""
    if scale is None:
        return 0.0
    ticks = max(lettering(style.TICK).width(text) for _, text in scale.ticks)
    return 2 * GAP + bar_width() + 1.5 * GAP + ticks + lettering(style.BODY).height


def draw_bar(painter: QPainter, scale: Scale, frame: QRectF) -> None:
    """Draw the bar, as high as the frame."""
    bar = QRectF(frame.right() + 2 * GAP, frame.top(), bar_width(), frame.height())
    painter.fillRect(bar, _gradient(bar))
    _draw_ticks(painter, scale, bar)
    letters = lettering(style.BODY)
    painter.save()
    painter.setPen(QColor(style.theme().ink))
    painter.translate(frame.right() + bar_room(scale), bar.center().y())
    painter.rotate(-90)
    area = QRectF(-bar.height() / 2, -letters.height, bar.height(), letters.height)
    letters.draw(painter, area, letters.shortened(scale.label, bar.height()), 0.5)
    painter.restore()


def _gradient(bar: QRectF) -> QBrush:
    gradient = QLinearGradient(bar.bottomLeft(), bar.topLeft())
    for place, (blue, green, red, _) in enumerate(colours(np.array([[-1.0, 0.0, 1.0]]))[0].tolist()):
        gradient.setColorAt(place / 2, QColor(red, green, blue))
    return QBrush(gradient)


def _draw_ticks(painter: QPainter, scale: Scale, bar: QRectF) -> None:
    letters = lettering(style.TICK)
    painter.setPen(QColor(style.theme().quiet))
    widest = max(letters.width(text) for _, text in scale.ticks)
    for value, text in scale.ticks:
        share = float(scale.share(np.array(value)))
        y = bar.center().y() - share * (bar.height() - letters.height) / 2
        area = QRectF(bar.right() + GAP / 2, y - letters.height / 2, widest, letters.height)
        letters.draw(painter, area, text, 1)
