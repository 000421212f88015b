"""The curve: each chosen loss of the focused sample as the focused prediction varies."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from lossgui.core import text
from lossgui.core.evaluate import Result
from lossgui.core.figures.axes import LOOKED_AT, exact_axis, legend_place, round_axis, shares_of
from lossgui.core.figures.figure import (
    Axis,
    Colour,
    Entry,
    Figure,
    Legend,
    Note,
    Point,
    Series,
    shortened,
    words,
)
from lossgui.core.figures.notes import notes
from lossgui.core.figures.path import Path, path
from lossgui.core.figures.varied import Varied, is_whole_batch, labels_of, varied
from lossgui.core.table import Array

NAME = "curve"
COMPUTING = "computing…"

MARGIN = 0.01
"""The share of x at either end in which a curve may leave the frame."""

JUMP, SMALL_JUMP = 0.12, 0.01
"""By how much of the frame a slope changes where it is broken: between neighbours, and between close ones."""

CLOSE = 1e-4
"""The share of x within which points are close."""

LITTLE = 0.35
"""How much higher than inside the margins a curve may end to be shown whole."""


@dataclass(frozen=True, eq=False)
class Held:
    """What stays as it is while a drag lasts: the frame, the legend's place, and the row it began with."""

    figure: Figure
    row: Array

    @classmethod
    def at(cls, result: Result, figure: Figure) -> Held:
        """Return what a drag that begins now holds."""
        return cls(figure, np.array(result.study.predictions.row(result.focus[0]), float))


def curve(
    result: Result,
    *,
    rescale: bool = False,
    gradient: bool = False,
    ready: bool = True,
    held: Held | None = None,
) -> Figure:
    """Return the curves of all chosen losses that have a number.

    Parameters
    ----------
    rescale
        Whether the rest of the row is rescaled to keep its sum, or held; only probabilities can be rescaled.
    gradient
        Whether to draw the derivative of each loss along x besides.
    ready
        Whether headlines are known; until then losses of the whole batch are announced only.
    held
        What a drag that is under way holds.
    """
    pairs = zip(result.outcomes, labels_of(result), strict=True)
    known = [(outcome, label) for outcome, label in pairs if outcome.refusal is None]
    if not known:
        refusals = [outcome.refusal for outcome in result.outcomes]
        return words(NAME, refusals[0] or "" if refusals else "Choose a loss to see its curve.")
    way = path(result, rescale, None if held is None else held.row)
    curves = [
        varied(outcome, result.focus[0], way, label, gradient)
        for outcome, label in known
        if ready or not is_whole_batch(outcome)
    ]
    waiting = [
        Entry(label, COMPUTING, Colour("losses", outcome.choice.colour))
        for outcome, label in known
        if not ready and is_whole_batch(outcome)
    ]
    return _figure(result, way, curves, waiting, held)


def _figure(
    result: Result, way: Path, curves: list[Varied], waiting: list[Entry], held: Held | None
) -> Figure:
    x, y = (held.figure.x, held.figure.y) if held else _axes(result, way, curves)
    series = tuple(
        part for one in curves for part in (one.loss, _broken(one.gradient, y)) if part is not None
    )
    found = notes(curves, x, y)
    numbers = _numbers(curves)
    entries = (*_entries(curves, numbers), *waiting)
    kept = held.figure.legend if held else None
    place = kept.place if kept else legend_place(len(entries), _drawn(x, y, series, found))
    current = float(way.x[way.here]) if way.here is not None else None
    losses = [one.loss for one in curves]
    at = current if current is not None else float("nan")
    points = tuple(Point(at, one.value, one.colour, True) for one in losses if not np.isnan(one.value))
    return Figure(
        NAME,
        "",
        x,
        y,
        series,
        points,
        notes=found,
        legend=Legend(entries, place),
        current=current,
        bounds=way.bounds,
        description=_description(x, y, current, losses, numbers, found),
    )


def _numbers(curves: list[Varied]) -> list[str]:
    """Return the value of each curve; of one loss under several conventions with the digits that differ."""
    same: dict[str, list[float]] = {one.name: [] for one in curves}
    for one in curves:
        same[one.name].append(one.loss.value)
    return [text.number(one.loss.value, text.decimals_apart(same[one.name])) for one in curves]


def _entries(curves: list[Varied], numbers: list[str]) -> list[Entry]:
    entries = []
    for one, number in zip(curves, numbers, strict=True):
        colour = Colour("losses", one.loss.colour)
        entries.append(Entry(one.loss.label, number, colour))
        if one.gradient is not None:
            entries.append(Entry("its slope", text.number(one.gradient.value), colour, "thin"))
    return entries


def _broken(slopes: Series | None, y: Axis) -> Series | None:
    """Return a slope with a gap wherever it jumps, so that no line is drawn where there is none."""
    if slopes is None:
        return None
    with np.errstate(all="ignore"):
        height = np.abs(slopes.y[1:] - slopes.y[:-1]) / (y.high - y.low)
    inside = (slopes.y >= y.low) & (slopes.y <= y.high)
    seen = (height > SMALL_JUMP) & (inside[:-1] | inside[1:])
    if not seen.any():
        return slopes
    close = np.diff(slopes.x) < CLOSE * (slopes.x[-1] - slopes.x[0])
    places = np.flatnonzero(seen & (close | (height > JUMP))) + 1
    if not len(places):
        return slopes
    middles = (slopes.x[places - 1] + slopes.x[places]) / 2
    x, gapped = np.insert(slopes.x, places, middles), np.insert(slopes.y, places, np.nan)
    own = None if slopes.own is None else slopes.own + int(np.searchsorted(places, slopes.own, "right"))
    return replace(slopes, x=x, y=gapped, own=own)


# The frame


def _axes(result: Result, way: Path, curves: list[Varied]) -> tuple[Axis, Axis]:
    study, (row, column) = result.study, result.focus
    symbol = "z" if study.kind == "logits" else "ŷ"
    rest = f" ({way.rest})" if way.rest else ""
    name, sample = shortened(study.classes[column]), shortened(study.sample_name(row))
    x = exact_axis(f"{symbol} of class {name}, sample {sample}{rest}", *way.frame)
    low, high, inside = 0.0, 0.0, _inside(way.x)
    for one in curves:
        low, high = _including(low, high, one.loss, inside)
    for one in curves:
        if one.gradient is not None:
            low, high = _with_slopes(low, high, one.gradient, inside)
    whole = bool(curves) and all(one.whole_batch for one in curves)
    masked = "" if study.counts(row) else ", which is masked"
    label = "loss of the batch" if whole else f"loss of sample {sample}{masked}"
    slope = ", and its slope (thin)" if any(one.gradient is not None for one in curves) else ""
    return x, round_axis(label + slope, low, high)


def _including(low: float, high: float, series: Series, inside: Array) -> tuple[float, float]:
    """Return a frame that also shows what is of interest in a curve, its current point in any case."""
    inner, whole = _finite(series.y[inside]), _finite(series.y)
    if len(inner):
        (least, most), (lowest, highest) = ((float(y.min()), float(y.max())) for y in (inner, whole))
        room = LITTLE * (most - least) + 1e-300
        low = min(low, lowest if lowest >= least - room else least)
        high = max(high, highest if highest <= most + room else most)
    if np.isfinite(series.value):
        low, high = min(low, series.value), max(high, series.value)
    return low, high


def _with_slopes(low: float, high: float, slopes: Series, inside: Array) -> tuple[float, float]:
    """Return a frame that also shows most of a slope, but leaves the loss half of the room."""
    finite = _finite(slopes.y[inside])
    if not len(finite):
        return low, high
    room, ordered = high - low or 1.0, np.sort(finite)
    least, most = (float(ordered[int(share * (len(ordered) - 1))]) for share in (0.1, 0.9))
    return min(low, max(least, -room)), max(high, min(most, 1.5 * room))


def _inside(x: Array) -> Array:
    margin = MARGIN * (x[-1] - x[0])
    result: Array = (x >= x[0] + margin) & (x <= x[-1] - margin)
    return result


def _finite(y: Array) -> Array:
    return y[np.isfinite(y)]


ALONG_A_NOTE = np.linspace(0.02, 0.25, 8)
"""Places along a note, as shares of the frame."""


def _drawn(x: Axis, y: Axis, series: tuple[Series, ...], found: tuple[Note, ...]) -> Array:
    """Return where curves and notes are, evenly along x, as shares of the frame."""
    even = np.linspace(x.low, x.high, LOOKED_AT)
    places = [(even, np.interp(even, one.x, one.y)) for one in series]
    for note in found:
        way = -1 if note.side == "left" else 1
        width = way * (x.high - x.low) * ALONG_A_NOTE
        height = note.y - 0.055 * (note.line + 0.5) * (y.high - y.low)
        places.append((note.x + width, np.full(8, height)))
    if not places:
        return np.empty((0, 2))
    xs, ys = map(np.concatenate, zip(*places, strict=True))
    return shares_of(x, y, xs, ys)


def _description(
    x: Axis,
    y: Axis,
    current: float | None,
    losses: list[Series],
    numbers: list[str],
    found: tuple[Note, ...],
) -> str:
    (first, last) = text.inputs([x.low, x.high])
    said = [f"{y.label[:1].upper()}{y.label[1:]} over {x.label}, from {first} to {last}."]
    if current is not None:
        values = ", ".join(f"{one.label} {number}" for one, number in zip(losses, numbers, strict=True))
        said.append(f"At {text.inputs([current])[0]}: {values}.")
    by_colour = {one.colour: one.label for one in losses}
    for note in found:
        end = "beyond the frame: " if note.arrow else ""
        said.append(f"{by_colour.get(note.colour.index, '')} near {text.number(note.x)}, {end}{note.text}.")
    return " ".join(said)
