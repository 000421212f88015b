"""Where figures stand on a sheet, one or several, with a caption below, and how all of it is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter

from lossgui.core.figures import Figure
from lossgui.files.sheet import INCH, Sheet
from lossgui.gui import style
from lossgui.gui.export.legends import with_room
from lossgui.gui.plots.drawing import Drawing
from lossgui.gui.plots.frame import GAP
from lossgui.gui.plots.lettering import lettering

WIDE = 1.5
"""Width over height that a figure has best."""

MOST_CAPTION = 0.4
"""The share of the height that a caption may take; what is left is cut."""

CROWDED = 0.2
"""The share of a figure's area below which its data have little room."""


@dataclass(frozen=True)
class Page:
    """Figures to be drawn on a sheet.

    Parameters
    ----------
    title
        What the study is called: the title of figures that have none of their own.
    caption
        Sentences that say all that the figures' numbers rest on.
    """

    figures: tuple[Figure, ...]
    title: str
    caption: str
    sheet: Sheet

    @property
    def scale(self) -> float:
        """How much larger all is than in the window."""
        return self.sheet.text / style.BODY.points

    @property
    def size(self) -> QSizeF:
        """In the units that all is drawn in: pixels, 96 to the inch, times the scale."""
        unit = style.PAPER_DPI / INCH / self.scale
        return QSizeF(self.sheet.width * unit, self.sheet.height * unit)

    @contextmanager
    def laid_out(self) -> Iterator[PageDrawing]:
        """Give the drawing of the page; it can be drawn as long as the context lasts."""
        with style.on_paper(self.sheet.theme, self.sheet.clear, self.sheet.outlines):
            yield PageDrawing(self)

    def shown(self, figure: Figure) -> Figure:
        """Return a figure with the parts that are wanted."""
        sheet = self.sheet
        title = figure.title or self.title if sheet.title else ""
        figure = replace(figure, title=title, subtitle=figure.subtitle if sheet.title else "")
        if not sheet.legend:
            figure = replace(figure, legend=None)
        return figure if sheet.point else replace(figure, points=(), current=None)


class PageDrawing:
    """A page laid out; made and drawn while the style is that of paper.

    Attributes
    ----------
    drawings
        Each figure, with where it stands.
    caption
        The lines of the caption.
    """

    def __init__(self, page: Page) -> None:
        self.size = page.size
        self.caption = _caption(page)
        below = len(self.caption) * lettering(style.SMALL).height + GAP * bool(self.caption)
        room = QSizeF(self.size.width(), max(self.size.height() - below, 1.0))
        self.drawings = [
            (area, _drawing(page.shown(figure), area.size()))
            for figure, area in zip(page.figures, areas(len(page.figures), room), strict=True)
        ]

    @property
    def crowded(self) -> bool:
        """Whether some figure has little room for its data beside all its words."""
        return any(_share(drawing, area) < CROWDED for area, drawing in self.drawings)

    def draw(self, painter: QPainter) -> None:
        """Draw it all, the ground too."""
        if not style.look().clear:
            painter.fillRect(QRectF(QPointF(0, 0), self.size), QColor(style.theme().ground))
        for area, drawing in self.drawings:
            painter.save()
            painter.translate(area.topLeft())
            drawing.draw_below(painter)
            drawing.draw_above(painter)
            painter.restore()
        letters = lettering(style.SMALL)
        painter.setPen(QColor(style.theme().ink))
        top = self.size.height() - GAP / 2 - len(self.caption) * letters.height
        for place, line in enumerate(self.caption):
            area = QRectF(GAP / 2, top + place * letters.height, self.size.width() - GAP, letters.height)
            letters.draw(painter, area, line)


def areas(count: int, room: QSizeF) -> list[QRectF]:
    """Return where so many figures stand: in the rows that let each be largest in its best shape."""

    def side(columns: int) -> float:
        width, height = room.width() / columns, room.height() / math.ceil(count / columns)
        return min(width, WIDE * height)

    columns = max(range(1, count + 1), key=side)
    rows = [range(first, min(first + columns, count)) for first in range(0, count, columns)]
    height = room.height() / len(rows)
    return [
        QRectF(place * room.width() / len(row), line * height, room.width() / len(row), height)
        for line, row in enumerate(rows)
        for place in range(len(row))
    ]


def _caption(page: Page) -> list[str]:
    if not page.sheet.caption or not page.caption:
        return []
    letters = lettering(style.SMALL)
    lines = letters.wrapped(page.caption, page.size.width() - GAP)
    most = max(int(MOST_CAPTION * page.size.height() / letters.height), 1)
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]


def _share(drawing: Drawing, area: QRectF) -> float:
    """Return the share of a figure's area in which its data are drawn."""
    assert drawing.frame is not None
    frame = drawing.frame.rect
    return frame.width() * frame.height() / max(area.width() * area.height(), 1.0)


def _drawing(figure: Figure, size: QSizeF) -> Drawing:
    result = Drawing()
    result.show(figure, size)
    if figure.legend is not None:
        result.show(replace(figure, legend=with_room(result, size)), size)
    return result
