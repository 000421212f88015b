"""What one chosen loss of one study comes to: value, parts, gradient, working."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np

from lossgui.core import text
from lossgui.core.run import Run, Step
from lossgui.core.summed import Summed
from lossgui.core.sums import Contributions, group_names
from lossgui.core.table import Array
from lossgui.core.threads import in_order
from lossgui.core.where import where

SHOWN = 4
"""Samples whose losses are written out in the working of a batch."""


class Outcome(Summed):
    """One chosen loss of one study: value, parts, gradient, working.

    Every property but `refusal`, `notes` and `chain` needs `refusal` to be None.
    """

    exact = False
    """Whether the figures are right to the last digit."""

    # The number

    @cached_property
    def value(self) -> float | None:
        """The headline, undefined where no sample counts; None where each sample stands by itself."""
        if self.choice.unreduced:
            return None
        return float(self.value_of(self.sums.statistics))

    def headline(self, row: int) -> float:
        """Return the value; where each sample stands by itself, that of one sample."""
        return float(self.per_sample(row, row + 1)[0]) if self.value is None else self.value

    def value_of(self, statistics: Array) -> Array:
        """Return the headline for other sums of statistics, shape (..., statistics) -> (...)."""
        with np.errstate(all="ignore"):
            if self.chain.finish:
                return self.chain.finish.value(statistics)
            result: Array = statistics[..., 0] / np.float64(self.denominator)
            return result

    # Its parts

    @cached_property
    def contributions(self) -> Contributions | None:
        """What each class adds to the headline; None where the loss is no sum of terms of classes.

        Where the reduction is none, to the sum of all samples.
        """
        groups = self.sums.groups
        if groups is None:
            return None
        with np.errstate(all="ignore"):
            if self.chain.finish:
                factor, remainder = self.chain.finish.split(self.sums.statistics)
            else:
                scale = np.float64(self.chain.scale(self.study.predictions.columns))
                factor, besides = float(scale / self.denominator), np.float64(self.chain.besides)
                remainder = float(besides * self.counted_weight / self.denominator) if besides else 0.0
        return Contributions(groups, group_names(self.study), factor, remainder)

    def per_sample(self, start: int = 0, stop: int | None = None) -> Array:
        """Return the loss of each sample, times its weight, shape (rows,).

        For a loss of the whole batch, the first statistic of each sample. A masked sample has its loss too,
        which counts nowhere: `study.counts` tells.
        """
        stop = self.study.samples if stop is None else stop
        return self._weighed(start, stop, self.rows(start, stop).statistics[:, 0])

    def gradient(self, start: int = 0, stop: int | None = None) -> Array:
        """Return the derivative of the headline by the predictions, shape (rows, classes).

        Where the reduction is none, of the sum of all samples. That of a masked sample is 0.
        """
        stop = self.study.samples if stop is None else stop
        return self.gradient_of(self.rows(start, stop), start, stop)

    def gradients(self) -> Iterator[tuple[int, Array]]:
        """Yield rows by the first of them, and their gradient, in order; the sums are known after it.

        Blocks are run once for both, unless the gradient depends on what all of them add up to.
        """
        predictions, chain = self.study.predictions, self.chain
        if self.study.mask is not None or chain.finish or chain.divisor:
            assert self.sums
        places = range(len(predictions.blocks))
        yield from zip(predictions.starts, in_order(self._block_gradient, places), strict=False)

    def _block_gradient(self, place: int) -> Array:
        start, stop = self.study.predictions.starts[place : place + 2]
        run = self.rows(start, stop)
        self._settle(place, run)
        return self.gradient_of(run, start, stop)

    def gradient_of(self, run: Run, start: int, stop: int) -> Array:
        """Return the derivative of the headline by the predictions of a run over rows start to stop."""
        with np.errstate(all="ignore"):
            if self.chain.finish:
                seeds = run.seeds(self.chain.finish.derivative(self._statistics))
            else:
                loss = self.chain.statistics[0]
                one = np.full_like(run[loss], 1 / self._divisor)
                seeds = {loss: self._weighed(start, stop, one)}
        gradient, mask = run.gradient(seeds), self.study.mask
        return gradient if mask is None else where(mask.rows(start, stop), gradient, 0)

    def row_contributions(self, row: int) -> Array | None:
        """Return what each class of one sample adds to the headline, shape (classes,); 0 if it is masked.

        None where `contributions` is.
        """
        parts = self.contributions
        if parts is None or self.chain.terms is None:
            return None
        terms = self._weighed(row, row + 1, self.rows(row, row + 1)[self.chain.terms][0])
        if not self.study.counts(row):
            return np.zeros_like(terms)
        with np.errstate(all="ignore"):
            result: Array = parts.factor * terms
        return result

    @property
    def _statistics(self) -> Array:
        return self.sums.statistics

    @property
    def _divisor(self) -> Any:
        return np.float64(self.denominator)

    # How it comes about

    def varied(self, row: int, predictions: Array) -> Run:
        """Run the chain over other predictions of one sample, shape (n, classes)."""
        labels = self._labels
        truth = None if labels is None else np.repeat(labels.rows(row, row + 1), len(predictions), axis=0)
        return self.chain.run(truth, predictions.astype(self.study.predictions.dtype), **self.known)

    def without(self, row: int) -> Array:
        """Return the sums of statistics of all samples that count but one, shape (statistics,)."""
        whole = self.sums.statistics
        if not self.study.counts(row):
            return whole
        own = self._weighed(row, row + 1, self.rows(row, row + 1).statistics[0]).astype(np.float64)
        if np.isfinite(own).all():
            return whole - own
        # Infinity less infinity is none of the others: its block is added up without it.
        place, inner = self.study.predictions.locate(row)
        rest = self._summed(place, self.study.predictions.blocks[place].array, inner)
        others = [part.statistics for k, part in enumerate(self._parts) if part is not None and k != place]
        result: Array = np.sum([rest.statistics, *others], axis=0)
        return result

    def working(self, row: int) -> tuple[Step, ...]:
        """Return how the loss of one sample comes about, a line a stage."""
        return self.rows(row, row + 1).working()

    @np.errstate(all="ignore")
    def batch_working(self) -> str:
        """Return how the headline comes about from the samples, and what is left out, in a line of text."""
        left_out, finish = self._left_out(), self.chain.finish
        if finish:
            return left_out + finish.working(self.sums.statistics)
        rows = self.study.first_counted(SHOWN)
        # In plain numbers: four digits are shown.
        losses = [text.number(float(Outcome.per_sample(self, row, row + 1)[0])) for row in rows]
        more = self.study.counted > SHOWN
        if self.value is None:
            each = ", ".join(losses) + (" …" if more else "")
            return f"{left_out}each sample by itself{': ' if each else ''}{each}"
        added = " + ".join(losses or ["0"]) + (" + …" if more else "")
        if self.denominator not in (1, np.inf):
            added = f"({added}) / {text.inputs([self.denominator])[0]}"
        return f"{left_out}{added} = {text.number(self.value)}"

    def _left_out(self) -> str:
        masked = self.study.samples - self.study.counted
        if not masked:
            return ""
        if not self.study.counted:
            return "all samples are masked: "
        return f"without {text.counted(masked, 'masked sample')}: "

    @np.errstate(all="ignore")
    def _weighed(self, start: int, stop: int, values: Array) -> Array:
        weights = self.study.sample_weight
        if weights is None:
            return values
        weighed: Array = values * weights.rows(start, stop)[:, 0].astype(values.dtype)
        return weighed
