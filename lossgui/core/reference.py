"""One chosen loss of one study, right to the last digit: computed with 106 bits, and rounded once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from lossgui.core.exact import Twofold
from lossgui.core.outcome import Outcome
from lossgui.core.run import Run
from lossgui.core.sums import AddedUp, Sums, grouped, largest_of, merged
from lossgui.core.table import Array, Block

PIECE = 3000
"""Numbers that are computed at a time: their many values on the way stay in a core's cache."""


class Reference(Outcome):
    """An outcome whose value, losses, contributions and gradient are exact.

    What curves and the working show of it is computed in plain numbers.
    """

    exact = True

    @cached_property
    def value(self) -> float | None:
        """The headline, rounded once."""
        if self.choice.unreduced:
            return None
        with np.errstate(all="ignore"):
            if self.chain.finish:
                return float(self.chain.finish.value(self._statistics))
            return float(self._statistics[0] / self._divisor)

    @cached_property
    def sums(self) -> AddedUp:
        """What all samples that count add up to, rounded."""
        whole = Sums.settled(self._precise)
        return replace(whole, statistics=_rounded(whole.statistics), groups=_rounded(whole.groups))

    def per_sample(self, start: int = 0, stop: int | None = None) -> Array:
        """Return the loss of each sample, times its weight, shape (rows,)."""
        return self._in_pieces(start, stop, lambda run, a, b: self._weighed(a, b, run.statistics[:, 0]))

    def gradient(self, start: int = 0, stop: int | None = None) -> Array:
        """Return the derivative of the headline by the predictions, shape (rows, classes)."""
        return self._in_pieces(start, stop, self.gradient_of)

    def without(self, row: int) -> Array:
        """Return the sums of statistics of all samples that count but one, in plain numbers, for curves."""
        return Outcome(self.study, self.choice).without(row)

    def row_contributions(self, row: int) -> Array | None:
        """Return what each class of one sample adds to the headline, shape (classes,); 0 if it is masked."""
        parts, terms = self.contributions, self.chain.terms
        if parts is None or terms is None:
            return None
        factor = parts.factor if self.study.counts(row) else 0.0
        found = self._in_pieces(row, row + 1, lambda run, a, b: factor * self._weighed(a, b, run[terms]))
        result: Array = found[0]
        return result

    def is_near(self, room: int) -> bool:
        """Tell whether it has a number of which no more than so many numbers are missing."""
        missing = 0
        if self.refusal is None:
            for place, block in enumerate(self.study.predictions.blocks):
                missing += 0 if block.recall(self._key(place)) else block.array.size
                if missing > room:
                    return False
        return self.refusal is None

    def compute(self) -> Iterator[int]:
        """Compute the sums of missing blocks one after the other; yield how many numbers each had."""
        for place, block in enumerate(self.study.predictions.blocks):
            if self._parts[place] is None:
                # On one thread: many short steps leave little to be done side by side.
                self._parts[place] = self._remembered(place)
                yield block.array.size

    # In numbers of 106 bits

    @cached_property
    def known(self) -> dict[str, Any]:
        """Facts of all labels, and class weights as they are."""
        weights = self.study.class_weight
        return super().known if weights is None else {**super().known, "class_weight": np.array(weights)}

    @cached_property
    def _settings(self) -> tuple[Any, ...]:
        return (*super()._settings, "exact")

    @cached_property
    def _precise(self) -> AddedUp:
        for _ in self.compute():
            pass
        return merged([part for part in self._parts if part is not None], self.study.predictions.starts)

    @property
    def _statistics(self) -> Any:
        return self._precise.statistics

    @cached_property
    def _divisor(self) -> Any:
        weights = self.study.sample_weight
        if weights is None or self.choice.kind != "weighted mean":
            return np.float64(self.denominator)
        masks = self.study.mask.blocks if self.study.mask else (None,) * len(weights.blocks)
        pairs = zip(weights.blocks, masks, strict=True)
        return np.stack([_exact_sum(block, mask) for block, mask in pairs]).sum()

    def _in_pieces(self, start: int, stop: int | None, figure: Callable[[Run, int, int], Any]) -> Array:
        """Return a figure of rows, rounded; `figure`: a run over rows and where they lie -> theirs."""
        stop = self.study.samples if stop is None else stop
        step, dtype, labels = self._rows_of_a_piece(), self.study.predictions.dtype, self._labels
        parts = []
        for first in range(start, max(stop, start + 1), step):
            last = min(first + step, stop)
            truth = None if labels is None else labels.rows(first, last)
            run = self.chain.run_exactly(truth, self.study.predictions.rows(first, last), **self.known)
            with np.errstate(all="ignore"):
                parts.append(_rounded(figure(run, first, last), dtype))
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _rows_of_a_piece(self) -> int:
        return max(1, PIECE // self.study.predictions.columns)

    def _block_gradient(self, place: int) -> Array:
        return self.gradient(*self.study.predictions.starts[place : place + 2])

    def _sums_of(self, labels: Array | None, predictions: Array, weights: Array | None) -> Sums:
        step = self._rows_of_a_piece()
        starts = range(0, max(len(predictions), 1), step)

        def piece(array: Array | None, start: int) -> Any:
            return None if array is None else array[start : start + step]

        parts = []
        for start in starts:
            own = piece(labels, start)
            truth = None if self._labels is None else own
            run = self.chain.run_exactly(truth, piece(predictions, start), **self.known)
            parts.append(self._added(run, own, piece(weights, start)))
        return Sums.settled(merged(parts, starts))

    @np.errstate(all="ignore")
    def _added(self, run: Run, labels: Array | None, weights: Array | None) -> Sums:
        def weighed(values: Any) -> Any:
            return values if weights is None else values * weights

        statistics, groups, chain = weighed(run.statistics), None, self.chain
        if chain.terms is not None:
            rows = _rounded(labels if self.study.encoding == "one-hot" else run.one_hot)
            groups = weighed(run[chain.terms]).summed(
                lambda word: grouped(word, labels, self.study, rows), axis=0
            )
        losses = statistics[:, 0].rounded()
        largest = largest_of(losses)
        shares = float(run[chain.divisor].sum() if chain.divisor else len(losses))
        return Sums(statistics.sum(axis=0), groups, losses[largest], largest, shares)


def _rounded(values: Any, dtype: Any = np.float64) -> Any:
    """Return plain numbers for those of two words; anything else, and None, as it is."""
    return values.rounded(dtype) if isinstance(values, Twofold) else values


def _exact_sum(weights: Block, mask: Block | None) -> Twofold:
    """Return the sum of the weights of a block that count."""

    def total(array: Array) -> Twofold:
        return Twofold.of(array if mask is None else array[mask.array]).sum()

    result: Twofold = weights.recall_or(("exact sum", mask), total)
    return result
