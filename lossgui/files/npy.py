"""Arrays in NPY files: the header is read and believed only if the file is as long as it says. No pickles."""

from __future__ import annotations

import math
import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from lossgui.core.table import Array
from lossgui.files.unreadable import UnreadableError, in_words, reason, size_of

MAGIC = b"\x93NUMPY"

MAPPED = 256 * 10**6
"""Bytes above which a file is mapped into memory: a mapped file that another program cuts ends ours."""

CONVERTED = 4 * 10**9
"""Bytes of an array that is not kept as the file has it."""

LONGEST_HEADER = 10_000
MOST_AXES = 8
AT_ONCE = 1 << 20
KINDS = {
    "O": "Python objects, which are pickled: they could run a program, and are never read",
    "c": "complex numbers",
    "M": "dates",
    "m": "spans of time",
    "V": "records",
    "S": "text",
    "U": "text",
}

# Each is searched by itself, in a header without blanks: one pattern for all could run for ever.
_TYPE = re.compile(r"[{,]['\"]descr['\"]:['\"]([<>|=]?)([a-zA-Z?])([0-9]{0,9})['\"]")
_RECORDS = re.compile(r"[{,]['\"]descr['\"]:\[")
_ORDER = re.compile(r"[{,]['\"]fortran_order['\"]:(True|False)[,}]")
_SHAPE = re.compile(r"[{,]['\"]shape['\"]:\(((?:-?[0-9]{1,18}L?,)*(?:-?[0-9]{1,18}L?)?)\)")


@dataclass(frozen=True)
class Header:
    """What the head of an NPY file says, checked.

    Parameters
    ----------
    dtype, shape, fortran
        Of the array; `fortran` if the first axis runs fastest.
    offset
        Bytes before the numbers.
    """

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    fortran: bool
    offset: int

    @property
    def bytes(self) -> int:
        """Bytes of the numbers."""
        return math.prod(self.shape) * self.dtype.itemsize

    @property
    def as_it_is(self) -> bool:
        """Whether the numbers can be used as they lie in the file."""
        ordered = not self.fortran or len(self.shape) < 2
        return ordered and self.dtype.isnative and self.dtype.kind == "f"


def read_npy(path: Path) -> Array:
    """Return the array of an NPY file; a large one is mapped, read-only.

    Raises
    ------
    UnreadableError
        If it is none, or not what is read here; nothing is allocated before that is known.
    """
    size = size_of(path)
    try:
        with path.open("rb") as file:
            header = read_header(file, size)
            if header.bytes > MAPPED and header.as_it_is:
                return _mapped(path, header)
            return read_numbers(file, header)
    except (OSError, MemoryError) as error:
        raise UnreadableError(
            f"It cannot be read: {reason(error) or 'there is too little memory'}."
        ) from None


def read_header(file: IO[bytes], size: int) -> Header:
    """Return the header of an NPY file of so many bytes, and leave `file` where its numbers begin.

    Raises
    ------
    UnreadableError
        If there is none, or its array cannot be in so many bytes, or is none of numbers.
    """
    start = file.read(8)
    if len(start) < 8 or not start.startswith(MAGIC):
        raise UnreadableError("It is no NPY file: it does not begin as one.")
    if start[6] not in (1, 2, 3):
        raise UnreadableError(f"It is NPY of version {start[6]}, which is not known here.")
    form = "<H" if start[6] == 1 else "<I"
    told = file.read(struct.calcsize(form))
    if len(told) < struct.calcsize(form):
        raise UnreadableError("It ends within its header.")
    (length,) = struct.unpack(form, told)
    if length > LONGEST_HEADER:
        raise UnreadableError(f"Its header claims {length:,} bytes; {LONGEST_HEADER:,} are read.")
    text = file.read(length)
    if len(text) < length:
        raise UnreadableError("It ends within its header.")
    header = _header(text.decode("latin-1"), 8 + len(told) + length)
    _refuse_another_size(header, size)
    return header


def read_numbers(file: IO[bytes], header: Header) -> Array:
    """Return the array that follows a header, in C order and the machine's byte order.

    Raises
    ------
    UnreadableError
        If the file ends before it does, or it takes more memory than is allowed.
    """
    if header.bytes > CONVERTED:
        raise UnreadableError(f"{in_words(header.bytes)} are too much unless as float64 in C order.")
    flat = np.empty(math.prod(header.shape), header.dtype)
    room, done = memoryview(flat.view(np.uint8).data), 0
    while done < len(room):
        count = file.readinto(room[done : done + AT_ONCE])  # type: ignore[attr-defined]
        if not count:
            raise UnreadableError(f"It ends after {in_words(done)} of its {in_words(len(room))} of numbers.")
        done += count
    if not flat.dtype.isnative:
        flat = flat.byteswap(inplace=True).view(flat.dtype.newbyteorder("="))
    if header.fortran:
        return np.ascontiguousarray(flat.reshape(header.shape[::-1]).T)
    return flat.reshape(header.shape)


def _mapped(path: Path, header: Header) -> Array:
    mapped = np.memmap(path, header.dtype, "r", header.offset, header.shape)
    return np.asarray(mapped)


def _header(text: str, offset: int) -> Header:
    bare = "".join(text.split())
    order, shape = _ORDER.search(bare), _SHAPE.search(bare)
    if not (bare.startswith("{") and bare.endswith("}") and order and shape):
        raise UnreadableError("Its header is not that of an array.")
    sides = tuple(int(side.rstrip("L")) for side in shape[1].split(",") if side)
    if min(sides, default=0) < 0:
        raise UnreadableError(f"Its shape ({shape[1]}) has a side below 0.")
    return Header(_dtype(bare), sides, order[1] == "True", offset)


def _dtype(header: str) -> np.dtype[Any]:
    match = _TYPE.search(header)
    if _RECORDS.search(header):
        raise UnreadableError(f"It holds {KINDS['V']}, not numbers.")
    if not match:
        raise UnreadableError("Its header names no type of numbers.")
    order, kind, width = match.groups()
    if kind in KINDS:
        raise UnreadableError(f"It holds {KINDS[kind]}" + ("." if kind == "O" else ", not numbers."))
    name = f"{order}{kind}{width}"
    known = {"f": "248", "i": "1248", "u": "1248", "b": "1", "?": ""}
    if kind not in known or len(width) > 1 or width not in known[kind]:
        raise UnreadableError(f"Numbers of the type ‘{name}’ are not read: save them as float64.")
    return np.dtype(name)


def _refuse_another_size(header: Header, size: int) -> None:
    there = size - header.offset
    if not 1 <= len(header.shape) <= MOST_AXES:
        raise UnreadableError(f"Its shape has {len(header.shape)} axes; a table has two.")
    if not math.prod(header.shape):
        raise UnreadableError(f"Its shape {header.shape} holds no numbers.")
    if header.bytes != there:
        told = f"An array of {_shape(header.shape)} {header.dtype.name} takes {in_words(header.bytes)}"
        raise UnreadableError(f"{told}; the file has {in_words(max(there, 0))} for it.")


def _shape(shape: tuple[int, ...]) -> str:
    return " × ".join(f"{side:,}" for side in shape) or "one"
