"""Bars that stack what adds up: positive parts upwards from 0, negative parts downwards."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lossgui.core import text
from lossgui.core.figures.axes import LOOKED_AT, category_axis, legend_place, round_axis, shares_of
from lossgui.core.figures.figure import (
    GROUND,
    INK,
    Axis,
    Bars,
    Colour,
    Entry,
    Figure,
    Legend,
    Note,
    shortened,
)
from lossgui.core.table import Array

THICKNESS = 0.7
"""Of a bar, as a share of the room of its category; a few bars are thinner."""

UPRIGHT, UPRIGHT_SHARES = 10, 6
"""Bars up to which they stand upright, without and with their shares; more lie, so that there is room."""

WIDEST = 72
"""Characters in all names together that have room below upright bars."""

LOW_LEGEND, LEGEND_ROOM = 4, 0.25
"""Lines of a legend up to which it may stand above low bars; room at the right for a longer one."""

ROOM, LYING_ROOM = 0.08, 0.2
"""What the frame is larger than the largest bar, for its number."""

DWARFED = 2.5
"""How many times as far as all others the rest may reach before it is cut at the frame."""

SPOKEN = 5
"""Bars that the description names."""


@dataclass(frozen=True, eq=False)
class Stack:
    """What is to be stacked.

    Parameters
    ----------
    label
        What a category is: 'class' or 'sample'.
    names
        Of the categories.
    values
        Shape (groups, categories).
    groups
        Names of the groups.
    colours
        For each group and category.
    entries
        Of the legend.
    shares
        The whole of which each category's share is said; None where it is not.
    rest
        Whether the last category holds all that have no bar of their own, and may be cut at the frame.
    along
        What the axis of values is called.
    said
        What stands at the end of each bar, in full and where there is little room; by default its number,
        unless that is 0.
    """

    label: str
    names: Sequence[str]
    values: Array
    groups: Sequence[str]
    colours: Sequence[Sequence[Colour]]
    entries: tuple[Entry, ...] = ()
    shares: float | None = None
    rest: bool = False
    along: str = "adds to the headline"
    said: Sequence[tuple[str, str]] | None = None

    @property
    def totals(self) -> Array:
        """The value of each category, shape (categories,)."""
        with np.errstate(all="ignore"):
            result: Array = self.values.sum(axis=0)
        return result


def stacked(name: str, title: str, subtitle: str, stack: Stack) -> Figure:
    """Return the figure of a stack."""
    most = UPRIGHT if stack.shares is None else UPRIGHT_SHARES
    lying = len(stack.names) > most or sum(len(shortened(n, 24)) for n in stack.names) > WIDEST
    ends = _ends(stack.values)
    along = _along(stack.along, ends, LYING_ROOM if lying else ROOM, stack.rest)
    across = category_axis(stack.label, stack.names, upwards=lying)
    if not lying and len(stack.entries) > LOW_LEGEND:
        # A tall legend stands beside the bars, not on them.
        across = replace(across, high=across.high + LEGEND_ROOM * (across.high - across.low))
    x, y = (along, across) if lying else (across, along)
    bars = _bars(stack, ends, along, lying)
    place = legend_place(len(stack.entries), _covered(x, y, bars), 0.3)
    return Figure(
        name,
        title,
        x,
        y,
        bars=bars,
        notes=_numbers(stack, ends, along, lying),
        legend=Legend(stack.entries, place) if stack.entries else None,
        subtitle=subtitle,
        description=_description(title, subtitle, stack),
    )


def _along(label: str, ends: Array, room: float, rest: bool) -> Axis:
    """Return the axis of values: a rest that dwarfs all others does not count."""
    least, most = _least_and_most(ends)
    if rest:
        shown = _least_and_most(ends[..., :-1])
        dwarfs = most - least > DWARFED * (shown[1] - shown[0]) > 0
        least, most = shown if dwarfs else (least, most)
    # What is infinite has a bar all the way to the frame.
    span = max(most, -least) or 1.0
    least = -span if np.isneginf(ends).any() else least
    most = span if np.isposinf(ends).any() else most
    room *= most - least
    return round_axis(label, least - room * (least < 0), most + room * (most > 0))


def _least_and_most(ends: Array) -> tuple[float, float]:
    finite = ends[np.isfinite(ends)]
    return float(finite.min(initial=0)), float(finite.max(initial=0))


def _ends(values: Array) -> Array:
    """Return where each part begins and ends, shape (2, groups, categories)."""
    with np.errstate(all="ignore"):
        up, down = (np.cumsum(np.where(part, values, 0), axis=0) for part in (values > 0, values < 0))
    before = [np.vstack([np.zeros_like(end[:1]), end[:-1]]) for end in (up, down)]
    result: Array = np.stack([np.where(values > 0, before[0], down), np.where(values > 0, up, before[1])])
    return result


def _bars(stack: Stack, ends: Array, along: Axis, lying: bool) -> Bars:
    groups, places = np.nonzero(np.where(np.isnan(stack.values), 0, stack.values))
    low, high = (np.nan_to_num(np.clip(end[groups, places], along.low, along.high)) for end in ends)
    middle = len(stack.names) - 1.0 - places if lying else places.astype(float)
    half = min(THICKNESS, 0.15 + 0.1 * len(stack.names)) / 2
    sides = middle - half, middle + half
    left, right, bottom, top = (low, high, *sides) if lying else (*sides, low, high)
    return Bars(
        left,
        right,
        bottom,
        top,
        stack.values[groups, places],
        tuple(stack.colours[int(g)][int(k)] for g, k in zip(groups, places, strict=True)),
        tuple(stack.names[int(k)] for k in places),
        tuple(stack.groups[int(g)] for g in groups),
        lying,
    )


def _numbers(stack: Stack, ends: Array, along: Axis, lying: bool) -> tuple[Note, ...]:
    """Return the number of each category, or what else is said of it, at the end of its bar."""
    notes = []
    for place, total in enumerate(stack.totals):
        if total == 0 and stack.said is None:
            continue
        said = (text.number(float(total)) + _share(float(total), stack.shares), "")
        if stack.said is not None:
            said = stack.said[place]
        tip = float(ends[1, :, place].max() if total > 0 else ends[0, :, place].min())
        across = float(len(stack.names) - 1 - place if lying else place)
        notes.append(_number(said, tip, across, along, lying, total < 0))
    return tuple(notes)


def _number(
    said: tuple[str, str], tip: float, across: float, along: Axis, lying: bool, negative: bool
) -> Note:
    """Return a number at the tip of a bar; that of one which is cut has room only on the bar."""
    end, inside = min(max(tip, along.low), along.high), math.isinf(tip)
    colour, (written, short) = GROUND if inside else INK, said
    if not lying:
        side = "above" if negative == inside else "below"
        return Note(across, end, written, side, colour=colour, short=short)
    if end != tip and not inside:
        end, written = 0.0, f"{written}, beyond the frame"
    side = "right" if negative == inside else "left"
    return Note(end, across, written, side, colour=colour, short=short)


def _share(value: float, whole: float | None) -> str:
    if whole is None or not 0 < whole < math.inf or not 0 <= value < math.inf:
        return ""
    return f" · {100 * value / whole:.1f} %"


def _covered(x: Axis, y: Axis, bars: Bars) -> Array:
    """Return places all over the bars and the numbers at their ends, as shares of the frame."""
    along = np.linspace(0, 1, LOOKED_AT // 4)[:, None]
    number = LYING_ROOM * (x.high - x.low) * bars.horizontal
    xs = bars.left + along * (bars.right + number - bars.left)
    ys = bars.bottom + along * (bars.top - bars.bottom)
    return shares_of(x, y, xs.ravel(), ys.ravel())


def _description(title: str, subtitle: str, stack: Stack) -> str:
    totals = stack.totals
    order = np.argsort(-np.abs(np.where(np.isnan(totals), np.inf, totals)), kind="stable")[:SPOKEN]
    largest = ", ".join(f"{stack.names[k]} {text.number(float(totals[k]))}" for k in order)
    return f"{subtitle}: {title}. What each {stack.label} adds, the largest: {largest}."
