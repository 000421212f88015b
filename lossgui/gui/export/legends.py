"""Legends on paper: where one has room, as large as it is drawn there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF, QSizeF

from lossgui.core.figures import BELOW, BESIDE, QUIET, Entry, Figure, Legend
from lossgui.core.figures.axes import PLACES
from lossgui.core.table import Array
from lossgui.gui.plots.boxes import legend_box, outer_box, outer_room
from lossgui.gui.plots.drawing import Drawing
from lossgui.gui.plots.frame import GAP, Frame, frame_of
from lossgui.gui.plots.notes import letters_of, note_area

PLACES_OF_WORDS = 20
"""Places that stand for a line of words."""

ROOM = 0.7
"""The share of a figure's height that a legend below it may take."""


def with_room(drawing: Drawing, size: QSizeF) -> Legend:
    """Return the legend of a drawing where it covers nothing: inside the frame, or else outside it.

    Parameters
    ----------
    size
        Of the whole figure.
    """
    figure, frame = drawing.figure, drawing.frame
    assert figure is not None and frame is not None and figure.legend is not None
    inside = _inside(figure, figure.legend, frame) if figure.bars is None else None
    return inside or _outside(figure, figure.legend, frame, size)


def _inside(figure: Figure, legend: Legend, frame: Frame) -> Legend | None:
    """Return the legend at a place in the frame where it covers nothing; None if there is none."""
    curves, words = _curves(figure, frame), _words(figure, frame)

    def covered(place: str) -> tuple[int, int]:
        _, box = legend_box(replace(legend, place=place), frame)
        return _count(words, box), _count(curves, box)

    place = min(PLACES, key=covered)
    return replace(legend, place=place) if covered(place) == (0, 0) else None


def _outside(figure: Figure, legend: Legend, frame: Frame, size: QSizeF) -> Legend:
    """Return the legend beside the frame or below it, where the frame stays larger; that of bars beside."""
    rooms = {BESIDE: size.height() - frame.rect.top(), BELOW: ROOM * size.height()}
    places = (BELOW, BESIDE) if figure.bars is None else (BESIDE,)
    placed = [replace(legend, place=place, columns=_columns(legend, place, frame)) for place in places]
    legends = [_cut(legend, size.width(), rooms[legend.place]) for legend in placed]

    def left(legend: Legend) -> float:
        frame = frame_of(figure, size, outer_room(legend, size.width()))
        # Words that stick out of a narrow frame would stand on the legend.
        stick_out = any(area.right() > frame.rect.right() for area in _notes(figure, frame))
        return 0.0 if stick_out and legend.place == BESIDE else frame.rect.width() * frame.rect.height()

    return max(legends, key=left)


def _columns(legend: Legend, place: str, frame: Frame) -> int:
    """Return how many entries have room beside one another: below the frame, two where one has half of it."""
    entry = outer_box(replace(legend, place=place), frame.rect.right()).entry
    return 2 if place == BELOW and len(legend.entries) > 1 and 2 * entry <= frame.rect.right() else 1


def _cut(legend: Legend, width: float, height: float) -> Legend:
    """Return a legend with as many lines as there is room for; the last says how many are left out."""
    box, entries = outer_box(legend, width), legend.entries
    most = max(int((height - GAP) / box.line), 1) * legend.columns
    if len(entries) <= most:
        return legend
    rest = Entry(f"… {len(entries) - most + 1} more", "", QUIET, "")
    return replace(legend, entries=(*entries[: most - 1], rest))


def _count(places: Array, box: QRectF) -> int:
    """Return how many places lie inside a box."""
    x, y = places.T
    return int(((x > box.left()) & (x < box.right()) & (y > box.top()) & (y < box.bottom())).sum())


def _curves(figure: Figure, frame: Frame) -> Array:
    """Return the places of the curves, shape (n, 2); NaN where they are not finite."""
    places = [np.stack([frame.across(s.x), frame.down(s.y)], axis=1) for s in figure.series]
    return np.concatenate([*places, np.zeros((0, 2))])


def _words(figure: Figure, frame: Frame) -> Array:
    """Return the places of markers and notes, shape (n, 2)."""
    markers = [frame.pixel(point.x, point.y).toTuple() for point in figure.points]
    return np.concatenate([np.reshape(markers, (-1, 2)), *map(_along, _notes(figure, frame))])


def _notes(figure: Figure, frame: Frame) -> list[QRectF]:
    return [note_area(frame, note, letters_of(note)) for note in figure.notes if note.side != "centre"]


def _along(area: QRectF) -> Array:
    across = np.linspace(area.left(), area.right(), PLACES_OF_WORDS)
    return np.stack([across, np.full(PLACES_OF_WORDS, area.center().y())], axis=1)
