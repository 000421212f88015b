"""Edits of the samples of a study: all that is theirs goes with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from lossgui.core import names
from lossgui.core.contents import RefusedError, Some
from lossgui.core.table import Table


def with_samples(study: Some, at: int, count: int = 1) -> Some:
    """Return the study with new samples before row `at`: of the first class, predicted uniform or 0.

    They weigh 1, count, and have no name.
    """
    fill = 1 / len(study.classes) if study.kind == "probabilities" else 0.0
    labels, weight, mask = study.labels, study.sample_weight, study.mask
    if labels is not None:
        first = np.full((count, labels.columns), -1.0 if study.encoding == "signed" else 0.0)
        if study.encoding in ("one-hot", "signed", "soft", "binary"):
            first[:, 0] = 1
        labels = labels.with_rows(at, first)
    one = np.ones((count, 1))
    return replace(
        study,
        predictions=study.predictions.with_rows(at, np.full((count, len(study.classes)), fill)),
        labels=labels,
        sample_weight=None if weight is None else weight.with_rows(at, one),
        mask=None if mask is None else mask.with_rows(at, one),
        sample_names=names.with_rows(study.sample_names, at, count),
        outer=None,
    )


def without_samples(study: Some, rows: Sequence[int]) -> Some:
    """Return the study without some samples.

    Raises
    ------
    RefusedError
        If none would be left.
    """
    if len(set(rows)) >= study.samples:
        raise RefusedError("A study needs at least one sample.")
    kept = names.without_rows(study.sample_names, rows)
    return _with_tables(study, lambda table: table.without_rows(rows), kept)


def with_sample_moved(study: Some, old: int, new: int) -> Some:
    """Return the study with the sample of row `old` in row `new`, those between moved up or down by one.

    Raises
    ------
    RefusedError
        If there is no such row.
    """
    check_row(study, old)
    check_row(study, new)
    if old == new:
        return study

    def moved(table: Table) -> Table:
        return table.without_rows([old]).with_rows(new, table.row(old)[None])

    return _with_tables(study, moved, names.with_row_moved(study.sample_names, old, new))


def with_sample_name(study: Some, row: int, name: str) -> Some:
    """Return the study with a sample called `name`; its own number takes the name away.

    Raises
    ------
    RefusedError
        If there is no such row, or the name is none: empty, longer than a line or than 200 characters.
    """
    check_row(study, row)
    name = name.strip(" \t")
    if why := names.why_not(name):
        raise RefusedError(why)
    if name == study.sample_name(row):
        return study
    kept = None if name == study.sample_number(row) else name
    return replace(study, sample_names=names.with_name(study.sample_names, row, kept))


def check_row(study: Some, row: int) -> None:
    """Raise an error unless there is such a row.

    Raises
    ------
    RefusedError
        If there is none.
    """
    if not 0 <= row < study.samples:
        raise RefusedError(f"There is no sample {row + 1}: there are {study.samples}.")


def _with_tables(study: Some, changed: Callable[[Table], Table], kept: names.Named) -> Some:
    """Return the study with its tables changed in the same way, so that their blocks stay paired."""

    def of(table: Table | None) -> Table | None:
        return None if table is None else changed(table)

    return replace(
        study,
        predictions=changed(study.predictions),
        labels=of(study.labels),
        sample_weight=of(study.sample_weight),
        mask=of(study.mask),
        sample_names=kept,
        outer=None,
    )
