"""Numbers as people type them: read in one way everywhere, or refused in words; shown without loss."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lossgui.files.numbers import editable, parse, quoted, shown, summed

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        ("0,5", 0.5),
        (" 12 ", 12),
        ("\u00a07\u202f", 7),
        ("+3", 3),
        ("-.5", -0.5),
        ("−2,5", -2.5),
        ("5.", 5),
        ("1e-7", 1e-7),
        ("1E−7", 1e-7),
        ("1,5e+2", 150),
        ("007", 7),
        ("0e999", 0),
        ("0.000", 0),
    ],
)
def test_both_decimal_marks_are_read(text, value):
    assert parse(text) == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "A number is missing."),
        (" \t", "A number is missing."),
        ("1_000", "‘1_000’ is not a number."),
        ("cat", "‘cat’ is not a number."),
        ("0x10", "‘0x10’ is not a number."),
        ("1e", "‘1e’ is not a number."),
        ("1e5.5", "‘1e5.5’ is not a number."),
        ("--1", "‘--1’ is not a number."),
        (".", "‘.’ is not a number."),
        ("=1+1", "‘=1+1’ is not a number."),
        ("1,234.5", "leave out thousands separators"),
        ("1.234,5", "leave out thousands separators"),
        ("1,234,567", "leave out thousands separators"),
        ("1 234", "leave out thousands separators"),
        ("1\u202f234,5", "leave out thousands separators"),
        ("1'234", "leave out thousands separators"),
        ("nan", "only finite numbers can be entered"),
        ("-INF", "only finite numbers can be entered"),
        ("Infinity", "only finite numbers can be entered"),
        ("∞", "only finite numbers can be entered"),
        ("1e999", "only finite numbers can be entered"),
        ("9" * 400, "only finite numbers can be entered"),
        ("1e-999", "‘1e-999’ is too small: it would become 0."),
        ("0.5%", "percent sign"),
        ("50 %", "percent sign"),
        ("٠٫٥", "use the digits 0 to 9"),
        ("１", "use the digits 0 to 9"),
        ("²", "use the digits 0 to 9"),
    ],
)
def test_all_else_is_refused_in_words(text, why):
    with pytest.raises(ValueError) as refused:
        parse(text)
    assert why in str(refused.value)


@pytest.mark.parametrize("text", ["\ud800", "a\nb", "\x00", "\u202e1", "x" * 5000])
def test_what_is_refused_is_named_so_that_it_can_be_shown(text):
    with pytest.raises(ValueError) as refused:
        parse(text)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 120


@given(st.text(max_size=20))
def test_any_text_is_a_finite_number_or_refused(text):
    try:
        value = parse(text)
    except ValueError as error:
        assert str(error)
        return
    assert math.isfinite(value)
    assert set(text) <= set("0123456789+-−.,eE \t\r\n\u00a0\u2007\u2009\u202f")


@given(FINITE)
def test_an_editor_loses_nothing(value):
    assert parse(editable(value)) == value
    assert math.copysign(1, parse(editable(value))) == math.copysign(1, value)


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_an_editor_of_float32_is_short_and_loses_nothing(value):
    kept = np.float32(value)
    assert np.float32(parse(editable(kept))) == kept


@given(st.floats(-1e308, 1e308), st.integers(0, 2))
def test_what_is_shown_can_be_typed_and_is_close(value, decimals):
    again = parse(shown(value, decimals))
    assert again == pytest.approx(value, rel=0.06)
    assert len(shown(value, decimals)) <= 15


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.05, "0.05"),
        (0.95, "0.95"),
        (0, "0"),
        (-0.0, "0"),
        (1e-7, "1e−7"),
        (-1.25, "−1.25"),
        (1 / 3, "0.3333"),
        (0.00654321, "0.0065"),
        (0.000123456, "1.2e−4"),
        (1234567.5, "1234567.5"),
        (1e20, "1e20"),
        (123456.789012, "1.235e5"),
        (np.float32(0.1), "0.1"),
        (np.int64(3), "3"),
        (math.nan, "undefined"),
        (-math.inf, "−∞"),
    ],
)
def test_cells_show_short_texts(value, text):
    assert shown(value) == text


def test_a_table_aligns_its_numbers():
    assert [shown(value, 2) for value in (0.1, 0, 1, 0.125, 1e-7)] == [
        "0.10",
        "0.00",
        "1.00",
        "0.125",
        "1e−7",
    ]


def test_editors_open_with_plain_ascii():
    assert editable(np.float32(0.1)) == "0.1"
    assert editable(-0.25) == "-0.25"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.1 + 0.2, "0.3"), (1.000002, "1.000002"), (1.1, "1.1"), (-0.0, "0"), (math.nan, "undefined")],
)
def test_sums_show_seven_digits(value, text):
    assert summed(value) == text


def test_long_texts_are_cut_where_they_are_quoted():
    assert quoted("x" * 100) == "‘" + "x" * 39 + "…’"
