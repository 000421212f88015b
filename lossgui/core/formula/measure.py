"""What a formula does along a prediction: where it is undefined, how far it goes, where it has corners."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import numpy as np

from lossgui.core.formula.along import DIGITS, HALVINGS, Along
from lossgui.core.table import Array

NEAR = 1e-7
"""How far on either side of a place is looked, to tell a corner."""

CORNER, JUMP, POLE = 1e-4, 1e-5, 5.0
"""How far slopes and values on the two sides differ, in relation to their size or 1; how fast poles grow."""

CHECKED, RESOLVED = 99, 1e-4
"""Places at which a derivative is checked, and up to what differences over two steps differ."""

Test = Callable[[Array], Array]


class Interval(NamedTuple):
    """From where to where, and whether the ends belong to it."""

    low: float
    with_low: bool
    high: float
    with_high: bool


class Measured(Along):
    """A formula along a prediction, measured."""

    # Where it is not a number

    def where_not(self, test: Test) -> tuple[Interval, ...]:
        """Return the intervals in which the values do what they should not, such as `np.isnan`."""
        bad = np.concatenate([[False], test(self.values), [False]])
        first, after = np.flatnonzero(np.diff(bad.astype(np.int8))).reshape(-1, 2).T
        lows, highs = self._ends(first, first - 1, test), self._ends(after - 1, after, test)
        return tuple(
            Interval(*low, *high)
            for low, high in zip(zip(*lows, strict=True), zip(*highs, strict=True), strict=True)
        )

    def _ends(self, bad: Array, good: Array, test: Test) -> tuple[list[float], list[bool]]:
        """Return where bad places end, and whether the ends are among them."""
        inside = self.x[bad]
        outside = self.x[np.clip(good, 0, len(self.x) - 1)]
        for _ in range(HALVINGS if len(bad) else 0):
            middle = (inside + outside) / 2
            still = test(self.value(middle))
            inside, outside = np.where(still, middle, inside), np.where(still, outside, middle)
        ends = np.round(inside, DIGITS)
        return ends.tolist(), test(self.value(ends)).tolist()

    @cached_property
    def undefined(self) -> tuple[Interval, ...]:
        """Where there is no value."""
        return self.where_not(np.isnan)

    @cached_property
    def infinite(self) -> tuple[Interval, ...]:
        """Where the value is infinite, or grows beyond all bounds."""
        known = self.where_not(np.isinf)
        found = [
            Interval(x, True, x, True) for x in self.crossings[np.isinf(self.grown).any(axis=1)].tolist()
        ]
        poles = [at for at in found if not any(part.low <= at.low <= part.high for part in known)]
        return tuple(sorted((*known, *poles)))

    @cached_property
    def grown(self) -> Array:
        """The values close to each crossing on its two sides, infinite where they grow beyond all bounds."""
        ways = NEAR * np.array([-1, 1, -0.01, 0.01])
        values = self.value((self.crossings[:, None] + ways).ravel()).reshape(-1, 4)
        far, near = values[:, :2], values[:, 2:]
        with np.errstate(invalid="ignore"):
            grows = np.abs(near) > POLE * np.maximum(np.abs(far), 1)
        return np.where(grows, np.copysign(np.inf, near), near)

    @cached_property
    def extremes(self) -> tuple[float, float] | None:
        """The least and the greatest value; None where there is none."""
        values = np.concatenate([self.values, self.grown[np.isinf(self.grown)]])
        known = values[~np.isnan(values)]
        return (float(known.min()), float(known.max())) if len(known) else None

    # Corners and jumps

    @cached_property
    def corners(self) -> tuple[tuple[float, bool], ...]:
        """The places between the ends at which slope or value jump, and whether it is the value."""
        low, high = self.bounds
        inside = (self.crossings > low + 2 * NEAR) & (self.crossings < high - 2 * NEAR)
        places = self.crossings[inside & np.isfinite(self.grown).all(axis=1)]
        before, after = places - NEAR, places + NEAR
        left, right, falls, rises = (
            self.value(before),
            self.value(after),
            self._along(before),
            self._along(after),
        )
        with np.errstate(invalid="ignore"):
            jumps, bends = _differ(left, right, JUMP), _differ(falls, rises, CORNER)
        known = np.isfinite(left) & np.isfinite(right)
        return tuple(
            (float(place), bool(jump))
            for place, jump, bend, real in zip(places, jumps, bends, known, strict=True)
            if real and (jump or bend)
        )

    def _along(self, x: Array) -> Array:
        """Return the derivative along the rows."""
        way = (self.rows(np.ones(1)) - self.rows(np.zeros(1)))[0]
        slopes = self.at([self.slope], self.rows(x))[0]
        with np.errstate(invalid="ignore"):
            result: Array = (slopes * way).sum(axis=1)
        return result

    # The derivative, checked

    @cached_property
    def difference(self) -> float:
        """By how much the derivative differs from central differences at most, in relation to its size or 1.

        What rounding alone can make of differences is left out.
        """
        low, high = self.bounds
        x = np.linspace(low, high, CHECKED + 2)[1:-1]
        away = self._distance(x)
        step = 1e-3 * np.minimum(away, 1)
        rows = self.rows(x)
        moved = np.zeros_like(rows)
        moved[:, 0] = step
        with np.errstate(all="ignore"):
            near, far = (self._difference(rows, count * moved) / (2 * count * step) for count in (1, 2))
            central = (4 * near - far) / 3
            slope = self.at([self.slope], rows)[0][:, 0]
            rounding = 1e-15 * np.abs(self.at([self.tree], rows)[0][:, 0]) / step
            error = (np.abs(slope - central) - rounding) / np.maximum(1, np.abs(slope))
            # Where both steps disagree there is a corner or a pole within them.
            told = np.abs(near - far) < RESOLVED * np.maximum(1, np.abs(near))
        known = error[np.isfinite(error) & (away > NEAR) & told]
        return float(known.max()) if len(known) else float("nan")

    def _difference(self, rows: Array, moved: Array) -> Array:
        above, below = (self.at([self.tree], rows + way * moved)[0][:, 0] for way in (1, -1))
        return above - below

    def _distance(self, x: Array) -> Array:
        """Return how far places are from those where something happens."""
        places = np.sort(np.concatenate([self.bounds, self.crossings, self.x[~np.isfinite(self.values)]]))
        after = np.clip(np.searchsorted(places, x), 1, len(places) - 1)
        result: Array = np.minimum(np.abs(x - places[after - 1]), np.abs(places[after] - x))
        return result


def _differ(a: Array, b: Array, least: float) -> Array:
    size = np.maximum(1, np.maximum(np.abs(a), np.abs(b)))
    result: Array = np.abs(a - b) > least * size
    return result
