"""From the parts of a file to a study: what they are is told by the numbers, where that is safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lossgui.core.encodings import first_wrong_row
from lossgui.core.study import RefusedError, Study
from lossgui.core.table import Array, Table
from lossgui.files.cells import is_number
from lossgui.files.fresh import fresh_choices
from lossgui.files.source import MOST_CLASSES, Source
from lossgui.files.unreadable import UnreadableError

SUMS_TO_ONE = 1e-3
"""How far from one a row may sum and still be taken for a distribution: files hold rounded numbers."""

WHOLE = 2**53
"""Integers up to here are float64 too."""

AT_ONCE = 1 << 16
BY_SAMPLE = ("binary", "signed", "soft", "real")
BY_CLASS = ("one-hot", *BY_SAMPLE)


class LabelsError(UnreadableError):
    """A fault of the labels, which may stand in a file of their own."""


def study_of(source: Source, title: str) -> Study:
    """Return the study that the parts of a file make, with choices of losses that fit it.

    Raises
    ------
    UnreadableError
        If there are no predictions, or parts do not fit one another; the message names the place.
    """
    if source.predictions is None:
        raise UnreadableError("There are no predictions in it.")
    predictions = as_floats(source.predictions)
    if predictions.ndim == 1:
        predictions = predictions[:, None]
    if predictions.shape[-1] > MOST_CLASSES:
        raise UnreadableError(
            f"The last axis is that of the classes, and has {predictions.shape[-1]:,}; "
            f"{MOST_CLASSES:,} can be opened."
        )
    labels, encoding = None, "one-hot"
    if source.labels is not None:
        try:
            labels, encoding = labels_for(source.labels, predictions.shape, source.classes)
        except UnreadableError as error:
            raise LabelsError(str(error)) from None
    if source.sample_weight is not None:
        _check_weights(source.sample_weight)
    try:
        study = Study.of(
            labels,
            predictions,
            encoding,
            source.kind or guessed_kind(predictions),
            classes=source.classes,
            sample_weight=source.sample_weight,
            title=title,
        )
    except RefusedError as error:
        raise UnreadableError(str(error)) from None
    return replace(study, choices=fresh_choices(study))


def _check_weights(weights: Array) -> None:
    wrong = np.flatnonzero(~(np.isfinite(weights) & (weights >= 0)))
    if len(wrong):
        first = f"that of sample {wrong[0] + 1:,} is {weights.flat[wrong[0]]:g}"
        raise UnreadableError(f"Sample weights must be finite numbers, and none below 0; {first}.")


def as_floats(array: Array) -> Array:
    """Return predictions as floats; those that are stay as they are.

    Raises
    ------
    UnreadableError
        If an integer has no float64.
    """
    if array.dtype.kind == "f":
        return array
    if array.dtype.itemsize == 8 and not -WHOLE <= int(array.min()) <= int(array.max()) <= WHOLE:
        raise UnreadableError("It holds integers beyond 2⁵³, which have no float64.")
    return array.astype(float)


def guessed_kind(predictions: Array) -> str:
    """Return 'probabilities' if rows are distributions, or a single column is in 0 to 1; else 'values'."""
    classes = predictions.shape[-1]
    rows = predictions.reshape(-1, classes)
    step = max(1, AT_ONCE // classes)
    for start in range(0, len(rows), step):
        block = rows[start : start + step]
        if not ((block >= 0) & (block <= 1)).all():
            return "values"
        if classes > 1 and (np.abs(block.sum(axis=1, dtype=float) - 1) > SUMS_TO_ONE).any():
            return "values"
    return "probabilities"


def labels_for(labels: Array, shape: tuple[int, ...], classes: Sequence[str] | None) -> tuple[Array, str]:
    """Return labels as a study takes them, and their encoding.

    Parameters
    ----------
    shape
        Of the predictions, (..., classes).
    classes
        Names of the classes: where all are numbers, labels may be these instead of places.

    Raises
    ------
    UnreadableError
        If they are not of that shape, or one is no class.
    """
    samples, count = shape[:-1], shape[-1]
    if labels.shape == (*samples, 1):
        labels = labels[..., 0]
    if labels.shape == samples and count > 1:
        return _indices(labels, count, classes), "index"
    if labels.shape == samples:
        labels = labels[..., None]
    if labels.shape != shape:
        raise UnreadableError(_misfit(labels.shape, shape))
    table = Table.from_array(labels.reshape(-1, count))
    encoding = next((name for name in _encodings(count) if first_wrong_row(table, name, count) is None), None)
    if encoding is None:
        row = first_wrong_row(table, "real", count)
        raise UnreadableError(f"The label of sample {(row or 0) + 1} is not finite.")
    return labels, encoding


def _encodings(classes: int) -> tuple[str, ...]:
    return BY_CLASS if classes > 1 else BY_SAMPLE


def _misfit(labels: tuple[int, ...], predictions: tuple[int, ...]) -> str:
    if len(predictions) == 2 and labels[0] != predictions[0]:
        return f"The labels have {labels[0]:,} rows, and the predictions {predictions[0]:,}."
    return (
        f"Labels of the shape {_shape(labels)} do not fit predictions of {_shape(predictions)}: "
        f"they need a column, or as many as there are classes."
    )


def _shape(shape: tuple[int, ...]) -> str:
    return " × ".join(f"{side:,}" for side in shape)


def _indices(labels: Array, classes: int, names: Sequence[str] | None) -> Array:
    """Return class indices as integers."""
    flat = labels.reshape(-1, 1)
    named = _places_by_name(flat, names)
    if named is not None:
        return named.reshape(labels.shape)
    row = first_wrong_row(Table.from_array(flat), "index", classes)
    if row is not None:
        wrong, low, high = flat[row, 0], flat.min(), flat.max()
        hint = " They seem to be counted from 1." if (low, high) == (1, classes) else ""
        raise UnreadableError(
            f"The label {wrong:g} of sample {row + 1} is no class: there are 0 to {classes - 1}.{hint}"
        )
    return labels.astype(np.int64, copy=False)


def _places_by_name(flat: Array, names: Sequence[str] | None) -> Array | None:
    """Return the places of labels that are the numbers by which classes are named, or None."""
    if names is None or not all(map(is_number, names)):
        return None
    numbers = np.array([float(name) for name in names])
    order = np.argsort(numbers)
    place = np.clip(np.searchsorted(numbers[order], flat), 0, len(numbers) - 1)
    if not (numbers[order][place] == flat).all():
        return None
    return order[place].astype(np.int64)
