"""JSON as studies have it: a line for each field, and for each row of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
import numpy as np

from lossgui.core.table import Array, Table

DIGITS = {"float16": range(3, 6), "float32": range(6, 10)}
"""Significant digits to try, the last of which always tell such numbers apart."""

_encoder = msgspec.json.Encoder()


def fields(values: Mapping[str, bytes], indent: int) -> bytes:
    """Return an object of values that are JSON already, a line for each."""
    space = b" " * indent
    lines = [b"%s %s: %s" % (space, _encoder.encode(name), value) for name, value in values.items()]
    return b"{\n" + b",\n".join(lines) + b"\n" + space + b"}"


def lines(values: Iterable[Any], indent: int) -> bytes:
    """Return a list, a line for each value."""
    return _list([_encoder.encode_lines(values)], indent)


def rows(table: Table, indent: int) -> bytes:
    """Return a table as a list, a line for each row."""
    return _list([_encoder.encode_lines(plain(block.array)) for block in table.blocks], indent)


def line(value: Any) -> bytes:
    """Return any value in one line."""
    return _encoder.encode(value)


def plain(array: Array) -> list[Any]:
    """Return numbers as lists: those that are not finite as strings, others in the fewest digits."""
    if array.dtype.name in DIGITS:
        array = shortest(array)
    if np.isfinite(array).all():
        values: list[Any] = array.tolist()
        return values
    return [_with_strings(value) for value in array.tolist()]


def whole(text: str) -> str:
    """Return a text that has UTF-8: half a surrogate pair, which a text field can hold, would stop a save."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def shortest(array: Array) -> Array:
    """Return numbers of float64 that print in few digits and are, in the array's type, the same numbers."""
    exact = array.astype(float)
    result, size = exact.copy(), np.abs(exact)
    # Powers of ten up to the 22nd are exact, so that one division gives the number nearest to the decimal.
    left = np.flatnonzero((size > 1e-12) & (size < 1e12))
    for digits in DIGITS[array.dtype.name]:
        values = exact.flat[left]
        power = digits - 1 - np.floor(np.log10(np.abs(values)))
        up, down = 10 ** np.maximum(power, 0), 10 ** np.maximum(-power, 0)
        tried = np.rint(values * up / down) / up * down
        found = tried.astype(array.dtype) == array.flat[left]
        result.flat[left[found]] = tried[found]
        left = left[~found]
    rest = np.flatnonzero(((size > 0) & (size <= 1e-12)) | ((size >= 1e12) & np.isfinite(size)))
    tried = np.array([float(str(value)) for value in array.flat[rest]])
    result.flat[rest] = np.where(tried.astype(array.dtype) == array.flat[rest], tried, exact.flat[rest])
    return result


def _list(parts: Iterable[bytes], indent: int) -> bytes:
    space = b"\n" + b" " * indent
    text = b"".join(parts).rstrip(b"\n").replace(b"\n", b"," + space + b" ")
    return b"[" + space + b" " + text + space + b"]"


def _with_strings(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_strings(one) for one in value]
    return value if np.isfinite(value) else str(value)
