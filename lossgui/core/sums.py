"""What blocks add up to, and the headline taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from lossgui.core.encodings import one_hot
from lossgui.core.study import Study
from lossgui.core.table import Array

LARGEST = 50
"""Samples that are shown by themselves; the rest are added up."""

MOST_GROUPS = 12
"""Classes up to which contributions are kept apart by the sample's own class."""


class AddedUp(Protocol):
    """What some rows add up to."""

    @property
    def statistics(self) -> Array:
        """Weighted sums of the chain's statistics, shape (statistics,)."""

    @property
    def groups(self) -> Array | None:
        """Weighted sums of the chain's terms by the sample's class and the term's class.

        Shape (groups, classes); None where the loss is no sum of terms.
        """

    @property
    def largest(self) -> Array:
        """The largest losses of single samples, by size."""

    @property
    def rows(self) -> Array:
        """Their rows, counted from the first."""

    @property
    def shares(self) -> float:
        """What samples count for in the divisor of a mean: each for one, unless the chain says otherwise."""


@dataclass(frozen=True)
class Sums:
    """What one block adds up to."""

    statistics: Array
    groups: Array | None
    largest: Array
    rows: Array
    shares: float = 0.0

    @classmethod
    def settled(cls, sums: AddedUp) -> Sums:
        """Return the same with all of it added up."""
        return cls(sums.statistics, sums.groups, sums.largest, sums.rows, sums.shares)


@dataclass(frozen=True)
class Contributions:
    """The headline taken apart: `factor` x all of `groups`, and `remainder`.

    Parameters
    ----------
    groups
        Shape (groups, classes), before the factor.
    names
        What the groups of samples are called.
    """

    groups: Array
    names: tuple[str, ...]
    factor: float
    remainder: float

    @property
    @np.errstate(all="ignore")
    def by_class(self) -> Array:
        """What each class adds to the headline, shape (classes,)."""
        result: Array = self.factor * self.groups.sum(axis=0)
        return result

    @property
    @np.errstate(all="ignore")
    def total(self) -> float:
        """The headline that they add up to."""
        return float(self.factor * self.groups.sum() + self.remainder)


def sample_groups(study: Study, labels: Array) -> Array | None:
    """Return the group of each row of labels: its class, or, with many classes, None; shape (rows,)."""
    group: Array | None = None
    if study.encoding == "index":
        group = labels[:, 0].astype(int)
    elif study.encoding in ("one-hot", "soft"):
        group = labels.argmax(axis=1)
    return group


def group_names(study: Study) -> tuple[str, ...]:
    """Return what the groups of samples are called, in the order of `Contributions.groups`."""
    if study.labels is None or study.encoding not in ("index", "one-hot", "soft"):
        return ("all samples",)
    if len(study.classes) > MOST_GROUPS:
        return ("samples of this class", "samples of other classes")
    return study.classes


def grouped(terms: Array, labels: Array | None, study: Study, rows: Array | None = None) -> Array:
    """Return the sums of terms by the sample's group and the term's class, shape (groups, classes).

    Parameters
    ----------
    labels
        The rows' labels as the study writes them; None where there are none.
    rows
        The same as one-hot rows, where they are known.
    """
    classes = terms.shape[1]
    if labels is None or study.encoding not in ("index", "one-hot", "soft"):
        return _added(terms)[None]
    if classes > MOST_GROUPS:
        return _own_and_others(terms, _groups(study, labels))
    own = _rows_of_groups(study, labels, classes) if rows is None else rows
    # A row's label says which group it adds to, so a matrix product adds up all groups at once.
    fast: Array = own.T.astype(terms.dtype, copy=False) @ terms
    if np.isfinite(fast).all():
        return fast.astype(np.float64)
    group = _groups(study, labels)
    return np.stack([np.bincount(group, column, classes) for column in terms.T], axis=1)


def _rows_of_groups(study: Study, labels: Array, classes: int) -> Array:
    """Return the groups of rows as one-hot rows."""
    if labels.shape[1] == classes:
        largest: Array = labels == labels.max(axis=1, keepdims=True)
        if np.count_nonzero(largest) == len(largest):  # no two are equal
            return largest
    return one_hot(_groups(study, labels), classes)


def _groups(study: Study, labels: Array) -> Array:
    group = sample_groups(study, labels)
    assert group is not None
    return group


def _own_and_others(terms: Array, group: Array) -> Array:
    places = np.arange(len(terms)), group
    own, whole = np.bincount(group, terms[places], terms.shape[1]), _added(terms)
    if np.isfinite(whole).all():
        return np.stack([own, whole - own])
    others = terms.copy()
    others[places] = 0
    return np.stack([own, _added(others)])


def _added(terms: Array) -> Array:
    """Return the sums of the columns; a matrix product adds many rows fastest, but in the terms' own type."""
    if len(terms) > 64:
        fast: Array = np.ones(len(terms), terms.dtype) @ terms
        if np.isfinite(fast).all():
            return fast.astype(np.float64)
    result: Array = terms.sum(axis=0, dtype=np.float64)
    return result


@np.errstate(all="ignore")
def largest_of(losses: Array) -> Array:
    """Return the places of the largest losses, by size and then by place; NaN counts as the largest."""
    ranked = np.where(np.isnan(losses), np.inf, losses) if np.isnan(losses.sum()) else losses
    places = np.flatnonzero(ranked >= _low_bound(ranked))
    result: Array = places[np.argsort(-ranked[places], kind="stable")[:LARGEST]]
    return result


def _low_bound(ranked: Array) -> Array:
    """Return a number that LARGEST others or more reach: of the largest of pieces, that many do."""
    pieces = 2 * LARGEST
    size = len(ranked) // pieces
    if size < 2:
        return np.asarray(-np.inf)
    tops = ranked[: pieces * size].reshape(pieces, size).max(axis=1)
    result: Array = np.partition(tops, -LARGEST)[-LARGEST]
    return result


class Whole:
    """What blocks add up to; each part of it is added up when it is asked for.

    Parameters
    ----------
    parts
        The sums of the blocks, in order.
    starts
        The row at which each block begins.
    """

    def __init__(self, parts: Sequence[Sums], starts: Sequence[int]) -> None:
        self._parts, self._starts = parts, starts

    @cached_property
    @np.errstate(all="ignore")
    def statistics(self) -> Array:
        """As `AddedUp` has it."""
        result: Array = _together([part.statistics for part in self._parts]).sum(axis=0)
        return result

    @cached_property
    @np.errstate(all="ignore")
    def groups(self) -> Array | None:
        """As `AddedUp` has it."""
        groups = [part.groups for part in self._parts if part.groups is not None]
        return _together(groups).sum(axis=0) if groups else None

    @property
    def largest(self) -> Array:
        """As `AddedUp` has it."""
        return self._largest[0]

    @property
    def rows(self) -> Array:
        """As `AddedUp` has it."""
        return self._largest[1]

    @cached_property
    def shares(self) -> float:
        """As `AddedUp` has it."""
        return sum(part.shares for part in self._parts)

    @cached_property
    def _largest(self) -> tuple[Array, Array]:
        losses = np.concatenate([part.largest for part in self._parts])
        firsts = np.repeat(self._starts[: len(self._parts)], [len(part.rows) for part in self._parts])
        rows = firsts + np.concatenate([part.rows for part in self._parts])
        largest = largest_of(losses)
        return losses[largest], rows[largest]


def merged(parts: Sequence[Sums], starts: Sequence[int]) -> AddedUp:
    """Return what blocks add up to that begin at these rows."""
    return parts[0] if len(parts) == 1 else Whole(parts, starts)


def _together(arrays: list[Array]) -> Array:
    """Return what np.stack does, quicker where there are many."""
    result: Array = np.concatenate(arrays).reshape(len(arrays), *arrays[0].shape)
    return result
