"""Text on a canvas: fonts and widths are asked for some fifty times an edit, so they are remembered."""

from __future__ import annotations

from functools import cached_property, lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QTransform

from lossgui.gui import style

REMEMBERED = 1024
"""Widths of texts that are kept."""


class Lettering:
    """A font and its measures; ask `lettering` for one."""

    def __init__(self, size: style.Size, bold: bool) -> None:
        self.font = style.font(size, bold)
        self._metrics = style.metrics(self.font)
        self.width = lru_cache(REMEMBERED)(self._metrics.horizontalAdvance)

    @cached_property
    def height(self) -> float:
        """Of a line."""
        return self._metrics.height()

    @cached_property
    def middle(self) -> float:
        """How far below the middle of a line its letters stand."""
        return (self._metrics.ascent() - self._metrics.descent()) / 2

    def elided(self, text: str, width: float) -> str:
        """Return a text cut to a width."""
        if self.width(text) <= width:
            return text
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, max(width, 1.0))

    def shortened(self, label: str, width: float) -> str:
        """Return an axis's name for a width: without what it adds, if need be, else cut."""
        for part in (label, label.partition(" (")[0], label.partition(",")[0]):
            if self.width(part) <= width:
                return part
        return self.elided(label.partition(",")[0].partition(" (")[0], width)

    def wrapped(self, text: str, width: float) -> list[str]:
        """Return a text in lines of a width; a word that is wider has a line of its own, and is cut."""
        lines = []
        for paragraph in text.splitlines():
            line = ""
            for word in paragraph.split():
                longer = f"{line} {word}" if line else word
                if line and self.width(longer) > width:
                    lines.append(line)
                    longer = word
                line = self.elided(longer, width) if longer == word else longer
            lines.append(line)
        return lines

    def draw(self, painter: QPainter, area: QRectF, text: str, share: float = 0.0) -> None:
        """Draw a line of text, taken literally, with the painter's pen.

        Parameters
        ----------
        share
            How much of the free room is left of it: 0, 0.5 or 1.
        """
        left = area.left() + (share * (area.width() - self.width(text)) if share else 0.0)
        at = QPointF(left, area.center().y() + self.middle)
        if style.look().outlines:
            painter.fillPath(self._outline(text).translated(at), painter.pen().color())
        else:
            painter.setFont(self.font)
            painter.drawText(at, text)

    def _outline(self, text: str) -> QPainterPath:
        """Return the letters of a text from (0, 0), as wide as they are on paper."""
        path = QPainterPath()
        path.addText(QPointF(0, 0), self.font, text)
        # A path is made for the screen's resolution, whatever it is.
        scale = self._metrics.height() / QFontMetricsF(self.font).height()
        return QTransform.fromScale(scale, scale).map(path)


def lettering(size: style.Size = style.BODY, bold: bool = False) -> Lettering:
    """Return the lettering of one of the sizes of text."""
    return _lettering(size, bold, style.look())


@lru_cache(32)
def _lettering(size: style.Size, bold: bool, look: style.Look) -> Lettering:
    return Lettering(size, bold)


def forget() -> None:
    """Measure anew: the program's font has changed."""
    _lettering.cache_clear()
