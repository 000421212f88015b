"""Blocks on the clipboard: as spreadsheets write them, whole or not at all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lossgui.files import paste
from lossgui.files.paste import format_block, parse_block

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("0.5", [[0.5]]),
        ("0.1\t0.9\n", [[0.1, 0.9]]),
        ("0,1\t0,9\r\n1\t0\r\n", [[0.1, 0.9], [1, 0]]),
        ("1\r2\r", [[1], [2]]),
        ('"0,1"\t"−2"', [[0.1, -2]]),
        (" 1 \t 2 ", [[1, 2]]),
        ("1;2\n3;4", [[1, 2], [3, 4]]),
        ("0,1; 0,9", [[0.1, 0.9]]),
        ("1 2 3\n 4 5 6 \n", [[1, 2, 3], [4, 5, 6]]),
        ("1\n2\n3", [[1], [2], [3]]),
        ("1,5\t2", [[1.5, 2]]),
    ],
)
def test_what_spreadsheets_copy_is_read(text, rows):
    assert parse_block(text) == rows


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no numbers"),
        ("\n", "no numbers"),
        (" \t \n", "no numbers"),
        ("1\t2\n3", "Row 2 has 1 numbers, and row 1 has 2."),
        ("1\t2\n3\t4\n\n", "Row 3 has 1 numbers"),
        ("1\t\n3\t4", "Row 1, column 2: A number is missing."),
        ("cat\tdog\n1\t2", "Row 1, column 1: ‘cat’ is not a number. Row 1, column 2: ‘dog’ is not a number."),
        ("a\tb\tc\td\te", "There are 2 more."),
        ("1\t1,234.5", "Row 1, column 2: ‘1,234.5’ is not a number here: leave out thousands separators"),
        ("1,234\t0.5", "a ‘.’ in row 1, column 2 and a ‘,’ in row 1, column 1"),
        ("1  2", "Row 1, column 2: A number is missing."),
        ("nan", "only finite"),
        ("1;2\t3", "Row 1, column 1"),
        ("[0.1, 0.9]", "Row 1, column 1"),
        ("50%", "percent"),
        ('"1', "is not a number"),
    ],
)
def test_all_else_is_refused_with_its_place(text, why):
    with pytest.raises(ValueError) as refused:
        parse_block(text)
    assert why in str(refused.value)


def test_a_text_too_long_to_be_read_at_once_is_refused(monkeypatch):
    monkeypatch.setattr(paste, "LONGEST", 10)
    with pytest.raises(ValueError, match="11 characters"):
        parse_block("1\t" * 5 + "1")


@given(st.lists(st.lists(FINITE, min_size=3, max_size=3), min_size=1, max_size=5))
def test_copied_numbers_come_back_exactly(rows):
    back = parse_block(format_block(rows))
    assert np.array_equal(np.asarray(back).view(np.int64), np.asarray(rows).view(np.int64))


@given(st.text(alphabet='0123456789.,-+e\t;" \n\rx', max_size=40))
def test_any_text_is_a_block_or_refused(text):
    try:
        rows = parse_block(text)
    except ValueError as error:
        assert str(error)
        return
    assert len({len(row) for row in rows}) == 1
    assert np.isfinite(rows).all()
