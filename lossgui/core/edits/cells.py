"""Edits of numbers in the tables of a study."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from lossgui.core.contents import (
    CLASS_WEIGHT,
    LABELS,
    MASK,
    PREDICTIONS,
    SAMPLE_WEIGHT,
    RefusedError,
    Some,
    check_weights,
)
from lossgui.core.table import Array, Table

NONE = {
    LABELS: "This study has no labels.",
    SAMPLE_WEIGHT: "This study has no sample weights.",
    CLASS_WEIGHT: "This study has no class weights.",
    MASK: "This study has no mask.",
}


def table_of(study: Some, which: str) -> Table:
    """Return a table by its name.

    Raises
    ------
    RefusedError
        If the study has none of that name.
    """
    table = study.table(which)
    if table is None:
        raise RefusedError(NONE[which])
    return table


def with_cells(study: Some, which: str, row: int, column: int, values: ArrayLike) -> Some:
    """Return the study with a rectangle of numbers written into a table.

    Parameters
    ----------
    which
        'labels', 'predictions', 'sample_weight' (one column), 'class_weight' (one row) or 'mask' (one column
        of 0 and 1).
    row, column
        Where the rectangle begins.
    values
        Shape (rows, columns).

    Raises
    ------
    RefusedError
        If the rectangle does not lie in the table, or a number in it is not allowed there.
    """
    table = table_of(study, which)
    values = np.asarray(values, float)
    _check(study, which, values, row)
    try:
        changed = table.with_cells(row, column, values)
    except IndexError:
        block = f"{values.shape[0]} x {values.shape[1]} numbers"
        place = f"sample {row + 1}, column {column + 1} of a table of {len(table)} x {table.columns}"
        raise RefusedError(f"{block} do not fit at {place}.") from None
    if which == CLASS_WEIGHT:
        return replace(study, class_weight=tuple(changed.row(0).tolist()))
    if which == SAMPLE_WEIGHT:
        return replace(study, sample_weight=changed)
    if which == MASK:
        return replace(study, mask=changed)
    touched = Table.from_array(changed.rows(row, row + len(values)))
    if which == LABELS:
        study.check_labels(touched, row)
        return replace(study, labels=changed)
    study.check_predictions(touched, row)
    return replace(study, predictions=changed)


def _check(study: Some, which: str, values: Array, row: int) -> None:
    """Refuse numbers that could not even be stored."""
    if which in (SAMPLE_WEIGHT, CLASS_WEIGHT):
        check_weights(values, "Weights")
    elif which == MASK and not np.isin(values, (0, 1)).all():
        raise RefusedError("A sample counts, 1, or it does not, 0.")
    elif not np.isfinite(values).all():
        raise RefusedError("Only finite numbers can be entered.")
    elif which == LABELS and study.indexed:
        study.check_labels(Table.from_array(values), row)


def with_cell(study: Some, which: str, row: int, column: int, value: float) -> Some:
    """Return the study with one number changed; in one-hot labels, a 1 moves the row's one there.

    Raises
    ------
    RefusedError
        If the number is not allowed there.
    """
    inside = 0 <= column < len(study.classes)
    if which == LABELS and study.encoding == "one-hot" and value == 1 and inside:
        return with_cells(study, which, row, 0, np.eye(len(study.classes))[None, column])
    return with_cells(study, which, row, column, [[value]])


def with_filled(study: Some, which: str, row0: int, row1: int, column0: int, column1: int) -> Some:
    """Return the study with the first row of a rectangle written into all its rows.

    One-hot labels are filled as whole rows, so that they stay one-hot.

    Parameters
    ----------
    which
        As in `with_cells`.
    row0, row1, column0, column1
        The rows from `row0` to before `row1`, the columns from `column0` to before `column1`.

    Raises
    ------
    RefusedError
        If the rectangle does not lie in the table, or a number is not allowed there.
    """
    table = table_of(study, which)
    if not (0 <= row0 < row1 <= len(table) and 0 <= column0 < column1 <= table.columns):
        raise RefusedError("There is nothing to fill.")
    if which == LABELS and study.encoding == "one-hot":
        column0, column1 = 0, table.columns
    first = table.row(row0)[column0:column1]
    if row1 - row0 == 1:
        return study
    return with_cells(study, which, row0, column0, np.broadcast_to(first, (row1 - row0, len(first))))


def with_prediction(study: Some, row: int, column: int, value: float, rescale: bool = False) -> Some:
    """Return the study with one prediction changed, the rest of its row held or rescaled.

    Raises
    ------
    RefusedError
        If the number is not allowed there.
    """
    inside = 0 <= row < study.samples and 0 <= column < len(study.classes)
    if not rescale or not inside:
        return with_cell(study, PREDICTIONS, row, column, value)
    return with_cells(study, PREDICTIONS, row, 0, rescaled(study.predictions.row(row), column, [value]))


def rescaled(row: ArrayLike, column: int, values: ArrayLike) -> Array:
    """Return the row with each of `values` at `column`, the rest rescaled so that the row keeps its sum.

    Parameters
    ----------
    row
        Shape (classes,).
    values
        Shape (n,).

    Returns
    -------
    Shape (n, classes). Where the rest of the row is 0 it is shared out evenly. A row within [0, 1] stays
    there, even where it cannot keep its sum.
    """
    row, values = np.asarray(row, float), np.asarray(values, float)
    others = row.copy()
    others[column] = 0
    rest = others.sum()
    shares = others / rest if rest > 0 else np.full(len(row), 1 / max(len(row) - 1, 1))
    left = row[column] + rest - values
    left = np.where(np.abs(left) < 1e-12 * max(1.0, abs(row.sum())), 0, left)
    result: Array = left[:, None] * shares
    if row.min() >= 0 and row.max() <= 1:
        np.minimum(np.maximum(result, 0, out=result), 1, out=result)
    result[:, column] = values
    return result


def room(row: ArrayLike, column: int) -> tuple[float, float]:
    """Return between which values at `column` the rest of the row, rescaled, stays between 0 and 1."""
    row = np.asarray(row, float)
    rest = np.delete(row, column)
    total, largest = float(row.sum()), float(rest.max())
    most = float(rest.sum()) / largest if largest > 0 else float(len(rest))
    # A hair inside, so that no rounding makes an entry greater than 1.
    return max(0.0, total - most + 1e-12), min(1.0, total)
