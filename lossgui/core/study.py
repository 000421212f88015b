"""The study: the document, one immutable value, and its edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lossgui.core.choice import Choice
from lossgui.core.contents import (
    CLASS_WEIGHT,
    LABELS,
    MASK,
    PREDICTIONS,
    SAMPLE_WEIGHT,
    Contents,
    RefusedError,
    check_weights,
)
from lossgui.core.edits import cells, meaning, samples, weights
from lossgui.core.edits import classes as of_classes
from lossgui.core.edits.cells import rescaled, room
from lossgui.core.encodings import ENCODINGS
from lossgui.core.loss import KINDS
from lossgui.core.table import Array, Table, rows_of_a_block

__all__ = [
    "CLASS_WEIGHT",
    "LABELS",
    "MASK",
    "PREDICTIONS",
    "SAMPLE_WEIGHT",
    "RefusedError",
    "Study",
    "rescaled",
    "room",
]


@dataclass(frozen=True)
class Study(Contents):
    """Labels, predictions, how they are meant, and the chosen losses, with the edits of all that.

    Make one with `Study.of`, which checks it. Parameters are those of `Contents`.
    """

    @classmethod
    def of(
        cls,
        labels: ArrayLike | None,
        predictions: ArrayLike,
        encoding: str = "one-hot",
        kind: str = "probabilities",
        *,
        classes: Sequence[str] | None = None,
        sample_weight: ArrayLike | None = None,
        class_weight: Sequence[float] | None = None,
        mask: ArrayLike | None = None,
        sample_names: Mapping[int, str] | None = None,
        choices: Iterable[Choice] = (),
        **more: Any,
    ) -> Study:
        """Make a study of arrays, without a copy where they are C-contiguous.

        Parameters
        ----------
        labels
            Shape (..., classes), or (...) for class indices; None for losses without labels.
        predictions
            Shape (..., classes). The class axis is the last; all others make up the samples.
        sample_weight, mask
            Shape (...); the mask is true where a sample counts.
        sample_names
            The names of some samples, by row.
        choices
            The losses, in order.
        more
            Any other field of a study.

        Raises
        ------
        RefusedError
            If shapes do not fit, or labels or predictions are not what they are said to be.
        """
        if kind not in KINDS or encoding not in ENCODINGS:
            raise RefusedError(f"There is no {kind} or no {encoding}.")
        array = np.asanyarray(predictions)
        if array.ndim == 0 or array.size == 0:
            raise RefusedError("Predictions need at least one sample and one class.")
        outer = array.shape[:-1]
        truth = None if labels is None else _two_dimensional(np.asanyarray(labels), encoding, outer)
        if truth is not None and not ENCODINGS[encoding].indexed and truth.shape[1] != array.shape[-1]:
            raise RefusedError(f"Labels have {truth.shape[1]} classes, predictions {array.shape[-1]}.")
        array = array.reshape(-1, array.shape[-1])
        array = array if array.dtype.kind == "f" else array.astype(float)
        rows = _block_rows(array, truth)
        study = cls(
            predictions=Table.from_array(array, rows),
            labels=_cut(truth, rows),
            encoding=encoding,
            kind=kind,
            classes=tuple(classes) if classes is not None else tuple(str(k) for k in range(array.shape[1])),
            sample_weight=None if sample_weight is None else _cut(_weights(sample_weight, outer), rows),
            class_weight=None if class_weight is None else tuple(float(weight) for weight in class_weight),
            outer=outer if len(outer) > 1 else None,
            mask=None if mask is None else _cut(_mask(mask, outer), rows),
            sample_names=tuple(sorted((sample_names or {}).items())),
            choices=tuple(choices),
            **more,
        )
        return study.checked()

    def checked(self) -> Study:
        """Return the study itself.

        Raises
        ------
        RefusedError
            If its parts do not fit one another.
        """
        self.check()
        return self

    with_cells = cells.with_cells
    with_cell = cells.with_cell
    with_filled = cells.with_filled
    with_prediction = cells.with_prediction

    with_samples = samples.with_samples
    without_samples = samples.without_samples
    with_sample_moved = samples.with_sample_moved
    with_sample_name = samples.with_sample_name

    with_classes = of_classes.with_classes
    without_classes = of_classes.without_classes
    with_class_moved = of_classes.with_class_moved
    with_class_name = of_classes.with_class_name

    weighing_samples = weights.weighing_samples
    weighing_classes = weights.weighing_classes
    masking = weights.masking
    with_sample_weight = weights.with_sample_weight
    with_class_weight = weights.with_class_weight
    with_mask = weights.with_mask

    with_encoding = meaning.with_encoding
    with_kind = meaning.with_kind
    softmaxed = meaning.softmaxed
    normalised = meaning.normalised

    def with_choice(self, choice: Choice, at: int | None = None) -> Study:
        """Return the study with a loss added, or put in the place of number `at`."""
        if at is None:
            return replace(self, choices=(*self.choices, choice))
        return replace(self, choices=(*self.choices[:at], choice, *self.choices[at + 1 :]))

    def without_choice(self, at: int) -> Study:
        """Return the study without the chosen loss number `at`."""
        return replace(self, choices=(*self.choices[:at], *self.choices[at + 1 :]))


def _two_dimensional(labels: Array, encoding: str, outer: tuple[int, ...]) -> Array:
    indexed = encoding in ENCODINGS and ENCODINGS[encoding].indexed
    if indexed and labels.shape == (*outer, 1):
        labels = labels[..., 0]
    shape = labels.shape if indexed else labels.shape[:-1]
    if shape != outer:
        raise RefusedError(f"Labels of the shape {labels.shape} do not fit predictions of {outer} samples.")
    labels = labels.reshape(prod(outer), 1 if indexed else labels.shape[-1])
    return (
        labels if labels.dtype.kind == "f" or (indexed and labels.dtype.kind == "i") else labels.astype(float)
    )


def _block_rows(*parts: Array | None) -> int:
    return rows_of_a_block(*(part.shape[1] * part.itemsize for part in parts if part is not None))


def _cut(array: Array | None, rows: int) -> Table | None:
    return None if array is None else Table.from_array(array, rows)


def _weights(weights: ArrayLike, outer: tuple[int, ...]) -> Array:
    column = _column(np.asarray(weights, float), outer, "Sample weights")
    check_weights(column, "Sample weights")
    return column


def _mask(mask: ArrayLike, outer: tuple[int, ...]) -> Array:
    column = _column(np.asarray(mask), outer, "Masks")
    if not np.isin(column, (0, 1)).all():
        raise RefusedError("A mask is 1 where a sample counts, and 0 where it does not.")
    return column.astype(bool)


def _column(array: Array, outer: tuple[int, ...], what: str) -> Array:
    if array.shape != outer:
        raise RefusedError(f"{what} of the shape {array.shape} do not fit {outer} samples.")
    return array.reshape(-1, 1)
