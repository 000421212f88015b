"""Numbers as pairs of float64, a high and a low word: sums, products, quotients and roots of 106 bits.

The words of a pair do not overlap: the high one is the sum of both, rounded. Where that is not finite, it is
what plain float64 gives, and the low word is 0.

Sources: Dekker, A floating-point technique for extending the available precision, Numer. Math. 18 (1971);
Joldes, Muller, Popescu, Tight and rigorous error bounds for basic building blocks of double-word arithmetic,
ACM TOMS 44 (2017); Rump, Ogita, Oishi, Accurate floating-point summation, SIAM J. Sci. Comput. 31 (2008).
"""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite

import numpy as np

from lossgui.core.table import Array

Pair = tuple[Array, Array]
Axes = int | tuple[int, ...] | None

NOTHING = np.array(0.0)
"""The low word of a plain number."""

HALF_OF_LOST, KEPT = np.int64(1 << 26), np.int64(-1 << 27)


# Sums and products without an error


def two_sum(a: Array, b: Array) -> Pair:
    """Return a + b and its rounding error."""
    total = a + b
    rest = total - a
    return total, (a - (total - rest)) + (b - rest)


def quick_sum(high: Array, low: Array) -> Pair:
    """Return high + low and its rounding error, where high is the larger or 0."""
    total = high + low
    return total, low - (total - high)


def split(a: Array) -> Pair:
    """Return the upper 26 bits, rounded, and the rest: products of such parts are exact."""
    upper: Array = ((a.view(np.int64) + HALF_OF_LOST) & KEPT).view(np.float64)
    return upper, a - upper


def two_product(a: Array, b: Array) -> Pair:
    """Return a times b and its rounding error."""
    product = a * b
    (a_upper, a_lower), (b_upper, b_lower) = split(a), split(b)
    return product, (
        (a_upper * b_upper - product) + a_upper * b_lower + a_lower * b_upper
    ) + a_lower * b_lower


def two_square(a: Array) -> Pair:
    """Return a squared and its rounding error."""
    square = a * a
    upper, lower = split(a)
    return square, ((upper * upper - square) + 2 * (upper * lower)) + lower * lower


# What is not finite


def paired(high: Array, low: Array) -> Pair:
    """Return high + low as a pair; high is the larger, and what plain float64 gives."""
    total, rest = quick_sum(high, low)
    return (total, rest) if all_finite(total) else _where_finite((total, rest), high)


def or_plain(pair: Pair, plain: Callable[[Array], Array], x: Array) -> Pair:
    """Return the pair, and plain float64 of x where the pair is not finite."""
    return pair if all_finite(pair[0]) else _where_finite(pair, plain(x))


def all_finite(numbers: Array) -> bool:
    """Tell whether the sum of numbers, and with it every one of them, is finite."""
    return isfinite(np.add.reduce(numbers, None))


def _where_finite(pair: Pair, plain: Array) -> Pair:
    known = np.isfinite(pair[0])
    return np.where(known, pair[0], plain), np.where(known, pair[1], 0.0)


# Arithmetic: what `paired` makes a pair of, and `quick_sum` where all is finite


def plus(a: Pair, b: Pair) -> Pair:
    """Return a + b, within 2^-104 of the larger."""
    high, error = two_sum(a[0], b[0])
    return high, error + (a[1] + b[1])


def times(a: Pair, b: Pair) -> Pair:
    """Return a times b, relative error below 2^-103."""
    product, error = two_product(a[0], b[0])
    return product, error + (a[0] * b[1] + a[1] * b[0])


def squared(a: Pair) -> Pair:
    """Return a squared, relative error below 2^-103."""
    product, error = two_square(a[0])
    return product, error + 2 * (a[0] * a[1])


def over(a: Pair, b: Pair) -> Pair:
    """Return a / b, relative error below 2^-102."""
    quotient = a[0] / b[0]
    product, error = two_product(quotient, b[0])
    return quotient, (((a[0] - product) - error) + (a[1] - quotient * b[1])) / b[0]


def third(a: Pair) -> Pair:
    """Return a / 3, relative error below 2^-104."""
    share = a[0] / 3
    product, error = quick_sum(2 * share, share)
    return share, (((a[0] - product) - error) + a[1]) / 3


def root(a: Pair) -> Pair:
    """Return the square root of a, relative error below 2^-102."""
    whole = np.sqrt(a[0])
    product, error = two_square(whole)
    return whole, (((a[0] - product) - error) + a[1]) / (2 * whole)


# Sums of many


def cut(a: Pair, axis: Axes) -> Pair:
    """Return coarse + fine = a, where any of the coarse along the axes add up exactly, in any order."""
    high, low = a
    largest = np.abs(high).max(axis=axis, keepdims=True, initial=0.0)
    places = (high.size // max(largest.size, 1) + 1).bit_length()
    above = np.ldexp(1.0, np.frexp(largest)[1] + places)
    coarse = (above + high) - above
    return coarse, (high - coarse) + low


def added(a: Pair, axis: Axes, sums: Callable[[Array], Array]) -> Pair:
    """Return sums of numbers along axes, within 2^-95 of the sum of their sizes.

    Parameters
    ----------
    sums
        Numbers in one word -> their sums, in any order.
    """
    coarse, fine = cut(a, axis)
    pair = two_sum(sums(coarse), sums(fine))
    return pair if all_finite(pair[0]) else _where_finite(pair, sums(a[0]))
