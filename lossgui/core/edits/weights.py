"""Edits of how much samples and classes weigh, and of which samples count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lossgui.core.contents import CLASS_WEIGHT, MASK, SAMPLE_WEIGHT, Some
from lossgui.core.edits.cells import with_cells
from lossgui.core.table import Array, Table


def weighing_samples(study: Some, weighs: bool = True) -> Some:
    """Return the study with a weight for each sample, 1 where there were none; or without weights."""
    if weighs == (study.sample_weight is not None):
        return study
    return replace(study, sample_weight=_ones(study.predictions, float) if weighs else None)


def weighing_classes(study: Some, weighs: bool = True) -> Some:
    """Return the study with a weight for each class, 1 where there were none; or without weights."""
    if weighs == (study.class_weight is not None):
        return study
    return replace(study, class_weight=(1.0,) * len(study.classes) if weighs else None)


def masking(study: Some, masks: bool = True) -> Some:
    """Return the study with a mask, in which all samples count if there was none; or without a mask."""
    if masks == (study.mask is not None):
        return study
    return replace(study, mask=_ones(study.predictions, bool) if masks else None)


def with_sample_weight(study: Some, row: int, value: float) -> Some:
    """Return the study with another weight of one sample; if there were no weights, all others weigh 1.

    Raises
    ------
    RefusedError
        If there is no such row, or the weight is below 0 or not finite.
    """
    return with_cells(weighing_samples(study), SAMPLE_WEIGHT, row, 0, [[value]])


def with_class_weight(study: Some, column: int, value: float) -> Some:
    """Return the study with another weight of one class; if there were no weights, all others weigh 1.

    Raises
    ------
    RefusedError
        If there is no such column, or the weight is below 0 or not finite.
    """
    return with_cells(weighing_classes(study), CLASS_WEIGHT, 0, column, [[value]])


def with_mask(study: Some, row: int, on: bool) -> Some:
    """Return the study with one sample counted or left out; if there was no mask, all others count.

    Raises
    ------
    RefusedError
        If there is no such row.
    """
    return with_cells(masking(study), MASK, row, 0, [[on]])


def _ones(table: Table, dtype: type) -> Table:
    """Return a column of ones, cut at the same rows."""

    def ones(block: Array) -> Array:
        return np.ones((len(block), 1), dtype)

    return table.mapped(ones, 1, dtype)
