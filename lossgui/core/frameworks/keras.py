"""Keras 3, on TensorFlow."""

from __future__ import annotations

from lossgui.core.frameworks.framework import Framework
from lossgui.core.profiles import KERAS_3
from lossgui.core.shapes import at_one_rank, same_rank
from lossgui.core.table import Array


def of_one_rank(weights: Array, values: Array) -> tuple[Array, Array]:
    """Return weights and values of one rank: weights of fewer axes go along the last one of the values."""
    values, weights = same_rank(values, weights)
    return weights, values


FRAMEWORK = Framework("keras", KERAS_3, weigh=of_one_rank, flushes=True, of_classes=at_one_rank)
