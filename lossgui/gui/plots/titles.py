"""The lines above a figure's frame: its title and subtitle, each in as many as it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from lossgui.core.figures import Figure
from lossgui.gui import style
from lossgui.gui.plots.lettering import Lettering, lettering

GAP = style.GRID
BETWEEN = 2.0
"""Height of the gap between two lines, in pixels."""

MOST = 0.45
"""The share of the height that the lines may take; what is left is cut."""


@dataclass(frozen=True)
class Line:
    """A line of text: its lettering, whether it is quiet, and where it begins, in pixels from the top."""

    text: str
    letters: Lettering
    quiet: bool
    top: float

    @property
    def bottom(self) -> float:
        """Where the line ends."""
        return self.top + self.letters.height


def lines_of(figure: Figure, width: float, height: float) -> list[Line]:
    """Return the lines of title and subtitle in a widget of some size."""
    parts = (
        (figure.title, lettering(style.BODY, bold=True), False),
        (figure.subtitle, lettering(style.SMALL), True),
    )
    lines: list[Line] = []
    top = GAP / 2
    for text, letters, quiet in parts:
        for written in letters.wrapped(text, width - GAP):
            line = Line(written, letters, quiet, top)
            if lines and line.bottom > MOST * height:
                last = lines[-1]
                lines[-1] = Line(f"{last.text} …", last.letters, last.quiet, last.top)
                return lines
            lines.append(line)
            top = line.bottom + BETWEEN
    return lines


def draw_title(painter: QPainter, lines: Sequence[Line], width: float) -> None:
    """Draw the lines; they change with the numbers, so they are no part of the picture that is kept."""
    look = style.theme()
    for line in lines:
        painter.setPen(QColor(look.quiet if line.quiet else look.ink))
        area = QRectF(GAP / 2, line.top, width - GAP, line.letters.height)
        line.letters.draw(painter, area, line.letters.elided(line.text, area.width()))
