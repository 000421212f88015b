"""Exponential and logarithm as TensorFlow computes them, to the last bit.

Its processor code takes numbers by eights in float32 and by fours in float64, and approximates each by a
polynomial (Cephes'); what is left over at the end goes to the C library. One bit of difference is all that is
left where a loss subtracts what is nearly equal.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lossgui.core.table import Array
from lossgui.core.where import where

OfArray = Callable[[Array], Array]

WIDTHS = {np.dtype(np.float32): 8, np.dtype(np.float64): 4}
LOG_2 = 0.6931471805599453

LOG_ABOVE_32 = (0.18256296349849254, 1.0000000190281063, 1.0000000190281136)
LOG_BELOW_32 = (0.049616247954120038, 0.5992324959082352, 1.4999999999999927, 1.0)
LOG_ABOVE_64 = (
    1.01875663804580931796e-4,
    4.97494994976747001425e-1,
    4.70579119878881725854,
    1.44989225341610930846e1,
    1.79368678507819816313e1,
    7.70838733755885391666,
)
LOG_BELOW_64 = (
    1.0,
    1.12873587189167450590e1,
    4.52279145837532221105e1,
    8.29875266912776603211e1,
    7.11544750618563894466e1,
    2.31251620126765340583e1,
)

EXP_32 = (
    1.37449637986719608306884765625e-3,
    8.36894474923610687255859375e-3,
    4.166965186595916748046875e-2,
    0.16666518151760101318359375,
    0.49999988079071044921875,
)
SIGMOID_32 = (
    8.33471305668354034423828125e-3,
    4.1898667812347412109375e-2,
    0.16666877269744873046875,
    0.49999141693115234375,
)
EXP_ABOVE_64 = (1.26177193074810590878e-4, 3.02994407707441961300e-2, 9.99999999999999999910e-1)
EXP_BELOW_64 = (
    3.00198505138664455042e-6,
    2.52448340349684104192e-3,
    2.27265548208155028766e-1,
    2.00000000000000000009,
)
PARTS_OF_LOG_2 = {
    np.dtype(np.float32): (0.693359375, -2.12194440e-4),
    np.dtype(np.float64): (0.693145751953125, 1.42860682030941723212e-6),
}


def _polynomial(coefficients: Sequence[float], x: Array) -> Array:
    typed = [x.dtype.type(coefficient) for coefficient in coefficients]
    result: Any = typed[0]
    for coefficient in typed[1:]:
        result = result * x + coefficient
    whole: Array = result
    return whole


def _log(x: Array) -> Array:
    """Return the logarithm of positive numbers."""
    half, exponent = np.frexp(x)
    small = half < x.dtype.type(np.sqrt(0.5))
    m = (half - 1) + where(small, half, 0 * half)
    exponent = exponent.astype(x.dtype) - small
    if x.dtype == np.float32:
        log = (m * _polynomial(LOG_ABOVE_32, m)) / _polynomial(LOG_BELOW_32, m)
    else:
        square, cube = m * m, (m * m) * m
        above, below = (
            _polynomial(parts[:3], m) * cube + _polynomial(parts[3:], m)
            for parts in (LOG_ABOVE_64, LOG_BELOW_64)
        )
        log = m + (-0.5 * square + (above * cube) / below)
    result: Array = exponent * x.dtype.type(LOG_2) + log
    return result


def _reduced(x: Array) -> tuple[Array, Array]:
    """Return n and r so that x = n ln 2 + r."""
    t = x.dtype.type
    count = np.floor(x * t(1 / np.log(2)) + t(0.5))
    first, second = (t(part) for part in PARTS_OF_LOG_2[x.dtype])
    return count, (x - count * first) - count * second


def _exp(x: Array) -> Array:
    """Return e to the power of numbers that neither overflow nor underflow."""
    count, r = _reduced(x)
    square = r * r
    if x.dtype == np.float32:
        p6, p5, p4, p3, p2 = (x.dtype.type(part) for part in EXP_32)
        even, odd = square * (square * p6 + p4) + p2, square * p5 + p3
        power = square * (r * odd + even) + (r + 1)
    else:
        above = _polynomial(EXP_ABOVE_64, square) * r
        power = 2 * (above / (_polynomial(EXP_BELOW_64, square) - above)) + 1
    result: Array = np.ldexp(power, count.astype(int))
    return result


def _sigmoid(x: Array) -> Array:
    """Return e^x / (1 + e^x); in float32 e^x is the square of a rougher power of x / 2."""
    if x.dtype == np.float32:
        count, r = _reduced(x / 2)
        p5, p4, p3, p2 = (x.dtype.type(part) for part in SIGMOID_32)
        square = r * r
        root = np.ldexp(square * (r * (square * p5 + p3) + (square * p4 + p2)) + (r + 1), count.astype(int))
        power = root * root
    else:
        power = _exp(x)
    result: Array = power / (1 + power)
    return result


def _log1p(x: Array) -> Array:
    """Return the logarithm of 1 + x by way of that of the rounded sum."""
    more = x + 1
    logarithm = _log(more)
    result: Array = where(more == 1, x, x * (logarithm / (more - 1)))
    return result


def _as_tensorflow(function: OfArray, in_c: OfArray, low: float, high: float) -> OfArray:
    """Return a function of arrays: groups as `function` has them, what is left over or special as C does."""

    def of_array(x: Array) -> Array:
        grouped = np.arange(x.size).reshape(x.shape) < x.size - x.size % WIDTHS[x.dtype]
        usual = grouped & (x > low) & (x < high)
        result = where(usual, function(where(usual, x, x.dtype.type(1))), in_c(x))
        return where(np.abs(result) < np.finfo(x.dtype).tiny, 0, result)

    return of_array


def _in_c(numpy: np.ufunc, of_one: Callable[[float], float], low: float) -> OfArray:
    """Return NumPy's function with the last few numbers, which are no whole group, by the C library."""

    def of_array(x: Array) -> Array:
        result: Array = np.array(numpy(x.astype(np.float64)))
        for place in range(x.size - x.size % 4, x.size):
            number = float(x.flat[place])
            if low < number < 700:
                result.flat[place] = of_one(number)
        return result.astype(x.dtype)

    return of_array


LOG, LOG1P, EXP = _in_c(np.log, math.log, 0), _in_c(np.log1p, math.log1p, -1), _in_c(np.exp, math.exp, -700)


def log(x: Array) -> Array:
    """Return the natural logarithm."""
    return _as_tensorflow(_log, LOG, float(np.finfo(x.dtype).tiny), np.inf)(x)


def log1p(x: Array) -> Array:
    """Return the natural logarithm of 1 + x."""
    return _as_tensorflow(_log1p, LOG1P, -1.0, float(np.finfo(x.dtype).max))(x)


def exp(x: Array) -> Array:
    """Return e to the power of x."""
    most = 87.0 if x.dtype == np.float32 else 708.0
    return _as_tensorflow(_exp, EXP, -most, most)(x)


def sigmoid(x: Array) -> Array:
    """Return 1 / (1 + e^-x); in float32 it is 1 from 16.6 on."""

    def in_c(x: Array) -> Array:
        power = EXP(x)
        return where(np.isinf(power), 1, power / (1 + power)).astype(x.dtype)

    if x.dtype == np.float32:
        return _as_tensorflow(_sigmoid, in_c, -104.0, np.inf)(np.minimum(x, np.float32(16.6355324)))
    return _as_tensorflow(_sigmoid, in_c, -708.0, 708.0)(x)


def softplus(x: Array) -> Array:
    """Return ln(1 + e^x)."""
    threshold = -(np.log(np.finfo(x.dtype).eps) + 2).astype(x.dtype)
    power = exp(x)
    return where(x > threshold, x, where(x < -threshold, power, log1p(power)))
