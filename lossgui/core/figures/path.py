"""The path that a curve goes: the rows that the focused row becomes while its focused prediction varies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from lossgui.core.evaluate import Result
from lossgui.core.figures.axes import round_up
from lossgui.core.profiles import EPSILON
from lossgui.core.study import Study, rescaled, room
from lossgui.core.table import Array

ASIDE = 1e-6
"""How far beside a corner, as a share of it, curves have their places."""

MOST_ENTRIES = 100_000
"""Numbers in the rows of a path: wide rows get fewer x, so that curves of 1,000 classes follow a drag."""

SPARSE, DENSE = 160, 400
"""Bounds of how many x a curve has; those that lie evenly have short values."""

REACH = 10.0
"""Logits are shown from minus to plus this, or further where the row has larger ones."""


@dataclass(frozen=True, eq=False)
class Path:
    """Rows of predictions along x.

    Parameters
    ----------
    x
        Values of the focused prediction, rising, shape (n,).
    rows
        Shape (n, classes).
    direction
        The derivative of the row by x, shape (classes,).
    here
        The place in `x` of the study's own value; None where that is not a number on the path.
    added
        Whether that place is there for the study's own value alone.
    bounds
        The least and greatest value that the study takes.
    frame
        What an axis of x shows.
    rest
        What becomes of the rest of the row, in words; empty where nothing else is to be expected.
    """

    x: Array
    rows: Array
    direction: Array
    here: int | None
    added: bool
    bounds: tuple[float, float]
    frame: tuple[float, float]
    rest: str


def can_rescale(result: Result) -> bool:
    """Tell whether the rest of the focused row can be rescaled to keep its sum."""
    study = result.study
    if study.kind != "probabilities" or len(study.classes) < 2:
        return False
    return bool(study.predictions.row(result.focus[0]).sum() > 0)


def path(result: Result, rescale: bool, row: ArrayLike | None = None) -> Path:
    """Return the path of the focused row.

    Parameters
    ----------
    rescale
        Whether the rest of the row keeps its proportions and the row its sum, where it can.
    row
        The row in whose proportions the rest is rescaled; by default the focused row itself.
    """
    study, (place, column) = result.study, result.focus
    own = np.asarray(study.predictions.row(place), float)
    base = own if row is None else np.asarray(row, float)
    possible = can_rescale(result)
    rescale = rescale and possible
    value = float(own[column])
    frame = bounds = (0.0, 1.0) if study.kind == "probabilities" else _reach(study, place, column)
    if rescale:
        low, high = room(base, column)
        bounds = (min(low, value), max(high, value))
    x = _places(study, place, column, bounds)
    here = int(np.searchsorted(x, value)) if x[0] <= value <= x[-1] else None
    added = here is not None and bool(x[here] != value)
    if here is not None and added:
        x = np.concatenate([x[:here], [value], x[here:]])
    rows = rescaled(base, column, x) if rescale else np.repeat(own[None], len(x), axis=0)
    rows[:, column] = x
    if here is not None:
        rows[here] = own
    rest = f"the rest of the row {'rescaled' if rescale else 'held'}" if possible else ""
    return Path(x, rows, _direction(base, column, rescale), here, added, bounds, frame, rest)


def _direction(row: Array, column: int, rescale: bool) -> Array:
    result = np.zeros(len(row))
    if rescale:
        rest = row.sum() - row[column]
        result = -row / rest if rest > 0 else np.full(len(row), -1 / (len(row) - 1))
    result[column] = 1.0
    return result


def _reach(study: Study, place: int, column: int) -> tuple[float, float]:
    """Return the range of logits or values: round, around 0, and the same wherever in it the value is."""
    row = np.asarray(study.predictions.row(place), float)
    others = np.delete(row, column)
    least, factor = (REACH, 1.25) if study.kind == "logits" else (1.0, 1.5)
    if study.kind == "values" and study.labels is not None and not study.indexed:
        others = np.concatenate([others, study.labels.row(place)])
    known = np.abs(others[np.isfinite(others)])
    reach = round_up(max(least, factor * float(known.max(initial=least / factor))))
    own = abs(float(row[column]))
    if np.isfinite(own) and own > reach:
        reach = round_up(own)
    reach = min(reach, float(np.finfo(study.predictions.dtype).max))
    return -reach, reach


def _places(study: Study, place: int, column: int, bounds: tuple[float, float]) -> Array:
    count = int(np.clip(MOST_ENTRIES // len(study.classes), SPARSE, DENSE))
    return _grid(study.kind == "probabilities", count, bounds, frozenset(_kinks(study, place, column)))


@lru_cache(maxsize=8)
def _grid(unit: bool, count: int, bounds: tuple[float, float], kinks: frozenset[float]) -> Array:
    """Return places within bounds, rising; the same array for as long as a drag lasts."""
    low, high = bounds
    grid = _unit(count) if unit else np.linspace(low, high, count + 1)
    x: Array = np.unique(np.concatenate([grid, [low, high, *kinks]]))
    x = x[(x >= low) & (x <= high)]
    x.flags.writeable = False
    return x


@lru_cache(maxsize=8)
def _unit(count: int) -> Array:
    """Return places between 0 and 1, denser towards both, where logarithms rise."""
    near = np.geomspace(EPSILON / 100, 0.1, count // 5)
    even = np.linspace(0, 1, 201 if count == DENSE else 101)
    # On either side of where frameworks clip: at the corner itself rounding would choose one of two slopes.
    corners = EPSILON * np.array([1 - ASIDE, 1 + ASIDE])
    return np.concatenate([even, near, 1 - near, corners, 1 - corners])


def _kinks(study: Study, place: int, column: int) -> list[float]:
    """Return where curves may have a corner: labels, margins, and the losses' parameters around them."""
    label = 0.0
    if study.labels is not None and not study.indexed:
        label = float(study.labels.row(place)[column])
    given = {
        float(value) for choice in study.choices for _, value in choice.parameters if type(value) is float
    }
    return [-1.0, 0.0, 1.0, label, *(label + sign * value for value in given for sign in (-1, 1))]
