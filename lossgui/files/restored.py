"""From the record of a saved study to the study, with every part checked."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from lossgui.core.choice import Choice, Origin
from lossgui.core.encodings import ENCODINGS
from lossgui.core.own import Own
from lossgui.core.profiles import NUMPY
from lossgui.core.reductions import KINDS
from lossgui.core.study import RefusedError, Study
from lossgui.core.table import Array
from lossgui.files.records import ChoiceRecord, Number, StudyRecord

AT_ONCE = 1 << 16
"""Numbers of a table that are converted at once."""

DTYPES = ("float16", "float32", "float64")

MOVED = {("crossentropy_with_delta", "Textbook"): NUMPY}
"""Losses that studies name under a profile that no longer computes them, and the one that does."""


def restored(record: StudyRecord, named: bool = True) -> Study:
    """Return the study of a record.

    Parameters
    ----------
    named
        Whether reductions have the names that they have under their profiles; else they are kinds.

    Raises
    ------
    ValueError
        If its parts do not fit one another, or are not what they are said to be; the message names the place.
    """
    columns, samples = len(record.classes), len(record.predictions)
    outer = (samples,) if record.outer is None else tuple(record.outer)
    if not samples:
        raise RefusedError("There are no samples.")
    if min(outer, default=0) < 1 or math.prod(outer) != samples:
        raise RefusedError(f"The outer shape {list(outer)} does not hold {samples} samples.")
    predictions = _of_type(_table(record.predictions, columns, "predictions"), record.dtype)
    labels = None if record.labels is None else _labels(record.labels, record, outer)
    weight, mask, names = record.sample_weight, record.mask, dict(record.sample_names)
    if len(names) < len(record.sample_names):
        raise RefusedError("A sample has two names.")
    return Study.of(
        labels,
        predictions.reshape(*outer, columns),
        record.encoding,
        record.kind,
        classes=record.classes,
        sample_weight=None if weight is None else _weights(weight, outer),
        class_weight=None if record.class_weight is None else _row(record.class_weight, "class weights"),
        mask=None if mask is None else _shaped(mask, outer, "entries of the mask"),
        sample_names=names,
        choices=tuple(_choice(choice, place, named) for place, choice in enumerate(record.choices, 1)),
        title=record.title,
        origin=Origin(record.origin.group, record.origin.printed, record.origin.remark),
    )


def _choice(record: ChoiceRecord, place: int, named: bool) -> Choice:
    try:
        own = None if record.own is None else Own(record.own.formula, record.own.over, record.own.title)
        profile = MOVED.get((record.loss, record.profile), record.profile)
        choice = Choice.of(record.loss, profile, record.parameters, record.reduction, record.colour, own)
        return choice if named or record.reduction not in KINDS else choice.with_kind(record.reduction)
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
    return _shaped(_row(numbers, "sample weights"), outer, "sample weights")


def _shaped(values: Sequence[float], outer: tuple[int, ...], what: str) -> Array:
    if len(values) != math.prod(outer):
        raise RefusedError(f"There are {len(values)} {what} and {math.prod(outer)} samples.")
    return np.asarray(values).reshape(outer)


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
    array = np.empty((len(rows), columns))
    step = max(1, AT_ONCE // max(1, columns))
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        numbers = np.array(part)
        if numbers.dtype.kind != "f":  # there are strings
            numbers = np.array(
                [_row(row, f"{name}, row {start + place}") for place, row in enumerate(part, 1)]
            )
        array[start : start + step] = numbers
    return array


def _row(numbers: list[Number], name: str) -> list[float]:
    for number in numbers:
        if isinstance(number, str) and number not in ("nan", "inf", "-inf"):
            raise RefusedError(f"‘{number}’ is no number: {name}.")
    return [float(number) for number in numbers]
