"""Notes of a figure on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from lossgui.core.figures import Bars, Note
from lossgui.gui import style
from lossgui.gui.marks import THIN, loss_pen
from lossgui.gui.plots.colours import colour_of
from lossgui.gui.plots.frame import GAP, TIGHT, Frame
from lossgui.gui.plots.lettering import Lettering, lettering

SIGN = 12.0
"""Width of the arrow or the piece of a line that says which curve a note is about, in pixels."""


def with_room(frame: Frame, notes: Sequence[Note], bars: Bars) -> list[Note]:
    """Return the numbers of bars that have room: all of them in full, or else all in short."""
    kept = _apart(frame, notes, bars)
    if len(kept) == len(notes):
        return kept
    return _apart(frame, [replace(note, text=note.short or note.text) for note in notes], bars)


def _apart(frame: Frame, notes: Sequence[Note], bars: Bars) -> list[Note]:
    """Return notes that hide nothing; that of the last bar, which may be the rest, comes first."""
    ordered = [*notes[-1:], *notes[:-1]]
    areas = [_taken(frame, note) for note in ordered]
    kept: list[Note] = []
    taken: list[QRectF] = []
    for note, area, hides in zip(ordered, areas, _hiding(frame, ordered, areas, bars), strict=True):
        if not hides and not any(area.intersects(other) for other in taken):
            kept.append(note)
            taken.append(area)
    return kept


def _hiding(frame: Frame, notes: Sequence[Note], areas: Sequence[QRectF], bars: Bars) -> list[bool]:
    """Tell of the numbers of upright bars whether they would stand on other bars."""
    if frame.y.categories or not notes:
        return [False] * len(notes)
    corners = [(*frame.place(area.topLeft()), *frame.place(area.bottomRight())) for area in areas]
    left, top, right, bottom = np.array(corners).T[..., None]
    own = np.array([note.x for note in notes])[:, None]
    others = (bars.right < own) | (bars.left > own)
    across, up = (bars.left < right) & (bars.right > left), (bars.bottom < top) & (bars.top > bottom)
    hiding: list[bool] = (others & across & up).any(axis=1).tolist()
    return hiding


def _taken(frame: Frame, note: Note) -> QRectF:
    """Return the area that the number of a bar keeps from others: with lying bars all of its line."""
    area = note_area(frame, note, lettering(style.SMALL))
    spare = (1 - TIGHT) / 2 * area.height()
    area.adjust(0, spare, 0, -spare)
    if frame.y.categories:
        area.setLeft(frame.rect.left())
        area.setRight(frame.rect.right())
    return area


def draw_note(painter: QPainter, frame: Frame, note: Note) -> None:
    """Draw a note; its words are taken literally."""
    of_loss = note.colour.palette == "losses"
    ink = QColor(style.theme().ink) if of_loss else colour_of(note.colour)
    if note.side == "centre":
        painter.setPen(ink)
        _draw_paragraph(painter, frame.rect.adjusted(2 * GAP, 0, -2 * GAP, 0), note.text)
        return
    letters = letters_of(note)
    area = note_area(frame, note, letters)
    if note.colour.palette != "ground":
        painter.fillRect(area, QColor(style.theme().ground))
    if of_loss:
        _draw_sign(painter, note, area)
        area.setLeft(area.left() + sign_width() + GAP / 2)
    painter.setPen(ink)
    letters.draw(painter, area, note.text)


def letters_of(note: Note) -> Lettering:
    """Return the lettering of a note."""
    return lettering(style.BODY if note.colour.palette == "losses" else style.SMALL)


def _draw_paragraph(painter: QPainter, area: QRectF, text: str) -> None:
    letters = lettering(style.BODY)
    lines = letters.wrapped(text, area.width())
    top = area.center().y() - len(lines) * letters.height / 2
    for place, line in enumerate(lines):
        row = QRectF(area.left(), top + place * letters.height, area.width(), letters.height)
        letters.draw(painter, row, line, 0.5)


def sign_width() -> float:
    """Return the width of the sign before a note."""
    return SIGN * style.enlarged()


def note_area(frame: Frame, note: Note, letters: Lettering) -> QRectF:
    """Return where a note of one line stands: beside its place, and not beyond the frame's sides."""
    at = frame.pixel(note.x, note.y)
    width, height = letters.width(note.text) + 1, letters.height
    if note.colour.palette == "losses":
        width += sign_width() + GAP / 2
    top = at.y() - height / 2
    if note.arrow == "up" or note.side == "below":
        top = at.y() + GAP / 2
    elif note.arrow == "down" or note.side == "above":
        top = at.y() - height - GAP / 4
    left = {"right": at.x() + GAP, "left": at.x() - GAP - width}.get(note.side, at.x() - width / 2)
    if note.side in ("left", "right"):
        left = max(min(left, frame.rect.right() - width), frame.rect.left() + 1)
    line = -note.line if note.arrow == "down" else note.line
    return QRectF(left, top + line * (height + 2), width, height)


def _draw_sign(painter: QPainter, note: Note, area: QRectF) -> None:
    """Draw an arrow where the curve leaves the frame, else a piece of its line."""
    x, y, scale = area.left() + sign_width() / 2, area.center().y(), style.enlarged()
    if not note.arrow:
        painter.setPen(loss_pen(note.colour.index))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.left() + sign_width(), y))
        return
    up, side = (-5.0 if note.arrow == "up" else 5.0) * scale, 4.0 * scale
    painter.setPen(QPen(colour_of(note.colour), (THIN + 0.5) * scale))
    painter.drawLine(QPointF(x, y - up), QPointF(x, y + up))
    tip = [QPointF(x - side, y + 0.2 * up), QPointF(x, y + up), QPointF(x + side, y + 0.2 * up)]
    painter.drawPolyline(QPolygonF(tip))
