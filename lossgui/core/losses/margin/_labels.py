"""What frameworks make of the labels of margin losses, before they compare them with scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossgui.core.chain import Fact
from lossgui.core.given import Given
from lossgui.core.stages import Map
from lossgui.core.table import Array
from lossgui.core.where import where

ZERO_ONE = Fact("labels are all 0 or 1", lambda y: bool(np.isin(y, (0, 1)).all()), lambda a, b: a and b, True)

EVERY = Fact(
    "every label", lambda y: tuple(np.unique(y).tolist()), lambda a, b: tuple(sorted({*a, *b})), nothing=()
)
"""All labels that there are, in their order."""


def signs_if_zero_one() -> Map:
    """Return the stage that writes 0 as −1, if all labels are 0 or 1: Keras."""
    return Map(
        name="0/1 to −1/+1",
        reads=("labels", ZERO_ONE.name),
        writes="labels",
        function=lambda y, zero_one: 2 * y - 1 if zero_one else y,
        derivatives=(None, None),
        formula=r"2 y_k - 1",
        words="Keras writes labels 0 as −1, but only if every label of the batch is 0 or 1.",
        chip="0/1 → −1/+1",
    )


def signs_always() -> Map:
    """Return the stage 2y − 1, whatever the labels: tf.compat.v1.losses."""
    return Map(
        name="2y − 1",
        reads=("labels",),
        writes="labels",
        function=lambda y: 2 * y - 1,
        derivatives=(None,),
        formula=r"2 y_k - 1",
        words="TensorFlow takes labels for 0 and 1, always: 0 becomes −1, and a label of −1 becomes −3.",
        chip="2y − 1",
    )


def larger_is_positive() -> Map:
    """Return the stage that makes the larger of two labels +1 and the other −1: scikit-learn."""

    def signs(y: Array, every: tuple[float, ...]) -> Array:
        positive = (y == every[-1]) & (len(every) > 1) if every else np.zeros_like(y, bool)
        return where(positive, 1, -1).astype(y.dtype)

    return Map(
        name="the larger label is +1",
        reads=("labels", EVERY.name),
        writes="labels",
        function=signs,
        derivatives=(None, None),
        formula=r"\pm 1",
        words="scikit-learn takes the larger of the two labels for +1; where all labels are alike, for −1.",
        chip="larger → +1",
    )


def ranks(names: Sequence[float]) -> Map:
    """Return the stage that writes labels as the places of their names in order: scikit-learn."""
    return Map(
        name="labels in order",
        reads=("labels",),
        writes="labels",
        function=lambda y: np.searchsorted(np.unique(names), y),
        derivatives=(None,),
        formula="t",
        words="scikit-learn counts classes in the order of their names.",
        chip="names in order",
    )


# What scikit-learn refuses


def one_row(given: Given) -> None:
    """Refuse labels in several columns, and labels that are no names of classes."""
    labels = given.labels
    if labels is not None and (labels.ndim > 1 and labels.shape[1:] != (1,)):
        raise ValueError(f"It takes a label for each sample; these have the shape {labels.shape}.")
    if labels is not None and labels.dtype.kind == "f" and (labels != np.floor(labels)).any():
        raise ValueError("Labels are names of classes here: they must be whole numbers.")


def two_labels(given: Given) -> None:
    """Refuse more than two different labels where there is a single score for each sample."""
    named = given.parameters.get("labels")
    if len(np.unique(given.labels if named is None else named)) > 2:  # type: ignore[arg-type]
        raise ValueError("There are more than two different labels: each needs a column of scores.")


def a_name_a_column(given: Given) -> None:
    """Refuse scores of another number of classes than have names, and of fewer than three."""
    columns, labels = given.predictions.shape[-1], given.parameters.get("labels")
    names = np.arange(columns) if labels is None else np.unique(labels)
    if len(names) < 3:
        raise ValueError("With fewer than three classes it takes a single score for each sample.")
    if len(names) != columns:
        raise ValueError(f"There are {len(names)} different labels, but scores of {columns} classes.")
    if not np.isin(given.labels, names).all():  # type: ignore[arg-type]
        raise ValueError("There is a label that names no class.")
