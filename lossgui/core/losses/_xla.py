"""Exponential and logarithm as XLA computes them for optax, to the last bit.

Polynomials of Cephes, with each product and sum rounded once where the processor fuses them; in float64 the
logarithm is that of the C library.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from lossgui.core.exact.pairs import two_product, two_sum
from lossgui.core.losses._eigen import EXP_ABOVE_64, EXP_BELOW_64, PARTS_OF_LOG_2
from lossgui.core.table import Array
from lossgui.core.where import where

FEW = 4096
"""Numbers up to which the C library is asked one by one, and not NumPy, which is a last bit off at times."""

SMALL = math.sqrt(2) - 1
"""Up to here 1 + x is not formed for its logarithm."""

LOG_32 = (
    (7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1),
    (-1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1),
    (2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1),
)
EXP_32 = (
    1.9875691500e-4,
    1.3981999507e-3,
    8.3334519073e-3,
    4.1665795894e-2,
    1.6666665459e-1,
    5.0000001201e-1,
)
LOG1P_ABOVE = (
    4.5270000862445199635215e-5,
    4.9854102823193375972212e-1,
    6.5787325942061044846969,
    2.9911919328553073277375e1,
    6.0949667980987787057556e1,
    5.7112963590585538103336e1,
    2.0039553499201281259648e1,
)
LOG1P_BELOW = (
    1.0,
    1.5062909083469192043167e1,
    8.3047565967967209469434e1,
    2.2176239823732856465394e2,
    3.0909872225312059774938e2,
    2.1642788614495947685003e2,
    6.0118660497603843919306e1,
)


def _fused(a: Array, b: Array | float, c: Array | float) -> Array:
    """Return a b + c, rounded once."""
    b, c = (np.broadcast_to(np.asarray(number, a.dtype), a.shape) for number in (b, c))
    if a.dtype == np.float32:
        result: Array = (a.astype(np.float64) * b + c).astype(np.float32)
        return result
    product, lost = two_product(np.ascontiguousarray(a), np.ascontiguousarray(b))
    total, rest = two_sum(product, c)
    sum_of_all: Array = total + (rest + lost)
    return sum_of_all


def _polynomial(coefficients: Sequence[float], x: Array) -> Array:
    result = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        result = _fused(result, x, coefficient)
    return result


def _exp(x: Array) -> Array:
    t = x.dtype.type
    count = np.floor(_fused(x, t(1 / math.log(2)), 0.5))
    first, second = PARTS_OF_LOG_2[x.dtype]
    r = _fused(-count, second, _fused(-count, first, x))
    square = r * r
    if x.dtype == np.float32:
        power = _fused(_polynomial(EXP_32, r), square, r) + t(1)
    else:
        above = _polynomial(EXP_ABOVE_64, square) * r
        power = 2 * (above / (_polynomial(EXP_BELOW_64, square) - above)) + 1
    result: Array = np.ldexp(power, count.astype(int))
    return result


def exp(x: Array) -> Array:
    """Return e to the power of x."""
    most = 87.0 if x.dtype == np.float32 else 708.0
    usual = np.abs(x) < most
    result: Array = where(usual, _exp(where(usual, x, x.dtype.type(0))), np.exp(x))
    return result


def _log_32(x: Array) -> Array:
    half, exponent = np.frexp(x)
    small = half < np.float32(np.sqrt(0.5))
    m = (half - 1) + where(small, half, 0 * half)
    exponent = exponent.astype(np.float32) - small
    square, cube = m * m, (m * m) * m
    high, middle, low = (_polynomial(part, m) for part in LOG_32)
    rest = _fused(_fused(high, cube, middle), cube, low)
    first, second = PARTS_OF_LOG_2[x.dtype]
    rest = _fused(rest, cube, np.float32(second) * exponent)
    return _fused(exponent, first, _fused(square, -0.5, m) + rest)


def log(x: Array) -> Array:
    """Return the natural logarithm."""
    if x.dtype == np.float32:
        usual = (x >= np.finfo(np.float32).tiny) & (x < np.inf)
        result: Array = where(usual, _log_32(where(usual, x, np.float32(1))), np.log(x))
        return result
    result = np.array(np.log(x))
    if x.size <= FEW:
        for place in np.flatnonzero((x > 0) & (x < np.inf)):
            result.flat[place] = math.log(x.flat[place])
    return result


def log1p(x: Array) -> Array:
    """Return the natural logarithm of 1 + x."""
    near = np.abs(x) < SMALL
    small = where(near, x, x.dtype.type(0))
    square = small * small
    share = _polynomial(LOG1P_ABOVE, small) / _polynomial(LOG1P_BELOW, small)
    of_small = small + _fused(square, -0.5, (small * square) * share)
    result: Array = where(near, of_small, log(1 + x))
    return result
