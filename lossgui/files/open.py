"""The one way in: studies and tables of numbers, told by what a file holds, then by its ending."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lossgui.core.study import Study
from lossgui.files import delimited, npy, npz
from lossgui.files.figures import carried
from lossgui.files.meaning import LabelsError, study_of
from lossgui.files.source import Source, refuse_other_order
from lossgui.files.studies import Saved, read
from lossgui.files.unreadable import UnreadableError, content_of, name_of, reason, size_of

LARGEST_STUDY = 1 << 29
"""Bytes of a saved study that are read."""

ENDINGS = (".lossgui", ".json", ".csv", ".tsv", ".txt", ".npy", ".npz", *carried.ENDINGS)
"""Endings of files that can be opened, in the order in which a dialog lists them."""

STUDIES = (".lossgui", ".json")

NOT_READ = {
    b"PAR1\x15": "Parquet is not read: save the table as CSV, NPY or NPZ.",
    b"\x89HDF": "HDF5 is not read: save the arrays as NPY or NPZ.",
    b"\x1f\x8b": "It is compressed: unpack it first.",
    b"\x80": "It seems to be a pickle, which could run a program and is never read: save it as NPY.",
}
"""Files that people may try, by how they begin, with what to do instead."""


def open_path(path: Path | str, labels: Path | str | None = None) -> Study:
    """Return the study that a file holds, or makes with a file of labels.

    Raises
    ------
    UnreadableError
        As `open_file` does.
    """
    return open_file(path, labels).study


def open_file(path: Path | str, labels: Path | str | None = None) -> Saved:
    """Return what a file holds: a saved study, or a new study of the numbers in it.

    Parameters
    ----------
    path
        A saved study, a figure that carries one, delimited text, NPY or NPZ: what it holds decides, then its
        ending.
    labels
        A second file, with the labels of the predictions in the first.

    Raises
    ------
    UnreadableError
        If a file is not read; the message names the file, the place in it and the cause.
    """
    path, second = Path(path), None if labels is None else Path(labels)
    try:
        found = _read(path)
        if isinstance(found, Saved) and second is not None:
            raise UnreadableError("It is a study, with labels of its own.")
        if isinstance(found, Saved):
            return found
        if second is not None:
            if found.labels is not None:
                raise UnreadableError(f"It holds labels itself, so {name_of(second)} is one file too many.")
            found = _with_labels(found, second)
        return Saved(study_of(found, name_of(path.with_suffix(""))))
    except LabelsError as error:
        raise UnreadableError(f"{name_of(second or path)}: {error}") from None
    except MemoryError:
        raise UnreadableError(f"{name_of(path)}: There is too little memory to read it.") from None
    except UnreadableError as error:
        raise UnreadableError(f"{name_of(path)}: {error}") from None


def _with_labels(source: Source, path: Path) -> Source:
    try:
        found = _read(path, only_labels=True, classes=source.classes)
        if isinstance(found, Saved):
            raise UnreadableError("It is a study, not a file of labels.")
        refuse_other_order(found.classes, source.classes)
    except UnreadableError as error:
        raise LabelsError(str(error)) from None
    columns = 0 if source.predictions is None else source.predictions.shape[-1]
    names = found.classes if found.classes and len(found.classes) == columns > 1 else None
    return replace(source, labels=found.labels, classes=source.classes or names)


def _read(path: Path, only_labels: bool = False, classes: tuple[str, ...] | None = None) -> Source | Saved:
    start, ending = _start(path), path.suffix.lower()
    if start.startswith(npy.MAGIC):
        array = npy.read_npy(path)
        return Source(labels=array) if only_labels else Source(predictions=array)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return npz.read_npz(path, only_labels)
    if carried.is_figure(start):
        return replace(read(carried.study_in(content_of(path, carried.LARGEST))), carried=True)
    for mark, advice in NOT_READ.items():
        if start.startswith(mark):
            raise UnreadableError(advice)
    if start.lstrip()[:1] == b"{" or ending in STUDIES:
        return read(content_of(path, LARGEST_STUDY))
    if ending in (".npy", ".npz", *carried.ENDINGS):
        raise UnreadableError(f"It does not begin as {ending.lstrip('.').upper()} does.")
    return delimited.read_delimited(content_of(path, delimited.LARGEST), only_labels, classes)


def _start(path: Path) -> bytes:
    size_of(path)
    try:
        with path.open("rb") as file:
            return file.read(64)
    except OSError as error:
        raise UnreadableError(f"It cannot be read: {reason(error)}.") from None
