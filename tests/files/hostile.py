"""Files as they should not be, and what the tests do with them."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lossgui.files.open import open_path
from lossgui.files.unreadable import UnreadableError


def npy_bytes(array: Any, **more: Any) -> bytes:
    file = io.BytesIO()
    np.save(file, array, **more)
    return file.getvalue()


def claimed(header: str, numbers: bytes = b"", version: tuple[int, int] = (1, 0)) -> bytes:
    """Return an NPY file with any header."""
    length = struct.pack("<H" if version[0] == 1 else "<I", len(header))
    return b"\x93NUMPY" + bytes(version) + length + header.encode("latin-1") + numbers


def said(descr: str = "'<f8'", order: str = "False", shape: str = "(1, 2)") -> str:
    """Return the text of a header."""
    return f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}\n"


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(path: Path, labels: Path | None = None) -> str:
    """Return the words with which a file is refused; they begin with the name of one."""
    with pytest.raises(UnreadableError) as error:
        open_path(path, labels)
    names = [one.name for one in (path, labels) if one is not None]
    assert str(error.value).startswith(tuple(f"{name}: " for name in names))
    return str(error.value)
