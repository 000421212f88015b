"""Exponentials and logarithms of pairs: a table takes away most of the argument, a series does the rest.

Relative errors are below 2^-94 for exp, 2^-80 for expm1 (near 0) and 2^-96 for log and log1p (also near 1 and
0). Where float64 has no normal number (x or e^x beyond its range, NaN) the result is that of plain float64.
"""

from __future__ import annotations

from functools import cache
from math import ldexp

import numpy as np

from lossgui.core.exact.pairs import (
    Pair,
    or_plain,
    over,
    plus,
    quick_sum,
    third,
    times,
    two_square,
    two_sum,
)
from lossgui.core.table import Array

# Tables, made of integers that stand for multiples of 2^-160

DIGITS = 160
UNIT = 1 << DIGITS

COARSE, FINE = 128, 64
"""Entries of two tables of powers; their product has one for each of 8,192 parts of an octave."""

PARTS = COARSE * FINE

CUTS = 512
"""Logarithms between 1 and 2 in the table."""

FIRST, LAST = -1022, 1023
"""Octaves of the normal numbers of float64."""

MINUS_ONE = np.array(-1.0)

SIGNIFICAND = 52
"""Bits below the exponent of a float64, whose bits hold the exponent plus LAST."""


def _table(numbers: list[int]) -> Pair:
    highs = [number / UNIT for number in numbers]
    lows = [(n - int(ldexp(high, DIGITS))) / UNIT for n, high in zip(numbers, highs, strict=True)]
    return np.array(highs), np.array(lows)


def _log_ratio(above: int, below: int) -> int:
    """Return ln(above / below), by the series of 2 artanh((above - below) / (above + below))."""
    term = share = UNIT * (above - below) // (above + below)
    total, odd = 0, 1
    while term:
        total += term // odd
        term = (term * share >> DIGITS) * share >> DIGITS
        odd += 2
    return 2 * total


LN_2 = _log_ratio(2, 1)


@cache
def _powers() -> Pair:
    """Return 2^(i / PARTS) for each i of an octave."""
    coarse, fine = _table(_roots(COARSE, COARSE)), _table(_roots(PARTS, FINE))
    high, low = quick_sum(*times((coarse[0][:, None], coarse[1][:, None]), fine))
    return high.ravel(), low.ravel()


def _roots(parts: int, count: int) -> list[int]:
    """Return the first powers of 2^(1 / parts)."""
    root, term = UNIT, UNIT
    for k in range(1, 40):
        term = (term * LN_2 >> DIGITS) // (parts * k)
        root += term
    powers = [UNIT]
    while len(powers) < count:
        powers.append(powers[-1] * root >> DIGITS)
    return powers


def _step() -> tuple[float, float, float]:
    """Return ln 2 / PARTS in three words; whole numbers up to 2^24 times the first two are exact."""
    step = LN_2 // PARTS
    first = step >> DIGITS - 42 << DIGITS - 42
    second = step - first >> DIGITS - 72 << DIGITS - 72
    return first / UNIT, second / UNIT, (step - first - second) / UNIT


STEP = _step()


@cache
def _logarithms() -> Pair:
    """Return ln(j / CUTS) for each j up to 2 CUTS; NaN for those below half of CUTS."""
    numbers = [0] * (2 * CUTS + 1)
    for j in range(CUTS, 2 * CUTS):
        numbers[j + 1] = numbers[j] + _log_ratio(j + 1, j)
    for j in range(CUTS, CUTS // 2, -1):
        numbers[j - 1] = numbers[j] - _log_ratio(j, j - 1)
    high, low = _table(numbers)
    high[: CUTS // 2] = np.nan
    return high, low


@cache
def _octaves() -> tuple[Array, Pair]:
    """Return 2^k and k ln 2 for each octave, with NaN before the first and after the last."""
    octaves = range(FIRST, LAST + 1)
    high, low = _table([k * LN_2 for k in octaves])
    return _fenced(np.ldexp(1.0, np.array(octaves))), (_fenced(high), np.pad(low, 1))


def _fenced(table: Array) -> Array:
    return np.pad(table, 1, constant_values=np.nan)


def _looked_up(table: Pair, places: Array) -> Pair:
    return table[0].take(places, mode="clip"), table[1].take(places, mode="clip")


# Exponentials


def exp(x: Pair) -> Pair:
    """Return e^x."""
    power, rest = _reduced(x)
    grown = quick_sum(*times(power, _short_expm1(rest)))
    return or_plain(quick_sum(*plus(power, grown)), np.exp, x[0])


def expm1(x: Pair) -> Pair:
    """Return e^x - 1."""
    power, rest = _reduced(x)
    grown = quick_sum(*times(power, _short_expm1(rest)))
    high, error = two_sum(power[0], MINUS_ONE)
    above = quick_sum(high, error + power[1])
    return or_plain(quick_sum(*plus(above, grown)), np.expm1, x[0])


def _reduced(x: Pair) -> tuple[Pair, Pair]:
    """Return a power of 2 and a short rest: x is the logarithm of the power, and the rest."""
    high, low = x
    steps = np.rint(high * (1 / STEP[0]))
    rest, error = two_sum(high - steps * STEP[0], steps * -STEP[1])
    whole = steps.astype(np.int64)
    scale = _octaves()[0].take(whole // PARTS + (1 - FIRST), mode="clip")
    power = _looked_up(_powers(), whole & (PARTS - 1))
    return (scale * power[0], scale * power[1]), quick_sum(rest, error + (low - steps * STEP[2]))


def _short_expm1(x: Pair) -> Pair:
    """Return e^x - 1 for a size of x below 2^-14, as x + x^2/2 + x^3/6 + ..."""
    high, low = x
    square, error = two_square(high)
    more = square * high * (1 / 6 + high * (1 / 24 + high * (1 / 120)))
    total, lost = quick_sum(high, 0.5 * square)
    return quick_sum(total, lost + (low + ((0.5 * error + high * low) + more)))


# Logarithms


def log(x: Pair) -> Pair:
    """Return ln x."""
    high, low = x
    octave, scale = _octave(high)
    high, low = high * scale, low * scale
    cut = np.rint(high * CUTS)
    return or_plain(_of_parts(octave, cut, quick_sum(high - cut * (1 / CUTS), low)), np.log, x[0])


def log1p(x: Pair) -> Pair:
    """Return ln(1 + x)."""
    high, low = x
    octave, scale = _octave((high + 1) + low)
    high, low = high * scale, low * scale
    cut = np.rint(((scale + high) + low) * CUTS)
    # One less the cut first: then no digit of a small x is lost.
    near, lost = two_sum(scale, cut * (-1 / CUTS))
    above, error = two_sum(near, high)
    return or_plain(_of_parts(octave, cut, two_sum(above, (lost + error) + low)), np.log1p, x[0])


def _octave(x: Array) -> Pair:
    """Return k and 2^-k, x between sqrt(1/2) and sqrt(2) times 2^k; of other x what leads to NaN."""
    octave = ((x * np.sqrt(0.5)).view(np.int64) >> SIGNIFICAND) - (LAST - 1)
    return octave, ((LAST - octave) << SIGNIFICAND).view(np.float64)


def _of_parts(octave: Array, cut: Array, above: Pair) -> Pair:
    """Return ln(2^octave (cut / CUTS + above))."""
    base = plus(
        _looked_up(_octaves()[1], octave + (1 - FIRST)),
        _looked_up(_logarithms(), cut.astype(np.int64)),
    )
    below, error = quick_sum((2 / CUTS) * cut, above[0])
    ratio = quick_sum(*over((2 * above[0], 2 * above[1]), (below, error + above[1])))
    return quick_sum(*plus(quick_sum(*base), _short_artanh(ratio)))


def _short_artanh(x: Pair) -> Pair:
    """Return 2 artanh(x / 2) for a size of x below 2^-9, as x (1 + x^2/12 + x^4/80 + ...)."""
    high, low = x
    square, error = two_square(0.5 * high)
    inner, rest = third((square, error + 0.5 * (high * low)))
    rest += square * square * (1 / 5 + square * (1 / 7 + square * (1 / 9)))
    return quick_sum(*plus(x, times(x, quick_sum(inner, rest))))
