"""Delimited text that a spreadsheet opens and a program reads back: one table, a header, no formulas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

Row = Sequence[float | str | None]

START = "\ufeff"
"""Without it a spreadsheet takes the text for one of its own country, and ŷ for something else."""

ACTIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a cell begins with that spreadsheets may take for a formula."""


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe is put before one."""
    return f"'{text}" if text.startswith(ACTIVE) else text


def delimited(header: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Return a table as CSV in UTF-8, with a header, lines ending in a line feed.

    Parameters
    ----------
    rows
        Numbers, which stay numbers, 'nan' and 'inf' among them, in the fewest digits that read back as the
        same; texts, which are made harmless; and None for cells without anything.
    """
    return START.encode() + lines([header, *rows])


def lines(rows: Iterable[Row]) -> bytes:
    """Return rows as CSV, without what a file begins with."""
    written = _Lines()
    csv.writer(written).writerows(map(_cells, rows))
    return "".join(written).encode("utf-8", "replace")


class _Lines(list[str]):
    """Lines as a writer of CSV gives them, which end in CR LF, so that names with either are quoted."""

    def write(self, line: str) -> None:
        """Keep a line, with a line feed alone at its end."""
        self.append(line.removesuffix("\r\n") + "\n")


def _cells(row: Row) -> list[float | str | None]:
    return [harmless(value) if isinstance(value, str) else value for value in row]
