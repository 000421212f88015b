"""What was found out about a formula, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lossgui.core import text
from lossgui.core.formula.along import INTERVALS
from lossgui.core.formula.measure import CHECKED, Interval, Measured
from lossgui.core.formula.reading import Read
from lossgui.core.formula.tree import LABELS, names

MOST_SAID = 4
EVERYWHERE = "everywhere"
AGREES, LEAST_SHOWN = 1e-6, 1e-12
"""Up to which difference a derivative is that of its formula, since central differences are no better."""


@dataclass(frozen=True)
class Found:
    """What a formula does, a sentence or two each.

    Parameters
    ----------
    domain
        Where it is defined.
    range
        From which to which value it goes.
    corners
        Where it or its derivative jumps.
    checked
        How well its derivative agrees with central differences.
    """

    domain: str
    range: str
    corners: str
    checked: str


def found(
    read: Read, over: str, parameters: Mapping[str, float], kind: str, labels: Sequence[float] = (0.0, 1.0)
) -> Found:
    """Return what a formula does along a prediction, for the values of its parameters.

    Parameters
    ----------
    kind
        What the predictions are.
    labels
        The labels for which it is followed.
    """
    if LABELS not in names(read.tree):
        labels = labels[:1]
    lines = {label: Measured(read, over, parameters, kind, label) for label in labels}
    symbol = "z" if read.symbol == "z" else "ŷ"
    low, high = INTERVALS[kind]
    return Found(
        _domain(lines, symbol, f"for {symbol} from {_short(low)} to {_short(high)}"),
        _range(lines),
        _corners(lines, symbol),
        _checked([line.difference for line in lines.values()]),
    )


def _domain(lines: Mapping[float, Measured], symbol: str, interval: str) -> str:
    said = []
    for word in ("undefined", "infinite"):
        places = {
            label: [_interval(part, symbol, line.bounds) for part in getattr(line, word)]
            for label, line in lines.items()
        }
        if any(places.values()):
            said.append(f"{word} {_by_label(places)}")
    if len(said) == 1 and said[0].endswith(EVERYWHERE):
        return f"{said[0].capitalize()}."
    return f"Defined {interval}{', but ' if said else ''}{' and '.join(said)}."


def _interval(part: Interval, symbol: str, bounds: tuple[float, float]) -> str:
    low, high = bounds
    if part == Interval(low, True, high, True):
        return EVERYWHERE
    if part.low == part.high:
        return f"at {symbol} = {_short(part.low)}"
    below = "≤" if part.with_high else "<"
    if part.low == low and part.with_low:
        return f"for {symbol} {below} {_short(part.high)}"
    if part.high == high:
        return f"for {symbol} {'≥' if part.with_low else '>'} {_short(part.low)}"
    return f"for {_short(part.low)} {'≤' if part.with_low else '<'} {symbol} {below} {_short(part.high)}"


def _range(lines: Mapping[float, Measured]) -> str:
    extremes = [line.extremes for line in lines.values() if line.extremes is not None]
    if not extremes:
        return "It has no value."
    low, high = (
        _short(value) for value in (min(low for low, _ in extremes), max(high for _, high in extremes))
    )
    return f"Always {low}." if low == high else f"Values from {low} to {high}."


def _corners(lines: Mapping[float, Measured], symbol: str) -> str:
    said = []
    for word, jumps in (("A jump", True), ("A corner", False)):
        places = {
            label: [f"at {symbol} = {_short(place)}" for place, jump in line.corners if jump is jumps]
            for label, line in lines.items()
        }
        if any(places.values()):
            said.append(f"{word} {_by_label(places)}.")
    return " ".join(said) or "No corner and no jump in between."


def _by_label(places: Mapping[float, Sequence[str]]) -> str:
    """Return places, and for which labels, unless it is all of them."""
    labels: dict[str, list[float]] = {}
    for label, words in places.items():
        for word in words:
            labels.setdefault(word, []).append(label)
    said = [
        word if len(of) == len(places) else f"{word} if y = {' or '.join(map(_short, of))}"
        for word, of in labels.items()
    ]
    more = len(said) - MOST_SAID
    return ", ".join(said[:MOST_SAID]) + (f", and at {more} more places" if more > 0 else "")


def _checked(differences: Sequence[float]) -> str:
    known = [difference for difference in differences if not np.isnan(difference)]
    if not known:
        return "There is no finite value at which to check the derivative."
    most = text.number(max(*known, LEAST_SHOWN), 1)
    if max(known) > AGREES:
        return f"The derivative and central differences differ by {most}."
    return f"The derivative agrees with central differences at {CHECKED} places, to {most}."


def _short(value: float) -> str:
    if value and not 1e-3 <= abs(value) < 1e5:
        return text.number(value)
    return f"{value + 0.0:.4g}".replace("-", text.MINUS)
