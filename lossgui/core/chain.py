"""Chains: stages over named values, run forwards for values and backwards for gradients."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any, Protocol

import numpy as np

from lossgui.core import notation, text
from lossgui.core.exact import Twofold
from lossgui.core.needs import Need
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


@dataclass(frozen=True)
class Step:
    """A line of the working: the stage's name, its text with the numbers, and the stage."""

    title: str
    text: str
    stage: Stage

    @property
    def latex(self) -> str:
        """The text in LaTeX."""
        return notation.latex(self.text)


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
    _wires: tuple[tuple[tuple[int, ...], int], ...] = field(init=False, repr=False)
    _inputs: dict[str, int] = field(init=False, repr=False)
    _slots: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        inputs = {name: place for place, name in enumerate(self._inputs_in_order())}
        slots, wires = dict(inputs), []
        for place, stage in enumerate(self.stages, len(inputs)):
            wires.append((tuple(slots[name] for name in stage.reads), place))
            slots[stage.writes] = place
        object.__setattr__(self, "_wires", tuple(wires))
        object.__setattr__(self, "_inputs", inputs)
        object.__setattr__(self, "_slots", slots)

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
        return (read & set(self._inputs)) - {fact.name for fact in self.facts}

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
        values: list[Any] = [None] * (len(self._inputs) + len(self.stages))
        for name, slot in self._inputs.items():
            values[slot] = kind(given.get(name))
        kept = [None] * len(values)
        with np.errstate(all="ignore"):
            for stage, (reads, writes) in zip(self.stages, self._wires, strict=True):
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


@dataclass(frozen=True, eq=False)
class Run:
    """A chain run forwards over some rows: every value on the way, and what stages kept for the way back."""

    chain: Chain
    values: Sequence[Any]
    kept: Sequence[Any] = ()

    def given(self, name: str) -> Array:
        """Return an input as it was given to the stages."""
        value: Array = self.values[self.chain._inputs[name]]
        return value

    def __getitem__(self, name: str) -> Array:
        """Return the last value of that name."""
        value: Array = self.values[self.chain._slots[name]]
        return value

    @property
    def one_hot(self) -> Array | None:
        """The rows that were made of class indices; None if none were."""
        made = zip(self.chain.stages, self.chain._wires, strict=True)
        return next((self.values[slot] for stage, (_, slot) in made if isinstance(stage, OneHot)), None)

    @property
    def statistics(self) -> Array:
        """The statistics of each row, shape (rows, statistics); one that has columns counts for as many."""
        values = [self[name] for name in self.chain.statistics]
        columns = [value if value.ndim == 2 else value[:, None] for value in values]
        return columns[0] if len(columns) == 1 else np.concatenate(columns, axis=1)

    def seeds(self, slopes: Array) -> dict[str, Array]:
        """Return slopes by the statistics, shape (..., statistics), as seeds of the values behind them."""
        whole, start = np.broadcast_to(slopes, self.statistics.shape), 0
        result = {}
        for name in self.chain.statistics:
            value = self[name]
            width = value.shape[1] if value.ndim == 2 else 1
            result[name] = whole[:, start : start + width].astype(value.dtype).reshape(value.shape)
            start += width
        return result

    def gradient(self, seeds: Mapping[str, Array], of: str = "predictions") -> Array:
        """Return the derivative by an input of the sum of `seeds` times the values they are named after.

        Parameters
        ----------
        seeds
            For the names of values, arrays of their shape.
        of
            The input, or a value on the way.
        """
        chain = self.chain
        slots: list[Any] = [None] * len(self.values)
        for name, seed in seeds.items():
            slots[chain._slots[name]] = seed
        target = chain._inputs.get(of, chain._slots[of])
        with np.errstate(all="ignore"):
            for stage, (reads, writes) in zip(reversed(chain.stages), reversed(chain._wires), strict=True):
                if slots[writes] is None or writes == target:
                    continue
                inputs = [self.values[slot] for slot in reads]
                if self.kept:
                    parts = stage.pulled(self.kept[writes], slots[writes], self.values[writes], *inputs)
                else:
                    parts = stage.backward(slots[writes], self.values[writes], *inputs)
                for slot, part in zip(reads, parts, strict=True):
                    if part is not None:
                        slots[slot] = part if slots[slot] is None else slots[slot] + part
        if slots[target] is None:
            return np.zeros_like(self.values[target])
        result: Array = slots[target]
        return result

    def working(self) -> tuple[Step, ...]:
        """Return how the statistics of the only row come about, a line a stage."""
        steps = []
        writer: dict[int, tuple[Stage, Iterable[Any]]] = {}
        shown_in_sum = self._read_by_sums()
        for stage, (reads, writes) in zip(self.chain.stages, self.chain._wires, strict=True):
            inputs = [self.values[slot] for slot in reads]
            output = self.values[writes]
            writer[writes] = (stage, inputs)
            if writes in shown_in_sum and stage.entries(*inputs) and not stage.shown:
                continue
            steps.append(
                Step(stage.chip or stage.name, self._line(stage, writer.get(reads[0]), output, inputs), stage)
            )
        return tuple(steps)

    def _read_by_sums(self) -> set[int]:
        pairs = zip(self.chain.stages, self.chain._wires, strict=True)
        return {reads[0] for stage, (reads, _) in pairs if isinstance(stage, SumClasses)}

    @staticmethod
    def _line(
        stage: Stage, source: tuple[Stage, Iterable[Any]] | None, output: Array, inputs: list[Any]
    ) -> str:
        if isinstance(stage, SumClasses) and source is not None:
            entries = source[0].entries(*source[1])
            if entries:
                return stage.framed(entries, source[0].frame, output, inputs[0])
        return stage.working(output, *inputs)
