"""Legends on paper: where one has room, as large as it is drawn there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF

from lossgui.core.figures import BELOW, BESIDE, Figure, Legend
from lossgui.core.figures.axes import PLACES
from lossgui.core.table import Array
from lossgui.gui.plots.boxes import legend_box
from lossgui.gui.plots.drawing import Drawing
from lossgui.gui.plots.frame import Frame
from lossgui.gui.plots.notes import letters_of, note_area

PLACES_OF_WORDS = 20
"""Places that stand for a line of words."""

MOST = 0.04
"""The share of the curves that a legend may cover; words and markers it must not."""


def with_room(drawing: Drawing) -> Legend:
    """Return the legend of a drawing at the place where it covers least, outside the frame if need be."""
    figure, frame = drawing.figure, drawing.frame
    assert figure is not None and frame is not None and figure.legend is not None
    legend, curves, words = figure.legend, _curves(figure, frame), _words(figure, frame)
    if figure.bars is not None:
        return replace(legend, place=BESIDE)

    def covered(place: str) -> tuple[int, int]:
        _, box = legend_box(replace(legend, place=place), frame)
        return _inside(words, box), _inside(curves, box)

    place = min(PLACES, key=covered)
    fits = covered(place) <= (0, MOST * len(curves))
    return replace(legend, place=place if fits else BELOW)


def _inside(places: Array, box: QRectF) -> int:
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
    areas = [note_area(frame, note, letters_of(note)) for note in figure.notes if note.side != "centre"]
    return np.concatenate([np.reshape(markers, (-1, 2)), *map(_along, areas)])


def _along(area: QRectF) -> Array:
    across = np.linspace(area.left(), area.right(), PLACES_OF_WORDS)
    return np.stack([across, np.full(PLACES_OF_WORDS, area.center().y())], axis=1)
