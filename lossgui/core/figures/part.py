"""Some samples of a chosen loss, as parts of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from lossgui.core.evaluate import Outcome
from lossgui.core.study import Study
from lossgui.core.sums import AddedUp
from lossgui.core.table import Table


class Part(Outcome):
    """Some samples of an outcome: rows of their own; sums, facts and divisor of the whole.

    Parameters
    ----------
    rows
        The samples, in the order in which they are wanted.
    """

    def __init__(self, whole: Outcome, rows: Sequence[int]) -> None:
        super().__init__(picked(whole.study, rows), whole.choice)
        self._whole = whole

    @cached_property
    def known(self) -> dict[str, Any]:
        """Facts of all labels, and class weights."""
        return self._whole.known

    @cached_property
    def sums(self) -> AddedUp:
        """What all samples add up to."""
        return self._whole.sums

    @cached_property
    def denominator(self) -> float:
        """What the sum over all samples is divided by."""
        return self._whole.denominator


def picked(study: Study, rows: Sequence[int]) -> Study:
    """Return a study of some samples; their names are left behind."""

    def of(table: Table | None) -> Table | None:
        if table is None:
            return None
        return Table.from_array(np.stack([table.row(row) for row in rows]), len(rows))

    predictions = of(study.predictions)
    assert predictions is not None
    return replace(
        study,
        predictions=predictions,
        labels=of(study.labels),
        sample_weight=of(study.sample_weight),
        mask=of(study.mask),
        sample_names=(),
        outer=None,
    )
