"""Edits of the classes of a study: all that is theirs goes with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from lossgui.core import names as naming
from lossgui.core.contents import RefusedError, Some

Item = TypeVar("Item")


def with_classes(study: Some, at: int, names: Sequence[str] | None = None) -> Some:
    """Return the study with new classes before column `at`: no sample has them, all predictions are 0."""
    names = list(names) if names is not None else [_free_name(study)]
    labels, weight = study.labels, study.class_weight
    if labels is not None and study.indexed:
        labels = labels.mapped(lambda array: array + len(names) * (array >= at))
    elif labels is not None:
        labels = labels.with_columns(at, len(names), -1 if study.encoding == "signed" else 0)
    return replace(
        study,
        predictions=study.predictions.with_columns(at, len(names)),
        labels=labels,
        classes=(*study.classes[:at], *names, *study.classes[at:]),
        class_weight=None if weight is None else (*weight[:at], *(1.0 for _ in names), *weight[at:]),
    )


def without_classes(study: Some, columns: Sequence[int]) -> Some:
    """Return the study without some classes.

    Raises
    ------
    RefusedError
        If none would be left, or a sample's label says one of them.
    """
    gone = sorted(set(columns))
    if len(gone) >= len(study.classes):
        raise RefusedError("A study needs at least one class.")
    labels, weight = study.labels, study.class_weight
    if labels is not None and study.indexed:
        study.check_unlabelled(gone)
        labels = labels.mapped(lambda array: array - np.searchsorted(gone, array).astype(array.dtype))
    elif labels is not None:
        if study.encoding == "one-hot":
            study.check_unlabelled(gone)
        labels = labels.without_columns(gone)
    kept = [k for k in range(len(study.classes)) if k not in gone]
    return replace(
        study,
        predictions=study.predictions.without_columns(gone),
        labels=labels,
        classes=tuple(study.classes[k] for k in kept),
        class_weight=None if weight is None else tuple(weight[k] for k in kept),
    )


def with_class_moved(study: Some, old: int, new: int) -> Some:
    """Return the study with the class of column `old` in column `new`, those between moved by one.

    Raises
    ------
    RefusedError
        If there is no such column.
    """
    check_column(study, old)
    check_column(study, new)
    if old == new:
        return study
    order = np.array(_moved(range(len(study.classes)), old, new))
    places = np.argsort(order)
    labels, weight = study.labels, study.class_weight
    if labels is not None and study.indexed:
        labels = labels.mapped(lambda array: places[array.astype(int)])
    elif labels is not None:
        labels = labels.mapped(lambda array: array[:, order])
    return replace(
        study,
        predictions=study.predictions.mapped(lambda array: array[:, order]),
        labels=labels,
        classes=tuple(_moved(study.classes, old, new)),
        class_weight=None if weight is None else tuple(_moved(weight, old, new)),
    )


def with_class_name(study: Some, column: int, name: str) -> Some:
    """Return the study with a class called `name`.

    Raises
    ------
    RefusedError
        If there is no such column, another class is called that, or the name is none: empty, longer than a
        line or than 200 characters.
    """
    check_column(study, column)
    name = name.strip(" \t")
    if why := naming.why_not(name):
        raise RefusedError(why)
    if name == study.classes[column]:
        return study
    if name in study.classes:
        raise RefusedError(f"Another class is called ‘{name}’.")
    return replace(study, classes=(*study.classes[:column], name, *study.classes[column + 1 :]))


def check_column(study: Some, column: int) -> None:
    """Raise an error unless there is such a class.

    Raises
    ------
    RefusedError
        If there is none.
    """
    if not 0 <= column < len(study.classes):
        raise RefusedError(f"There is no class in column {column + 1}: there are {len(study.classes)}.")


def _moved(items: Sequence[Item], old: int, new: int) -> list[Item]:
    result = list(items)
    result.insert(new, result.pop(old))
    return result


def _free_name(study: Some) -> str:
    number = len(study.classes)
    while str(number) in study.classes:
        number += 1
    return str(number)
