"""Studies as JSON: the form of saved studies and of the examples."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from lossgui.core.study import Choice, Origin, RefusedError, Study
from lossgui.core.table import Array

FORMAT = "lossgui study"
VERSION = 1

Number = float | str


class ChoiceRecord(msgspec.Struct, omit_defaults=True):
    """A chosen loss."""

    loss: str
    profile: str = "Textbook"
    parameters: dict[str, float | bool] = {}
    reduction: str | None = None
    colour: int = 0


class OriginRecord(msgspec.Struct, omit_defaults=True):
    """Where an example comes from."""

    group: str = ""
    printed: str = ""
    remark: str = ""


class StudyRecord(msgspec.Struct, omit_defaults=True):
    """A study; rows of tables as lists, non-finite numbers as strings."""

    predictions: list[list[Number]]
    classes: list[str]
    labels: list[list[Number]] | None = None
    encoding: str = "one-hot"
    kind: str = "probabilities"
    dtype: str = "float64"
    choices: list[ChoiceRecord] = []
    sample_weight: list[Number] | None = None
    class_weight: list[Number] | None = None
    outer: list[int] | None = None
    title: str = ""
    origin: OriginRecord = msgspec.field(default_factory=OriginRecord)


class FileRecord(msgspec.Struct):
    """The file around it."""

    format: str
    version: int
    study: StudyRecord


class UnreadableError(ValueError):
    """A file that cannot be read as a study; the message names the place and the cause."""


def encode(study: Study) -> bytes:
    """Return a study as JSON, indented, ending in a line feed."""
    labels, weight = study.labels, study.sample_weight
    record = StudyRecord(
        predictions=_rows(study.predictions.to_array()),
        classes=list(study.classes),
        labels=None if labels is None else _rows(labels.to_array()),
        encoding=study.encoding,
        kind=study.kind,
        dtype=study.predictions.dtype.name,
        choices=[
            ChoiceRecord(c.loss, c.profile, dict(c.parameters), c.reduction, c.colour) for c in study.choices
        ],
        sample_weight=None if weight is None else _numbers(weight.to_array()[:, 0]),
        class_weight=None if study.class_weight is None else _numbers(np.asarray(study.class_weight)),
        outer=None if study.outer is None else list(study.outer),
        title=study.title,
        origin=OriginRecord(study.origin.group, study.origin.printed, study.origin.remark),
    )
    return msgspec.json.format(msgspec.json.encode(FileRecord(FORMAT, VERSION, record)), indent=1) + b"\n"


def decode(data: bytes) -> Study:
    """Return the study that JSON holds.

    Raises
    ------
    UnreadableError
        If it is no study, or one that does not hold together; the message names the place.
    """
    try:
        record = msgspec.json.decode(data, type=FileRecord)
    except msgspec.MsgspecError as error:
        raise UnreadableError(f"This is not a study: {error}.") from None
    if record.format != FORMAT:
        raise UnreadableError(f"This is not a study, but ‘{record.format}’.")
    if record.version > VERSION:
        raise UnreadableError(f"This study was written by a later version (format {record.version}).")
    try:
        return _study(record.study)
    except (RefusedError, ValueError, TypeError) as error:
        raise UnreadableError(f"This study does not hold together: {error}") from None


def _study(record: StudyRecord) -> Study:
    dtype = np.dtype(record.dtype)
    if dtype.kind != "f":
        raise RefusedError(f"Predictions cannot be of the type {record.dtype}.")
    outer = tuple(record.outer) if record.outer is not None else (len(record.predictions),)
    columns = len(record.classes)
    predictions = _array(record.predictions, columns, "predictions").astype(dtype).reshape(*outer, columns)
    labels = None
    if record.labels is not None:
        width = 1 if record.encoding == "index" else columns
        labels = _array(record.labels, width, "labels")
        labels = labels.astype(np.int64) if record.encoding == "index" else labels
        labels = labels.reshape(outer if record.encoding == "index" else (*outer, width))
    weight = record.sample_weight
    return Study.of(
        labels,
        predictions,
        record.encoding,
        record.kind,
        classes=record.classes,
        sample_weight=None if weight is None else np.asarray([float(w) for w in weight]).reshape(outer),
        class_weight=None if record.class_weight is None else [float(w) for w in record.class_weight],
        choices=tuple(
            Choice.of(c.loss, c.profile, c.parameters, c.reduction, c.colour) for c in record.choices
        ),
        title=record.title,
        origin=Origin(record.origin.group, record.origin.printed, record.origin.remark),
    )


def _array(rows: list[list[Number]], columns: int, name: str) -> Array:
    for place, row in enumerate(rows, 1):
        if len(row) != columns:
            raise RefusedError(f"row {place} of the {name} has {len(row)} numbers, not {columns}")
    return np.asarray([[float(number) for number in row] for row in rows], float).reshape(len(rows), columns)


def _rows(array: Array) -> list[list[Number]]:
    return [_numbers(row) for row in array]


def _numbers(values: Array) -> list[Number]:
    plain: list[Any] = values.tolist()
    return [number if np.isfinite(number) else str(number) for number in plain]
