"""What the sum of values is divided by when they are reduced, as frameworks have it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lossgui.core.table import Array


@dataclass(frozen=True, eq=False)
class Values:
    """The unreduced values of a call, and what a reduction may ask for besides.

    Parameters
    ----------
    array
        One for each sample, or each entry, in the shape in which the framework returns them.
    weight
        What each counts for, in a shape that goes with theirs; None where all count alike.
    shares
        What each sample counts for in the divisor of a mean, where a chain says so (a label that is ignored
        counts for nothing); None where each value counts for one.
    entries
        The terms of which each value is made, one row for each sample; None where there are none.
    """

    array: Array
    weight: Array | None = None
    shares: Array | None = None
    entries: Array | None = None

    @property
    def weighed(self) -> Array:
        """The values times their weights, in the shape of both."""
        result: Array = self.array if self.weight is None else self.array * self.weight
        return result


Divisor = Callable[[Values], Array]


def one(values: Values) -> Array:
    """Return 1: the values are added up, and not divided."""
    return np.asarray(1.0)


def size(values: Values) -> Array:
    """Return how many values there are, whatever their shares."""
    return np.asarray(float(values.weighed.size))


def count(values: Values) -> Array:
    """Return how many values there are, or the sum of their shares."""
    return size(values) if values.shares is None else np.asarray(values.shares.sum())


def count_of_some(values: Values) -> Array:
    """Return how many values count; NaN where there are some and none of them does."""
    counted = count(values)
    return np.where((counted == 0) & (values.array.size > 0), np.nan, counted)


def weights(values: Values) -> Array:
    """Return the sum of the weights as they were given; without weights, how many values there are."""
    if values.weight is None:
        return count(values)
    return np.asarray((values.weight if values.shares is None else values.weight * values.shares).sum())


def some_weights(values: Values) -> Array:
    """Return the sum of the weights.

    Raises
    ------
    ValueError
        If it is 0.
    """
    total = weights(values)
    if values.weight is not None and total == 0:
        raise ValueError("The sample weights add up to 0, so that there is no mean.")
    return total


def spread_weights(values: Values) -> Array:
    """Return the sum of the weights, each as often as there are values that it weighs."""
    if values.weight is None:
        return size(values)
    return np.asarray((np.ones_like(values.array) * values.weight).sum())


def nonzero_weights(values: Values) -> Array:
    """Return how many values have a weight that is not 0."""
    if values.weight is None:
        return size(values)
    return np.asarray(float(np.count_nonzero(np.broadcast_to(values.weight, values.array.shape))))
