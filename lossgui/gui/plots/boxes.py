"""Boxes of lines with a sign, a label and a number: legends and read-outs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from lossgui.core.figures import BELOW, BESIDE, Entry, Legend
from lossgui.core.figures.axes import PLACES
from lossgui.gui import style
from lossgui.gui.marks import MARKER, THIN, draw_marker, loss_pen
from lossgui.gui.plots.bars import brush_of
from lossgui.gui.plots.colours import colour_of
from lossgui.gui.plots.frame import GAP, Frame
from lossgui.gui.plots.lettering import lettering

SIGN = 34.0
"""Width of the piece of a curve that stands before its label, in pixels."""

SQUARE = 10.0
"""Size of the square that stands before the label of bars."""

WIDEST = 0.9
"""The share of the frame that a box may take."""

BROADEST = 0.5
"""The share of a figure's width that a legend beside the frame may take."""

NARROW = 520.0
"""Width of a frame below which its legend is written small."""

CORNER = 6.0
"""Radius of a box's corners."""


@dataclass(frozen=True)
class Box:
    """Lines, and how wide their columns are.

    Parameters
    ----------
    text
        The size of the text, in points.
    sign, label, value
        Widths of the columns; 0 where a column is empty.
    line
        Height of a line.
    columns
        How many entries a line has.
    """

    entries: Sequence[Entry]
    text: style.Size
    sign: float
    label: float
    value: float
    line: float
    columns: int = 1

    @property
    def entry(self) -> float:
        """The width of an entry, with margins."""
        gaps = GAP * (2.0 + (self.sign > 0) + 2 * (self.value > 0))
        return self.sign + self.label + self.value + gaps

    @property
    def size(self) -> QSizeF:
        """Of all lines, with margins."""
        lines = math.ceil(len(self.entries) / self.columns)
        return QSizeF(self.columns * self.entry, lines * self.line + GAP)

    def line_of(self, place: int, corner: QPointF) -> QRectF:
        """Return where an entry stands in a box at a corner."""
        line, column = divmod(place, self.columns)
        left, top = corner.x() + GAP + column * self.entry, corner.y() + GAP / 2 + line * self.line
        return QRectF(left, top, self.entry - 2 * GAP, self.line)


def box_of(entries: Sequence[Entry], text: style.Size, widest: float, columns: int = 1) -> Box:
    """Return a box in text of some size that is at most so wide."""
    plain, bold = lettering(text), lettering(text, bold=True)
    marks = {entry.mark for entry in entries}
    sign = SIGN if marks & {"line", "thin"} else SQUARE if "bar" in marks else 0.0
    sign *= style.enlarged()
    label = max((plain.width(entry.label) for entry in entries), default=0.0) + 1
    value = max((bold.width(entry.value) for entry in entries), default=0.0)
    around = Box(entries, text, sign, 0.0, value, plain.height + 5, columns)
    return replace(around, label=min(label, max(widest / columns - around.entry, 4.0 * GAP)))


def legend_box(legend: Legend, frame: Frame) -> tuple[Box, QRectF]:
    """Return a legend, and where it stands."""
    rect = frame.rect
    if legend.place in (BESIDE, BELOW):
        beside = legend.place == BESIDE
        widest = frame.beside if beside else rect.right()
        box = box_of(legend.entries, style.SMALL, widest, legend.columns)
        # Below the frame it begins further to the left where it is wider.
        left = rect.right() if beside else min(rect.left(), rect.right() - box.size.width())
        return box, QRectF(QPointF(left, rect.top() if beside else frame.bottom), box.size)
    text = style.SMALL if rect.width() < NARROW else style.BODY
    box = box_of(legend.entries, text, WIDEST * rect.width())
    right, up = PLACES[legend.place]
    room = rect.adjusted(GAP, GAP, -GAP - box.size.width(), -GAP - box.size.height())
    corner = QPointF(room.left() + right * room.width(), room.top() + (1 - up) * room.height())
    return box, QRectF(corner, box.size)


def outer_box(legend: Legend, width: float) -> Box:
    """Return a legend that stands outside the frame, in a widget of some width."""
    widest = BROADEST * width if legend.place == BESIDE else width
    return box_of(legend.entries, style.SMALL, widest, legend.columns)


def outer_room(legend: Legend | None, width: float) -> QSizeF:
    """Return the room that a legend takes right of the frame and below it, in a widget of some width."""
    if legend is None or legend.place not in (BESIDE, BELOW):
        return QSizeF(0, 0)
    size = outer_box(legend, width).size
    return QSizeF(size.width(), 0) if legend.place == BESIDE else QSizeF(0, size.height())


def read_out_box(entries: Sequence[Entry], at: QPointF, frame: QRectF) -> tuple[Box, QRectF]:
    """Return a read-out, and where it stands: beside the mouse, inside the frame."""
    box = box_of(entries, style.SMALL, WIDEST * frame.width())
    left = at.x() + 2 * GAP
    if left + box.size.width() > frame.right():
        left = max(at.x() - 2 * GAP - box.size.width(), frame.left() + 1)
    top = min(max(at.y() - box.size.height() - GAP, frame.top()), frame.bottom() - box.size.height())
    return box, QRectF(QPointF(left, top), box.size)


def to_edge(legend: Legend, rect: QRectF, frame: QRectF) -> QRectF:
    """Return what a legend hides: grid lines end where it begins, and do not show again behind it."""
    hidden, (right, _) = QRectF(rect), PLACES.get(legend.place, (0.5, 0.0))
    if right == 1:
        hidden.setRight(frame.right() + 1)
    if right == 0:
        hidden.setLeft(frame.left())
    return hidden


def draw_box(painter: QPainter, box: Box, rect: QRectF, ground: str, hidden: QRectF | None = None) -> None:
    """Draw the lines of a box; labels are taken literally.

    Parameters
    ----------
    ground
        The colour behind them.
    hidden
        What lies behind them, if it is larger than the box.
    """
    draw_labels(painter, box, rect, ground, rect if hidden is None else hidden)
    draw_values(painter, box, rect)


def draw_labels(painter: QPainter, box: Box, rect: QRectF, ground: str, hidden: QRectF) -> None:
    """Draw what a box is but for its numbers."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(hidden, CORNER, CORNER)
    plain = lettering(box.text)
    for place, entry in enumerate(box.entries):
        line = box.line_of(place, rect.topLeft())
        _draw_sign(painter, entry, line, box.sign)
        painter.setPen(_ink(entry))
        indent = box.sign + GAP if entry.mark and box.sign else 0.0
        label = plain.elided(entry.label, box.label if entry.mark else line.width())
        plain.draw(painter, line.adjusted(indent, 0, 0, 0), label)


def draw_values(painter: QPainter, box: Box, rect: QRectF) -> None:
    """Draw the numbers of a box."""
    bold = lettering(box.text, bold=True)
    for place, entry in enumerate(box.entries):
        if entry.value:
            painter.setPen(_ink(entry))
            bold.draw(painter, box.line_of(place, rect.topLeft()), entry.value, 1)


def _ink(entry: Entry) -> QColor:
    return QColor(style.theme().ink) if entry.mark else colour_of(entry.colour)


def _draw_sign(painter: QPainter, entry: Entry, line: QRectF, width: float) -> None:
    left, middle = line.left(), line.center().y()
    if entry.mark == "bar":
        painter.setPen(QPen(colour_of(entry.colour), 1))
        painter.setBrush(brush_of(entry.colour))
        painter.drawRect(QRectF(left, middle - width / 2, width, width))
    elif entry.mark:
        pen = loss_pen(entry.colour.index, THIN if entry.mark == "thin" else style.CURVE)
        painter.setPen(pen)
        painter.drawLine(QPointF(left, middle), QPointF(left + width, middle))
    if entry.mark == "line":
        draw_marker(painter, QPointF(left + width / 2, middle), entry.colour.index, MARKER)
