"""A chain run forwards: every value on the way, the way back, and how the number comes about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lossgui.core import notation
from lossgui.core.stages import OneHot, Stage, SumClasses
from lossgui.core.table import Array

if TYPE_CHECKING:
    from lossgui.core.chain import Chain


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
class Run:
    """A chain run forwards over some rows: every value on the way, and what stages kept for the way back."""

    chain: Chain
    values: Sequence[Any]
    kept: Sequence[Any] = ()

    def given(self, name: str) -> Array:
        """Return an input as it was given to the stages."""
        value: Array = self.values[self.chain.input_slots[name]]
        return value

    def __getitem__(self, name: str) -> Array:
        """Return the last value of that name."""
        value: Array = self.values[self.chain.slots[name]]
        return value

    @property
    def one_hot(self) -> Array | None:
        """The rows that were made of class indices; None if none were."""
        made = zip(self.chain.stages, self.chain.wires, strict=True)
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
            slots[chain.slots[name]] = seed
        target = chain.input_slots.get(of, chain.slots[of])
        with np.errstate(all="ignore"):
            for stage, (reads, writes) in zip(reversed(chain.stages), reversed(chain.wires), strict=True):
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
        for stage, (reads, writes) in zip(self.chain.stages, self.chain.wires, strict=True):
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
        pairs = zip(self.chain.stages, self.chain.wires, strict=True)
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
