"""The head of a delimited text: its delimiter, and whether its first row is a header or a sample."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import islice

from lossgui.files.cells import Layout, is_number, lines_of_first, records
from lossgui.files.numbers import BLANKS, quoted
from lossgui.files.source import LABELS, WEIGHTS
from lossgui.files.unreadable import UnreadableError

HEAD = 1 << 22
"""Bytes that are looked at; a header is shorter."""

LOOKED_AT = 20
"""Rows that are looked at."""

SUMS_TO_ONE = 1e-3

_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_MEANT_AS_NUMBER = re.compile(r"[+\-−]?[.,]?[0-9][0-9.,eE+\-−_%'’ ]*")


def layout(data: bytes, classes: Collection[str] = ()) -> Layout:
    """Return how a text in UTF-8 is laid out.

    Parameters
    ----------
    classes
        Names that, in the first row of a file of one column, are a label and no header.

    Raises
    ------
    UnreadableError
        If the first row is a header with a fault, or cannot be told from one.
    """
    head = data[:HEAD].decode("utf-8", "ignore")
    if len(data) > HEAD:
        head = head[: head.rfind("\n") + 1] or head
    delimiter = _delimiter(head)
    rows = [cells for _, cells in islice(records(head, delimiter), LOOKED_AT)]
    bare = [[cell.strip(BLANKS) for cell in row] for row in rows]
    bare[0] = _without_hash(bare[0])
    if not _is_header(bare, classes):
        return Layout(delimiter, None, len(rows[0]))
    names = _names(bare)
    if len(rows) == 1:
        raise UnreadableError("There is a header, and no row below it.")
    return Layout(delimiter, names, len(names), _end_of_header(data, head, delimiter), 2)


def _without_hash(cells: list[str]) -> list[str]:
    """Return the cells of a first row that NumPy may have marked as a comment."""
    first = cells[0].lstrip("#" + BLANKS) if cells else ""
    return [first, *cells[1:]] if first or len(cells) < 2 or cells[0] != "#" else cells[1:]


def _delimiter(head: str) -> str:
    lines = [line for line in _QUOTED.sub("", head).split("\n")[:LOOKED_AT] if line.strip(BLANKS)]
    for mark in "\t;,":
        if lines and all(mark in line for line in lines):
            return mark
    for mark in "\t;,":
        if any(mark in line for line in lines):
            return mark
    return "" if any(len(line.split()) > 1 for line in lines[1:] or lines) else ","


def _is_header(rows: Sequence[Sequence[str]], classes: Collection[str]) -> bool:
    first, others = rows[0], rows[1:]
    numeric = [is_number(cell) for cell in first]
    if all(numeric):
        return _counts_up(first) and _is_header_of_numbers(others, len(first))
    if any(cell.lower() in (*LABELS, *WEIGHTS) for cell in first):
        return True
    if len(first) == 1 and first[0] in classes:
        return False
    if not any(first) or any(_MEANT_AS_NUMBER.fullmatch(cell) and not is_number(cell) for cell in first):
        return False
    return _counts_up([cell for cell, is_one in zip(first, numeric, strict=True) if is_one])


def _counts_up(cells: Sequence[str]) -> bool:
    return list(cells) == [str(place) for place in range(len(cells))]


def _is_header_of_numbers(others: Sequence[Sequence[str]], columns: int) -> bool:
    """Tell whether 0, 1, 2, ... above these rows are names, as pandas writes them.

    Raises
    ------
    UnreadableError
        If they may as well be a sample.
    """
    plain = any(all(cell.isdigit() for cell in row) for row in others)
    if plain or not others or columns == 1:
        return False
    if columns > 2 and all(_is_distribution(row) for row in others):
        return True
    raise UnreadableError(
        "Row 1 counts 0, 1, …: is it a header or a sample? Write letters in a header, and 0.0 in a sample."
    )


def _is_distribution(cells: Sequence[str]) -> bool:
    try:
        values = [float(cell) for cell in cells]
    except ValueError:
        return False
    return all(0 <= value <= 1 for value in values) and abs(sum(values) - 1) < SUMS_TO_ONE


def _names(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    names = rows[0]
    for place, name in enumerate(names):
        if not name:
            counts = _counts_up([row[place] for row in rows[1:] if place < len(row)]) and len(rows) > 1
            hint = " It counts the rows: leave it out (index=False in pandas)." if counts else ""
            raise UnreadableError(f"Row 1, column {place + 1}: The name is missing.{hint}")
        if names.index(name) < place:
            first = names.index(name) + 1
            raise UnreadableError(f"Row 1: Columns {first} and {place + 1} are both called {quoted(name)}.")
    return tuple(names)


def _end_of_header(data: bytes, head: str, delimiter: str) -> int:
    end = 0
    for _ in range(lines_of_first(head, delimiter)):
        end = data.index(b"\n", end) + 1
    return end
