"""One chosen loss of one study, added up block by block; samples that are masked are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, partial
from itertools import repeat
from typing import Any

import numpy as np

from lossgui.core.chain import Chain, Fact
from lossgui.core.choice import Choice
from lossgui.core.fit import SOFTMAX_TWICE, refusal
from lossgui.core.reductions import Reduction
from lossgui.core.run import Run
from lossgui.core.study import Study
from lossgui.core.sums import AddedUp, Sums, grouped, largest_of, merged
from lossgui.core.table import Array, Block, Table
from lossgui.core.threads import in_order

WEIGHTS = Fact("sum of weights", lambda weights: float(weights.sum()), lambda a, b: a + b, 0.0)
WEIGHED = Fact(
    "weights other than 0", lambda weights: float(np.count_nonzero(weights)), lambda a, b: a + b, 0.0
)
SHARES = {"weighted mean": WEIGHTS, "mean of the weighted": WEIGHED}
"""What weights of samples come to in the divisor of a mean, by its kind; otherwise each counts for one."""

NONE_COUNTS = "All samples are masked: there is nothing to add up."


class Summed:
    """The sums of one chosen loss.

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
        twice = self.choice.parameter("from_logits") and self.study.kind == "probabilities"
        found = (SOFTMAX_TWICE,) if twice else ()
        return found if self.study.counted else (*found, NONE_COUNTS)

    @cached_property
    def chain(self) -> Chain:
        """The stages."""
        choice, encoding = self.choice, self.study.encoding if self.choice.entry.encodings else ""
        weighted = self.study.class_weight is not None and choice.entry.reduction is not None
        return choice.entry.chain(choice.profile, choice.parameters, encoding, weighted)

    @cached_property
    def known(self) -> dict[str, Any]:
        """Facts of all labels and class weights: what stages read besides the rows.

        Labels of masked samples too: Keras looks at all labels to tell whether they are 0 and 1, and knows
        nothing of a mask there.
        """
        known = self.chain.known(self.study.labels)
        if self.study.class_weight is not None:
            known["class_weight"] = np.asarray(self.study.class_weight, self.study.predictions.dtype)
        return known

    @cached_property
    def sums(self) -> AddedUp:
        """What all samples that count add up to."""
        for _ in self.compute():
            pass
        return merged([part for part in self._parts if part is not None], self.study.predictions.starts)

    @property
    def reduces_to(self) -> str:
        """What the reduction comes to for this study: where samples have no weights, each counts for one."""
        kind = self.choice.kind
        return "mean" if kind in SHARES and self.study.sample_weight is None else kind

    @cached_property
    def denominator(self) -> float:
        """What the sum over samples is divided by."""
        reduction, columns = self.choice.reduces, self.study.predictions.columns
        if reduction is None or reduction.kind in ("none", "sum"):
            return 1.0
        return self._shares(reduction) / reduction.factor(columns)

    def _shares(self, reduction: Reduction) -> float:
        """Return what values count for together in a mean of a kind."""
        kind, chain, study = self.reduces_to, self.chain, self.study
        if kind == "mean of rows":
            return float(study.counted)
        fact = SHARES.get(kind)
        if chain.divisor:
            place = chain.statistics.index(chain.divisor)
            return float(self.sums.statistics[place] if fact else self.sums.shares) or chain.of_nothing
        samples = float(study.counted) if fact is None else self._of_weights_that_count(fact)
        if samples == 0 and study.counted and reduction.empty is not None:
            samples = np.inf  # a mean over no weight is 0 there
        return samples * (study.predictions.columns if chain.elementwise else 1)

    @property
    def counted_weight(self) -> float:
        """What the samples that count weigh together, each 1 where they have no weights."""
        none = self.study.sample_weight is None
        return float(self.study.counted) if none else self._of_weights_that_count(WEIGHTS)

    def _of_weights_that_count(self, fact: Fact) -> float:
        weights, mask = self.study.sample_weight, self.study.mask
        assert weights is not None
        if mask is None:
            return float(fact.about(weights))
        pairs = zip(weights.blocks, mask.blocks, strict=True)
        return float(
            sum(block.recall_or((fact.name, kept), partial(_of_kept, fact, kept)) for block, kept in pairs)
        )

    def rows(self, start: int, stop: int) -> Run:
        """Run the chain over some rows, masked or not."""
        labels = self._labels
        truth = None if labels is None else labels.rows(start, stop, "F")
        return self.chain.run(truth, self.study.predictions.rows(start, stop, "F"), **self.known)

    # Blocks

    def missing(self) -> int:
        """Return how many numbers lie in blocks whose sums are not known yet."""
        if self.refusal:
            return 0
        pairs = zip(self.study.predictions.blocks, self._parts, strict=True)
        return sum(block.array.size for block, sums in pairs if sums is None)

    def compute(self) -> Iterator[int]:
        """Compute the sums of missing blocks one after the other; yield how many numbers each had."""
        blocks = self.study.predictions.blocks
        missing = [place for place, sums in enumerate(self._parts) if sums is None]
        for place in in_order(self._settled, missing):
            yield blocks[place].array.size

    def _settled(self, place: int) -> int:
        """Compute the sums of a block; return its place."""
        self._parts[place] = self._remembered(place)
        return place

    def _settle(self, place: int, run: Run) -> None:
        """Remember what a block adds up to, if that is not known, given the run over it."""
        if self._parts[place] is None:
            self._parts[place] = self._remembered_of(place, run)

    def _remembered(self, place: int) -> Sums:
        sums: Sums = self.study.predictions.blocks[place].recall_or(
            self._key(place), partial(self._summed, place)
        )
        return sums

    def _remembered_of(self, place: int, run: Run) -> Sums:
        """Return the sums of a block of which all rows count, given the run over it."""
        study = self.study

        def added(_: Array) -> Sums:
            labels, weights = (
                None if table is None else table.blocks[place].array
                for table in (study.labels, study.sample_weight)
            )
            return self._added(run, labels, weights)

        sums: Sums = study.predictions.blocks[place].recall_or(self._key(place), added)
        return sums

    @cached_property
    def _parts(self) -> list[Sums | None]:
        """The sums of each block, None where they are not known."""
        study, settings = self.study, self._settings
        blocks = (
            repeat(None) if table is None else table.blocks
            for table in (study.labels, study.sample_weight, study.mask)
        )
        pairs = zip(study.predictions.blocks, zip(repeat(settings), *blocks, strict=False), strict=False)
        return [block.recall(key) for block, key in pairs]

    @cached_property
    def _labels(self) -> Any:
        return self.study.labels if self.choice.entry.encodings else None

    @cached_property
    def _settings(self) -> tuple[Any, ...]:
        facts = tuple(self.chain.known(self.study.labels).values())
        return self.chain, self.study.encoding, facts, self.study.class_weight

    def _key(self, place: int) -> tuple[Any, ...]:
        study = self.study
        tables = (study.labels, study.sample_weight, study.mask)
        return self._settings, *(None if table is None else table.blocks[place] for table in tables)

    def _summed(self, place: int, predictions: Array, but: int | None = None) -> Sums:
        """Return what the rows of a block that count add up to, but for one of them."""
        study = self.study
        kept = None if study.mask is None else np.flatnonzero(study.mask.blocks[place].array)
        if but is not None:
            kept = np.delete(np.arange(len(predictions)), but) if kept is None else kept[kept != but]

        def of(table: Table | None) -> Any:
            block = None if table is None else table.blocks[place].array
            return block if block is None or kept is None else block[kept]

        labels, chosen = of(study.labels), predictions if kept is None else predictions[kept]
        sums = self._sums_of(labels, chosen, of(study.sample_weight))
        return sums if kept is None else replace(sums, rows=kept[sums.rows])

    def _sums_of(self, labels: Array | None, predictions: Array, weights: Array | None) -> Sums:
        run = self.chain.run(None if self._labels is None else labels, predictions, **self.known)
        return self._added(run, labels, weights)

    @np.errstate(all="ignore")
    def _added(self, run: Run, labels: Array | None, weights: Array | None) -> Sums:
        """Return what all rows of a run add up to."""
        statistics = run.statistics if weights is None else run.statistics * weights
        losses, groups = statistics[:, 0], None
        if self.chain.terms is not None:
            terms = run[self.chain.terms]
            own = labels if labels is None or self._labels is None else run.given("labels")
            rows = own if self.study.encoding == "one-hot" else run.one_hot
            groups = grouped(terms if weights is None else terms * weights, own, self.study, rows)
        divisor = self.chain.divisor
        shares = run[divisor].sum(dtype=np.float64) if divisor else len(losses)
        largest = largest_of(losses)
        total = statistics.sum(axis=0, dtype=np.float64)
        return Sums(total, groups, losses[largest], largest, float(shares))


def _of_kept(fact: Fact, kept: Block, weights: Array) -> float:
    return float(fact.of(weights[kept.array]))
