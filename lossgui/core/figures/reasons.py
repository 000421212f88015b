"""Why entries are dead, in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossgui.core import text
from lossgui.core.figures.dead import ELSEWHERE, Dead, Held, slope
from lossgui.core.figures.figure import shortened
from lossgui.core.stages import Map
from lossgui.core.table import Array

LONGEST = 20
"""Characters of a class's name in a sentence."""

NAMED = 3
"""Classes that a sentence names; of more, some are counted."""

POINTS, ROUNDS = 65, 8
"""Places at which a bound is looked for at once, and how often between the two next to it."""


def reason(dead: Dead, row: int, names: Sequence[str], gradient: Array) -> str:
    """Return why entries of a row are dead: 'bird is clipped: 0 lies below 1e−7, so its derivative is 0'.

    Parameters
    ----------
    names
        Of the classes.
    gradient
        Shape (rows, classes).
    """
    where, entries = dead.held.where[row], dead.entries[row]
    amount = _amount(gradient[row, entries])
    at: tuple[int, ...] | None = (row,) if where.ndim == 0 else None
    if where.shape != entries.shape:
        return f"{_state('the sample', 1, dead, at)}, so {_derivatives(names, entries)} {amount}"
    itself = not (entries & ~where).any()
    places = np.flatnonzero(entries if itself else where)
    at = (row, int(places[0])) if len(places) == 1 else None
    state = _state(named(names, places), len(places), dead, at)
    if itself:
        return f"{state}, so {'its derivative is' if at else 'their derivatives are'} {amount}"
    return f"{state}, so {_derivatives(names, entries)} {amount}"


def _state(subject: str, count: int, dead: Dead, at: tuple[int, ...] | None) -> str:
    """Return what something is, and, if it is one number at some place, where it lies."""
    lies = _where(dead, at) if at is not None else ""
    return f"{subject} {'is' if count == 1 else 'are'} {dead.stage.level}{lies}"


def _derivatives(names: Sequence[str], entries: Array) -> str:
    """Return 'the derivatives of cat and dog are'."""
    places = np.flatnonzero(entries)
    one = len(places) == 1
    return f"the derivative{'' if one else 's'} of {named(names, places)} {'is' if one else 'are'}"


def named(names: Sequence[str], places: Sequence[int] | Array) -> str:
    """Return 'cat', 'cat and dog', 'cat, dog and 3 others', or 'class 7', where the name is a number."""
    kept = len(places) if len(places) <= NAMED else NAMED - 1
    shown = [shortened(names[int(place)], LONGEST) for place in places[:kept]]
    shown = [f"class {name}" if name.isdigit() else name for name in shown]
    if kept < len(places):
        shown.append(text.counted(len(places) - kept, "other"))
    return " and ".join([part for part in (", ".join(shown[:-1]), *shown[-1:]) if part])


def _amount(values: Array) -> str:
    if np.isnan(values).any():
        return "undefined"
    return "0" if not values.any() else "as good as 0"


def _where(dead: Dead, at: tuple[int, ...]) -> str:
    """Return where an entry lies: ': 0 lies below 1e−7'."""
    value = float(dead.held.inputs[dead.held.place][at])
    if not isinstance(dead.stage, Map):
        return f": {dead.stage.name} has no slope at {_near_one(value)}"
    bound = _bound(dead.stage, dead.held, at)
    if bound is None:
        return ""
    return f": {_near_one(value)} lies {'below' if value < bound else 'above'} {_near_one(bound)}"


def _near_one(value: float) -> str:
    """Return a number in few digits; one a little below 1 as '1 − 1e−7'."""
    value = float(f"{value:.9g}")
    if 0.999 < value < 1:
        return f"1 {text.MINUS} {text.inputs([float(f'{1 - value:.3g}')])[0]}"
    return text.inputs([float(f"{value:.4g}")])[0]


@np.errstate(all="ignore")
def _bound(stage: Map, held: Held, at: tuple[int, ...]) -> float | None:
    """Return where a stage that is level around an entry gets a slope; None if the entry is not finite."""
    given = [
        np.broadcast_to(value, held.where.shape)[at].reshape(1) if np.ndim(value) else value
        for value in held.inputs
    ]
    here = given[held.place]
    if not np.isfinite(here).all():
        return None

    def alive(places: Array) -> Array:
        slopes = slope(stage, held.place, given, places.astype(here.dtype))
        result: Array = np.isfinite(slopes) & (slopes != 0)
        return result

    far = np.array(ELSEWHERE)[alive(np.array(ELSEWHERE))]
    low, high = float(here[0]), float(far[np.argmin(np.abs(far - here[0]))])
    for _ in range(ROUNDS):
        between = np.linspace(low, high, POINTS)
        first = max(int(np.argmax(alive(between))), 1)
        low, high = float(between[first - 1]), float(between[first])
    return float(here.dtype.type(high))
