"""Studies as JSON: the form of saved studies and of the examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeVar

import msgspec
import numpy as np

from lossgui.core.choice import Origin
from lossgui.core.own import Own
from lossgui.core.study import Study
from lossgui.core.table import Array
from lossgui.files import layout
from lossgui.files.records import ChoiceRecord, FileRecord, OriginRecord, OwnRecord, StudyRecord
from lossgui.files.restored import restored
from lossgui.files.unreadable import UnreadableError

FORMAT = "lossgui study"
VERSION = 4
"""To be raised whenever what a study means would be lost on who does not know a new key."""

PLAIN, MASKED, WRITTEN = 1, 2, 3
"""The versions of studies whose reductions are named by what they come to.

Without formulas, and without a mask too: who does not know these can read those that are without.
"""

Record = TypeVar("Record")


@dataclass(frozen=True)
class Kept:
    """Keys of a file that this version does not know, with their JSON; saving writes them again."""

    file: Mapping[str, bytes] = field(default_factory=dict)
    study: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Saved:
    """A study as a file holds it.

    Parameters
    ----------
    carried
        Whether the file is a figure that carries it: no file to save the study in.
    """

    study: Study
    kept: Kept = Kept()
    carried: bool = False


def encode(study: Study, kept: Kept | None = None) -> bytes:
    """Return a study as JSON, a line for each row of a table, ending in a line feed.

    Parameters
    ----------
    kept
        What `read` found besides.

    Notes
    -----
    The seal is the SHA-256 of the study's bytes as they stand in the file, from brace to brace, white space
    included. So nothing needs to be put in a canonical form to be checked, and no change goes unseen; only
    line ends may be another system's.
    """
    kept = kept or Kept()
    content = layout.fields({**_fields(study), **kept.study}, 1)
    file = {
        "format": layout.line(FORMAT),
        "version": layout.line(_version(study)),
        "sha256": layout.line(seal(content)),
        "study": content,
        **kept.file,
    }
    return layout.fields(file, 0) + b"\n"


def decode(data: bytes) -> Study:
    """Return the study that JSON holds.

    Raises
    ------
    UnreadableError
        As `read` does.
    """
    return read(data).study


def read(data: bytes) -> Saved:
    """Return what a saved file holds.

    Raises
    ------
    UnreadableError
        If it is no study, was changed since it was saved, or does not hold together; the message names the
        place.
    """
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise UnreadableError(f"This is not a study: it is not UTF-8 at byte {error.start}.") from None
    file = _read(data, FileRecord)
    if file.format != FORMAT:
        raise UnreadableError(f"This is not a study, but ‘{file.format}’.")
    if file.version > VERSION:
        raise UnreadableError(f"This study was written by a later version (format {file.version}).")
    content = bytes(file.study)
    if not file.sha256:
        raise UnreadableError("This study has no SHA-256: it cannot be told whether it is as it was saved.")
    if file.version < 1 or seal(content) != file.sha256:
        raise UnreadableError("This study is not as it was saved: its SHA-256 is another.")
    record = _read(content, StudyRecord)
    try:
        study = restored(record, file.version > WRITTEN)
    except (ValueError, TypeError) as error:
        raise UnreadableError(f"This study does not hold together: {error}") from None
    return Saved(study, Kept(_unknown(data, FileRecord), _unknown(content, StudyRecord)))


def seal(content: bytes) -> str:
    """Return the SHA-256 of a study's JSON, whose strings hold no line ends."""
    return sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def _version(study: Study) -> int:
    if any(choice.reduction not in (None, choice.kind) for choice in study.choices):
        return VERSION
    if any(choice.own for choice in study.choices):
        return WRITTEN
    return PLAIN if study.mask is None else MASKED


def _unknown(data: bytes, record: type[msgspec.Struct]) -> dict[str, bytes]:
    found = _read(data, dict[str, msgspec.Raw])
    return {name: bytes(value) for name, value in found.items() if name not in record.__struct_fields__}


def _fields(study: Study) -> dict[str, bytes]:
    labels, weight, origin = study.labels, study.sample_weight, study.origin
    choices = [
        ChoiceRecord(c.loss, c.profile, dict(c.parameters), c.reduction, c.colour, _own(c.own))
        for c in study.choices
    ]
    words = OriginRecord(
        layout.whole(origin.group), layout.whole(origin.printed), layout.whole(origin.remark)
    )
    values = {
        "predictions": layout.rows(study.predictions, 2),
        "classes": layout.line([layout.whole(name) for name in study.classes]),
        "encoding": layout.line(study.encoding),
        "kind": layout.line(study.kind),
        "dtype": layout.line(study.predictions.dtype.name),
        "labels": None if labels is None else layout.rows(labels, 2),
        "choices": layout.lines(choices, 2) if choices else None,
        "sample_weight": None if weight is None else _line(weight.to_array()[:, 0]),
        "class_weight": None if study.class_weight is None else _line(np.asarray(study.class_weight)),
        "mask": None if study.mask is None else layout.line(study.mask.to_array()[:, 0].tolist()),
        "sample_names": layout.line([(row, layout.whole(name)) for row, name in study.sample_names])
        if study.sample_names
        else None,
        "outer": None if study.outer is None else layout.line(study.outer),
        "title": layout.line(layout.whole(study.title)) if study.title else None,
        "origin": layout.line(words) if origin != Origin() else None,
    }
    return {name: value for name, value in values.items() if value is not None}


def _own(own: Own | None) -> OwnRecord | None:
    return None if own is None else OwnRecord(own.formula, own.over, layout.whole(own.title))


def _line(values: Array) -> bytes:
    return layout.line(layout.plain(values))


def _read(data: bytes, record: type[Record]) -> Record:
    try:
        return msgspec.json.decode(data, type=record)
    except msgspec.MsgspecError as error:
        raise UnreadableError(f"This is not a study: {error}.") from None
    except RecursionError:
        raise UnreadableError("This is not a study: it is nested too deeply.") from None
