"""Boxes on a baseline, broken into rows where there is no room for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from PySide6.QtGui import QPainter

INDENT, LEAD = 16.0, 4.0
"""How far the rows after the first are indented, and lie apart, in pixels."""


@dataclass(frozen=True, eq=False)
class Box:
    """What is drawn as one.

    Parameters
    ----------
    paint
        Draws it, its origin at an x and a baseline.
    width, ascent, descent
        How far it reaches from its origin, in pixels.
    gap
        White space before it, unless it begins a row.
    breaks
        Whether it may begin a row.
    relates
        Whether it begins what is best kept in one row.
    """

    paint: Callable[[QPainter, float, float], None]
    width: float
    ascent: float
    descent: float
    gap: float = 0.0
    breaks: bool = False
    relates: bool = False


@dataclass(frozen=True, eq=False)
class Placed:
    """Boxes in rows.

    Parameters
    ----------
    places
        Each box with its x and its baseline.
    first, height
        The baseline of the first row, and the height of all.
    fits
        Whether no row is wider than the room for it.
    """

    places: tuple[tuple[Box, float, float], ...]
    first: float
    height: float
    fits: bool

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        """Draw all."""
        for box, x, baseline in self.places:
            box.paint(painter, left + x, top + baseline)


def placed(boxes: Sequence[Box], room: float, ascent: float, descent: float) -> Placed:
    """Return boxes in rows no wider than the room, each at least of an ascent and a descent."""
    places: list[tuple[Box, float, float]] = []
    first, bottom, widest = ascent, 0.0, 0.0
    for count, row in enumerate(_rows(boxes, room)):
        baseline = bottom + (LEAD if count else 0.0) + max(ascent, *(box.ascent for box in row))
        first = first if count else baseline
        x = INDENT if count else 0.0
        for place, box in enumerate(row):
            x += box.gap if place else 0.0
            places.append((box, x, baseline))
            x += box.width
        widest = max(widest, x)
        bottom = baseline + max(descent, *(box.descent for box in row))
    return Placed(tuple(places), first, max(bottom, ascent + descent), widest <= room)


def _rows(boxes: Iterable[Box], room: float) -> list[list[Box]]:
    rows: list[list[Box]] = []
    x = 0.0
    groups = _groups(boxes)
    for place, group in enumerate(groups):
        width = _width(group)
        kept = _width([box for part in _side(groups[place:]) for box in part])
        wanted = kept if group[0].relates and kept <= room - INDENT else width
        if rows and x + group[0].gap + wanted <= room:
            rows[-1] += group
            x += group[0].gap + width
        else:
            x = width + (INDENT if rows else 0.0)
            rows.append(list(group))
    return rows


def _width(boxes: Sequence[Box]) -> float:
    return sum(box.width for box in boxes) + sum(box.gap for box in boxes[1:])


def _side(groups: Sequence[list[Box]]) -> Iterator[list[Box]]:
    """Yield groups up to the next relation."""
    yield groups[0]
    yield from takewhile(lambda group: not group[0].relates, groups[1:])


def _groups(boxes: Iterable[Box]) -> list[list[Box]]:
    """Return the boxes that stay in one row, together."""
    groups: list[list[Box]] = []
    for box in boxes:
        if box.breaks or not groups:
            groups.append([box])
        else:
            groups[-1].append(box)
    return groups
