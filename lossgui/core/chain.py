"""Chains: stages over named values, run forwards for values and backwards for gradients."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any, Protocol

import numpy as np

from lossgui.core import notation, text
from lossgui.core.stages import Map, Stage, SumClasses
from lossgui.core.table import Array, Table


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
        inputs, written = dict.fromkeys(("labels", "predictions")), set[str]()
        for stage in self.stages:
            inputs |= dict.fromkeys(name for name in stage.reads if name not in written)
            written.add(stage.writes)
        return inputs

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

    def with_class_weight(self) -> Chain:
        """Return the chain with the terms of each class multiplied by that class's weight.

        Raises
        ------
        ValueError
            If the loss is not a sum of terms of classes.
        """
        writers = [place for place, stage in enumerate(self.stages) if stage.writes == self.terms]
        if self.terms is None or self.finish is not None or not writers:
            raise ValueError("Class weights do not apply: this loss is no sum of terms of classes.")
        after = writers[-1] + 1
        return replace(self, stages=(*self.stages[:after], weigh_classes(self.terms), *self.stages[after:]))

    def run(self, labels: Array | None, predictions: Array, **known: Any) -> Run:
        """Run forwards over rows; `labels` and `predictions` have the shape (rows, columns)."""
        values: list[Any] = [None] * (len(self._inputs) + len(self.stages))
        given = {"predictions": by_columns(predictions), **known}
        if labels is not None:
            given["labels"] = by_columns(labels.astype(predictions.dtype, copy=False))
        for name, slot in self._inputs.items():
            values[slot] = given.get(name)
        with np.errstate(all="ignore"):
            for stage, (reads, writes) in zip(self.stages, self._wires, strict=True):
                values[writes] = stage.value(*(values[slot] for slot in reads))
        return Run(self, values)


def by_columns(rows: Array) -> Array:
    """Return rows with each column in one piece: sums along rows of few classes are 20 times faster so."""
    return np.asfortranarray(rows) if len(rows) > rows.shape[1] else rows


def weigh_classes(terms: str) -> Map:
    """Return the stage that multiplies the terms of each class by the class's weight."""
    return Map(
        name="class weights",
        reads=(terms, "class_weight"),
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
    """A chain run forwards over some rows: every value on the way."""

    chain: Chain
    values: Sequence[Any]

    def __getitem__(self, name: str) -> Array:
        """Return the last value of that name."""
        value: Array = self.values[self.chain._slots[name]]
        return value

    @property
    def statistics(self) -> Array:
        """The statistics of each row, shape (rows, statistics); one that has columns counts for as many."""
        values = [self[name] for name in self.chain.statistics]
        return np.concatenate([value if value.ndim == 2 else value[:, None] for value in values], axis=1)

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
