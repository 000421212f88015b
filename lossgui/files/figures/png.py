"""PNG pictures that carry a study, in a chunk of text. Pictures are never decoded."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from zlib import crc32

from lossgui.files.figures.packed import DAMAGED, packed, unpacked
from lossgui.files.unreadable import UnreadableError

MAGIC = b"\x89PNG\r\n\x1a\n"

KEYWORD = b"lossgui study"
_KIND, _END = b"iTXt", b"IEND"
_BEGIN = KEYWORD + b"\0\1\0\0\0"  # packed by zlib, of no language
_FRAME = 12
"""Bytes of a chunk besides its content: length, kind and CRC."""


def with_study(data: bytes, study: bytes) -> bytes:
    """Return the picture with the study before its end.

    Raises
    ------
    ValueError
        If it is no whole PNG.
    """
    end = next((start for start, kind, _ in _chunks(data) if kind == _END), None)
    if end is None:
        raise ValueError("This is no whole PNG.")
    return data[:end] + _chunk(_BEGIN + packed(study)) + data[end:]


def study_in(data: bytes) -> bytes | None:
    """Return the study that a picture carries, or None.

    Raises
    ------
    UnreadableError
        If it is damaged or too long.
    """
    for start, kind, content in _chunks(data):
        if kind == _KIND and content.startswith(KEYWORD + b"\0"):
            if data[start : start + _FRAME + len(content)] != _chunk(content):
                raise UnreadableError(DAMAGED)
            if not content.startswith(_BEGIN):
                raise UnreadableError(DAMAGED)
            return unpacked(content[len(_BEGIN) :])
    return None


def _chunk(content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + _KIND + content + struct.pack(">I", crc32(_KIND + content))


def _chunks(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield the place, the kind and the content of each whole chunk; only those of texts have content."""
    place = len(MAGIC)
    while place + _FRAME <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        if place + _FRAME + length > len(data):
            return
        yield place, kind, data[place + 8 : place + 8 + length] if kind == _KIND else b""
        if kind == _END:
            return
        place += _FRAME + length
