"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lossgui.files.unreadable import name_of, reason

if TYPE_CHECKING:
    from PySide6.QtCore import QSaveFile

AT_ONCE = 1 << 20
"""Bytes a write is given: a disk that fills is noticed before the last of them."""


def save(path: Path | str, data: bytes | Iterable[bytes]) -> None:
    """Write a file: afterwards it holds `data`, or what it held before.

    A symbolic link stays one, and the file behind it is written; permissions are kept. Where the data come
    in parts and making one fails, the file holds what it held before, too.

    Raises
    ------
    OSError
        If it cannot be written; the message says why, for a person. The former file is whole then.
    """
    from PySide6.QtCore import QIODevice, QSaveFile

    path = Path(path)
    _refuse(path)
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise _error(path, file.errorString())
    written = 0
    try:
        for part in _in_parts(data):
            written += _write(path, file, part, written)
    except BaseException:
        # commit() would put a cut file in the place of the old one.
        file.cancelWriting()
        file.commit()
        raise
    if not file.commit():
        raise _error(path, file.errorString())
    _require(path, written)


def _in_parts(data: bytes | Iterable[bytes]) -> Iterator[bytes]:
    for whole in (data,) if isinstance(data, bytes) else data:
        yield from (whole[start : start + AT_ONCE] for start in range(0, len(whole), AT_ONCE))


def _write(path: Path, file: QSaveFile, part: bytes, before: int) -> int:
    """Write a part and return its length; a short write is no error to Qt."""
    count = file.write(part)
    if count != len(part):
        cause = file.errorString() if count < 0 else "the disk may be full"
        room = before + max(count, 0)
        raise _error(path, f"{cause} (there was room for {room:,} bytes)")
    return count


def with_ending(path: Path | str, ending: str) -> Path:
    """Return the path that a person named, with an ending.

    Raises
    ------
    OSError
        If a file of that name is there: nobody was asked whether it may be replaced.
    """
    path = Path(path)
    if path.suffix.lower() == ending:
        return path
    path = path.with_name(path.name + ending)
    if path.exists():
        raise _error(path, "it is there already; name it whole to replace it")
    return path


def _refuse(path: Path) -> None:
    try:
        os.fsencode(path).decode("utf-8")
    except UnicodeError:
        raise _error(path, "its name is not UTF-8, and another file would be written") from None
    try:
        found = path.stat()
    except FileNotFoundError:
        if path.parent.is_dir():
            return
        raise _error(path, f"there is no folder ‘{path.parent}’") from None
    except (OSError, ValueError) as error:
        raise _error(path, reason(error)) from None
    if stat.S_ISDIR(found.st_mode):
        raise _error(path, "it is a folder")
    if not stat.S_ISREG(found.st_mode):
        raise _error(path, "it is not a plain file")
    # Root may write everything, but that a file is read-only was somebody's wish.
    if not found.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise _error(path, "it is read-only")


def _require(path: Path, size: int) -> None:
    """Look at the file once more: Qt may take a name for another than Python does."""
    try:
        found = path.stat().st_size
    except OSError as error:
        raise _error(path, reason(error)) from None
    if found != size:
        raise _error(path, f"it has {found:,} bytes instead of {size:,}")


def _error(path: Path, cause: str) -> OSError:
    return OSError(f"‘{name_of(path)}’ was not saved: {cause}.")
