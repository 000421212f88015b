"""What a callable of a framework is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lossgui.core.table import Array


@dataclass(frozen=True, eq=False)
class Given:
    """The arrays and parameters of a call, in the shapes in which the framework takes them.

    Parameters
    ----------
    labels
        None for activations and entropies.
    others
        Arrays besides, by name: 'sample_weight', 'weight', 'var', 'x2', 'negative'.
    parameters
        As given, by the framework's own names.
    """

    predictions: Array
    labels: Array | None
    others: Mapping[str, Array]
    parameters: Mapping[str, Any]

    @property
    def indexed(self) -> bool:
        """Whether labels are whole numbers, one for each row of predictions."""
        labels = self.labels
        if labels is None or labels.dtype.kind not in "iu":
            return False
        return labels.ndim == self.predictions.ndim - 1


Check = Callable[[Given], None]
"""Raises a ValueError if the framework refuses what it is given."""

Fit = Callable[[Given], Given]
"""Makes labels, predictions and what else is given fit one another, as the framework does."""
