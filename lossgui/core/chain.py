"""Chains: stages over named values, run forwards for values; a run goes back for gradients."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any, Protocol

import numpy as np

from lossgui.core import text
from lossgui.core.exact import Twofold
from lossgui.core.needs import Need
from lossgui.core.run import Run
from lossgui.core.stages import Map, OneHot, Stage, SumClasses
from lossgui.core.table import Array, Table

ROWS = ("labels", "predictions")
"""Inputs that have a row for each sample; what a chain is told besides holds for all of them."""


@dataclass(frozen=True)
class Fact:
    """What a stage must know of the whole table of labels, summarised block by block.

    Parameters
    ----------
    name
        The named value that stages read.
    of
        The fact of one block's array.
    merge
        The facts of two blocks -> that of both.
    nothing
        The fact of no rows.
    """

    name: str
    of: Callable[[Array], Any]
    merge: Callable[[Any, Any], Any]
    nothing: Any

    def about(self, table: Table) -> Any:
        """Return the fact for a whole table."""
        facts = (block.recall_or(("fact", self.name), self.of) for block in table.blocks)
        return reduce(self.merge, facts, self.nothing)


class Finish(Protocol):
    """The last step of a loss that is not a sum over samples: sums of statistics -> the value.

    Contributions are `factor` times the chain's terms, and a remainder that belongs to no entry.
    """

    @property
    def formula(self) -> str:
        """LaTeX of the step."""

    @property
    def words(self) -> str:
        """What the step does, in a sentence."""

    @property
    def chip(self) -> str:
        """A word or two that show the convention in the window."""

    def value(self, sums: Array) -> Array:
        """Return the value; `sums` has the shape (..., statistics)."""

    def derivative(self, sums: Array) -> Array:
        """Return the derivative of the value by each sum, shape (statistics,)."""

    def split(self, sums: Array) -> tuple[float, float]:
        """Return factor and remainder."""

    def working(self, sums: Array) -> str:
        """Return the step with its numbers, in a line of text as `notation` reads it."""


@dataclass(frozen=True, eq=False)
class Chain:
    """A loss under a convention.

    Parameters
    ----------
    stages
        The steps, in order.
    statistics
        Names of the values, one a row, in which the chain ends: the sample's loss, or what `finish` needs.
    terms
        Name of the value, one an entry, of which the first statistic is the sum or the mean; None where the
        loss is no sum.
    facts
        What the stages must know of all labels.
    finish
        For a loss of the whole batch: sums of the statistics -> the value. None: a loss of each sample, to be
        reduced.
    elementwise
        Whether the framework's unreduced values are the terms, so that its mean divides by their number.
    divisor
        Name of the statistic that a mean divides by, added up; None: by the number of samples.
    of_nothing
        What it divides by where that is 0: infinity for a framework in which the mean of nothing is 0.
    besides
        What the loss of every sample holds besides its terms.
    needs
        What labels and predictions must be that it has a number for them.

    Attributes
    ----------
    wires
        For each stage the places, among a run's values, of what it reads and of what it writes.
    input_slots, slots
        Where among a run's values each input is, and the last value of each name.

    Notes
    -----
    What a stage reads and none before it has written is an input: labels, predictions, class weights, facts,
    and whatever else a loss compares with.
    """

    stages: tuple[Stage, ...]
    statistics: tuple[str, ...] = ("loss",)
    terms: str | None = "terms"
    facts: tuple[Fact, ...] = ()
    finish: Finish | None = None
    elementwise: bool = False
    divisor: str | None = None
    of_nothing: float = 0.0
    besides: float = 0.0
    needs: tuple[Need, ...] = ()
    wires: tuple[tuple[tuple[int, ...], int], ...] = field(init=False, repr=False)
    input_slots: dict[str, int] = field(init=False, repr=False)
    slots: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        inputs = {name: place for place, name in enumerate(self._inputs_in_order())}
        slots, wires = dict(inputs), []
        for place, stage in enumerate(self.stages, len(inputs)):
            wires.append((tuple(slots[name] for name in stage.reads), place))
            slots[stage.writes] = place
        object.__setattr__(self, "wires", tuple(wires))
        object.__setattr__(self, "input_slots", inputs)
        object.__setattr__(self, "slots", slots)

    def _inputs_in_order(self) -> dict[str, None]:
        inputs, written = dict.fromkeys(ROWS), set[str]()
        for stage in self.stages:
            inputs |= dict.fromkeys(name for name in stage.reads if name not in written)
            written.add(stage.writes)
        return inputs

    @property
    def inputs(self) -> set[str]:
        """Names of what stages read and none before has written, facts left out."""
        read = {name for stage in self.stages for name in stage.reads}
        return (read & set(self.input_slots)) - {fact.name for fact in self.facts}

    def takes(self, predictions: Array) -> Array:
        """Return whether each row of predictions is what the loss needs, shape (rows,)."""
        right = np.ones(len(predictions), bool)
        for need in self.needs:
            if need.of == "predictions":
                held = need.holds(predictions)
                right &= held.all(axis=1) if held.ndim == 2 else held
        return right

    def known(self, labels: Table | None) -> dict[str, Any]:
        """Return the facts of all labels, by name."""
        return {fact.name: fact.about(labels) for fact in self.facts if labels is not None}

    def scale(self, classes: int) -> float:
        """Return what one of the terms counts for in its sample's loss."""
        sums = [stage for stage in self.stages if isinstance(stage, SumClasses)]
        return sums[-1].scale(classes) if sums else 1.0

    def after(self, *stages: Stage) -> Chain:
        """Return the chain with stages before its own."""
        return replace(self, stages=(*stages, *self.stages))

    def of_indices(self) -> Chain:
        """Return the chain for class indices: rows are made of them first, unless a stage of its own does."""
        own = any(isinstance(stage, OneHot) for stage in self.stages)
        return self if own else self.after(OneHot())

    @property
    def weighable(self) -> bool:
        """Whether it is a sum of terms of classes, which class weights can multiply."""
        written = any(stage.writes == self.terms for stage in self.stages)
        return self.terms is not None and self.finish is None and written

    def with_class_weight(self, weight: str = "class_weight") -> Chain:
        """Return the chain with the terms of each class multiplied by that class's weight.

        Parameters
        ----------
        weight
            The input that holds the weights: of classes, or of entries.

        Raises
        ------
        ValueError
            If the loss is not a sum of terms of classes.
        """
        if self.terms is None or not self.weighable:
            raise ValueError("Class weights do not apply: this loss is no sum of terms of classes.")
        after = 1 + max(place for place, stage in enumerate(self.stages) if stage.writes == self.terms)
        weigh = weigh_classes(self.terms, weight)
        return replace(self, stages=(*self.stages[:after], weigh, *self.stages[after:]))

    def run(self, labels: Array | None, predictions: Array, **known: Any) -> Run:
        """Run forwards over rows; `labels` and `predictions` have the shape (rows, columns)."""
        given = {"predictions": by_columns(predictions), **known}
        if labels is not None:
            given["labels"] = by_columns(labels.astype(predictions.dtype, copy=False))
        return self._run(given, _as_it_is)

    def run_exactly(self, labels: Array | None, predictions: Array, **known: Any) -> Run:
        """Run forwards in numbers of 106 bits, whatever the types of the rows; so are all values."""
        given = {"predictions": by_columns(predictions), **known}
        if labels is not None:
            given["labels"] = by_columns(labels)
        return self._run(given, Twofold.of_floats)

    def _run(self, given: Mapping[str, Any], kind: Callable[[Any], Any]) -> Run:
        values: list[Any] = [None] * (len(self.input_slots) + len(self.stages))
        for name, slot in self.input_slots.items():
            values[slot] = kind(given.get(name))
        kept = [None] * len(values)
        with np.errstate(all="ignore"):
            for stage, (reads, writes) in zip(self.stages, self.wires, strict=True):
                written, kept[writes] = stage.forward(*(values[slot] for slot in reads))
                values[writes] = kind(written)
        return Run(self, values, kept)


def _as_it_is(value: Any) -> Any:
    return value


def by_columns(rows: Array) -> Array:
    """Return rows with each column in one piece: sums along rows of few classes are 20 times faster so."""
    return np.asfortranarray(rows) if rows.ndim == 2 and len(rows) > rows.shape[1] else rows


def weigh_classes(terms: str, weight: str = "class_weight") -> Map:
    """Return the stage that multiplies the terms of each class by the class's weight."""
    return Map(
        name="class weights",
        reads=(terms, weight),
        writes=terms,
        function=np.multiply,
        derivatives=(lambda term, weight: weight, None),
        formula=r"w_k \ell_k",
        words="The terms of each class are multiplied by its weight.",
        chip="class weights",
        entry=lambda term, weight: f"{weight} · {text.signed(term)}",
    )
