"""Tables: immutable numbers in blocks of rows, so that an edit costs one block at any size."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

Array = NDArray[Any]

BLOCK_BYTES = 256 * 1024
"""Size of a block: it stays in a core's cache while a chain of stages runs over it."""

REMEMBERED = 24
"""Results a block keeps before it forgets the oldest."""


class Block:
    """Rows that never change, and what has been computed of them."""

    __slots__ = ("_memory", "array")

    def __init__(self, array: Array) -> None:
        self.array = array.view()
        self.array.flags.writeable = False
        self._memory: dict[Hashable, Any] = {}

    def __len__(self) -> int:
        return len(self.array)

    def recall(self, key: Hashable) -> Any:
        """Return what was remembered under `key`, or None."""
        return self._memory.get(key)

    def remember(self, key: Hashable, value: Any) -> None:
        """Keep `value` under `key` for as long as the block lives."""
        while len(self._memory) >= REMEMBERED:
            self._memory.pop(next(iter(self._memory)), None)
        self._memory[key] = value

    def recall_or(self, key: Hashable, compute: Callable[[Array], Any]) -> Any:
        """Return what is remembered under `key`; compute and remember it if nothing is."""
        value = self.recall(key)
        if value is None:
            value = compute(self.array)
            self.remember(key, value)
        return value


def rows_of_a_block(*widths: int) -> int:
    """Rows of a block when the widest table that is cut at the same rows has rows of these bytes."""
    return max(1, BLOCK_BYTES // max(1, *widths))


class Table:
    """An immutable (samples x classes) array of numbers, kept in blocks of rows.

    Parameters
    ----------
    blocks
        The rows, in order.
    columns, dtype
        Shape and type of a row; they hold for a table without rows too.
    block_rows
        Rows a new block is given; blocks that grow beyond twice of it are halved.

    Notes
    -----
    Tables with the same history of rows inserted and removed are cut at the same rows, so that
    blocks of labels and of predictions can be taken in pairs.
    """

    __slots__ = ("block_rows", "blocks", "columns", "dtype", "starts")

    def __init__(self, blocks: Iterable[Block], columns: int, dtype: DTypeLike, block_rows: int) -> None:
        self.blocks = tuple(block for block in blocks if len(block))
        self.columns = columns
        self.dtype: np.dtype[Any] = np.dtype(dtype)
        self.block_rows = block_rows
        self.starts = tuple(accumulate((len(block) for block in self.blocks), initial=0))

    @classmethod
    def from_array(cls, array: ArrayLike, block_rows: int | None = None) -> Table:
        """Make a table of a 2-D array or memory map, without a copy.

        The caller must not write to the array afterwards.

        Raises
        ------
        ValueError
            If the array is not two-dimensional.
        """
        array = np.asanyarray(array)
        if array.ndim != 2:
            raise ValueError(f"a table has two dimensions, not {array.ndim}")
        rows = block_rows or rows_of_a_block(array.shape[1] * array.itemsize)
        blocks = (Block(array[start : start + rows]) for start in range(0, len(array), rows))
        return cls(blocks, array.shape[1], array.dtype, rows)

    def __len__(self) -> int:
        return self.starts[-1]

    @property
    def shape(self) -> tuple[int, int]:
        """Samples and classes."""
        return len(self), self.columns

    def __getitem__(self, place: tuple[int, int]) -> Any:
        """Return the number at (row, column)."""
        row, column = place
        index, inner = self.locate(row)
        return self.blocks[index].array[inner, column]

    def __eq__(self, other: object) -> bool:
        """Tell whether both hold the same numbers (NaN equals NaN) of the same type."""
        if not isinstance(other, Table):
            return NotImplemented
        if self.shape != other.shape or self.dtype != other.dtype:
            return False
        if self.blocks == other.blocks:
            return True
        if self.starts == other.starts:
            return all(
                a is b or _same(a.array, b.array) for a, b in zip(self.blocks, other.blocks, strict=True)
            )
        return _same(self.to_array(), other.to_array())

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<Table {len(self)} x {self.columns} {self.dtype} in {len(self.blocks)} blocks>"

    def locate(self, row: int) -> tuple[int, int]:
        """Return the block that holds `row`, and the row's place in it."""
        if not 0 <= row < len(self):
            raise IndexError(f"row {row} of {len(self)}")
        index = bisect_right(self.starts, row) - 1
        return index, row - self.starts[index]

    def row(self, row: int) -> Array:
        """Return one row, read-only, shape (columns,)."""
        index, inner = self.locate(row)
        result: Array = self.blocks[index].array[inner]
        return result

    def rows(self, start: int, stop: int, order: Literal["C", "F"] = "C") -> Array:
        """Return rows start to stop, shape (stop - start, columns); read-only where they lie in one block.

        Parameters
        ----------
        order
            As NumPy has it: how rows of several blocks, which are copied, lie in memory.
        """
        stop = min(stop, len(self))
        if start >= stop:
            return np.empty((0, self.columns), self.dtype)
        first, last = self.locate(start)[0], self.locate(stop - 1)[0]
        parts = [block.array for block in self.blocks[first : last + 1]]
        parts[0] = parts[0][start - self.starts[first] :]
        parts[-1] = parts[-1][: len(parts[-1]) - (self.starts[last + 1] - stop)]
        if len(parts) == 1:
            return parts[0]
        return np.concatenate(parts, out=np.empty((stop - start, self.columns), self.dtype, order))

    def to_array(self) -> Array:
        """Return all rows as one new array."""
        return self.rows(0, len(self)).copy()

    def with_cell(self, row: int, column: int, value: float) -> Table:
        """Return a table with one number changed; one block is copied."""
        return self.with_cells(row, column, np.full((1, 1), value))

    def with_cells(self, row: int, column: int, values: ArrayLike) -> Table:
        """Return a table with the rectangle of `values` written at (row, column).

        Raises
        ------
        IndexError
            If the rectangle does not lie in the table.
        """
        values = np.asarray(values)
        stop = row + len(values)
        if row < 0 or column < 0 or stop > len(self) or column + values.shape[1] > self.columns:
            raise IndexError(f"{values.shape} at ({row}, {column}) does not lie in {self.shape}")
        blocks = list(self.blocks)
        touched = range(self.locate(row)[0], self.locate(stop - 1)[0] + 1) if stop > row else ()
        for index in touched:
            first, last = self.starts[index : index + 2]
            low, high = max(row, first), min(stop, last)
            copy = blocks[index].array.copy()
            copy[low - first : high - first, column : column + values.shape[1]] = values[
                low - row : high - row
            ]
            blocks[index] = Block(copy)
        return self._of(blocks)

    def with_rows(self, at: int, values: ArrayLike) -> Table:
        """Return a table with rows inserted before row `at`; the block they fall in is copied."""
        new = np.asarray(values, self.dtype)
        blocks = list(self.blocks)
        if not blocks:
            return self._of(self._halved(new))
        index, inner = (len(blocks) - 1, len(blocks[-1])) if at == len(self) else self.locate(at)
        grown = np.insert(blocks[index].array, inner, new, axis=0)
        blocks[index : index + 1] = self._halved(grown)
        return self._of(blocks)

    def without_rows(self, rows: Sequence[int]) -> Table:
        """Return a table without these rows; only the blocks that held them are copied."""
        gone = np.unique(np.asarray(rows, int))
        blocks = list(self.blocks)
        for index, (first, last) in enumerate(pairwise(self.starts)):
            inner = gone[np.searchsorted(gone, first) : np.searchsorted(gone, last)] - first
            if len(inner):
                blocks[index] = Block(np.delete(blocks[index].array, inner, axis=0))
        return self._of(blocks)

    def with_columns(self, at: int, count: int = 1, fill: float = 0) -> Table:
        """Return a table with `count` columns of `fill` inserted before column `at`."""
        return self.mapped(lambda array: np.insert(array, [at] * count, fill, axis=1), self.columns + count)

    def without_columns(self, columns: Sequence[int]) -> Table:
        """Return a table without these columns."""
        return self.mapped(
            lambda array: np.delete(array, list(columns), axis=1), self.columns - len(set(columns))
        )

    def mapped(
        self, function: Callable[[Array], Array], columns: int | None = None, dtype: DTypeLike | None = None
    ) -> Table:
        """Return a table of `function` of each block, cut at the same rows."""
        blocks = [
            Block(np.ascontiguousarray(function(block.array), dtype or self.dtype)) for block in self.blocks
        ]
        return Table(
            blocks, self.columns if columns is None else columns, dtype or self.dtype, self.block_rows
        )

    def _of(self, blocks: Iterable[Block]) -> Table:
        return Table(blocks, self.columns, self.dtype, self.block_rows)

    def _halved(self, array: Array) -> list[Block]:
        if len(array) <= 2 * self.block_rows:
            return [Block(array)]
        middle = len(array) // 2
        return self._halved(array[:middle]) + self._halved(array[middle:])


def _same(a: Array, b: Array) -> bool:
    return bool(np.array_equal(a, b, equal_nan=a.dtype.kind == "f"))
