"""What a study is recognised by, and packed studies unpacked no further than they may be long."""

from __future__ import annotations

import zlib

from lossgui.files.studies import FORMAT
from lossgui.files.unreadable import UnreadableError, in_words

MOST = 1_000_000
"""Bytes of a study that a figure carries."""

HEAD = 64
"""Bytes of a study's beginning that tell what it is."""

DAMAGED = "The study that it carries is damaged."
TOO_LONG = f"It carries a study of more than {in_words(MOST)}."


def is_study(head: bytes) -> bool:
    """Tell whether something begins as a saved study does."""
    return head.lstrip()[:1] == b"{" and f'"{FORMAT}"'.encode() in head[:HEAD]


def packed(study: bytes) -> bytes:
    """Return a study packed by zlib."""
    return zlib.compress(study, 9)


def unpacked(data: bytes) -> bytes:
    """Return what zlib has packed; bytes behind its end are left alone.

    Raises
    ------
    UnreadableError
        If it is damaged, or longer than a study may be.
    """
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(data, MOST + 1)
    except zlib.error:
        raise UnreadableError(DAMAGED) from None
    if len(found) > MOST:
        raise UnreadableError(TOO_LONG)
    if not unpacker.eof:
        raise UnreadableError(DAMAGED)
    return found


def head_of(data: bytes) -> bytes:
    """Return the beginning of what zlib has packed; nothing if it is not packed so."""
    try:
        return zlib.decompressobj().decompress(data, HEAD)
    except zlib.error:
        return b""
