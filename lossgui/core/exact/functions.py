"""NumPy's functions of numbers, for pairs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import frexp
from typing import Any

import numpy as np

from lossgui.core.exact import powers
from lossgui.core.exact.pairs import NOTHING, Pair, over, paired, plus, root, squared, times
from lossgui.core.table import Array

ONE, TWO, MINUS_TWO = (np.array(1.0), NOTHING), (np.array(2.0), NOTHING), (np.array(-2.0), NOTHING)


LARGE = 2.0**1000
"""Numbers beyond it, and below one over it, are raised to powers in plain float64."""


def add(a: Pair, b: Pair) -> Pair:
    """Return a + b."""
    return paired(*plus(a, b))


def negative(a: Pair) -> Pair:
    """Return -a."""
    return -a[0], -a[1]


def subtract(a: Pair, b: Pair) -> Pair:
    """Return a - b."""
    return add(a, negative(b))


def multiply(a: Pair, b: Pair) -> Pair:
    """Return a times b."""
    for factor, other in ((a, b), (b, a)):
        if np.ndim(factor[0]) == 0 and _is_short(float(factor[0]), float(factor[1])):
            return other[0] * factor[0], other[1] * factor[0]
    return paired(*times(a, b))


def _is_short(high: float, low: float) -> bool:
    """Tell whether a number is 0 or a power of 2, so that products with it have no error."""
    return abs(frexp(high)[0]) in (0, 0.5) and low == 0


def divide(a: Pair, b: Pair) -> Pair:
    """Return a / b."""
    return paired(*over(a, b))


def absolute(a: Pair) -> Pair:
    """Return the size of a."""
    return np.abs(a[0]), np.where(a[0] < 0, -a[1], a[1])


def where(chosen: Array, a: Pair, b: Pair) -> Pair:
    """Return a where it is chosen, else b."""
    return np.where(chosen, a[0], b[0]), np.where(chosen, a[1], b[1])


def greater(a: Pair, b: Pair) -> Array:
    """Tell whether a > b."""
    result: Array = (a[0] > b[0]) | ((a[0] == b[0]) & (a[1] > b[1]))
    return result


def equal(a: Pair, b: Pair) -> Array:
    """Tell whether a = b."""
    result: Array = (a[0] == b[0]) & (a[1] == b[1])
    return result


def at_least(a: Pair, b: Pair) -> Array:
    """Tell whether a >= b."""
    return greater(a, b) | equal(a, b)


def maximum(a: Pair, b: Pair) -> Pair:
    """Return the larger; NaN if one is."""
    return where(greater(a, b) | np.isnan(a[0]), a, b)


def minimum(a: Pair, b: Pair) -> Pair:
    """Return the smaller; NaN if one is."""
    return where(greater(b, a) | np.isnan(a[0]), a, b)


def square(a: Pair) -> Pair:
    """Return a squared."""
    return paired(*squared(a))


def power(a: Pair, b: Pair) -> Pair:
    """Return a to the power b, as e^(b ln a); of numbers below 0 the whole powers."""
    if np.ndim(b[0]) == 0 and b[0] == 2 and b[1] == 0:
        return square(a)
    plain = np.power(a[0], b[0])
    size = powers.exp(multiply(b, powers.log(absolute(a))))
    signed = where(plain < 0, negative(size), size)
    inside = np.isfinite(plain) & np.isfinite(b[0]) & (np.abs(a[0]) > 1 / LARGE) & (np.abs(a[0]) < LARGE)
    return where(inside, signed, (plain, NOTHING))


def tanh(a: Pair) -> Pair:
    """Return tanh a."""
    less = powers.expm1(multiply(MINUS_TWO, absolute(a)))
    size = negative(divide(less, add(TWO, less)))
    return where(a[0] < 0, negative(size), size)


def logaddexp(a: Pair, b: Pair) -> Pair:
    """Return ln(e^a + e^b)."""
    apart = negative(absolute(subtract(a, b)))
    result = add(maximum(a, b), powers.log1p(powers.exp(apart)))
    plain = np.logaddexp(a[0], b[0])
    return where(np.isfinite(result[0]), result, (plain, NOTHING))


@cache
def _one_over_log(base: int) -> Pair:
    return divide(ONE, powers.log((np.array(float(base)), NOTHING)))


def log2(a: Pair) -> Pair:
    """Return the logarithm to the base 2."""
    return multiply(powers.log(a), _one_over_log(2))


def log10(a: Pair) -> Pair:
    """Return the logarithm to the base 10."""
    return multiply(powers.log(a), _one_over_log(10))


def _of_high(function: np.ufunc) -> Callable[[Pair], Array]:
    return lambda a: function(a[0])


UFUNCS: dict[np.ufunc, Callable[..., Any]] = {
    np.add: add,
    np.subtract: subtract,
    np.multiply: multiply,
    np.divide: divide,
    np.negative: negative,
    np.positive: lambda a: a,
    np.absolute: absolute,
    np.square: square,
    np.sqrt: lambda a: paired(*root(a)),
    np.reciprocal: lambda a: divide(ONE, a),
    np.power: power,
    np.exp: powers.exp,
    np.expm1: powers.expm1,
    np.log: powers.log,
    np.log1p: powers.log1p,
    np.log2: log2,
    np.log10: log10,
    np.logaddexp: logaddexp,
    np.tanh: tanh,
    np.maximum: maximum,
    np.minimum: minimum,
    np.greater: greater,
    np.less: lambda a, b: greater(b, a),
    np.greater_equal: at_least,
    np.less_equal: lambda a, b: at_least(b, a),
    np.equal: equal,
    np.not_equal: lambda a, b: ~equal(a, b),
    **{ufunc: _of_high(ufunc) for ufunc in (np.sign, np.signbit, np.isnan, np.isinf, np.isfinite)},
}
"""Pairs -> a pair, or an array of bool or of signs."""
