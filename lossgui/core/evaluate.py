"""Evaluation: what the views show of a study. Lazy: only what is looked at is computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain, Fact, Run, Step
from lossgui.core.choice import Choice
from lossgui.core.fit import SOFTMAX_TWICE, refusal
from lossgui.core.study import Study
from lossgui.core.sums import Contributions, Sums, group_names, grouped, largest_of, merged, sample_groups
from lossgui.core.table import Array

QUICK = 10_000
"""Samples up to which the costliest is sought before a study is first shown."""

WEIGHTS = Fact("sum of weights", lambda weights: float(weights.sum()), lambda a, b: a + b, 0.0)


def evaluate(study: Study, focus: tuple[int, int] = (0, 0)) -> Result:
    """Return all that views show for a study; nothing is computed before it is asked for.

    Parameters
    ----------
    focus
        The (sample, class) that curves vary; it is moved into the table if it lies outside.
    """
    row, column = focus
    inside = min(max(row, 0), study.samples - 1), min(max(column, 0), study.predictions.columns - 1)
    return Result(study, inside)


@dataclass(frozen=True, eq=False)
class Result:
    """What the views show for one study and focus."""

    study: Study
    focus: tuple[int, int]

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """One for each choice, in order."""
        return tuple(Outcome(self.study, choice) for choice in self.study.choices)

    def missing(self) -> int:
        """Return how many numbers would have to be read to know all headlines."""
        return sum(outcome.missing() for outcome in self.outcomes)

    def row_sums(self, start: int, stop: int) -> Array:
        """Return the sums of rows of predictions, shape (rows,)."""
        with np.errstate(all="ignore"):
            result: Array = self.study.predictions.rows(start, stop).sum(axis=1)
        return result


def telling_entry(study: Study) -> tuple[int, int]:
    """Return the (sample, class) to begin with: of the costliest sample, if quickly known, the true class."""
    outcomes = [outcome for outcome in evaluate(study).outcomes if outcome.refusal is None]
    row = int(outcomes[0].sums.rows[0]) if outcomes and study.samples <= QUICK else 0
    groups = None if study.labels is None else sample_groups(study, study.labels.rows(row, row + 1))
    return row, 0 if groups is None else int(groups[0])


def consequence(old: Result, new: Result) -> str:
    """Return what became of the first loss that both have, in a sentence; empty if they have none."""
    for before, after in zip(old.outcomes, new.outcomes, strict=False):
        if before.choice != after.choice or before.refusal or after.refusal:
            continue
        if before.value is None or after.value is None:
            continue
        was, now = text.number(before.value), text.number(after.value)
        title = after.choice.entry.title
        return f"{title} stays {now}." if was == now else f"{title} {was} → {now}."
    return ""


class Outcome:
    """One chosen loss of one study: value, parts, gradient, working.

    Every property but `refusal`, `notes` and `chain` needs `refusal` to be None.
    """

    def __init__(self, study: Study, choice: Choice) -> None:
        self.study = study
        self.choice = choice

    @cached_property
    def refusal(self) -> str | None:
        """Why this loss has no number for this study, in words; None if it has one."""
        return refusal(self.study, self.choice)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What a person should know of how this loss meets this study."""
        if self.choice.parameter("from_logits") and self.study.kind == "probabilities":
            return (SOFTMAX_TWICE,)
        return ()

    @cached_property
    def chain(self) -> Chain:
        """The stages."""
        choice, encoding = self.choice, self.study.encoding if self.choice.entry.encodings else ""
        weighted = self.study.class_weight is not None and choice.entry.reduction is not None
        return choice.entry.chain(choice.profile, choice.parameters, encoding, weighted)

    @cached_property
    def known(self) -> dict[str, Any]:
        """Facts of all labels and class weights: what stages read besides the rows."""
        known = self.chain.known(self.study.labels)
        if self.study.class_weight is not None:
            known["class_weight"] = np.asarray(self.study.class_weight, self.study.predictions.dtype)
        return known

    # The number

    @cached_property
    def sums(self) -> Sums:
        """What all samples add up to."""
        for _ in self.compute():
            pass
        return merged([part for part in self._parts if part is not None], self.study.predictions.starts)

    @cached_property
    def denominator(self) -> float:
        """What the sum over samples is divided by."""
        reduction = self.choice.reduction
        if reduction == "mean":
            return float(self.study.samples)
        if reduction == "weighted mean" and self.study.sample_weight is not None:
            return float(WEIGHTS.about(self.study.sample_weight))
        return float(self.study.samples) if reduction == "weighted mean" else 1.0

    @cached_property
    def value(self) -> float | None:
        """The headline; None where each sample stands by itself."""
        if self.choice.reduction == "none":
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
                factor, remainder = float(scale / self.denominator), 0.0
        return Contributions(groups, group_names(self.study), factor, remainder)

    def per_sample(self, start: int = 0, stop: int | None = None) -> Array:
        """Return the loss of each sample, times its weight, shape (rows,).

        For a loss of the whole batch, the first statistic of each sample.
        """
        stop = self.study.samples if stop is None else stop
        return self._weighed(start, stop, self.rows(start, stop).statistics[:, 0])

    def gradient(self, start: int = 0, stop: int | None = None) -> Array:
        """Return the derivative of the headline by the predictions, shape (rows, classes).

        Where the reduction is none, of the sum of all samples.
        """
        stop = self.study.samples if stop is None else stop
        return self.gradient_of(self.rows(start, stop), start, stop)

    def gradient_of(self, run: Run, start: int, stop: int) -> Array:
        """Return the derivative of the headline by the predictions of a run over rows start to stop."""
        names = self.chain.statistics
        if self.chain.finish:
            with np.errstate(all="ignore"):
                slopes = self.chain.finish.derivative(self.sums.statistics)
            seeds = {name: np.full_like(run[name], slope) for name, slope in zip(names, slopes, strict=True)}
            return run.gradient(seeds)
        with np.errstate(all="ignore"):
            one = np.full_like(run[names[0]], 1 / np.float64(self.denominator))
        return run.gradient({names[0]: self._weighed(start, stop, one)})

    def row_contributions(self, row: int) -> Array | None:
        """Return what each class of one sample adds to the headline, shape (classes,).

        None where `contributions` is.
        """
        parts = self.contributions
        if parts is None or self.chain.terms is None:
            return None
        terms = self._weighed(row, row + 1, self.rows(row, row + 1)[self.chain.terms][0])
        with np.errstate(all="ignore"):
            result: Array = parts.factor * terms
        return result

    # How it comes about

    def rows(self, start: int, stop: int) -> Run:
        """Run the chain over some rows."""
        labels = self._labels
        truth = None if labels is None else labels.rows(start, stop)
        return self.chain.run(truth, self.study.predictions.rows(start, stop), **self.known)

    def varied(self, row: int, predictions: Array) -> Run:
        """Run the chain over other predictions of one sample, shape (n, classes)."""
        labels = self._labels
        truth = None if labels is None else np.repeat(labels.rows(row, row + 1), len(predictions), axis=0)
        return self.chain.run(truth, predictions.astype(self.study.predictions.dtype), **self.known)

    def working(self, row: int) -> tuple[Step, ...]:
        """Return how the loss of one sample comes about, a line a stage."""
        return self.rows(row, row + 1).working()

    def batch_working(self) -> str:
        """Return how the headline comes about from the samples."""
        finish = self.chain.finish
        if finish:
            return finish.working(self.sums.statistics)
        losses = [text.number(float(loss)) for loss in self.per_sample(0, min(self.study.samples, 4))]
        if self.value is None:
            return (
                "each sample by itself: " + ", ".join(losses[:4]) + (" …" if self.study.samples > 4 else "")
            )
        added = " + ".join(losses) + (" + …" if self.study.samples > 4 else "")
        if self.denominator != 1:
            added = f"({added}) / {text.inputs([self.denominator])[0]}"
        return f"{added} = {text.number(self.value)}"

    # Blocks

    def missing(self) -> int:
        """Return how many numbers lie in blocks whose sums are not known yet."""
        if self.refusal:
            return 0
        pairs = zip(self.study.predictions.blocks, self._parts, strict=True)
        return sum(block.array.size for block, sums in pairs if sums is None)

    def compute(self) -> Iterator[int]:
        """Compute the sums of missing blocks one after the other; yield how many numbers each had."""
        for place, sums in enumerate(self._parts):
            if sums is None:
                block = self.study.predictions.blocks[place]
                self._parts[place] = block.recall_or(self._key(place), partial(self._summed, place))
                yield block.array.size

    @cached_property
    def _parts(self) -> list[Sums | None]:
        """The sums of each block, None where they are not known."""
        return [block.recall(self._key(place)) for place, block in enumerate(self.study.predictions.blocks)]

    @cached_property
    def _labels(self) -> Any:
        return self.study.labels if self.choice.entry.encodings else None

    @cached_property
    def _settings(self) -> tuple[Any, ...]:
        facts = tuple(self.chain.known(self.study.labels).values())
        return self.chain, self.study.encoding, facts, self.study.class_weight

    def _key(self, place: int) -> tuple[Any, ...]:
        labels, weights = self.study.labels, self.study.sample_weight
        return (
            self._settings,
            None if labels is None else labels.blocks[place],
            None if weights is None else weights.blocks[place],
        )

    def _summed(self, place: int, predictions: Array) -> Sums:
        start, stop = self.study.predictions.starts[place : place + 2]
        labels = self.study.labels
        truth = None if self._labels is None else self._labels.blocks[place].array
        run = self.chain.run(truth, predictions, **self.known)
        weights = self._weights(start, stop)
        with np.errstate(all="ignore"):
            statistics = run.statistics if weights is None else run.statistics * weights[:, None]
            losses = statistics[:, 0]
            groups = None
            if self.chain.terms is not None:
                terms = run[self.chain.terms]
                group = None if labels is None else sample_groups(self.study, labels.blocks[place].array)
                groups = grouped(terms if weights is None else terms * weights[:, None], group, self.study)
            total = statistics.sum(axis=0, dtype=np.float64)
        largest = largest_of(losses)
        return Sums(total, groups, losses[largest], largest)

    def _weights(self, start: int, stop: int) -> Array | None:
        weight = self.study.sample_weight
        return None if weight is None else weight.rows(start, stop)[:, 0]

    @np.errstate(all="ignore")
    def _weighed(self, start: int, stop: int, values: Array) -> Array:
        weights = self._weights(start, stop)
        return values if weights is None else values * weights.astype(values.dtype)
