"""Notes at a curve: where it leaves the frame and what for, plateaus of a clip, and where it is undefined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from lossgui.core import text
from lossgui.core.figures.figure import Axis, Colour, Note, Series
from lossgui.core.figures.varied import Varied
from lossgui.core.table import Array

MOST = 8
"""Notes that a figure has room for."""

LEVEL = 1e-6
"""Relative difference up to which neighbouring points lie on one plateau."""


HIDDEN = 1e-3
"""The share of the frame by which a curve may lie beyond it unsaid: nobody would see that, as of rounding."""


def notes(curves: Iterable[Varied], x: Axis, y: Axis) -> tuple[Note, ...]:
    """Return the notes of all curves, those at the same place one below the other."""
    found = [note for curve in curves for note in _of(curve, x, y)][:MOST]
    stacks: Counter[tuple[str, str, bool]] = Counter()
    result = []
    for note in found:
        if note.arrow:
            place = (note.arrow, note.side, note.x > (x.low + x.high) / 2)
            note = replace(note, line=stacks[place])
            stacks[place] += 1
        result.append(note)
    return tuple(result)


def _of(curve: Varied, x: Axis, y: Axis) -> list[Note]:
    series, found = curve.loss, []
    colour = Colour("losses", series.colour)
    hidden = HIDDEN * (y.high - y.low)
    for sign, arrow, edge in ((1.0, "up", y.high), (-1.0, "down", y.low)):
        for first, last in runs(sign * series.y > sign * edge + hidden):
            at, side = _exit(series, first, last)
            found.append(Note(at, edge, _beyond(curve, first, last, sign), side, arrow, colour))
    for first, last in runs(np.isnan(series.y)):
        found.append(_undefined(series, first, last, y, colour))
    return found + _plateaus(curve, x, y, colour)


def runs(where: Array) -> list[tuple[int, int]]:
    """Return the first and last place of each run of True."""
    if not where.any():
        return []
    padded = np.concatenate([[False], where, [False]])
    edges = np.flatnonzero(padded[1:] != padded[:-1]).reshape(-1, 2)
    return [(first, last - 1) for first, last in edges.tolist()]


def _exit(series: Series, first: int, last: int) -> tuple[float, str]:
    """Return where a curve leaves the frame, and on which side of it there is room for words."""
    ends = len(series.x) - 1
    if first == 0:
        return float(series.x[min(last + 1, ends)]), "right"
    return float(series.x[first - 1]), "left" if last == ends else "right"


def _beyond(curve: Varied, first: int, last: int, sign: float) -> str:
    """Return what a curve comes to beyond the frame."""
    part = curve.loss.y[first : last + 1]
    place = int(np.argmax(sign * part))
    most = float(part[place])
    if np.isinf(most):
        return text.number(most)
    level = runs(_level(part))
    if curve.clips and any(start <= place <= stop + 1 for start, stop in level):
        return f"{text.number(most)} ({curve.clips[0]})"
    return f"{text.number(most)} at {_short(float(curve.loss.x[first + place]))}"


def _level(y: Array) -> Array:
    """Return between which neighbours a curve is level, shape (n - 1,)."""
    with np.errstate(all="ignore"):
        result: Array = np.abs(y[1:] - y[:-1]) <= LEVEL * np.abs(y[1:])
    return result


def _undefined(series: Series, first: int, last: int, y: Axis, colour: Colour) -> Note:
    if last - first + 1 == len(series.x):
        middle = float(series.x[first] + series.x[last]) / 2
        return Note(middle, (y.low + y.high) / 2, f"{series.label}: undefined", "centre", "", colour)
    neighbour = series.y[first - 1 if first else last + 1]
    height = float(np.clip(neighbour, y.low, y.high))
    side = "left" if last == len(series.x) - 1 else "right"
    return Note(float(series.x[first]), height, "undefined", side, "", colour)


def _plateaus(curve: Varied, x: Axis, y: Axis, colour: Colour) -> list[Note]:
    """Return a note for each plateau of a clip inside the frame that is wide, or the top of its curve."""
    series = curve.loss
    if not curve.clips:
        return []
    finite = series.y[np.isfinite(series.y)]
    if not len(finite) or np.ptp(finite) <= 0.01 * (y.high - y.low):
        return []
    top, found, ends = float(finite.max()), [], len(series.x) - 1
    for first, last in runs(_level(series.y)):
        last, height = last + 1, float(series.y[first])
        wide = series.x[last] - series.x[first] > 0.01 * (x.high - x.low)
        at_top = last - first >= 2 and height >= top * (1 - LEVEL)
        if y.low <= height <= y.high and (wide or at_top):
            side = "left" if last == ends and first else "right"
            at = float(series.x[first] if side == "left" else series.x[last])
            found.append(Note(at, height, f"{text.number(height)} ({curve.clips[0]})", side, "", colour))
    return found


def _short(value: float) -> str:
    return f"{value:.3g}".replace("-", text.MINUS)
