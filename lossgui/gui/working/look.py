"""How a line of the working looks: as a formula, or as plain text until that is made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QPainter

from lossgui.core.notation import Piece
from lossgui.gui import style
from lossgui.gui.formulas import formula
from lossgui.gui.working.boxes import Box, Placed, placed
from lossgui.gui.working.lines import UNCHANGED, Line

SPACE = {"rel": 0.3, "bin": 0.25, "punct": 0.25, "op": 0.2, "text": 0.35}
"""White space in sizes of the font: around relations, signs and words, after commas and functions."""

BEFORE = ("rel", "bin", "text")

LARGER = 1.15
"""The font of formulas looks smaller than others of its size."""

LONG = 110
"""Letters up to which a line may be large: the sum over ten classes would fill the view."""

ASCENT, DESCENT = 0.74, 0.22
"""What every row takes above and below its baseline, in sizes of the font."""

Asked = tuple[str, float, str, bool]
"""The arguments of `formula`."""


@dataclass(frozen=True)
class Look:
    """How a line is drawn.

    Parameters
    ----------
    line
        What it says.
    accent, ink, quiet
        The colours of the entry of the sample's own class, of all else, and of what changes nothing.
    pixels
        The size of its plain text.
    typeset
        Whether it is drawn as a formula.
    """

    line: Line
    accent: str
    ink: str
    quiet: str
    pixels: int
    typeset: bool

    @classmethod
    def of(cls, line: Line, accent: str, typeset: bool) -> Look:
        """Return the look of a line in the theme on show."""
        theme = style.theme()
        large = line.large and len(line.words) <= LONG
        font = style.formula(style.WORKING if large else style.BODY)
        return cls(line, accent, theme.ink, theme.quiet, QFontInfo(font).pixelSize(), typeset)

    def wanted(self) -> tuple[Asked, ...]:
        """Return what `formula` is asked for."""
        return tuple(self._asked(piece) for piece in self.line.pieces if piece.kind != "text")

    def placed(self, room: float) -> Placed:
        """Return the line in rows; as plain text where it cannot be a formula, or that is too wide."""
        strut = ASCENT * self._size, DESCENT * self._size
        if self._formulas:
            rows = placed(self._formulas, room, *strut)
            if rows.fits:
                return rows
        return placed(self._words(0, len(self.line.words), self._font), room, *strut)

    @cached_property
    def _font(self) -> QFont:
        font = style.formula()
        font.setPixelSize(self.pixels)
        return font

    @property
    def _size(self) -> float:
        return LARGER * self.pixels

    @cached_property
    def _formulas(self) -> tuple[Box, ...]:
        boxes: list[Box] = []
        before = ""
        for piece in self.line.pieces if self.typeset else ():
            space = SPACE.get(piece.kind, 0) if piece.kind in BEFORE else SPACE.get(before, 0)
            if piece.kind == "text":
                boxes += self._words(piece.begin, piece.end, style.font(), space * self._size)
            else:
                made = formula(*self._asked(piece))
                if made is None:
                    return ()
                breaks = piece.kind in BEFORE or before in ("punct", "text")
                sizes = made.width, made.ascent, made.descent, space * self._size
                boxes.append(Box(made.paint, *sizes, breaks, relates=piece.kind == "rel"))
            before = piece.kind
        return tuple(boxes)

    def _words(self, begin: int, end: int, font: QFont, gap: float = 0.0) -> list[Box]:
        """Return plain text as a box a word, or two where it changes its colour."""
        words = self.line.words
        cuts = [begin, *sorted({*(self.line.true or ()), self.line.result}), end]
        boxes: list[Box] = []
        for start, stop in pairwise(min(max(cut, begin), end) for cut in cuts):
            colour, bold = self._ink(start, stop)
            own = QFont(font)
            own.setBold(bold)
            metrics = QFontMetricsF(own)
            for found in re.finditer(r"\S+", words[start:stop]):
                at = start + found.start()
                breaks = at > 0 and words[at - 1] == " "
                space = (metrics.horizontalAdvance(" ") if breaks else 0.0) if boxes else gap
                paint = Word(found[0], own, QColor(colour)).paint
                width = metrics.horizontalAdvance(found[0])
                boxes.append(Box(paint, width, metrics.ascent(), metrics.descent(), space, breaks))
        return boxes

    def _asked(self, piece: Piece) -> Asked:
        return piece.latex, self._size, *self._ink(piece.begin, piece.end)

    def _ink(self, begin: int, end: int) -> tuple[str, bool]:
        """Return colour and boldness of a part of the words."""
        own = self.line.true
        if own is not None and own[0] <= begin and end <= own[1]:
            return self.accent, True
        quiet = self.line.words.endswith(UNCHANGED)
        return self.quiet if quiet else self.ink, begin >= self.line.result


@dataclass(frozen=True, eq=False)
class Word:
    """A word in a font and a colour."""

    text: str
    font: QFont
    colour: QColor

    def paint(self, painter: QPainter, x: float, baseline: float) -> None:
        """Draw it with its origin at a point."""
        painter.setFont(self.font)
        painter.setPen(self.colour)
        painter.drawText(QPointF(x, baseline), self.text)
