"""Tables of numbers as delimited text: CSV and its relatives, in whatever Unicode."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lossgui.core.table import Array
from lossgui.files.cells import Exact, Layout, is_number, records
from lossgui.files.heading import layout
from lossgui.files.quick import Quick
from lossgui.files.source import LABELS, MOST_CLASSES, WEIGHTS, Source, refuse_other_order
from lossgui.files.unreadable import UnreadableError

LARGEST = 1 << 30
"""Bytes that are read."""

AT_ONCE = 1 << 16
"""Bytes that are parsed at once: they stay in a core's cache."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DECIMAL = re.compile(rb"(?<![0-9,.])0[0-9]*,[0-9]|,(?:[0-9]{1,2}|[0-9]{4,})(?![0-9,])")


@dataclass(frozen=True)
class Roles:
    """Which columns are what."""

    predictions: tuple[int, ...]
    labels: tuple[int, ...] = ()
    weight: tuple[int, ...] = ()


def read_delimited(data: bytes, only_labels: bool = False, classes: Sequence[str] | None = None) -> Source:
    """Return the table that a text holds, as far as the header says which column is what.

    Parameters
    ----------
    only_labels
        Whether it is a file of labels: unless a column is called so, all columns are.
    classes
        Names of classes that such labels may be written by.

    Raises
    ------
    UnreadableError
        If it is no such text; the message names row and column.
    """
    text = as_utf8(data)
    found = layout(text, classes if only_labels and classes and len(classes) > 1 else ())
    roles = _roles(found, only_labels)
    if max(len(roles.predictions), len(roles.labels)) > MOST_CLASSES:
        raise UnreadableError(f"There are {found.columns:,} columns; {MOST_CLASSES:,} can be classes.")
    names = None if found.names is None else tuple(found.names[k] for k in roles.predictions or roles.labels)
    if names and len(roles.labels) == len(roles.predictions) > 1:
        refuse_other_order([_of_class(found.names[k]) for k in roles.labels if found.names], names)
    known = (classes if only_labels else names) or ()
    by_name = {name: place for place, name in enumerate(known)}
    exact = Exact(found, _named(text, found, roles), by_name, _are_commas_doubtful(text, found))
    parts = _parts(text, exact, [roles.predictions, roles.labels, roles.weight])
    predictions, labels, weight = (part if part.shape[1] else None for part in parts)
    return Source(
        predictions=predictions,
        labels=labels,
        classes=names,
        sample_weight=None if weight is None else weight[:, 0],
    )


def as_utf8(data: bytes) -> bytes:
    """Return a text in UTF-8 with line feeds, whatever its byte order mark says it was.

    Raises
    ------
    UnreadableError
        If it is no text, or in an encoding that cannot be known.
    """
    mark, codec = next(((mark, codec) for mark, codec in MARKS if data.startswith(mark)), (b"", "utf-8"))
    data = data[len(mark) :]
    if codec != "utf-8":
        try:
            data = data.decode(codec).encode()
        except UnicodeError as error:
            raise UnreadableError(f"It is not {codec.upper()}, as it begins: {error}.") from None
    if b"\0" in data:
        row = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise UnreadableError(f"Row {row} holds a zero byte: it is no text, or UTF-16 that does not say so.")
    if not data.isascii():
        try:
            data.decode()
        except UnicodeDecodeError as error:
            row = data.count(b"\n", 0, error.start) + 1
            raise UnreadableError(f"Row {row} is not UTF-8 (byte {error.start}): save it as UTF-8.") from None
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    data = data.rstrip(b"\n ")
    if not data.strip():
        raise UnreadableError("It holds only blanks.")
    return data


def _roles(found: Layout, only_labels: bool) -> Roles:
    names = [name.lower() for name in found.names or ()]
    labels = _only([k for k, name in enumerate(names) if name in LABELS], found, "labels")
    labels = labels or _table_of_labels(names)
    weight = _only([k for k, name in enumerate(names) if name in WEIGHTS], found, "sample weights")
    rest = tuple(k for k in range(found.columns) if k not in (*labels, *weight))
    if only_labels:
        return Roles((), labels or rest)
    if len(rest) != len(labels) > 1:
        told = f"There are {len(labels)} columns of labels and {len(rest)} of predictions"
        raise UnreadableError(f"{told}: there must be one of labels, or as many.")
    if not rest:
        raise UnreadableError("There are labels, and no predictions beside them.")
    return Roles(rest, labels, weight)


def _table_of_labels(names: list[str]) -> tuple[int, ...]:
    """Return the columns called label_cat, label_dog, ...; none if all are called so."""
    found = [k for k, name in enumerate(names) if name.startswith(tuple(f"{word}_" for word in LABELS))]
    return tuple(found) if 1 < len(found) < len(names) else ()


def _of_class(name: str) -> str:
    """Return cat for a column called label_cat."""
    lengths = (len(word) + 1 for word in LABELS if name.lower().startswith(f"{word}_"))
    return name[next(lengths, 0) :]


def _only(places: list[int], found: Layout, what: str) -> tuple[int, ...]:
    if len(places) > 1:
        raise UnreadableError(f"Columns {places[0] + 1} and {places[1] + 1} may both be the {what}.")
    return tuple(places)


def _named(text: bytes, found: Layout, roles: Roles) -> int | None:
    """Return the column of labels, if its first cell is no number."""
    if len(roles.labels) != 1:
        return None
    end = found.start + (1 << 16)
    head = text[found.start : end].decode("utf-8", "ignore")
    _, cells = next(records(head, found.delimiter))
    (column,) = roles.labels
    return column if column < len(cells) and not is_number(cells[column]) else None


def _parts(data: bytes, exact: Exact, parts: Sequence[Sequence[int]]) -> list[Array]:
    """Return the numbers of some columns, each part an array by itself."""
    found = exact.layout
    rows = data.count(b"\n", found.start) + 1
    # No cell is shorter than a digit and a delimiter: a claim beyond that is refused by the exact reader.
    rows = min(rows, (len(data) - found.start + 1) // (2 * found.columns) + 1)
    result = [np.empty((rows, len(part))) for part in parts]
    quick = Quick(data, exact)
    start, row = found.start, 0
    while start < len(data):
        end = _end_of_part(data, start)
        chunk, start = data[start:end], end
        values = quick.read(chunk.removesuffix(b"\n"))
        if values is None:
            values = exact.read(chunk.decode(), found.first + row)
        for columns, part in zip(parts, result, strict=True):
            part[row : row + len(values)] = values[:, columns]
        row += len(values)
    return [part[:row] for part in result]


def _are_commas_doubtful(data: bytes, found: Layout) -> bool:
    """Tell whether no number shows that commas mark decimals: as 0,5 does, and 1,234 does not."""
    if found.delimiter == "," or data.find(b",", found.start) < 0:
        return found.delimiter == ","
    return _DECIMAL.search(data, found.start) is None


def _end_of_part(data: bytes, start: int) -> int:
    """Return the end of a line where no quoted cell is open."""
    end, odd = start + AT_ONCE, False
    while True:
        begin, end = start, data.find(b"\n", end) + 1 or len(data)
        odd ^= data.count(b'"', begin, end) % 2 == 1
        if not odd or end == len(data):
            return end
        start = end
