"""The study: the document, one immutable value, and its edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lossgui.core.choice import Choice, Origin
from lossgui.core.encodings import ENCODINGS, convert, first_wrong_row
from lossgui.core.loss import KINDS
from lossgui.core.stages import Normalise, Softmax
from lossgui.core.table import Array, Table, rows_of_a_block

LABELS, PREDICTIONS = "labels", "predictions"


class RefusedError(ValueError):
    """An edit that the study does not take; the message says why, for a person."""


@dataclass(frozen=True)
class Study:
    """Labels, predictions, how they are meant, and the chosen losses.

    Make one with `Study.of`, which checks it.

    Parameters
    ----------
    predictions
        Shape (samples, classes).
    labels
        Shape (samples, classes), or (samples, 1) for class indices; None where there are none.
    encoding, kind
        How labels are written, and what predictions are: names of `ENCODINGS` and `KINDS`.
    classes
        A name for each column of the predictions.
    choices
        The chosen losses.
    sample_weight
        Shape (samples, 1), or None.
    class_weight
        A weight for each class, or None.
    outer
        The shape of the samples if they were not a plain list, such as (batch, time).
    """

    predictions: Table
    labels: Table | None
    encoding: str
    kind: str
    classes: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    sample_weight: Table | None = None
    class_weight: tuple[float, ...] | None = None
    outer: tuple[int, ...] | None = None
    title: str = ""
    origin: Origin = field(default_factory=Origin)

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
        **more: Any,
    ) -> Study:
        """Make a study of arrays, without a copy where they are C-contiguous.

        Parameters
        ----------
        labels
            Shape (..., classes), or (...) for class indices; None for losses without labels.
        predictions
            Shape (..., classes). The class axis is the last; all others make up the samples.
        sample_weight
            Shape (...).
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
        parts = [part for part in (truth, array) if part is not None]
        rows = rows_of_a_block(*(part.shape[1] * part.itemsize for part in parts))
        weight = None if sample_weight is None else _weights(sample_weight, outer)
        study = cls(
            predictions=Table.from_array(array, rows),
            labels=None if truth is None else Table.from_array(truth, rows),
            encoding=encoding,
            kind=kind,
            classes=tuple(classes) if classes is not None else tuple(str(k) for k in range(array.shape[1])),
            sample_weight=None if weight is None else Table.from_array(weight, rows),
            class_weight=None if class_weight is None else tuple(float(weight) for weight in class_weight),
            outer=outer if len(outer) > 1 else None,
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
        if self.labels is not None and len(self.labels) != len(self.predictions):
            raise RefusedError(
                f"There are {len(self.labels)} labels and {len(self.predictions)} predictions."
            )
        if len(self.classes) != self.predictions.columns:
            raise RefusedError(
                f"There are {len(self.classes)} class names and {self.predictions.columns} classes."
            )
        if self.class_weight is not None and len(self.class_weight) != len(self.classes):
            raise RefusedError(
                f"There are {len(self.class_weight)} class weights and {len(self.classes)} classes."
            )
        if not all(0 <= weight < np.inf for weight in self.class_weight or ()):
            raise RefusedError("Class weights must be finite numbers, and none below 0.")
        return self._labels_checked()._predictions_checked()

    @property
    def samples(self) -> int:
        """How many samples there are."""
        return len(self.predictions)

    def sample_name(self, row: int) -> str:
        """Return what a sample is called: its number from 1, one for each axis of the outer shape."""
        if self.outer is None:
            return str(row + 1)
        return "(" + ", ".join(str(int(place) + 1) for place in np.unravel_index(row, self.outer)) + ")"

    @property
    def sums_to_one(self) -> bool:
        """Whether each row of predictions is meant to be a distribution: 0/1 and −1/+1 classes stand alone."""
        alone = len(self.classes) == 1 or (self.labels is not None and self.encoding in ("binary", "signed"))
        return self.kind == "probabilities" and not alone

    @property
    def indexed(self) -> bool:
        """Whether labels are class indices."""
        return ENCODINGS[self.encoding].indexed

    def table(self, which: str) -> Table | None:
        """Return the table called 'labels' or 'predictions'."""
        return self.labels if which == LABELS else self.predictions

    # Edits of cells

    def with_cells(self, which: str, row: int, column: int, values: ArrayLike) -> Study:
        """Return the study with a rectangle of numbers written into a table.

        Parameters
        ----------
        which
            'labels' or 'predictions'.
        row, column
            Where the rectangle begins.
        values
            Shape (rows, columns).

        Raises
        ------
        RefusedError
            If the rectangle does not lie in the table, or a number in it is not allowed there.
        """
        table = self.table(which)
        values = np.asarray(values, float)
        if table is None:
            raise RefusedError("This study has no labels.")
        if not np.isfinite(values).all():
            raise RefusedError("Only finite numbers can be entered.")
        if which == LABELS and self.indexed:
            self._refuse_wrong_labels(Table.from_array(values), row)
        try:
            changed = table.with_cells(row, column, values)
        except IndexError:
            block = f"{values.shape[0]} x {values.shape[1]} numbers"
            place = f"sample {row + 1}, column {column + 1} of a table of {len(table)} x {table.columns}"
            raise RefusedError(f"{block} do not fit at {place}.") from None
        return self._with(which, changed, range(row, row + len(values)))

    def with_cell(self, which: str, row: int, column: int, value: float) -> Study:
        """Return the study with one number changed; in one-hot labels, a 1 moves the row's one there.

        Raises
        ------
        RefusedError
            If the number is not allowed there.
        """
        inside = 0 <= column < len(self.classes)
        if which == LABELS and self.encoding == "one-hot" and value == 1 and inside:
            return self.with_cells(which, row, 0, np.eye(len(self.classes))[None, column])
        return self.with_cells(which, row, column, [[value]])

    def with_prediction(self, row: int, column: int, value: float, rescale: bool = False) -> Study:
        """Return the study with one prediction changed, the rest of its row held or rescaled.

        Raises
        ------
        RefusedError
            If the number is not allowed there.
        """
        inside = 0 <= row < self.samples and 0 <= column < len(self.classes)
        if not rescale or not inside:
            return self.with_cell(PREDICTIONS, row, column, value)
        return self.with_cells(PREDICTIONS, row, 0, rescaled(self.predictions.row(row), column, [value]))

    # Samples and classes

    def with_samples(self, at: int, count: int = 1) -> Study:
        """Return the study with new samples before row `at`: of the first class, predicted uniform or 0."""
        fill = 1 / len(self.classes) if self.kind == "probabilities" else 0.0
        rows = np.full((count, len(self.classes)), fill)
        labels = self.labels
        if labels is not None:
            first = np.full((count, labels.columns), -1.0 if self.encoding == "signed" else 0.0)
            if self.encoding in ("one-hot", "signed", "soft", "binary"):
                first[:, 0] = 1
            labels = labels.with_rows(at, first)
        weight = None if self.sample_weight is None else self.sample_weight.with_rows(at, np.ones((count, 1)))
        predictions = self.predictions.with_rows(at, rows)
        return replace(self, predictions=predictions, labels=labels, sample_weight=weight, outer=None)

    def without_samples(self, rows: Sequence[int]) -> Study:
        """Return the study without some samples.

        Raises
        ------
        RefusedError
            If none would be left.
        """
        if len(set(rows)) >= self.samples:
            raise RefusedError("A study needs at least one sample.")

        def less(table: Table | None) -> Table | None:
            return None if table is None else table.without_rows(rows)

        return replace(
            self,
            predictions=self.predictions.without_rows(rows),
            labels=less(self.labels),
            sample_weight=less(self.sample_weight),
            outer=None,
        )

    def with_classes(self, at: int, names: Sequence[str] | None = None) -> Study:
        """Return the study with new classes before column `at`: no sample has them, all predictions are 0."""
        names = list(names) if names is not None else [self._free_name()]
        labels = self.labels
        if labels is not None and self.indexed:
            labels = labels.mapped(lambda array: array + len(names) * (array >= at))
        elif labels is not None:
            labels = labels.with_columns(at, len(names), -1 if self.encoding == "signed" else 0)
        weight = self.class_weight
        return replace(
            self,
            predictions=self.predictions.with_columns(at, len(names)),
            labels=labels,
            classes=(*self.classes[:at], *names, *self.classes[at:]),
            class_weight=None if weight is None else (*weight[:at], *(1.0 for _ in names), *weight[at:]),
        )

    def without_classes(self, columns: Sequence[int]) -> Study:
        """Return the study without some classes.

        Raises
        ------
        RefusedError
            If none would be left, or a sample's label says one of them.
        """
        gone = sorted(set(columns))
        if len(gone) >= len(self.classes):
            raise RefusedError("A study needs at least one class.")
        labels = self.labels
        if labels is not None and self.indexed:
            self._refuse_labelled(gone)
            labels = labels.mapped(lambda array: array - np.searchsorted(gone, array).astype(array.dtype))
        elif labels is not None:
            if self.encoding == "one-hot":
                self._refuse_labelled(gone)
            labels = labels.without_columns(gone)
        kept = [k for k in range(len(self.classes)) if k not in gone]
        weight = self.class_weight
        return replace(
            self,
            predictions=self.predictions.without_columns(gone),
            labels=labels,
            classes=tuple(self.classes[k] for k in kept),
            class_weight=None if weight is None else tuple(weight[k] for k in kept),
        )

    # What labels and predictions are

    def with_encoding(self, encoding: str) -> Study:
        """Return the study with its labels converted to another encoding.

        Raises
        ------
        RefusedError
            If a row cannot say the same in that encoding; the message names it.
        """
        if self.labels is None:
            return replace(self, encoding=encoding)
        try:
            labels = convert(self.labels, self.encoding, encoding, len(self.classes))
        except ValueError as error:
            raise RefusedError(str(error)) from None
        return replace(self, labels=labels, encoding=encoding)

    def with_kind(self, kind: str) -> Study:
        """Return the study with the same predictions, said to be something else.

        Raises
        ------
        RefusedError
            If they cannot be that; the message names the first that is not.
        """
        return replace(self, kind=kind)._predictions_checked()

    def softmaxed(self) -> Study:
        """Return the study with softmax applied to each row of predictions, which are probabilities then.

        Raises
        ------
        RefusedError
            If a row has no softmax, since a number in it is not finite.
        """
        with np.errstate(all="ignore"):
            softmax = self.predictions.mapped(Softmax().value)
        return replace(self, predictions=softmax, kind="probabilities")._predictions_checked()

    def normalised(self) -> Study:
        """Return the study with each row of predictions divided by its sum.

        Raises
        ------
        RefusedError
            If a row sums to 0, or to less.
        """
        for block, start in zip(self.predictions.blocks, self.predictions.starts, strict=False):
            sums = block.array.sum(axis=1)
            divides = (sums > 0) & np.isfinite(sums)
            if not divides.all():
                row = start + int(np.argmin(divides))
                raise RefusedError(f"Sample {row + 1} has no positive sum to divide by.")
        mapped = self.predictions.mapped(Normalise().value)
        return replace(self, predictions=mapped)._predictions_checked()

    # Losses

    def with_choice(self, choice: Choice, at: int | None = None) -> Study:
        """Return the study with a loss added, or put in the place of number `at`."""
        if at is None:
            return replace(self, choices=(*self.choices, choice))
        return replace(self, choices=(*self.choices[:at], choice, *self.choices[at + 1 :]))

    def without_choice(self, at: int) -> Study:
        """Return the study without the chosen loss number `at`."""
        return replace(self, choices=(*self.choices[:at], *self.choices[at + 1 :]))

    # Checks

    def _with(self, which: str, table: Table, rows: range) -> Study:
        touched = Table.from_array(table.rows(rows.start, rows.stop))
        if which == LABELS:
            self._refuse_wrong_labels(touched, rows.start)
            return replace(self, labels=table)
        self._refuse_wrong_predictions(touched, rows.start)
        return replace(self, predictions=table)

    def _labels_checked(self) -> Study:
        if self.labels is not None:
            row = first_wrong_row(self.labels, self.encoding, len(self.classes))
            if row is not None:
                rule = ENCODINGS[self.encoding]
                raise RefusedError(f"Labels are not {rule.title}: sample {row + 1} {rule.rule}.")
        return self

    def _predictions_checked(self) -> Study:
        self._refuse_wrong_predictions(self.predictions, 0)
        return self

    def _refuse_wrong_labels(self, table: Table, first: int) -> None:
        row = first_wrong_row(table, self.encoding, len(self.classes))
        if row is not None:
            raise RefusedError(f"Sample {first + row + 1} {ENCODINGS[self.encoding].rule}.")

    def _refuse_wrong_predictions(self, table: Table, first: int) -> None:
        if self.kind != "probabilities":
            return
        row = first_wrong_row(table, "soft", len(self.classes))
        if row is not None:
            wrong = next(float(p) for p in table.row(row) if not 0 <= p <= 1)
            raise RefusedError(
                f"A probability lies between 0 and 1: {wrong:g} in sample {first + row + 1} does not."
            )

    def _refuse_labelled(self, columns: Sequence[int]) -> None:
        assert self.labels is not None
        for block, start in zip(self.labels.blocks, self.labels.starts, strict=False):
            has = (
                np.isin(block.array[:, 0], columns)
                if self.indexed
                else block.array[:, list(columns)].any(axis=1)
            )
            if has.any():
                row = start + int(np.argmax(has))
                raise RefusedError(
                    f"Sample {row + 1} is labelled with that class: give it another label first."
                )

    def _free_name(self) -> str:
        number = len(self.classes)
        while str(number) in self.classes:
            number += 1
        return str(number)


def rescaled(row: ArrayLike, column: int, values: ArrayLike) -> Array:
    """Return the row with each of `values` at `column`, the rest rescaled so that the row keeps its sum.

    Parameters
    ----------
    row
        Shape (classes,).
    values
        Shape (n,).

    Returns
    -------
    Shape (n, classes). Where the rest of the row is 0 it is shared out evenly. A row within [0, 1] stays
    there, even where it cannot keep its sum.
    """
    row, values = np.asarray(row, float), np.asarray(values, float)
    others = np.where(np.arange(len(row)) == column, 0, row)
    rest = others.sum()
    shares = others / rest if rest > 0 else np.full(len(row), 1 / max(len(row) - 1, 1))
    left = row[column] + rest - values
    left = np.where(np.abs(left) < 1e-12 * max(1.0, abs(row.sum())), 0, left)
    result: Array = left[:, None] * shares
    if ((row >= 0) & (row <= 1)).all():
        result = np.clip(result, 0, 1)
    result[:, column] = values
    return result


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


def _weights(weights: ArrayLike, outer: tuple[int, ...]) -> Array:
    array = np.asarray(weights, float)
    if array.shape != outer:
        raise RefusedError(f"Sample weights of the shape {array.shape} do not fit {outer} samples.")
    if not (np.isfinite(array) & (array >= 0)).all():
        raise RefusedError("Sample weights must be finite numbers, and none below 0.")
    return array.reshape(-1, 1)
