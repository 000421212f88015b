"""Reductions as frameworks have them: unreduced values -> one number, and what each counts for in it."""

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
        What each counts for, of the same shape; None where all count alike.
    shares
        What each sample counts for in the divisor of a mean, where a chain says so (a label that is ignored
        counts for nothing); None where each value counts for one.
    """

    array: Array
    weight: Array | None = None
    shares: Array | None = None


Divisor = Callable[[Values], Array]


@dataclass(frozen=True, eq=False)
class Reduction:
    """The sum of weighted values over a divisor.

    Parameters
    ----------
    divisor
        What the sum is divided by.
    axis
        Along which values are added up; None: all of them. Where it is not a number, they stay as they are.
    empty
        What a sum over a divisor of 0 is; None: what division makes of it.
    scale
        What the whole is multiplied by.
    """

    divisor: Divisor
    axis: int | str | None = None
    empty: float | None = None
    scale: float = 1.0

    def value(self, values: Values) -> Array:
        """Return the reduced number, or numbers."""
        weighed = values.array if values.weight is None else values.array * values.weight
        if isinstance(self.axis, str):
            return weighed
        with np.errstate(all="ignore"):
            total = np.asarray(weighed.sum(axis=self.axis))
            divisor = np.asarray(self.divisor(values))
            result = np.asarray(total / divisor * self.scale).astype(values.array.dtype)
            return result if self.empty is None else np.where(divisor == 0, self.empty, result)

    def counts_for(self, values: Values) -> Array:
        """Return the derivative of the reduced number by each value, in the values' shape."""
        weight = np.ones_like(values.array) if values.weight is None else values.weight
        with np.errstate(all="ignore"):
            divisor = np.asarray(self.divisor(values))
            share = weight * (self.scale / divisor)
            result = share if self.empty is None else np.where(divisor == 0, 0, share)
        return np.asarray(np.broadcast_to(result, values.array.shape), values.array.dtype)


def one(values: Values) -> Array:
    """Return 1: the values are added up, and not divided."""
    return np.asarray(1.0)


def count(values: Values) -> Array:
    """Return how many values there are, or the sum of their shares."""
    return np.asarray(float(values.array.size) if values.shares is None else values.shares.sum())


def weights(values: Values) -> Array:
    """Return the sum of the weights; without weights, how many values there are."""
    return count(values) if values.weight is None else np.asarray(values.weight.sum())


def nonzero_weights(values: Values) -> Array:
    """Return how many weights are not 0; without weights, how many values there are."""
    return count(values) if values.weight is None else np.asarray(float(np.count_nonzero(values.weight)))


NONE = Reduction(one, axis="none")
SUM = Reduction(one)
MEAN = Reduction(count)
MEAN_OF_WEIGHTS = Reduction(weights)
NONZERO = Reduction(nonzero_weights)
