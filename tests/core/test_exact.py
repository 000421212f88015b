"""Numbers of 106 bits: each operation against 110 digits, and what is not finite against plain float64."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lossgui.core.exact import Twofold
from lossgui.core.exact.functions import UFUNCS

mp.mp.dps = 110

Array = np.ndarray

USUAL = [0.0, 1.0, 0.5, 2.0, 3.0, 40.0, 709.78, 745.13, 1e16, 1e200, 1 + 2**-52, 1 - 2**-53]
EXTREME = [np.inf, 5e-324, 1e-310, 2.2e-308, 1e-200, 1e308, np.finfo(float).max]
NASTY = np.array([*USUAL, *EXTREME, *np.negative(USUAL), *np.negative(EXTREME), np.nan])


def floats(low: int = -300, high: int = 300, signed: bool = True) -> st.SearchStrategy[float]:
    """Return numbers of all sizes between two powers of 2, many of them short."""
    mantissas = st.integers(1 << 52, (1 << 53) - 1) | st.integers(1, 64)
    signs = st.sampled_from([1, -1] if signed else [1])
    return st.builds(lambda m, e, s: s * float(np.ldexp(m, e - 52)), mantissas, st.integers(low, high), signs)


@st.composite
def numbers(draw: Any, low: int = -300, high: int = 300, signed: bool = True) -> Twofold:
    """Draw a number of two words."""
    first = draw(floats(low, high, signed))
    last = draw(st.integers(-(2**52), 2**52)) * 2.0**-54 * float(np.spacing(abs(first)))
    return Twofold(np.array([first]), np.array([last]))


def value(number: Twofold, place: Any = 0) -> Any:
    return mp.mpf(float(number.high[place])) + mp.mpf(float(number.low[place]))


def fraction(number: Twofold, place: Any = 0) -> Fraction:
    return Fraction(float(number.high[place])) + Fraction(float(number.low[place]))


def assert_within(got: Twofold, expected: Any, of: Any, bits: int) -> None:
    """Hold a number to 2^-bits of a size; its words must not overlap."""
    assert abs(value(got) - expected) <= mp.mpf(2) ** -bits * abs(of), (got, expected)
    assert (got.high + got.low == got.high).all()


# Arithmetic


@given(numbers(), numbers())
def test_sums_and_differences(a: Twofold, b: Twofold) -> None:
    larger = max(abs(value(a)), abs(value(b)))
    assert_within(a + b, value(a) + value(b), larger, 103)
    assert_within(a - b, value(a) - value(b), larger, 103)


@given(numbers(), numbers())
def test_products_quotients_and_squares(a: Twofold, b: Twofold) -> None:
    assert_within(a * b, value(a) * value(b), value(a) * value(b), 102)
    assert_within(a / b, value(a) / value(b), value(a) / value(b), 101)
    assert_within(np.square(a), value(a) ** 2, value(a) ** 2, 102)
    assert_within(np.reciprocal(a), 1 / value(a), 1 / value(a), 101)


@given(floats(), floats())
def test_sums_of_two_plain_numbers_have_no_error(a: float, b: float) -> None:
    total = Twofold.of([a]) - np.array([b])
    if abs(a) < 2**50 * abs(b) < 2**100 * abs(a):
        assert fraction(total) == Fraction(a) - Fraction(b)


@given(floats(-200, 200), floats(-200, 200))
def test_products_of_two_plain_numbers_have_no_error(a: float, b: float) -> None:
    assert fraction(Twofold.of([a]) * b) == fraction(b * Twofold.of([a])) == Fraction(a) * Fraction(b)


@given(numbers(), st.sampled_from([2, -1, 0.5, np.float64(0.25), np.float32(-4)]))
def test_a_power_of_two_moves_the_words_alone(a: Twofold, factor: float) -> None:
    assert fraction(a * factor) == fraction(factor * a) == fraction(a) * Fraction(float(factor))


@given(numbers(), numbers())
def test_comparisons_are_those_of_the_numbers(a: Twofold, b: Twofold) -> None:
    x, y = fraction(a), fraction(b)
    for other, number in ((b, y), (a.copy(), x)):
        assert bool((a < other)[0]) == (x < number) and bool((a > other)[0]) == (x > number)
        assert bool((a <= other)[0]) == (x <= number) and bool((a >= other)[0]) == (x >= number)
        assert bool((a == other)[0]) == (x == number) and bool((a != other)[0]) == (x != number)
    assert fraction(np.maximum(a, b)) == max(x, y) and fraction(np.minimum(a, b)) == min(x, y)
    assert fraction(np.abs(a)) == abs(x) and fraction(-a) == -x
    assert np.sign(a)[0] == (x > 0) - (x < 0)


# Functions


def assert_function(function: np.ufunc, truth: Callable[[Any], Any], number: Twofold, bits: int) -> None:
    expected = truth(value(number))
    assert_within(function(number), expected, expected, bits)


@given(numbers(-60, 8))
def test_exponentials(x: Twofold) -> None:
    assert_function(np.exp, mp.exp, x, 94)
    assert_function(np.expm1, mp.expm1, x, 79)


@given(numbers(-60, 8))
def test_the_hyperbolic_tangent(x: Twofold) -> None:
    assert_function(np.tanh, mp.tanh, x, 79)


@given(numbers(-960, 1000, signed=False))
def test_logarithms(x: Twofold) -> None:
    assert_function(np.log, mp.log, x, 95)
    assert_function(np.log2, lambda number: mp.log(number, 2), x, 94)
    assert_function(np.log10, mp.log10, x, 94)
    assert_function(np.log1p, mp.log1p, x, 95)


@given(numbers(-800, 1000, signed=False))
def test_roots(x: Twofold) -> None:
    assert_function(np.sqrt, mp.sqrt, x, 101)


@given(numbers(-100, -1), st.sampled_from([1.0, -1.0]))
def test_logarithms_near_one(x: Twofold, sign: float) -> None:
    assert_function(np.log1p, mp.log1p, 0.5 * sign * x, 95)
    near = 1 + 0.5 * sign * x
    if value(near) != 1:
        assert_function(np.log, mp.log, near, 95)


@given(numbers(-50, 50, signed=False), st.floats(-8, 8))
def test_powers(x: Twofold, exponent: float) -> None:
    expected = value(x) ** mp.mpf(exponent)
    assert_within(x**exponent, expected, expected, 84)


@given(numbers(-3, 8), numbers(-3, 8))
def test_the_logarithm_of_a_sum_of_powers(a: Twofold, b: Twofold) -> None:
    expected = mp.log(mp.exp(value(a)) + mp.exp(value(b)))
    assert_within(np.logaddexp(a, b), expected, max(abs(value(a)), abs(value(b)), 1), 90)


@pytest.mark.parametrize("function", list(UFUNCS), ids=lambda ufunc: ufunc.__name__)
def test_of_nasty_numbers_functions_give_what_float64_gives(function: np.ufunc) -> None:
    grid = [NASTY] if function.nin == 1 else np.array(list(product(NASTY, NASTY))).T.copy()
    with np.errstate(all="ignore"):
        plain, got = function(*grid), function(*(Twofold.of(column) for column in grid))
        if isinstance(got, Twofold):
            assert np.isfinite(got.low).all() and (got.low[~np.isfinite(got.high)] == 0).all()
            got = got.rounded()
            # Plain float64 may be off in the last digit, and both among subnormal numbers.
            np.testing.assert_allclose(got, plain, rtol=2e-15, atol=1e-323)
            assert np.isfinite(got[np.isfinite(plain)]).all()
        else:
            np.testing.assert_array_equal(got, plain)


# Arrays


@given(st.lists(numbers(-80, 80), min_size=1, max_size=40))
def test_sums_of_many(items: list[Twofold]) -> None:
    whole = np.concatenate(items)
    size = sum(abs(fraction(whole, k)) for k in range(len(whole)))
    expected = sum(fraction(whole, k) for k in range(len(whole)))
    for total in (whole.sum(), whole[::-1].sum(), np.sum(whole), np.add.reduce(whole)):
        assert abs(fraction(total, ()) - expected) <= size * Fraction(2) ** -95
    assert abs(fraction(np.mean(whole), ()) - expected / len(whole)) <= size * Fraction(2) ** -95


def test_sums_are_along_axes_and_each_row_has_its_own_scale() -> None:
    table = Twofold.of([[1e200, 1e185, -1e200], [3e-200, 1e-212, -3e-200]])
    np.testing.assert_array_equal(table.sum(axis=1).rounded(), [1e185, 1e-212])
    np.testing.assert_array_equal(table.sum(axis=-1, keepdims=True).rounded(), [[1e185], [1e-212]])
    assert table.sum(axis=0).shape == (3,) and table.sum().shape == ()


@pytest.mark.parametrize(
    "row", [[1, np.inf], [np.inf, -np.inf], [np.nan, 1], [1e308, 1e308], [1e308, -1e308, 1], [-0.0], []]
)
def test_sums_that_are_not_finite_are_those_of_float64(row: list[float]) -> None:
    with np.errstate(all="ignore"):
        plain, total = np.array(row, float).sum(), Twofold.of(row).sum()
        rows = Twofold.of([row, [1] * len(row)]).sum(axis=1)
    np.testing.assert_array_equal(total.rounded(), plain)
    np.testing.assert_array_equal(rows.rounded(), [plain, len(row)])
    assert total.low == 0


TABLE = np.array([[1.0, -2.0, 3.0], [3.0, 0.5, 3.0]])
MOVED: list[Callable[[Any], Any]] = [
    lambda x: x.T,
    lambda x: x[1],
    lambda x: x[:, ::-1],
    lambda x: x[x > 0],
    lambda x: x.max(axis=-1, keepdims=True),
    lambda x: x.max(axis=0),
    lambda x: np.min(x, axis=1),
    lambda x: np.max(x),
    lambda x: x.mean(axis=0),
    lambda x: np.where(x > 1, x, 0),
    lambda x: np.where(x > 1, 1, x),
    lambda x: np.clip(x, -1, 2),
    lambda x: np.stack([x[0], x[1], np.ones(3)], axis=-1),
    lambda x: np.concatenate([x, x]),
    lambda x: np.broadcast_to(x[:1], (4, 3)),
    lambda x: np.broadcast_arrays(x, x[:1])[1],
    lambda x: np.repeat(x, 2, axis=0),
    lambda x: np.ravel(x),
    lambda x: np.squeeze(x[:1]),
    lambda x: np.expand_dims(x, 1),
    lambda x: x.sum(axis=1)[..., None] * x,
    lambda x: np.take_along_axis(x, np.array([[0], [2]]), axis=1),
    np.zeros_like,
    np.ones_like,
    lambda x: np.full_like(x, 0.1),
    lambda x: np.full_like(x[0], 7),
    lambda x: np.add.reduce(x, axis=0),
    lambda x: np.maximum.reduce(x, axis=0),
]


@pytest.mark.parametrize("place", range(len(MOVED)))
def test_arrays_are_moved_as_numpy_moves_its_own(place: int) -> None:
    expected, got = MOVED[place](TABLE), MOVED[place](Twofold.of(TABLE))
    assert isinstance(got, Twofold) and got.low.shape == got.shape == expected.shape
    np.testing.assert_allclose(got.rounded(), expected, rtol=1e-16)


def test_the_largest_is_that_of_both_words() -> None:
    row = Twofold(np.array([1.0, 1.0, 0.5]), np.array([1e-20, 2e-20, 0.0]))
    assert row.argmax() == 1 and float(row.max().low) == 2e-20 and float(row.min().high) == 0.5


def test_what_an_array_knows_of_itself() -> None:
    table = Twofold.of(TABLE)
    assert (table.shape, table.ndim, table.size, len(table)) == ((2, 3), 2, 6, 2)
    assert table.dtype == np.float64 and table.strides == TABLE.strides
    assert np.shape(table) == (2, 3) and np.ndim(table) == 2 and np.size(table) == 6
    assert float(table[0, 0]) == 1 and "Twofold" in repr(table)


def test_results_are_written_into_an_array_that_is_given() -> None:
    table = Twofold.of(TABLE.copy())
    row = table[0]
    row *= 3
    np.exp(table, out=table)
    table[1, 0] = 5
    np.testing.assert_allclose(table.rounded(), [np.exp([3, -6, 9]), [5, *np.exp([0.5, 3])]])
    assert (table.low[0] != 0).all() and table.low[1, 0] == 0


def test_a_copy_is_no_view() -> None:
    table = Twofold.of(TABLE)
    same, other = table.astype(np.float32, copy=False), table.astype(float)
    other[0, 0] = 9
    assert same is table and float(table[0, 0]) == 1
    np.testing.assert_array_equal(table.astype(int), TABLE.astype(int))


def test_half_of_the_digits_are_never_lost_unasked() -> None:
    with pytest.raises(TypeError, match="rounded"):
        np.asarray(Twofold.of(TABLE))
    with pytest.raises(TypeError):
        np.cumsum(Twofold.of(TABLE))
    with pytest.raises(TypeError):
        np.sinh(Twofold.of(TABLE))


def test_rounding_is_to_the_nearest() -> None:
    third = Twofold.of(1) / 3
    assert third.rounded() == 1 / 3 and third.rounded(np.float32) == np.float32(1 / 3)
    assert third.rounded(np.float32).dtype == np.float32
