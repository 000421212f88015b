"""Keras 2: tf-keras."""

from __future__ import annotations

from lossgui.core.frameworks.framework import Framework
from lossgui.core.profiles import KERAS_2
from lossgui.core.shapes import without_last_of_one
from lossgui.core.table import Array


def along_the_first_axes(weights: Array, values: Array) -> tuple[Array, Array]:
    """Return weights with as many axes as the values: where one is missing it is the last."""
    if weights.ndim and values.ndim == weights.ndim + 1:
        return weights[..., None], values
    if weights.ndim == values.ndim + 1:
        return weights.reshape(weights.shape[:-1]), values
    return weights, values


FRAMEWORK = Framework(
    "tf_keras",
    KERAS_2,
    weigh=along_the_first_axes,
    flushes=True,
    of_classes=without_last_of_one,
)
