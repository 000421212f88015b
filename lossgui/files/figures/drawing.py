"""What stands inside a figure's frame, as lines of a matplotlib script: curves, points, bars and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from textwrap import indent

import numpy as np

from lossgui.core.figures import Axis, Bars, Entry, Figure, Note, Series
from lossgui.core.table import Array
from lossgui.files.figures.literals import SPACE, Code, array, call, names, table
from lossgui.files.figures.look import Look

GROUND, INK, QUIET = Code("GROUND"), Code("INK"), Code("QUIET")

TAKEN = ("np", "plt", "fig", "ax", "x", "nan", "inf", "bars", "legend")
"""Names of a script that are no curves'."""

NOTE = {"textcoords": "offset points", "annotation_clip": False}
"""What all notes have in common."""

BEHIND = {"facecolor": GROUND, "linewidth": 0, "pad": 0.5}
"""What is behind words in the frame."""

MARK = {"markersize": 8.0, "markeredgecolor": GROUND}
"""What all markers have in common."""

BASE = 0.8
"""Width of the thinnest lines, in points."""

PLACES = {
    "top right": "upper right",
    "top left": "upper left",
    "top": "upper center",
    "right": "center right",
    "bottom right": "lower right",
    "bottom left": "lower left",
}
"""Places of a legend, as matplotlib calls them."""

SIDES = {
    "right": ("left", "center", 6.0, 0.0),
    "left": ("right", "center", -6.0, 0.0),
    "above": ("center", "bottom", 0.0, 2.0),
    "below": ("center", "top", 0.0, -3.0),
}
"""How words stand on each side: their alignment, and how far they are, in points."""

ARROWS = {"": "", "up": "↑ ", "down": "↓ "}

LINE, WIDE = 1.4, 0.62
"""Height of a line of text, and width of a digit, as multiples of its size."""


# Curves


def curve_data(series: Sequence[Series]) -> list[str]:
    """Return the assignments of the curves' points; curves with the same x share it."""
    lines, known = [], dict[str, Array]()
    for one, name in zip(series, curve_names(series), strict=True):
        x, y = drawn(one)
        shared = _shared(known, x)
        if shared not in known:
            known[shared] = x
            lines.append(array(shared, x))
        lines.append(array(name, y))
    return lines


def curve_names(series: Sequence[Series]) -> list[str]:
    """Return the variable of each curve."""
    return names([one.label for one in series], TAKEN)


def drawn(series: Series) -> tuple[Array, Array]:
    """Return the points through which a curve is drawn: not that at the current x."""
    if series.own is None:
        return series.x, series.y
    return np.delete(series.x, series.own), np.delete(series.y, series.own)


def curves(series: Sequence[Series], look: Look) -> list[str]:
    """Return the lines that draw curves."""
    known: dict[str, Array] = {}
    lines = []
    for one, name in zip(series, curve_names(series), strict=True):
        x, _ = drawn(one)
        shared = _shared(known, x)
        known[shared] = x
        width = look.slope if one.role == "gradient" else look.curve
        style = {"color": look.of_loss(one.colour), "linewidth": width}
        lines.append(call("ax.plot", Code(shared), Code(name), **style, linestyle=look.dash(one.colour)))
    return lines


def _shared(known: dict[str, Array], x: Array) -> str:
    """Return the variable of an x: that of the same one, or a new name."""
    same = (name for name, other in known.items() if np.array_equal(other, x))
    return next(same, f"x_{len(known) + 1}" if known else "x")


def points(figure: Figure, look: Look) -> list[str]:
    """Return the lines that draw the current x and the markers on it."""
    lines = []
    if figure.current is not None:
        lines.append(call("ax.axvline", figure.current, color=QUIET, linewidth=BASE, linestyle=":"))
    for point in figure.points:
        at = _inside(figure.x, point.x), _inside(figure.y, point.y)
        style = {"color": look.of_loss(point.colour), "marker": look.marker(point.colour)}
        lines.append(call("ax.plot", *at, **style, clip_on=False, zorder=5, more="MARK"))
    return lines


# Bars


def bar_data(bars: Bars, look: Look) -> list[str]:
    """Return the assignment of the bars."""
    colours = [look.fill(colour) for colour in bars.colours]
    hatches = [look.hatch(colour) for colour in bars.colours]
    edges = (side.tolist() for side in (bars.left, bars.right, bars.bottom, bars.top))
    rows = list(
        zip(bars.categories, bars.groups, bars.values.tolist(), *edges, colours, hatches, strict=True)
    )
    return [table("bars", "category, group, number, left, right, bottom, top, colour, hatch", rows)]


def bars() -> list[str]:
    """Return the lines that draw the bars."""
    style = {"color": Code("colour"), "hatch": Code("hatch"), "edgecolor": GROUND, "linewidth": BASE}
    sides = Code("left"), Code("top - bottom"), Code("right - left"), Code("bottom")
    drawing = call("ax.bar", *sides, align="edge", **style)
    return ["for _, _, _, left, right, bottom, top, colour, hatch in bars:\n" + indent(drawing, SPACE)]


# Words


def notes(figure: Figure, look: Look) -> list[str]:
    """Return the lines that write the notes, of the numbers of bars those that have room."""
    kept = figure.notes if figure.bars is None else with_room(figure, look)
    return [_note(note, figure, look) for note in kept]


def with_room(figure: Figure, look: Look) -> Sequence[Note]:
    """Return the numbers of bars that have room: all in full, or all in short, or else some of those."""
    short = [replace(note, text=note.short or note.text) for note in figure.notes]
    for notes in (figure.notes, short):
        kept = _apart(notes, figure, look)
        if len(kept) == len(notes):
            break
    return kept


def _apart(notes: Sequence[Note], figure: Figure, look: Look) -> list[Note]:
    """Return the notes that do not touch one another along the axis of categories."""
    lying = figure.y.categories
    size = LINE if lying else WIDE * max((len(note.text) for note in notes), default=0)
    room = size * look.points / look.pitch(figure.y if lying else figure.x, lying)
    places = [note.y if lying else note.x for note in notes]
    return [notes[place] for place in spaced(places, room)]


def spaced(places: Sequence[float], room: float) -> list[int]:
    """Return which places have room for a text: the last in any case, then the others from the first."""
    kept: list[int] = []
    for place in [*range(len(places))[-1:], *range(len(places) - 1)]:
        if all(abs(places[place] - places[other]) >= room * (1 - 1e-9) for other in kept):
            kept.append(place)
    return sorted(kept)


def _note(note: Note, figure: Figure, look: Look) -> str:
    text, colour = ARROWS[note.arrow] + note.text, look.colour(note.colour)
    if note.side == "centre":
        style = {"ha": "center", "va": "center", "color": colour, "wrap": True}
        return call("ax.text", 0.5, 0.5, text, transform=Code("ax.transAxes"), **style)
    across, up, right, above = SIDES[note.side]
    if note.arrow:
        up, above = ("top", -3.0) if note.arrow == "up" else ("bottom", 3.0)
    further = note.line * LINE * look.points
    above += further if note.arrow == "down" else -further
    at = _inside(figure.x, note.x), _inside(figure.y, note.y)
    place = {"xytext": (right, round(above, 1)), "ha": across, "va": up}
    behind = {} if note.colour.palette == "ground" else {"bbox": Code("BEHIND")}
    return call("ax.annotate", text, at, **place, color=colour, **behind, more="NOTE")


def legend(entries: Sequence[Entry], place: str, look: Look) -> list[str]:
    """Return the lines that write a legend."""
    handles = indent(",\n".join(_entry(entry, look) for entry in entries), SPACE)
    style = {"facecolor": GROUND, "edgecolor": "none", "framealpha": 1}
    return [
        f"legend = [\n{handles},\n]",
        call("ax.legend", handles=Code("legend"), loc=PLACES[place], **style),
    ]


def _entry(entry: Entry, look: Look) -> str:
    label = f"{entry.label}   {entry.value}".rstrip()
    # matplotlib leaves out of legends what begins so.
    label = f" {label}" if label.startswith("_") else label
    if entry.mark == "bar":
        style = {"facecolor": look.fill(entry.colour), "hatch": look.hatch(entry.colour), "edgecolor": GROUND}
        return call("Patch", **style, label=label)
    if not entry.mark:
        return call("Line2D", [], [], linestyle="none", label=label)
    index, marked = entry.colour.index, entry.mark == "line"
    line = {"linewidth": look.curve if marked else look.slope, "linestyle": look.dash(index)}
    marker = {"marker": look.marker(index), "more": "MARK"} if marked else {}
    return call("Line2D", [], [], color=look.colour(entry.colour), **line, label=label, **marker)


def _inside(axis: Axis, value: float) -> float:
    """Return a place in the frame, or at its edge for what lies beyond."""
    return min(max(value, axis.low), axis.high)
