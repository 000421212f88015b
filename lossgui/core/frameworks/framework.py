"""What a framework does around every loss, and its callables by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lossgui.core.given import Fit, Given
from lossgui.core.loss import Call
from lossgui.core.losses import LOSSES
from lossgui.core.profiles import PROFILES
from lossgui.core.reductions import Reduction
from lossgui.core.table import Array

Weigh = Callable[[Array, Array], tuple[Array, Array]]


def from_the_left(weights: Array, values: Array) -> tuple[Array, Array]:
    """Return weights in the shape of the values, whose first axes are theirs; and the values."""
    more = values.ndim - weights.ndim
    spread = weights.reshape(weights.shape + (1,) * more) if more > 0 else weights
    return np.broadcast_to(spread, values.shape), values


@dataclass(frozen=True)
class Framework:
    """A framework.

    Parameters
    ----------
    name
        As in `lossgui.call`.
    profile
        The profile that computes as it does.
    others
        Callables that are no loss of the catalogue, such as activations.
    weigh
        (sample weights, values) -> both in shapes that go with one another; None: it takes no weights of
        samples.
    flushes
        Whether it takes numbers too small for all their digits (1e-40 in float32) for 0.
    of_classes
        What its classes, which reduce, do about labels and predictions of different shapes before they call
        the function; None: there are no such classes.
    """

    name: str
    profile: str
    others: tuple[Call, ...] = ()
    weigh: Weigh | None = None
    flushes: bool = False
    of_classes: Fit | None = None

    @property
    def reductions(self) -> Mapping[str, Reduction]:
        """What it offers, by its own names."""
        return PROFILES[self.profile].reductions

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """Every callable: those of the losses in the catalogue, and the others."""
        forms = [loss.forms[self.profile] for loss in LOSSES.values() if self.profile in loss.forms]
        return (*(call for form in forms for call in form.calls), *self.others)

    def called(self, name: str, given: Given) -> Call:
        """Return the callable of a name; where several share it, the one for what is given.

        Raises
        ------
        ValueError
            If there is none of that name.
        """
        found = [call for call in self.calls if name in call.names]
        if not found:
            raise ValueError(f"{self.name} has no loss called {name}.")
        found = [call for call in found if call.indexed == given.indexed] or found
        besides = set(given.others) - {"sample_weight"}
        return next((call for call in found if set(call.takes) == besides), found[0])
