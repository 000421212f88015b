"""What a study holds, and whether it fits together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import numpy as np

from lossgui.core import names
from lossgui.core.choice import Choice, Origin
from lossgui.core.encodings import ENCODINGS, first_wrong_row
from lossgui.core.table import Array, Table

LABELS, PREDICTIONS = "labels", "predictions"
SAMPLE_WEIGHT, CLASS_WEIGHT, MASK = "sample_weight", "class_weight", "mask"


class RefusedError(ValueError):
    """An edit that the study does not take; the message says why, for a person."""


@dataclass(frozen=True)
class Contents:
    """Labels, predictions, how they are meant, and the chosen losses.

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
    mask
        Whether each sample counts: of bool, shape (samples, 1); None if all do.
    sample_names
        (row, name) of each sample that has a name, by row.
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
    mask: Table | None = None
    sample_names: names.Named = ()

    @property
    def samples(self) -> int:
        """How many samples there are."""
        return len(self.predictions)

    def sample_name(self, row: int) -> str:
        """Return what a sample is called: its name, else its number."""
        return names.name_at(self.sample_names, row) or self.sample_number(row)

    def sample_number(self, row: int) -> str:
        """Return the number of a sample from 1, one for each axis of the outer shape."""
        if self.outer is None:
            return str(row + 1)
        return "(" + ", ".join(str(int(place) + 1) for place in np.unravel_index(row, self.outer)) + ")"

    def counts(self, row: int) -> bool:
        """Tell whether a sample counts: one that is masked is left out of every sum."""
        return self.mask is None or bool(self.mask[row, 0])

    @cached_property
    def counted(self) -> int:
        """How many samples count."""
        if self.mask is None:
            return self.samples
        return sum(block.recall_or("how many count", np.count_nonzero) for block in self.mask.blocks)

    def first_counted(self, most: int) -> list[int]:
        """Return the rows of the first samples that count, no more than `most`."""
        if self.mask is None:
            return list(range(min(most, self.samples)))
        found: list[int] = []
        for block, start in zip(self.mask.blocks, self.mask.starts, strict=False):
            if len(found) >= most:
                break
            found += (start + np.flatnonzero(block.array)[: most - len(found)]).tolist()
        return found

    @property
    def sums_to_one(self) -> bool:
        """Whether rows of predictions are meant to be distributions: 0/1 and −1/+1 classes stand alone."""
        alone = len(self.classes) == 1 or (self.labels is not None and self.encoding in ("binary", "signed"))
        return self.kind == "probabilities" and not alone

    @property
    def indexed(self) -> bool:
        """Whether labels are class indices."""
        return ENCODINGS[self.encoding].indexed

    def table(self, which: str) -> Table | None:
        """Return a table by its name: 'labels', 'predictions', 'sample_weight', 'class_weight' or 'mask'."""
        if which == LABELS:
            return self.labels
        if which == SAMPLE_WEIGHT:
            return self.sample_weight
        if which == MASK:
            return self.mask
        return self._class_weights if which == CLASS_WEIGHT else self.predictions

    @cached_property
    def _class_weights(self) -> Table | None:
        return None if self.class_weight is None else Table.from_array(np.array([self.class_weight], float))

    # Checks

    def check(self) -> None:
        """Raise an error unless all parts fit one another.

        Raises
        ------
        RefusedError
            If they do not.
        """
        self._refuse_counts()
        check_weights(np.asarray(self.class_weight or ()), "Class weights")
        rows = [row for row, _ in self.sample_names]
        if rows != sorted(set(rows)) or not all(0 <= row < self.samples for row in rows):
            raise RefusedError("Names of samples are not those of samples in order.")
        wrong = next((why for _, name in self.sample_names if (why := names.why_not(name))), None)
        if wrong is not None:
            raise RefusedError(wrong)
        if self.labels is not None:
            row = first_wrong_row(self.labels, self.encoding, len(self.classes))
            if row is not None:
                rule = ENCODINGS[self.encoding]
                raise RefusedError(
                    f"Labels are not {rule.title}: sample {self.sample_name(row)} {rule.rule}."
                )
        self.check_predictions(self.predictions)

    def _refuse_counts(self) -> None:
        classes = len(self.classes)
        if self.labels is not None and len(self.labels) != self.samples:
            raise RefusedError(f"There are {len(self.labels)} labels and {self.samples} predictions.")
        if classes != self.predictions.columns:
            raise RefusedError(f"There are {classes} class names and {self.predictions.columns} classes.")
        if self.class_weight is not None and len(self.class_weight) != classes:
            raise RefusedError(f"There are {len(self.class_weight)} class weights and {classes} classes.")

    def check_labels(self, table: Table, first: int = 0) -> None:
        """Raise an error unless these rows, from row `first` on, are labels as the study writes them.

        Raises
        ------
        RefusedError
            If they are not; the message names the first row that is none.
        """
        row = first_wrong_row(table, self.encoding, len(self.classes))
        if row is not None:
            raise RefusedError(f"Sample {self.sample_name(first + row)} {ENCODINGS[self.encoding].rule}.")

    def check_predictions(self, table: Table, first: int = 0) -> None:
        """Raise an error unless these rows, from row `first` on, are predictions of the study's kind.

        Raises
        ------
        RefusedError
            If they are not; the message names the first row that is none.
        """
        if self.kind != "probabilities":
            return
        row = first_wrong_row(table, "soft", len(self.classes))
        if row is not None:
            wrong = next(float(p) for p in table.row(row) if not 0 <= p <= 1)
            raise RefusedError(
                f"A probability lies between 0 and 1: {wrong:g} in sample {self.sample_name(first + row)} "
                "does not."
            )

    def check_unlabelled(self, columns: Sequence[int]) -> None:
        """Raise an error if a sample's label says one of these classes.

        Raises
        ------
        RefusedError
            If one does; the message names the first.
        """
        assert self.labels is not None
        for block, start in zip(self.labels.blocks, self.labels.starts, strict=False):
            array = block.array
            has = np.isin(array[:, 0], columns) if self.indexed else array[:, list(columns)].any(axis=1)
            if has.any():
                name = self.sample_name(start + int(np.argmax(has)))
                raise RefusedError(f"Sample {name} is labelled with that class: give it another label first.")


Some = TypeVar("Some", bound=Contents)


def check_weights(weights: Array, what: str) -> None:
    """Raise an error unless all weights are finite, and none below 0.

    Raises
    ------
    RefusedError
        If one is not; `what` begins the message.
    """
    if not (np.isfinite(weights) & (weights >= 0)).all():
        raise RefusedError(f"{what} must be finite numbers, and none below 0.")
