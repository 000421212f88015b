"""Archives of arrays: NPZ. Sizes are known before anything is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from lossgui.core.table import Array
from lossgui.files.npy import Header, read_header, read_numbers
from lossgui.files.numbers import quoted
from lossgui.files.source import LABELS_OF_ARCHIVES, PREDICTIONS, WEIGHTS, Source, listed
from lossgui.files.unreadable import UnreadableError, in_words, reason, size_of

UNPACKED = 512 * 10**6
"""Bytes that the arrays of an archive may take: one of zeros is a thousandth of that as a file."""

MOST_MEMBERS = 1_000
ENDING = ".npy"
STORED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def read_npz(path: Path, only_labels: bool = False) -> Source:
    """Return the arrays of an NPZ file that are known by their names.

    Parameters
    ----------
    only_labels
        Whether the file is one of labels: its only array is that, whatever its name.

    Raises
    ------
    UnreadableError
        If it is no such archive, it cannot be told which array is which, or unpacking takes too much.
    """
    size_of(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(archive)
            chosen = _labels_among(list(members)) if only_labels else _chosen(list(members))
            arrays = _arrays(archive, {role: members[name] for role, name in chosen.items()})
    except UnreadableError:
        raise
    except (
        zipfile.BadZipFile, zlib.error, OSError, EOFError, MemoryError, NotImplementedError, RuntimeError,
        ValueError, OverflowError,
    ) as error:  # fmt: skip
        raise UnreadableError(f"It cannot be unpacked: {reason(error)}.") from None
    kind = PREDICTIONS.get(chosen["predictions"].lower()) if "predictions" in chosen else None
    return Source(arrays.get("predictions"), arrays.get("labels"), kind, None, arrays.get("sample_weight"))


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    found = [info for info in archive.infolist() if info.filename.endswith(ENDING)]
    if not found:
        raise UnreadableError("It is an archive without arrays: save tables as CSV, NPY or NPZ.")
    members = {info.filename.removesuffix(ENDING): info for info in found}
    if len(found) > MOST_MEMBERS or len(members) < len(found):
        raise UnreadableError("It holds too many arrays, or two of one name.")
    return members


def _chosen(names: list[str]) -> dict[str, str]:
    """Return which array has which role, told by the names, or by being the only one left."""
    roles = {"labels": LABELS_OF_ARCHIVES, "predictions": tuple(PREDICTIONS), "sample_weight": WEIGHTS}
    found = {role: [name for name in names if name.lower() in known] for role, known in roles.items()}
    for role, several in found.items():
        if len(several) > 1:
            raise UnreadableError(f"The arrays {listed(several)} may all be the {role.replace('_', ' ')}.")
    chosen = {role: named[0] for role, named in found.items() if named}
    left = [name for name in names if name not in chosen.values()]
    if "predictions" not in chosen and len(left) == 1:
        chosen["predictions"] = left[0]
    if "predictions" not in chosen:
        raise UnreadableError(
            f"Which array are the predictions? They are called {listed(names)}; looked for are "
            f"{listed(tuple(PREDICTIONS))}, and for labels {listed(LABELS_OF_ARCHIVES)}."
        )
    return chosen


def _labels_among(names: list[str]) -> dict[str, str]:
    named = [name for name in names if name.lower() in LABELS_OF_ARCHIVES] or names
    if len(named) > 1:
        raise UnreadableError(
            f"Which array are the labels? They are called {listed(names)}; looked for is one of "
            f"{listed(LABELS_OF_ARCHIVES)}."
        )
    return {"labels": named[0]}


def _arrays(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> dict[str, Array]:
    """Return the arrays of some members, all of whose headers are read before any numbers."""
    headers = {role: _header(archive, info) for role, info in members.items()}
    total = sum(header.bytes for header in headers.values())
    if total > UNPACKED:
        raise UnreadableError(
            f"Unpacked it takes {in_words(total)}, and {in_words(UNPACKED)} are read: save it as NPY."
        )
    return {role: _numbers(archive, info) for role, info in members.items()}


def _header(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Header:
    if info.flag_bits & 1 or info.compress_type not in STORED:
        raise UnreadableError("It is encrypted, or packed in a way that is not read.")
    try:
        with archive.open(info) as file:
            return read_header(file, info.file_size)
    except UnreadableError as error:
        raise UnreadableError(f"The array {quoted(info.filename.removesuffix(ENDING))}: {error}") from None


def _numbers(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Array:
    with archive.open(info) as file:
        header = read_header(file, info.file_size)
        array = read_numbers(file, header)
        file.read(1)  # which makes zipfile compare the checksum
    return array
