"""What a call of a framework comes to: values, reductions, gradients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.divisors import Values
from lossgui.core.frameworks.framework import Framework, Weigh
from lossgui.core.given import Given
from lossgui.core.loss import Call
from lossgui.core.reductions import Reduction
from lossgui.core.run import Run
from lossgui.core.stages.stage import fitted
from lossgui.core.table import Array, Table
from lossgui.core.where import where

SUM_OF_VALUES, DOT_INDEX = "values_sum", "values_dot_index"
"""Gradients of plain sums of the unreduced values: of all, and of all times 1, 2, ... along the classes."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """A framework's callable, called.

    Parameters
    ----------
    given
        Arrays whose classes are the last axis, of one shape.
    predictions
        As they were given.
    axis
        Which axis the classes were; None: they were the last one.
    of_class
        The same as the framework's class has it, which reduces, where its function does otherwise with such
        shapes.
    """

    framework: Framework
    call: Call
    chain: Chain
    given: Given
    predictions: Array
    axis: int | None = None
    of_class: Outcome | None = None

    @cached_property
    def run(self) -> Run:
        """The chain, run over all rows."""
        rows = self._rows
        labels, predictions = rows.get("labels"), rows.pop("predictions")
        known: dict[str, Any] = {}
        if labels is not None and self.chain.facts:
            known = self.chain.known(Table.from_array(labels))
        rows.pop("labels", None)
        if self.call.computes_in is not None:
            predictions = predictions.astype(self.call.computes_in)
        if self.framework.flushes:
            predictions, labels = flushed(predictions), None if labels is None else flushed(labels)
        return self.chain.run(labels, predictions, **rows, **known)

    def check_needs(self) -> None:
        """Look whether numbers are what the chain needs.

        Raises
        ------
        ValueError
            If they are not.
        """
        rows = self._rows
        for need in self.chain.needs:
            if need.of in rows and not need.met(rows[need.of]):
                raise ValueError(f"{self.call.names[0]} of {self.framework.name}: {need.words}.")

    @cached_property
    def values(self) -> Array:
        """The unreduced values, in the shape and type in which the framework returns them."""
        with np.errstate(all="ignore"):
            if self.chain.finish is not None:
                return np.asarray(self.chain.finish.value(self._sums)).astype(self._dtype)
            values = self._unreduced.reshape(self._shape).astype(self._dtype)
            return flushed(values) if self.framework.flushes else values

    def reduced(self, name: str) -> Array:
        """Return the values reduced, with the sample's weights.

        Raises
        ------
        ValueError
            If the framework has no reduction of that name.
        """
        if self.of_class is not None:
            return self.of_class.reduced(name)
        return self._reduction(name).value(self._weighed)

    def gradient(self, of: str) -> Array:
        """Return the derivative by the predictions, in their shape.

        Parameters
        ----------
        of
            'values_sum', 'values_dot_index', or the name of a reduction.

        Raises
        ------
        ValueError
            If the framework has no reduction of that name.
        """
        if self.of_class is not None and of not in (SUM_OF_VALUES, DOT_INDEX):
            return self.of_class.gradient(of).reshape(self.predictions.shape)
        counts = self._counts_for(of)
        with np.errstate(all="ignore"):
            if self.chain.finish is not None:
                seeds = self.run.seeds(self.chain.finish.derivative(self._sums) * counts)
            else:
                seeds = {
                    self._value_name: counts.reshape(self._unreduced.shape).astype(self._unreduced.dtype)
                }
        gradient = self.run.gradient(seeds).reshape(self.given.predictions.shape)
        gradient = gradient if self.axis is None else np.moveaxis(gradient, -1, self.axis)
        own = self.predictions
        whole = gradient.reshape(own.shape) if gradient.size == own.size else fitted(gradient, own)
        with np.errstate(over="ignore"):
            return whole.astype(own.dtype)

    # Parts

    @property
    def _rows(self) -> dict[str, Array]:
        """All arrays but the sample weights, as rows."""
        given, classes = self.given, self.given.predictions.shape[-1] if self.given.predictions.ndim else 1
        if self.call.as_given:
            own = {**given.others, "labels": given.labels, "predictions": given.predictions}
            return {
                name: array for name, array in own.items() if array is not None and name != "sample_weight"
            }
        found = {name: _as_rows(array, classes) for name, array in given.others.items()}
        found.pop("sample_weight", None)
        if given.labels is not None:
            found["labels"] = _as_rows(given.labels, 1 if self.call.indexed else classes)
        return {**found, "predictions": _as_rows(given.predictions, classes)}

    @property
    def _dtype(self) -> np.dtype[Any]:
        return np.dtype(self.call.returns or self.given.predictions.dtype)

    @property
    def _value_name(self) -> str:
        if self.chain.elementwise and self.chain.terms is not None:
            return self.chain.terms
        return self.chain.statistics[0]

    @property
    def _unreduced(self) -> Array:
        return self.run[self._value_name]

    @property
    def _shape(self) -> tuple[int, ...]:
        shape = self.given.predictions.shape
        if self.call.as_given:
            return self._unreduced.shape
        return shape if self._unreduced.ndim == 2 else shape[:-1]

    @cached_property
    def _sums(self) -> Array:
        with np.errstate(all="ignore"):
            result: Array = self.run.statistics.sum(axis=0)
        return result

    @cached_property
    def _weighed(self) -> Values:
        values, weight = self.values, self.given.others.get("sample_weight")
        if weight is not None and self.framework.weigh is not None:
            weight, values = self._spread(self.framework.weigh, weight)
        chain, run = self.chain, self.run
        shares = run[chain.divisor].reshape(self.given.predictions.shape[:-1]) if chain.divisor else None
        entries = run[chain.terms] if chain.terms is not None else None
        return Values(values, weight, shares, entries)

    def _spread(self, weigh: Weigh, weight: Array) -> tuple[Array, Array]:
        try:
            spread, values = weigh(weight.astype(self.values.dtype), self.values)
            np.broadcast_shapes(spread.shape, values.shape)
        except ValueError:
            raise ValueError(
                f"Sample weights of the shape {weight.shape} do not fit values of the shape "
                f"{self.values.shape}."
            ) from None
        return spread, values

    def _reduction(self, name: str) -> Reduction:
        offered: Mapping[str, Reduction] = (
            self.framework.reductions if self.call.reductions is None else self.call.reductions
        )
        if name not in offered:
            raise ValueError(f"{self.call.names[0]} of {self.framework.name} has no reduction {name}.")
        return offered[name]

    def _counts_for(self, of: str) -> Array:
        if of == SUM_OF_VALUES:
            return np.ones_like(self.values)
        if of == DOT_INDEX:
            index = np.arange(1, self.values.shape[-1] + 1, dtype=self._dtype)
            return np.broadcast_to(index, self.values.shape)
        return self._reduction(of).counts_for(self._weighed).reshape(self.values.shape)


def flushed(array: Array) -> Array:
    """Return numbers, 0 where they are too small for all their digits, as processors are set to have it."""
    if array.dtype.kind != "f":
        return array
    return where(np.abs(array) < np.finfo(array.dtype).tiny, 0 * array, array)


def _as_rows(array: Array, columns: int) -> Array:
    """Return an array as rows; one that has a value for each row as a column, a single one as it is."""
    if array.ndim == 0:
        return array.reshape(1, 1)
    if array.size % max(columns, 1) == 0 and (columns == 1 or array.shape[-1] == columns):
        return array.reshape(prod(array.shape[:-1]) if columns != 1 else array.size, columns)
    return array.reshape(-1, 1)
