"""What blocks add up to, and the headline taken apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lossgui.core.study import Study
from lossgui.core.table import Array

LARGEST = 50
"""Samples that are shown by themselves; the rest are added up."""

MOST_GROUPS = 12
"""Classes up to which contributions are kept apart by the sample's own class."""


@dataclass(frozen=True)
class Sums:
    """What one block, or all of them, add up to.

    Parameters
    ----------
    statistics
        Weighted sums of the chain's statistics, shape (statistics,).
    groups
        Weighted sums of the chain's terms by the sample's class and the term's class, shape
        (groups, classes); None where the loss is no sum of terms.
    largest, rows
        The largest losses of single samples, by size, and their rows, counted from the block's first.
    shares
        What the samples count for in the divisor of a mean: each for one, unless the chain says otherwise.
    """

    statistics: Array
    groups: Array | None
    largest: Array
    rows: Array
    shares: float = 0.0


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


def grouped(terms: Array, group: Array | None, study: Study) -> Array:
    """Return the sums of terms by the sample's group and the term's class, shape (groups, classes)."""
    classes = terms.shape[1]
    if group is None:
        return _added(terms)[None]
    if classes > MOST_GROUPS:
        places = np.arange(len(terms)), group
        own, whole = np.bincount(group, terms[places], classes), _added(terms)
        if np.isfinite(whole).all():
            return np.stack([own, whole - own])
        others = terms.copy()
        others[places] = 0
        return np.stack([own, _added(others)])
    return np.stack([np.bincount(group, column, classes) for column in terms.T], axis=1)


def _added(terms: Array) -> Array:
    """Return the sums of the columns; a matrix product adds many rows fastest, but in the terms' own type."""
    if len(terms) > 64:
        fast: Array = np.ones(len(terms), terms.dtype) @ terms
        if np.isfinite(fast).all():
            return fast.astype(np.float64)
    result: Array = terms.sum(axis=0, dtype=np.float64)
    return result


def largest_of(losses: Array) -> Array:
    """Return the places of the largest losses, by size and then by place; NaN counts as the largest."""
    ranked = np.where(np.isnan(losses), np.inf, losses)
    top = np.arange(len(ranked))
    if len(ranked) > LARGEST:
        least = np.partition(ranked, -LARGEST)[-LARGEST]
        above = np.flatnonzero(ranked > least)
        top = np.append(above, np.flatnonzero(ranked == least)[: LARGEST - len(above)])
    result: Array = top[np.argsort(-ranked[top], kind="stable")]
    return result


@np.errstate(all="ignore")
def merged(parts: list[Sums], starts: tuple[int, ...]) -> Sums:
    """Return what blocks add up to that begin at these rows."""
    if len(parts) == 1:
        return parts[0]
    groups = [part.groups for part in parts if part.groups is not None]
    losses = np.concatenate([part.largest for part in parts])
    rows = np.concatenate([start + part.rows for part, start in zip(parts, starts, strict=False)])
    largest = largest_of(losses)
    return Sums(
        np.sum([part.statistics for part in parts], axis=0),
        np.sum(groups, axis=0) if groups else None,
        losses[largest],
        rows[largest],
        sum(part.shares for part in parts),
    )
