"""Axes: ends and ticks that a person calls round, and the place of a legend."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from lossgui.core.figures.figure import Axis, shortened
from lossgui.core.table import Array
from lossgui.core.text import MINUS

FARTHEST = 1e300
"""No frame reaches farther, so that its width is finite."""

STEPS = 5
"""About as many steps an axis has."""

LOOKED_AT = 64
"""Places along x at which curves are looked at to find room for a legend."""

PLACES = {
    "top right": (1.0, 1.0),
    "top left": (0.0, 1.0),
    "top": (0.5, 1.0),
    "right": (1.0, 0.5),
    "bottom right": (1.0, 0.0),
    "bottom left": (0.0, 0.0),
}
"""Places of a legend, the best first, as the share of the free room left of and below it."""


def round_step(span: float) -> float:
    """Return 1, 2 or 5 times a power of ten that divides `span` into about five."""
    exponent, mantissa = _split(span / STEPS)
    digit = min((1, 2, 5, 10), key=lambda digit: abs(math.log(mantissa / digit)))
    return float(digit * 10.0**exponent)


def round_up(value: float, digits: Sequence[float] = (1, 2, 5, 10)) -> float:
    """Return the least of `digits` times a power of ten that is not below a positive value."""
    exponent, mantissa = _split(value)
    digit = next(digit for digit in digits if mantissa <= digit * (1 + 1e-9))
    return float(digit * 10.0**exponent)


def _split(value: float) -> tuple[int, float]:
    value = min(max(value, 1e-300), FARTHEST)
    exponent = math.floor(math.log10(value))
    return exponent, max(value / 10.0**exponent, 1.0)


def tick_text(value: float, step: float) -> str:
    """Return a tick with as many decimals as its step has."""
    value = 0.0 if abs(value) < step / 2 else value
    if not 1e-4 <= step < 1e6:
        mantissa, _, exponent = f"{value:.6e}".partition("e")
        written = mantissa.rstrip("0").rstrip(".") + (f"e{int(exponent)}" if value else "")
        return written.replace("-", MINUS)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value:,.{decimals}f}".replace("-", MINUS)


@lru_cache(64)
def exact_axis(label: str, low: float, high: float) -> Axis:
    """Return an axis that ends where it is told to."""
    step = round_step(high - low)
    ticks = _ticks(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9), step)
    return Axis(label, low, high, ticks)


@lru_cache(64)
def round_axis(label: str, low: float, high: float) -> Axis:
    """Return an axis from a tick at or below `low` to one at or above `high`; 0 is always on it."""
    low, high = max(min(low, 0.0), -FARTHEST), min(max(high, 0.0), FARTHEST)
    if high - low < 1e-290:
        high = low + 1.0
    step = round_step(high - low)
    ticks = _ticks(math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9), step)
    return Axis(label, ticks[0][0], ticks[-1][0], ticks)


def _ticks(first: int, last: int, step: float) -> tuple[tuple[float, str], ...]:
    values = [float(f"{place * step:.12g}") for place in range(first, last + 1)]
    return tuple((value, tick_text(value, step)) for value in values)


def category_axis(label: str, names: Sequence[str], upwards: bool = False) -> Axis:
    """Return an axis of categories, from the left to the right, or from the top to the bottom."""
    places = range(len(names))
    ticks = [(float(len(names) - 1 - k if upwards else k), shortened(names[k], 24)) for k in places]
    return Axis(label, -0.6, len(names) - 0.4, tuple(sorted(ticks)), categories=True)


def cell_axis(label: str, names: Sequence[str], upwards: bool = False) -> Axis:
    """Return an axis of categories that fill it, each from half a step before its place to half behind."""
    return replace(category_axis(label, names, upwards), low=-0.5, high=len(names) - 0.5)


def legend_place(rows: int, shares: Array, width: float = 0.5) -> str:
    """Return the place where a legend covers least.

    Parameters
    ----------
    rows
        How many lines it has.
    shares
        Shape (n, 2): what is drawn, as shares of the frame's width and height.
    width
        The legend's own, as a share of the frame's.
    """
    height = min(0.06 + 0.055 * rows, 0.9)
    x, y = shares.T
    covered = {}
    for place, (right, up) in PLACES.items():
        left, bottom = right * (1 - width), up * (1 - height)
        inside = (x >= left) & (x <= left + width) & (y >= bottom) & (y <= bottom + height)
        covered[place] = int(np.count_nonzero(inside))
        if not covered[place]:
            break
    return min(covered, key=covered.__getitem__)


def shares_of(x: Axis, y: Axis, xs: Array, ys: Array) -> Array:
    """Return places as shares of the frame, shape (n, 2); those without a finite place are left out."""
    with np.errstate(all="ignore"):
        shares = np.stack([(xs - x.low) / (x.high - x.low), (ys - y.low) / (y.high - y.low)], axis=-1)
    finite: Array = shares[np.isfinite(shares).all(axis=-1)]
    return finite
