"""Legends on paper: where one has room, as large as it is drawn there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF

from lossgui.core.figures import Figure, Legend, Series
from lossgui.core.figures.axes import PLACES
from lossgui.core.table import Array
from lossgui.gui.plots.boxes import legend_box
from lossgui.gui.plots.drawing import Drawing
from lossgui.gui.plots.frame import Frame
from lossgui.gui.plots.notes import letters_of, note_area

WEIGHT = 20
"""Places that stand for a line of words or a marker, which must not be hidden; a curve has some hundreds."""


def with_room(drawing: Drawing) -> Legend:
    """Return the legend of a drawing at the place where it covers least."""
    figure, frame = drawing.figure, drawing.frame
    assert figure is not None and frame is not None and figure.legend is not None
    legend, taken = figure.legend, _taken(figure, frame)

    def covered(place: str) -> int:
        _, box = legend_box(replace(legend, place=place), frame.rect)
        x, y = taken.T
        return int(((x > box.left()) & (x < box.right()) & (y > box.top()) & (y < box.bottom())).sum())

    return replace(legend, place=min(PLACES, key=covered))


def _taken(figure: Figure, frame: Frame) -> Array:
    """Return the places that are taken by curves, points and notes, shape (n, 2)."""
    notes = (note for note in figure.notes if note.side != "centre")
    lines = [_along(note_area(frame, note, letters_of(note))) for note in notes]
    points = [frame.pixel(point.x, point.y) for point in figure.points]
    markers = [np.tile([at.x(), at.y()], (WEIGHT, 1)) for at in points]
    curves = [_inside(series, frame) for series in figure.series]
    return np.concatenate([*lines, *markers, *curves, np.zeros((0, 2))])


def _along(area: QRectF) -> Array:
    across = np.linspace(area.left(), area.right(), WEIGHT)
    return np.stack([across, np.full(WEIGHT, area.center().y())], axis=1)


def _inside(series: Series, frame: Frame) -> Array:
    x, y = frame.across(series.x), frame.down(series.y)
    rect = frame.rect
    inside = (x >= rect.left()) & (x <= rect.right()) & (y >= rect.top()) & (y <= rect.bottom())
    return np.stack([x[inside], y[inside]], axis=1)
