"""Rows of plain numbers, read quickly: a delimited text is JSON but for its brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec
import numpy as np

from lossgui.core.table import Array
from lossgui.files.cells import Exact, records

_TINY = (re.compile(rb"e-[0-9]{3}"), re.compile(rb"E-[0-9]{3}"))  # each with a prefix, which is found fast
_rows = msgspec.json.Decoder(list[list[float]])


class Quick:
    """A reader of rows that are plain numbers, for a text and its exact reader."""

    def __init__(self, data: bytes, exact: Exact) -> None:
        start, self.layout = exact.layout.start, exact.layout
        self.delimiter = self.layout.delimiter.encode()
        self.named, self.classes = exact.named, _as_cells(exact.classes)
        commas = self.delimiter != b"," and data.find(b",", start) >= 0
        points = data.find(b".", start) >= 0
        self.decimal_commas = commas and not points
        self.able = not commas or not (points or exact.doubtful)

    def read(self, chunk: bytes) -> Array | None:
        """Return the rows of a part, or None if it is not plain: the exact reader then sees why."""
        if not self.able:
            return None
        lines = chunk.count(b"\n") + 1
        try:
            if b'"' in chunk:
                chunk = self._without_quotes(chunk)
            if self.named is not None:
                chunk = b"\n".join(map(self._with_index, chunk.split(b"\n")))
            rows = np.array(_rows.decode(b"[[" + self._with_commas(chunk).replace(b"\n", b"],[") + b"]]"))
        except (msgspec.MsgspecError, ValueError, LookupError):
            return None
        sound = rows.shape == (lines, self.layout.columns) and (rows.all() or not _may_underflow(chunk))
        return rows if sound else None

    def _without_quotes(self, chunk: bytes) -> bytes:
        rows = [cells for _, cells in records(chunk.decode(), self.layout.delimiter)]
        text = "\n".join(map(self.layout.delimiter.join, rows))
        if text.count("\n") + 1 != len(rows) or any(len(cells) != self.layout.columns for cells in rows):
            raise ValueError("a line end inside a cell, or a row of another length")
        return text.encode()  # a delimiter inside a cell makes a row too long

    def _with_index(self, line: bytes) -> bytes:
        cells = line.split(self.delimiter or None)
        cells[self.named or 0] = self.classes[cells[self.named or 0].strip()]
        return (self.delimiter or b" ").join(cells)

    def _with_commas(self, chunk: bytes) -> bytes:
        if self.decimal_commas:
            chunk = chunk.replace(b",", b".")
        if not self.delimiter:
            return b"\n".join(b",".join(line.split()) for line in chunk.split(b"\n"))
        return chunk if self.delimiter == b"," else chunk.replace(self.delimiter, b",")


def _may_underflow(chunk: bytes) -> bool:
    """Tell whether a 0 that was read may have been written as another number."""
    return b"0" * 300 in chunk or any(tiny.search(chunk) for tiny in _TINY)


def _as_cells(classes: Mapping[str, int]) -> dict[bytes, bytes]:
    return {name.encode(): str(place).encode() for name, place in classes.items()}
