"""How frameworks make arrays of different shapes fit one another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lossgui.core.given import Given
from lossgui.core.table import Array


def same_rank(first: Array, second: Array) -> tuple[Array, Array]:
    """Return both with as many axes, as Keras 3 does: a last axis of size 1 comes or goes.

    A row is made a column; of anything longer the last axis is dropped. What differs in another way stays.
    """
    if first.ndim == second.ndim + 1 and first.shape[-1] == 1:
        return (first, second[:, None]) if second.ndim == 1 else (first[..., 0], second)
    if second.ndim == first.ndim + 1 and second.shape[-1] == 1:
        return (first[:, None], second) if first.ndim == 1 else (first, second[..., 0])
    return first, second


def broadcast(given: Given) -> Given:
    """Return labels and predictions repeated along axes of size 1 until both have one shape.

    Raises
    ------
    ValueError
        If that cannot be.
    """
    if given.labels is None:
        return given
    try:
        shape = np.broadcast_shapes(given.labels.shape, given.predictions.shape)
    except ValueError:
        raise ValueError(
            f"Labels of the shape {given.labels.shape} do not fit predictions of the shape "
            f"{given.predictions.shape}."
        ) from None
    return replace(
        given,
        labels=np.broadcast_to(given.labels, shape),
        predictions=np.broadcast_to(given.predictions, shape),
    )


def at_one_rank(given: Given) -> Given:
    """Return labels and predictions with as many axes, as Keras 3 makes them."""
    if given.labels is None:
        return given
    labels, predictions = same_rank(given.labels, given.predictions)
    return replace(given, labels=labels, predictions=predictions)


def broadcast_at_one_rank(given: Given) -> Given:
    """Return labels and predictions of one shape as Keras 3 makes them: of one rank first, then repeated."""
    return broadcast(at_one_rank(given))


def without_last_of_one(given: Given) -> Given:
    """Return labels and predictions without a last axis of size 1 that the other lacks, as Keras 2 does."""
    labels, predictions = given.labels, given.predictions
    if labels is not None and labels.ndim == predictions.ndim + 1 and labels.shape[-1] == 1:
        return replace(given, labels=labels[..., 0])
    if labels is not None and predictions.ndim == labels.ndim + 1 and predictions.shape[-1] == 1:
        return replace(given, predictions=predictions[..., 0])
    return given


def columns(given: Given) -> Given:
    """Return a row of labels or predictions as a column, as scikit-learn's metrics do: one output."""

    def column(array: Array) -> Array:
        return array[:, None] if array.ndim == 1 else array

    labels = None if given.labels is None else column(given.labels)
    return replace(given, labels=labels, predictions=column(given.predictions))


def spread_weight(given: Given) -> Given:
    """Return weights of entries repeated until there is one for each prediction.

    Raises
    ------
    ValueError
        If that cannot be.
    """
    weight, shape = given.others["weight"], given.predictions.shape
    try:
        whole = np.broadcast_to(weight, shape)
    except ValueError:
        raise ValueError(
            f"Weights of the shape {weight.shape} do not fit predictions of the shape {shape}."
        ) from None
    return replace(given, others={**given.others, "weight": whole})
