"""What frameworks refuse: each check raises a ValueError that says why."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lossgui.core.given import Check, Given


def within(name: str, low: float, high: float, ends: bool = True) -> Check:
    """Return the check that a parameter, if it is given, lies between two numbers."""

    def check(given: Given) -> None:
        value = given.parameters.get(name)
        if value is None:
            return
        if not (low <= value <= high if ends else low < value < high):
            raise ValueError(f"{name} must lie between {low:g} and {high:g}; it is {value:g}.")

    return check


def classes(ignored: str = "", otherwise: float | None = None, wraps: bool = False) -> Check:
    """Return the check that class indices are among the classes.

    Parameters
    ----------
    ignored
        The parameter that names a class which may be anything.
    otherwise
        Its default; None where there is none.
    wraps
        Whether −1 is the last class, as in NumPy.
    """

    def check(given: Given) -> None:
        labels, count = given.labels, given.predictions.shape[-1] if given.predictions.ndim else 1
        if labels is None:
            return
        spared = given.parameters.get(ignored, otherwise)
        wrong = (labels >= count) | (labels < (-count if wraps else 0))
        if spared is not None:
            wrong &= labels != spared
        if wrong.any():
            found = int(labels[wrong].flat[0])
            raise ValueError(f"There is no class {found}: there are {count} classes, counted from 0.")

    return check


def an_axis(given: Given) -> None:
    """Refuse a single prediction, where there must be an axis of classes."""
    if given.predictions.ndim == 0:
        raise ValueError("A single prediction has no axis of classes: give it as a list.")


def one_label_a_row(given: Given) -> None:
    """Refuse class indices that are not one for each row of predictions."""
    if given.labels is not None and given.labels.ndim != given.predictions.ndim - 1:
        raise ValueError("It takes one class index for each row of predictions, and no axis for them.")


def two_classes(given: Given) -> None:
    """Refuse predictions of one class in a column."""
    if given.predictions.ndim > 1 and given.predictions.shape[-1] < 2:
        raise ValueError("Give one probability a sample as a row, or a column for every class.")


def last_axis(given: Given) -> None:
    """Refuse an axis other than the last."""
    axis = given.parameters.get("axis", -1)
    if axis not in (-1, given.predictions.ndim - 1):
        raise ValueError(f"Only the last axis can be that of the classes; axis is {axis}.")


def whole_labels(given: Given) -> None:
    """Refuse labels that are not of a whole type, where class indices are taken."""
    if given.labels is not None and given.labels.dtype.kind not in "iu":
        raise ValueError("It takes class indices, which are whole numbers; the labels are not.")


def float_labels(given: Given) -> None:
    """Refuse labels of a whole type, which would be class indices or are not what is taken."""
    if given.labels is not None and given.labels.dtype.kind != "f":
        raise ValueError("Labels must be floats here; these are whole numbers.")


def same_shape(given: Given) -> None:
    """Refuse labels and predictions that differ in shape."""
    if given.labels is not None and given.labels.shape != given.predictions.shape:
        raise ValueError(
            f"Labels of the shape {given.labels.shape} do not fit predictions of the shape "
            f"{given.predictions.shape}."
        )


def some_numbers(given: Given) -> None:
    """Refuse arrays without any number."""
    if not given.predictions.size:
        raise ValueError("There are no numbers: at least one is needed.")


def zero_or_one(given: Given) -> None:
    """Refuse labels other than 0 and 1."""
    if given.labels is not None and not np.isin(given.labels, (0, 1)).all():
        raise ValueError("With one probability a sample the labels must be 0 or 1.")


def some_samples(given: Given) -> None:
    """Refuse a batch without samples."""
    if given.predictions.ndim == 0 or not len(given.predictions):
        raise ValueError("There are no samples: at least one is needed.")


def _between(name: str, of: Callable[[Given], np.ndarray | None]) -> Check:
    def check(given: Given) -> None:
        array = of(given)
        if array is not None and not ((array >= 0) & (array <= 1)).all():
            raise ValueError(f"All {name} must lie between 0 and 1.")

    return check


shares = _between("predictions", lambda given: given.predictions)
label_shares = _between("labels", lambda given: given.labels)


def float_predictions(given: Given) -> None:
    """Refuse predictions of a whole type."""
    if given.predictions.dtype.kind != "f":
        raise ValueError("Predictions must be floats.")


def table(given: Given) -> None:
    """Refuse what has more than two axes: samples and outputs."""
    for array in (given.predictions, given.labels):
        if array is not None and not 1 <= array.ndim <= 2:
            raise ValueError(f"It takes samples and outputs, two axes at most; there are {array.ndim}.")


def one_output(given: Given) -> None:
    """Refuse more than one output."""
    if given.predictions.ndim > 1 and given.predictions.shape[1] != 1:
        raise ValueError(f"It takes one output; there are {given.predictions.shape[1]}.")


def weight_for_each_sample(given: Given) -> None:
    """Refuse weights that are not one for each sample, and such as are all 0."""
    weight = given.others.get("sample_weight")
    if weight is None:
        return
    if weight.shape != given.predictions.shape[:1]:
        raise ValueError(f"It takes a weight for each sample; these have the shape {weight.shape}.")
    if not weight.any():
        raise ValueError("All sample weights are 0.")


def weight_for_each(given: Given) -> None:
    """Refuse weights that are not one for each prediction."""
    weight = given.others.get("weight")
    if weight is not None and weight.shape != given.predictions.shape:
        raise ValueError(
            f"It takes a weight for each prediction, in the shape {given.predictions.shape}; "
            f"these have the shape {weight.shape}."
        )


def above_0(name: str) -> Check:
    """Return the check that a parameter, if it is given, is above 0."""

    def check(given: Given) -> None:
        if not given.parameters.get(name, 1) > 0:
            raise ValueError(f"{name} must be above 0.")

    return check


def not_below_0(name: str) -> Check:
    """Return the check that a parameter, if it is given, is 0 or more."""

    def check(given: Given) -> None:
        if given.parameters.get(name, 1) < 0:
            raise ValueError(f"{name} must be 0 or more.")

    return check
