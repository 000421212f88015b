"""Cells of a delimited text, read one by one: slowly, by our own grammar, naming the place of a fault."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lossgui.core import text as words
from lossgui.core.table import Array
from lossgui.files.numbers import BLANKS, parse, quoted
from lossgui.files.source import listed
from lossgui.files.unreadable import UnreadableError

_THOUSANDS = re.compile(r"[+\-−]?[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_NOT_FINITE = re.compile(rf"[+\-{words.MINUS}]?(?:nan|inf|infinity)", re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """How a delimited text is laid out.

    Parameters
    ----------
    delimiter
        A sign, or '' for runs of blanks.
    names
        The header, or None.
    columns
        Cells of each row.
    start
        Bytes before the first row of numbers.
    first
        The number of that row, counted from 1.
    """

    delimiter: str
    names: tuple[str, ...] | None
    columns: int
    start: int = 0
    first: int = 1

    def place(self, row: int, column: int) -> str:
        """Return a place in words; rows are counted from 1, columns from 0."""
        name = f" ({quoted(self.names[column])})" if self.names and column < len(self.names) else ""
        return f"Row {row}, column {column + 1}{name}"


@dataclass(frozen=True)
class Exact:
    """A reader of rows that believes nothing.

    Parameters
    ----------
    layout
        Of the text.
    named
        The column whose cells are names of classes, not numbers.
    classes
        Their places by name.
    doubtful
        Whether a comma may as well stand for thousands.
    marks
        The decimal marks that were met, with their first places.
    """

    layout: Layout
    named: int | None = None
    classes: Mapping[str, int] = field(default_factory=dict)
    doubtful: bool = False
    marks: dict[str, str] = field(default_factory=dict)

    def read(self, text: str, first: int) -> Array:
        """Return the rows of a part of the text, shape (rows, columns).

        Parameters
        ----------
        first
            The number of its first row.

        Raises
        ------
        UnreadableError
            If rows differ in length, a cell is no number, or decimals are marked in two ways.
        """
        values: list[list[float]] = []
        for row, cells in records(text, self.layout.delimiter, first):
            if not "".join(cells).strip(BLANKS):
                raise UnreadableError(f"Row {row} is empty.")
            if len(cells) != self.layout.columns:
                start = "the header" if self.layout.names else "row 1"
                raise UnreadableError(
                    f"Row {row} has {_cells(len(cells))}; {start} has {self.layout.columns}."
                )
            values.append([self._value(cell, row, column) for column, cell in enumerate(cells)])
        return np.array(values, float).reshape(len(values), self.layout.columns)

    def _value(self, cell: str, row: int, column: int) -> float:
        if column == self.named:
            return self._class(cell, row, column)
        try:
            value = number(cell)
        except ValueError as error:
            raise UnreadableError(f"{self.layout.place(row, column)}: {error}") from None
        if self.doubtful and _THOUSANDS.fullmatch(cell.strip(BLANKS)):
            told = f"{quoted(cell)} may be thousands or have decimals: write it without a comma."
            raise UnreadableError(f"{self.layout.place(row, column)}: {told}")
        for mark in ".,":
            if mark in cell and mark not in self.marks:
                self._mark(mark, self.layout.place(row, column))
        return value

    def _mark(self, mark: str, place: str) -> None:
        self.marks[mark] = place
        if len(self.marks) > 1:
            raise UnreadableError(
                f"{self.marks['.']} has a ‘.’ and {_lower(self.marks[','])} a ‘,’: one of them may stand for "
                "thousands. Mark decimals in one way."
            )

    def _class(self, cell: str, row: int, column: int) -> float:
        name, place = cell.strip(BLANKS), self.layout.place(row, column)
        if name in self.classes:
            return self.classes[name]
        if not name:
            raise UnreadableError(f"{place}: The label is missing.")
        if not self.classes:
            raise UnreadableError(
                f"{place}: {quoted(name)} is no number, and the predictions name no classes."
            )
        raise UnreadableError(f"{place}: {quoted(name)} is none of the classes {listed(list(self.classes))}.")


def number(cell: str) -> float:
    """Return the number in a cell: as people type them, or nan and infinities.

    Raises
    ------
    ValueError
        If it is anything else; the message says why.
    """
    bare = cell.strip(BLANKS)
    if _NOT_FINITE.fullmatch(bare):
        return float(bare.replace(words.MINUS, "-"))
    return parse(bare)


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number."""
    try:
        number(cell)
    except ValueError:
        return False
    return True


def records(text: str, delimiter: str, first: int = 1) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a text with their numbers, each as its cells; quoted cells may hold anything.

    Raises
    ------
    UnreadableError
        If a quote is not closed, or a cell is too long to be a number or a name.
    """
    if not delimiter:
        yield from ((row, line.split()) for row, line in enumerate(_lines(text), first))
        return
    row = first - 1
    try:
        for row, cells in enumerate(_reader(text, delimiter), first):
            yield row, cells
    except csv.Error as error:
        raise UnreadableError(f"Row {row + 1}: {str(error).capitalize()}.") from None


def lines_of_first(text: str, delimiter: str) -> int:
    """Return how many lines the first row takes: a quoted cell may hold line ends."""
    if not delimiter:
        return 1
    reader = _reader(text, delimiter)
    next(reader)
    lines: int = reader.line_num
    return lines


def _reader(text: str, delimiter: str) -> Any:
    return csv.reader(_lines(text), delimiter=delimiter, strict=True, skipinitialspace=True)


def _lines(text: str) -> Iterator[str]:
    # Not splitlines(), which also splits at signs that people have in names.
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _cells(count: int) -> str:
    return words.counted(count, "cell")


def _lower(place: str) -> str:
    return place[0].lower() + place[1:]
