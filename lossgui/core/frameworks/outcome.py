"""What a call of a framework comes to: values, reductions, gradients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

import numpy as np

from lossgui.core.chain import Chain, Run
from lossgui.core.frameworks.framework import Framework
from lossgui.core.given import Given
from lossgui.core.loss import Call
from lossgui.core.reductions import Reduction, Values
from lossgui.core.table import Array, Table

SUM_OF_VALUES, DOT_INDEX = "values_sum", "values_dot_index"
"""Gradients of plain sums of the unreduced values: of all, and of all times 1, 2, ... along the classes."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """A framework's callable, called.

    Parameters
    ----------
    given
        Arrays whose classes are the last axis.
    axis
        Which axis the classes were; None: they were the last one.
    """

    framework: Framework
    call: Call
    chain: Chain
    given: Given
    axis: int | None = None

    @cached_property
    def run(self) -> Run:
        """The chain, run over all rows."""
        given, classes = self.given, self.given.predictions.shape[-1] if self.given.predictions.ndim else 1
        known: dict[str, Any] = {
            name: _rows(array, classes) for name, array in given.others.items() if name != "sample_weight"
        }
        labels = None if given.labels is None else _rows(given.labels, 1 if self.call.indexed else classes)
        if labels is not None:
            known |= self.chain.known(Table.from_array(labels))
        predictions = _rows(given.predictions, classes)
        if self.call.computes_in is not None:
            predictions = predictions.astype(self.call.computes_in)
        return self.chain.run(labels, predictions, **known)

    @cached_property
    def values(self) -> Array:
        """The unreduced values, in the shape and type in which the framework returns them."""
        with np.errstate(all="ignore"):
            if self.chain.finish is not None:
                return np.asarray(self.chain.finish.value(self._sums)).astype(self._dtype)
            return self._unreduced.reshape(self._shape).astype(self._dtype)

    def reduced(self, name: str) -> Array:
        """Return the values reduced, with the sample's weights.

        Raises
        ------
        ValueError
            If the framework has no reduction of that name.
        """
        return self._reduction(name).value(self._weighted)

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
        counts = self._counts_for(of)
        with np.errstate(all="ignore"):
            if self.chain.finish is not None:
                seeds = self.run.seeds(self.chain.finish.derivative(self._sums) * counts)
            else:
                seeds = {
                    self._value_name: counts.reshape(self._unreduced.shape).astype(self._unreduced.dtype)
                }
        by_rows = self.run.gradient(seeds)
        gradient = by_rows.reshape(self.given.predictions.shape).astype(self._dtype)
        return gradient if self.axis is None else np.moveaxis(gradient, -1, self.axis)

    # Parts

    @property
    def _dtype(self) -> np.dtype[Any]:
        return self.given.predictions.dtype

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
        return shape if self._unreduced.ndim == 2 else shape[:-1]

    @cached_property
    def _sums(self) -> Array:
        with np.errstate(all="ignore"):
            result: Array = self.run.statistics.sum(axis=0)
        return result

    @cached_property
    def _weighted(self) -> Values:
        weight = self.given.others.get("sample_weight")
        spread = None if weight is None else self.framework.weigh(weight, self.values)
        shares = None if self.chain.divisor is None else self.run[self.chain.divisor].reshape(self._shape)
        return Values(self.values, spread, shares)

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
        return self._reduction(of).counts_for(self._weighted)


def _rows(array: Array, columns: int) -> Array:
    """Return an array as rows; one that has a value for each row as a column, a single one as it is."""
    if array.ndim == 0:
        return array.reshape(1, 1)
    if array.size % max(columns, 1) == 0 and (columns == 1 or array.shape[-1] == columns):
        return array.reshape(prod(array.shape[:-1]) if columns != 1 else array.size, columns)
    return array.reshape(-1, 1)
