"""How deep a cell is shaded: from nothing at the least value to the theme's shade at the greatest."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from lossgui.core.study import LABELS, PREDICTIONS, Study
from lossgui.core.table import Array, Table


@dataclass(frozen=True)
class Scale:
    """A scale of values: straight from `low` to `high`, or, for logits, along the sigmoid."""

    low: float = 0.0
    high: float = 1.0
    sigmoid: bool = False

    def share(self, value: float) -> float:
        """Return where a value lies, from 0 to 1; 0 if it is not a number."""
        if math.isnan(value):
            return 0.0
        if self.sigmoid:
            return 1 / (1 + math.exp(-min(max(value, -40.0), 40.0)))
        if self.high <= self.low:
            return 0.0
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)


def scale_of(study: Study, which: str) -> Scale | None:
    """Return the scale of a table; None where its numbers have no order, such as indices of classes.

    Probabilities lie between 0 and 1, and a logit says what its sigmoid says; of other values the table
    itself is the scale, found block by block and remembered there.
    """
    table = study.table(which)
    if table is None or which not in (LABELS, PREDICTIONS) or (which == LABELS and study.indexed):
        return None
    meant = study.encoding if which == LABELS else study.kind
    if meant == "logits":
        return Scale(sigmoid=True)
    if meant == "signed":
        return Scale(-1.0)
    return Scale(*_range(table)) if meant in ("values", "real") else Scale()


def _range(table: Table) -> tuple[float, float]:
    ranges = [block.recall_or("finite range", _finite_range) for block in table.blocks]
    return min(low for low, _ in ranges), max(high for _, high in ranges)


def _finite_range(array: Array) -> tuple[float, float]:
    low, high = float(array.min()), float(array.max())
    if math.isfinite(low) and math.isfinite(high):
        return low, high
    finite = array[np.isfinite(array)]
    return (float(finite.min()), float(finite.max())) if len(finite) else (math.inf, -math.inf)
