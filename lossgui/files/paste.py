"""Blocks of numbers on the clipboard: what LibreOffice and Excel put there, and what they take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lossgui.core.text import exact
from lossgui.files.numbers import BLANKS, parse

LONGEST = 20_000_000
"""Characters that are read; more would stop the window for seconds."""

MOST_NAMED = 3


def parse_block(text: str) -> list[list[float]]:
    """Return the rows of numbers in a text.

    Parameters
    ----------
    text
        Lines of cells, apart by tabs; where there is no tab, by semicolons; where there are none either, by
        single blanks. Cells may be in double quotes, and one line feed may end the text.

    Raises
    ------
    ValueError
        If a cell is no number, rows differ in length, or both '.' and ',' mark decimals. Cells are named by
        row and column, counted from 1. Nothing is left out or guessed.
    """
    if len(text) > LONGEST:
        raise ValueError(f"The clipboard holds {len(text):,} characters; {LONGEST:,} can be read at once.")
    rows = _cells(text)
    for place, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise ValueError(f"Row {place} has {len(row)} numbers, and row 1 has {len(rows[0])}.")
    _refuse_mixed_marks(rows)
    result: list[list[float]] = []
    wrong: list[str] = []
    for place, row in enumerate(rows, 1):
        result.append([_number(cell, place, column, wrong) for column, cell in enumerate(row, 1)])
    if wrong:
        more = f" There are {len(wrong) - MOST_NAMED:,} more." if len(wrong) > MOST_NAMED else ""
        raise ValueError(" ".join(wrong[:MOST_NAMED]) + more)
    return result


def format_block(rows: Iterable[Iterable[float]]) -> str:
    """Return rows of numbers as lines of cells apart by tabs; each reads back as the same number."""
    return "\n".join("\t".join(exact(value) for value in row) for row in rows)


def _cells(text: str) -> list[list[str]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    if not any(line.strip(BLANKS) for line in lines):
        raise ValueError("The clipboard holds no numbers.")
    mark = next((mark for mark in "\t;" if mark in text), " ")
    if mark == " ":
        lines = [line.strip(" ") for line in lines]
    return [[_unquoted(cell) for cell in line.split(mark)] for line in lines]


def _unquoted(cell: str) -> str:
    bare = cell.strip(BLANKS)
    quotes = len(bare) >= 2 and bare[0] == bare[-1] == '"'
    return bare[1:-1].replace('""', '"') if quotes else bare


def _number(cell: str, row: int, column: int, wrong: list[str]) -> float:
    try:
        return parse(cell)
    except ValueError as error:
        wrong.append(f"Row {row}, column {column}: {error}")
        return 0.0


def _refuse_mixed_marks(rows: Sequence[Sequence[str]]) -> None:
    first: dict[str, str] = {}
    for place, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            for mark in ".,":
                if mark in cell:
                    first.setdefault(mark, f"row {place}, column {column}")
    # A cell with both is refused by itself.
    if len(first) == 2 and len(set(first.values())) == 2:
        raise ValueError(
            f"There is a ‘.’ in {first['.']} and a ‘,’ in {first[',']}: one of them may stand for thousands. "
            "Mark decimals in one way."
        )
