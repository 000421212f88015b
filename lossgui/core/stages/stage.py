"""A stage, and the one that most are: a function of numbers, applied to each entry."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lossgui.core import text
from lossgui.core.stages.declared import Declared
from lossgui.core.table import Array

Function = Callable[..., Any]


class Stage(Declared, ABC):
    """One step of a chain.

    Parameters
    ----------
    name
        What the step does, unique in its chain.
    reads, writes
        Names of the values it needs and of the one it makes; a value may be made anew under its old name.
    formula
        LaTeX of the step.
    words
        A sentence for the person who asks what the step does.
    chip
        A word or two that show the convention in the window; empty for steps that are not one.
    frame
        Around the sum of the entries, with ``{}`` for it, such as '−({})'.
    shown
        Whether the working has a line for the step even where a sum shows its entries.
    level
        What an entry is called around which the step is level, such as 'clipped'.
    """

    name: str
    reads: tuple[str, ...]
    writes: str
    formula: str = ""
    words: str = ""
    chip: str = ""
    frame: str = "{}"
    shown: bool = False
    level: str = "level"

    @abstractmethod
    def value(self, *inputs: Array) -> Array:
        """Return what the stage writes."""

    @abstractmethod
    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        """Return the derivative by each input, given that by the output; None where it has none."""

    def forward(self, *inputs: Array) -> tuple[Array, Any]:
        """Return what the stage writes, and what `pulled` would else compute again."""
        return self.value(*inputs), None

    def pulled(self, kept: Any, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        """Return what `backward` does, given what `forward` kept."""
        return self.backward(upstream, output, *inputs)

    def entries(self, *inputs: Array) -> list[str]:
        """Return each entry of a row as `notation` reads it, for a sum over classes; none if it has none."""
        return []

    def working(self, output: Array, *inputs: Array) -> str:
        """Return the step for one row with its numbers, in a line of text as `notation` reads it."""
        return f"{text.listed(np.ravel(inputs[0]))} → {text.listed(np.ravel(output))}"


class Map(Stage):
    """A function of numbers, applied to each entry.

    Parameters
    ----------
    function
        The function of the values read.
    derivatives
        For each value read, its partial derivative as a function of the values read; None where the
        value never depends on a prediction.
    entry
        The texts of one entry's inputs -> the text of its output, such as '1 ln 0.95'.
    """

    function: Function
    derivatives: tuple[Function | None, ...]
    entry: Callable[..., str] | None = None

    def value(self, *inputs: Array) -> Array:
        result: Array = self.function(*inputs)
        return result

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        return [
            None if derivative is None else fitted(upstream * derivative(*inputs), value)
            for derivative, value in zip(self.derivatives, inputs, strict=True)
        ]

    def entries(self, *inputs: Array) -> list[str]:
        if self.entry is None:
            return []
        rows = np.broadcast_arrays(*(np.atleast_1d(np.squeeze(value)) for value in inputs))
        return [self.entry(*texts) for texts in zip(*(text.inputs(row) for row in rows), strict=True)]

    def working(self, output: Array, *inputs: Array) -> str:
        if not self.entry:
            same = np.array_equal(output, inputs[0], equal_nan=True)
            return (
                f"{text.listed(np.ravel(inputs[0]))} unchanged" if same else super().working(output, *inputs)
            )
        if np.ndim(output) == 1:
            return f"{self.entries(*inputs)[0]} = {text.number(float(output[0]))}"
        # Plus 0, since −0 is no more than 0 to those who read it.
        return f"[{', '.join(text.shortened(self.entries(*inputs)))}] = {text.listed(np.ravel(output) + 0.0)}"


def fitted(derivative: Array, value: Array) -> Array:
    """Sum a derivative over the axes along which `value` was broadcast."""
    shape = np.shape(value)
    while derivative.ndim > len(shape):
        derivative = derivative.sum(axis=0)
    axes = tuple(axis for axis, size in enumerate(shape) if size == 1 and derivative.shape[axis] != 1)
    return derivative.sum(axis=axes, keepdims=True) if axes else derivative
