"""Files that are looked at before they are opened, and the error that says why one is not read."""

from __future__ import annotations

import os
import stat
from pathlib import Path


class UnreadableError(ValueError):
    """A file that is not read; the message names the place and the cause, for a person."""


def name_of(path: Path) -> str:
    """Return the name of a file as it can be shown and saved: bytes that are no text become '�'."""
    return os.fsencode(path.name or str(path)).decode("utf-8", "replace")


def size_of(path: Path) -> int:
    """Return the size of a plain file in bytes.

    Raises
    ------
    UnreadableError
        If there is none, or it is a folder, a pipe or a device: to open one of those could wait for ever.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        raise UnreadableError("There is no such file.") from None
    except (OSError, ValueError) as error:
        raise UnreadableError(f"It cannot be looked at: {reason(error)}.") from None
    if stat.S_ISDIR(found.st_mode):
        raise UnreadableError("It is a folder.")
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableError("It is not a plain file.")
    if not found.st_size:
        raise UnreadableError("It is empty.")
    return found.st_size


def content_of(path: Path, most: int) -> bytes:
    """Return what a plain file holds.

    Raises
    ------
    UnreadableError
        If it is none, cannot be read, or holds more than `most` bytes.
    """
    size = size_of(path)
    if size > most:
        raise UnreadableError(f"It has {in_words(size)}; {in_words(most)} can be read.")
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise UnreadableError(f"It cannot be read: {reason(error)}.") from None
    if len(data) > most:
        raise UnreadableError(f"It grew beyond {in_words(most)} while it was read.")
    return data


def reason(error: BaseException) -> str:
    """Return what went wrong, without the number and the path that Python adds."""
    return getattr(error, "strerror", None) or str(error)


def in_words(size: int) -> str:
    """Return a count of bytes as a person says it: '1.5 GB'."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= step:
            return f"{size / step:,.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} bytes"
