"""Table against a plain NumPy array, in blocks so small that many arise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lossgui.core.table import BLOCK_BYTES, REMEMBERED, Block, Table, rows_of_a_block

BLOCK_ROWS = 3
NUMBERS = st.floats(-1e6, 1e6, width=32) | st.just(np.nan)


def counting(rows: int, columns: int = 2) -> np.ndarray:
    return np.arange(rows * columns, dtype=float).reshape(rows, columns)


def table_of(rows: int, columns: int = 2) -> Table:
    return Table.from_array(counting(rows, columns), BLOCK_ROWS)


def kept(before: Table, after: Table) -> list[bool]:
    """Tell for each block of `after` whether it is one of the very blocks of `before`."""
    return [any(block is other for other in before.blocks) for block in after.blocks]


# Edits, drawn and done to both


@st.composite
def an_edit(draw: st.DrawFn, rows: int, columns: int) -> tuple[str, tuple[Any, ...]]:
    """Draw the name of an edit and its arguments, for a table of this shape."""
    names = ["with_rows", "with_columns"]
    names += ["with_cell", "with_cells", "without_rows"] if rows else []
    names += ["without_columns"] if columns > 1 else []
    name = draw(st.sampled_from(names))
    if name == "with_columns":
        return name, (draw(st.integers(0, columns)), draw(st.integers(0, 2)), draw(NUMBERS))
    if name == "without_columns":
        return name, (draw(st.lists(st.integers(0, columns - 1), max_size=columns - 1)),)
    if name == "with_rows":
        count = draw(st.integers(0, 8))
        return name, (
            draw(st.integers(0, rows)),
            np.array(draw(lists(count, columns)), float).reshape(count, columns),
        )
    if name == "without_rows":
        return name, (draw(st.lists(st.integers(0, rows - 1), max_size=rows)),)
    row, column = draw(st.integers(0, rows - 1)), draw(st.integers(0, columns - 1))
    if name == "with_cell":
        return name, (row, column, draw(NUMBERS))
    height, width = draw(st.integers(1, rows - row)), draw(st.integers(1, columns - column))
    return name, (row, column, np.array(draw(lists(height, width))))


def lists(rows: int, columns: int) -> st.SearchStrategy[list[list[float]]]:
    row = st.lists(NUMBERS, min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows)


def with_cells(array: np.ndarray, row: int, column: int, values: np.ndarray) -> np.ndarray:
    array = array.copy()
    array[row : row + len(values), column : column + values.shape[1]] = values
    return array


ON_ARRAYS: dict[str, Callable[..., np.ndarray]] = {
    "with_cell": lambda array, row, column, value: with_cells(array, row, column, np.array([[value]])),
    "with_cells": with_cells,
    "with_rows": lambda array, at, values: np.concatenate([array[:at], values, array[at:]]),
    "without_rows": lambda array, rows: array[[k for k in range(len(array)) if k not in rows]],
    "with_columns": lambda array, at, count, fill: np.insert(array, [at] * count, fill, axis=1),
    "without_columns": lambda array, columns: array[
        :, [k for k in range(array.shape[1]) if k not in columns]
    ],
}


@given(st.integers(0, 20), st.integers(1, 4), st.data())
def test_a_table_is_its_array_after_any_edits(rows: int, columns: int, data: st.DataObject) -> None:
    array = counting(rows, columns)
    table = Table.from_array(array, BLOCK_ROWS)
    for _ in range(data.draw(st.integers(1, 6))):
        name, arguments = data.draw(an_edit(*table.shape))
        before, before_array = table, array
        table, array = getattr(table, name)(*arguments), ON_ARRAYS[name](array, *arguments)
        np.testing.assert_array_equal(table.to_array(), array)
        assert table.shape == array.shape and table.dtype == array.dtype
        assert all(0 < len(block) <= 2 * BLOCK_ROWS for block in table.blocks)
        # What a table was before stays what it was: undo goes back to it.
        np.testing.assert_array_equal(before.to_array(), before_array)


@given(st.integers(1, 20), st.data())
def test_tables_with_the_same_history_of_rows_stay_cut_at_the_same_rows(
    rows: int, data: st.DataObject
) -> None:
    wide, narrow = table_of(rows, 3), table_of(rows, 1)
    for _ in range(data.draw(st.integers(1, 6))):
        if len(wide) and data.draw(st.booleans()):
            gone = data.draw(st.lists(st.integers(0, len(wide) - 1), max_size=4))
            wide, narrow = wide.without_rows(gone), narrow.without_rows(gone)
        else:
            at, count = data.draw(st.integers(0, len(wide))), data.draw(st.integers(0, 9))
            wide, narrow = wide.with_rows(at, np.ones((count, 3))), narrow.with_rows(at, np.ones((count, 1)))
        assert wide.starts == narrow.starts


# What is copied, and what is not


@pytest.mark.parametrize(
    ("edit", "stays"),
    [
        (lambda t: t.with_cell(4, 1, 9), [True, False, True, True]),
        (lambda t: t.with_cells(2, 0, np.ones((2, 1))), [False, False, True, True]),
        (lambda t: t.with_cells(2, 0, np.ones((5, 2))), [False, False, False, True]),
        (lambda t: t.with_rows(4, np.ones((1, 2))), [True, False, True, True]),
        (lambda t: t.with_rows(4, np.ones((5, 2))), [True, False, False, True, True]),
        (lambda t: t.with_rows(10, np.ones((1, 2))), [True, True, True, False]),
        (lambda t: t.without_rows([4]), [True, False, True, True]),
        (lambda t: t.without_rows([3, 4, 5]), [True, True, True]),
        (lambda t: t.without_rows([]), [True, True, True, True]),
        (lambda t: t.with_columns(0), [False, False, False, False]),
    ],
)
def test_blocks_that_are_not_touched_stay_the_same_objects(
    edit: Callable[[Table], Table], stays: list[bool]
) -> None:
    table = table_of(10)
    assert kept(table, edit(table)) == stays


def test_an_array_is_not_copied() -> None:
    array = counting(10)
    table = Table.from_array(array, BLOCK_ROWS)
    assert all(np.shares_memory(block.array, array) for block in table.blocks)
    assert array.flags.writeable


def test_a_memory_map_is_not_copied(tmp_path: Path) -> None:
    np.save(tmp_path / "numbers.npy", counting(10))
    mapped = np.load(tmp_path / "numbers.npy", mmap_mode="r")
    table = Table.from_array(mapped, BLOCK_ROWS)
    assert all(np.shares_memory(block.array, mapped) for block in table.blocks)


@pytest.mark.parametrize(
    "table",
    [
        table_of(10),
        table_of(10).with_cell(0, 0, 1),
        table_of(10).with_rows(2, np.ones((9, 2))),
        table_of(9).with_columns(0),
    ],
)
def test_blocks_and_rows_are_read_only(table: Table) -> None:
    for block in table.blocks:
        with pytest.raises(ValueError, match="read-only"):
            block.array[0, 0] = 7
    with pytest.raises(ValueError, match="read-only"):
        table.row(0)[0] = 7


def test_what_is_read_out_is_the_readers_own() -> None:
    table = table_of(10)
    table.to_array()[:] = 7
    assert table == table_of(10)


# Reading


@given(st.integers(0, 12), st.integers(0, 14), st.integers(0, 14))
def test_rows_are_those_of_the_array(rows: int, start: int, stop: int) -> None:
    np.testing.assert_array_equal(table_of(rows).rows(start, stop), counting(rows)[start:stop])


def test_single_numbers_and_rows_are_found() -> None:
    table, array = table_of(10), counting(10)
    assert [table[row, 1] for row in range(10)] == array[:, 1].tolist()
    assert [table.row(row).tolist() for row in range(10)] == array.tolist()
    assert [table.locate(row) for row in (0, 2, 3, 9)] == [(0, 0), (0, 2), (1, 0), (3, 0)]


@pytest.mark.parametrize("row", [-1, 10])
def test_a_row_outside_is_an_index_error(row: int) -> None:
    with pytest.raises(IndexError, match=f"row {row} of 10"):
        table_of(10).row(row)


@pytest.mark.parametrize("place", [(-1, 0), (0, -1), (9, 0), (0, 1)])
def test_a_rectangle_that_sticks_out_is_an_index_error(place: tuple[int, int]) -> None:
    with pytest.raises(IndexError):
        table_of(10).with_cells(*place, np.ones((2, 2)))


@pytest.mark.parametrize("shape", [(), (3,), (1, 2, 3)])
def test_a_table_has_two_dimensions(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="two dimensions"):
        Table.from_array(np.zeros(shape))


# Equality


def test_tables_are_equal_by_their_numbers_however_they_are_cut() -> None:
    holes = np.where(counting(10) == 5, np.nan, counting(10))
    assert Table.from_array(holes, 3) == Table.from_array(holes.copy(), 3) == Table.from_array(holes, 4)
    assert Table.from_array(holes, 3) != Table.from_array(counting(10), 3)
    assert Table.from_array(holes, 3) != Table.from_array(holes.astype(np.float32), 3)
    assert (
        table_of(10) != table_of(9)
        and table_of(10) != table_of(10, 3)
        and table_of(10) != counting(10).tolist()
    )
    assert Table.from_array(np.array([[1, 2]])) == Table.from_array(np.array([[1, 2]]))


# Sizes and memory


@pytest.mark.parametrize("columns", [1, 10, 1000, 100_000])
def test_blocks_are_of_one_size_in_bytes(columns: int) -> None:
    rows = rows_of_a_block(columns * 8, 8)
    assert rows == 1 or BLOCK_BYTES / 2 < rows * columns * 8 <= BLOCK_BYTES


def test_the_type_holds_for_a_table_without_rows() -> None:
    empty = Table.from_array(np.zeros((2, 3), np.float32)).without_rows([0, 1])
    assert (empty.shape, empty.dtype, empty.to_array().dtype) == ((0, 3), np.float32, np.float32)
    assert empty.with_rows(0, np.ones((7, 3))).dtype == np.float32


def test_a_block_forgets_the_oldest_first() -> None:
    block = Block(np.zeros((1, 1)))
    for key in range(REMEMBERED + 1):
        block.remember(key, str(key))
    assert block.recall(0) is None and block.recall(1) == "1" and block.recall(REMEMBERED) is not None


def test_what_is_remembered_is_not_computed_again() -> None:
    asked: list[int] = []

    def compute(array: np.ndarray) -> bool:
        asked.append(len(array))
        return False

    block = Block(np.zeros((4, 1)))
    # False is an answer, not a lack of one.
    assert [block.recall_or("all", compute), block.recall_or("all", compute)] == [False, False]
    assert asked == [4]
