"""Studies as JSON: the form of saved studies and of the examples."""

from __future__ import annotations

import math
from typing import Any, TypeVar

import msgspec
import numpy as np

from lossgui.core.choice import Choice, Origin
from lossgui.core.encodings import ENCODINGS
from lossgui.core.study import RefusedError, Study
from lossgui.core.table import Array

FORMAT = "lossgui study"
VERSION = 1
DTYPES = ("float16", "float32", "float64")

Number = float | str
Record = TypeVar("Record")


class ChoiceRecord(msgspec.Struct, omit_defaults=True):
    """A chosen loss."""

    loss: str
    profile: str
    parameters: dict[str, float | bool] = {}
    reduction: str | None = None
    colour: int = 0


class OriginRecord(msgspec.Struct, omit_defaults=True):
    """Where an example comes from."""

    group: str = ""
    printed: str = ""
    remark: str = ""


class StudyRecord(msgspec.Struct, omit_defaults=True):
    """A study; rows of tables as lists, non-finite numbers as strings.

    Words have no default but "": msgspec leaves out a default only where it is the same object.
    """

    predictions: list[list[Number]]
    classes: list[str]
    encoding: str
    kind: str
    dtype: str
    labels: list[list[Number]] | None = None
    choices: list[ChoiceRecord] = []
    sample_weight: list[Number] | None = None
    class_weight: list[Number] | None = None
    outer: list[int] | None = None
    title: str = ""
    origin: OriginRecord = msgspec.field(default_factory=OriginRecord)


class FileRecord(msgspec.Struct):
    """The file around it; its study is read only once format and version are known."""

    format: str
    version: int
    study: msgspec.Raw = msgspec.Raw(b"{}")


class UnreadableError(ValueError):
    """A file that cannot be read as a study; the message names the place and the cause."""


def encode(study: Study) -> bytes:
    """Return a study as JSON, indented, ending in a line feed."""
    labels, weight = study.labels, study.sample_weight
    record = StudyRecord(
        predictions=_rows(study.predictions.to_array()),
        classes=list(study.classes),
        encoding=study.encoding,
        kind=study.kind,
        dtype=study.predictions.dtype.name,
        labels=None if labels is None else _rows(labels.to_array()),
        choices=[
            ChoiceRecord(c.loss, c.profile, dict(c.parameters), c.reduction, c.colour) for c in study.choices
        ],
        sample_weight=None if weight is None else _numbers(weight.to_array()[:, 0]),
        class_weight=None if study.class_weight is None else _numbers(np.asarray(study.class_weight)),
        outer=None if study.outer is None else list(study.outer),
        title=study.title,
        origin=OriginRecord(study.origin.group, study.origin.printed, study.origin.remark),
    )
    file = FileRecord(FORMAT, VERSION, msgspec.Raw(msgspec.json.encode(record)))
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def decode(data: bytes) -> Study:
    """Return the study that JSON holds.

    Raises
    ------
    UnreadableError
        If it is no study, or one that does not hold together; the message names the place.
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
    record = _read(bytes(file.study), StudyRecord)
    try:
        return _study(record)
    except (ValueError, TypeError) as error:
        raise UnreadableError(f"This study does not hold together: {error}") from None


def _read(data: bytes, record: type[Record]) -> Record:
    try:
        return msgspec.json.decode(data, type=record)
    except msgspec.MsgspecError as error:
        raise UnreadableError(f"This is not a study: {error}.") from None
    except RecursionError:
        raise UnreadableError("This is not a study: it is nested too deeply.") from None


def _study(record: StudyRecord) -> Study:
    columns, samples = len(record.classes), len(record.predictions)
    outer = (samples,) if record.outer is None else tuple(record.outer)
    if not samples:
        raise RefusedError("There are no samples.")
    if min(outer, default=0) < 1 or math.prod(outer) != samples:
        raise RefusedError(f"The outer shape {list(outer)} does not hold {samples} samples.")
    predictions = _of_type(_table(record.predictions, columns, "predictions"), record.dtype)
    labels = None if record.labels is None else _labels(record.labels, record, outer)
    weight = record.sample_weight
    return Study.of(
        labels,
        predictions.reshape(*outer, columns),
        record.encoding,
        record.kind,
        classes=record.classes,
        sample_weight=None if weight is None else _weights(weight, outer),
        class_weight=None if record.class_weight is None else _row(record.class_weight, "class weights"),
        choices=tuple(_choice(choice, place) for place, choice in enumerate(record.choices, 1)),
        title=record.title,
        origin=Origin(record.origin.group, record.origin.printed, record.origin.remark),
    )


def _choice(record: ChoiceRecord, place: int) -> Choice:
    try:
        return Choice.of(record.loss, record.profile, record.parameters, record.reduction, record.colour)
    except ValueError as error:
        raise RefusedError(f"Loss {place}: {error}") from None


def _labels(rows: list[list[Number]], record: StudyRecord, outer: tuple[int, ...]) -> Array:
    if record.encoding not in ENCODINGS:
        raise RefusedError(f"Labels cannot be written as ‘{record.encoding}’.")
    if len(rows) != len(record.predictions):
        raise RefusedError(f"There are {len(rows)} labels and {len(record.predictions)} predictions.")
    columns = len(record.classes)
    rule = ENCODINGS[record.encoding]
    labels = _table(rows, 1 if rule.indexed else columns, "labels")
    if not rule.indexed:
        return labels.reshape(*outer, columns)
    wrong = rule.wrong_rows(labels, columns)
    if wrong.any():
        raise RefusedError(f"Labels are not {rule.title}: sample {int(np.argmax(wrong)) + 1} {rule.rule}.")
    return labels.astype(np.int64).reshape(outer)


def _weights(numbers: list[Number], outer: tuple[int, ...]) -> Array:
    weights = _row(numbers, "sample weights")
    if len(weights) != math.prod(outer):
        raise RefusedError(f"There are {len(weights)} sample weights and {math.prod(outer)} samples.")
    return np.asarray(weights).reshape(outer)


def _of_type(array: Array, name: str) -> Array:
    if name not in DTYPES:
        raise RefusedError(f"Predictions cannot be of the type ‘{name}’.")
    with np.errstate(over="ignore"):
        converted = array.astype(name)
    if (np.isinf(converted) & np.isfinite(array)).any():
        raise RefusedError(f"A prediction is too large for the type {name}.")
    return converted


def _table(rows: list[list[Number]], columns: int, name: str) -> Array:
    for place, row in enumerate(rows, 1):
        if len(row) != columns:
            raise RefusedError(f"Row {place} of the {name} has {len(row)} numbers, not {columns}.")
    numbers = [_row(row, f"{name}, row {place}") for place, row in enumerate(rows, 1)]
    return np.asarray(numbers, float).reshape(len(rows), columns)


def _row(numbers: list[Number], name: str) -> list[float]:
    for number in numbers:
        if isinstance(number, str) and number not in ("nan", "inf", "-inf"):
            raise RefusedError(f"‘{number}’ is no number: {name}.")
    return [float(number) for number in numbers]


def _rows(array: Array) -> list[list[Number]]:
    return [_numbers(row) for row in array]


def _numbers(values: Array) -> list[Number]:
    plain: list[Any] = values.tolist()
    return [number if math.isfinite(number) else str(number) for number in plain]
