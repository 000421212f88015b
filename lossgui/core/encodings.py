"""How labels are written, what each way allows, and the conversions that lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lossgui.core.table import Array, Table

SUM_TOLERANCE = 1e-6
"""How far from one the sum of a row of probabilities may be."""


@dataclass(frozen=True)
class Encoding:
    """A way to write labels.

    Parameters
    ----------
    name, title, words
        What code, the window and its help call it.
    wrong_rows
        Given an array (rows, columns) and the count of classes, whether each row breaks the rule.
    rule
        The rule in words, the end of a sentence that begins with the place.
    indexed
        Whether a row is one class index, not a number for each class.
    """

    name: str
    title: str
    words: str
    wrong_rows: Callable[[Array, int], Array]
    rule: str
    indexed: bool = False


def _not_all(right: Array) -> Array:
    """Return for each row whether a number in it is not right."""
    wrong: Array = ~np.all(right, axis=1)
    return wrong


def _not_one_hot(array: Array, classes: int) -> Array:
    wrong: Array = _not_all(np.isin(array, (0, 1))) | (array.sum(axis=1) != 1)
    return wrong


def _not_index(array: Array, classes: int) -> Array:
    return _not_all((array >= 0) & (array < classes) & (array == np.floor(array)))


def _not_among(*allowed: float) -> Callable[[Array, int], Array]:
    return lambda array, classes: _not_all(np.isin(array, allowed))


def _not_soft(array: Array, classes: int) -> Array:
    return _not_all((array >= 0) & (array <= 1))


def _not_finite(array: Array, classes: int) -> Array:
    return _not_all(np.isfinite(array))


ENCODINGS = {
    encoding.name: encoding
    for encoding in (
        Encoding(
            "one-hot",
            "one-hot",
            "one 1 in each row, at the sample's class",
            _not_one_hot,
            "needs one 1, all else 0",
        ),
        Encoding(
            "index",
            "class index",
            "the number of the sample's class, counted from 0",
            _not_index,
            "must be the whole number of a class, from 0 to the number of classes less one",
            indexed=True,
        ),
        Encoding("binary", "0/1", "each class 0 or 1 by itself", _not_among(0, 1), "must be 0 or 1"),
        Encoding("signed", "−1/+1", "each class −1 or +1 by itself", _not_among(-1, 1), "must be −1 or 1"),
        Encoding("soft", "soft", "each class between 0 and 1", _not_soft, "must lie between 0 and 1"),
        Encoding("real", "real", "any finite number", _not_finite, "must be a finite number"),
    )
}


def first_wrong_row(table: Table, encoding: str, classes: int) -> int | None:
    """Return the first row of `table` that breaks the rule of `encoding`, or None."""
    rule = ENCODINGS[encoding]
    for block, start in zip(table.blocks, table.starts, strict=False):
        wrong = block.recall_or(
            ("wrong rows", encoding, classes), lambda array: rule.wrong_rows(array, classes)
        )
        if wrong.any():
            return start + int(np.argmax(wrong))
    return None


def one_hot(indices: Array, classes: int, dtype: np.dtype[np.generic] | type = np.float64) -> Array:
    """Return a row for each class index, shape (rows, classes)."""
    rows: Array = (np.arange(classes)[:, None] == np.ravel(indices)).astype(dtype).T
    return rows


def convert(
    table: Table, old: str, new: str, classes: int, name: Callable[[int], str] = lambda row: str(row + 1)
) -> Table:
    """Return the labels in another encoding that says exactly the same.

    Parameters
    ----------
    name
        What the sample of a row is called.

    Raises
    ------
    ValueError
        If a row cannot be written in the new encoding; it names the sample.
    """

    def require(labels: Table, rule: str) -> None:
        row = first_wrong_row(labels, rule, classes)
        if row is not None:
            title, words = ENCODINGS[new].title, ENCODINGS[rule].rule
            raise ValueError(f"The labels cannot be written as {title}: sample {name(row)} {words}.")

    if old == "index" and new != "index":
        table = table.mapped(lambda array: one_hot(array, classes), classes, np.float64)
    if old == "signed" and new not in ("signed", "real"):
        table = table.mapped(lambda array: (array + 1) / 2)
    if new == "signed" and old not in ("signed", "real"):
        require(table, "binary")  # in 2y - 1 what is next to 0 would become -1
        table = table.mapped(lambda array: 2 * array - 1)
    if new == "index" and old != "index":
        require(table, "one-hot")
        return table.mapped(lambda array: array.argmax(axis=1)[:, None], 1, np.int64)
    require(table, new)
    return table
