"""The lines of the working, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lossgui.core import notation, text
from lossgui.core.evaluate import Outcome
from lossgui.core.run import Run
from lossgui.core.sums import sample_groups

UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Line:
    """A line of the working.

    Parameters
    ----------
    title, words
        What is done, and how it comes out.
    large
        Whether it is one of those that the others lead to: its result stands out.
    true
        Where in `words` the entry of the sample's own class is: from, to.
    """

    title: str
    words: str
    large: bool = False
    true: tuple[int, int] | None = None

    @property
    def result(self) -> int:
        """Where in `words` the result begins; their length where there is none."""
        at = self.words.rfind(" = ")
        return at + 3 if at >= 0 and self.large else len(self.words)

    @cached_property
    def pieces(self) -> tuple[notation.Piece, ...]:
        """What is done, as pieces of a formula."""
        return notation.pieces(self.words)

    @property
    def text(self) -> str:
        """The whole line, as plain text."""
        return f"{self.title}: {self.words}" if self.title else self.words


def lines_of(outcome: Outcome, row: int, computing: bool) -> tuple[Line, ...]:
    """Return how a headline comes about: a line a stage for one sample, and one for the batch."""
    run = outcome.rows(row, row + 1)
    steps = run.working()
    lines = [Line(step.title, step.text) for step in steps]
    if lines:
        last = lines.pop()
        lines.append(Line(last.title, last.words, True, true_entry(outcome, run, row, last.words)))
    weights = outcome.study.sample_weight
    if weights is not None:
        weight, alone = text.inputs([weights.row(row)[0]])[0], float(run.statistics[0, 0])
        weighed = text.number(float(outcome.per_sample(row, row + 1)[0]))
        lines.append(Line("sample weight", f"{weight} · {text.signed(text.number(alone))} = {weighed}"))
    batch = "computing" if computing else outcome.batch_working()
    whole = "whole batch" if outcome.chain.finish else f"batch of {outcome.study.counted:,}"
    return (*lines, Line(whole, batch, True))


def true_entry(outcome: Outcome, run: Run, row: int, words: str) -> tuple[int, int] | None:
    """Return where the entry of the sample's own class stands in a sum; None where that is not plain."""
    study, chain = outcome.study, outcome.chain
    writers = [stage for stage in chain.stages if stage.writes == chain.terms]
    if study.labels is None or not writers or study.encoding not in ("one-hot", "index"):
        return None
    groups = sample_groups(study, study.labels.rows(row, row + 1))
    entries = writers[-1].entries(*(run[name] for name in writers[-1].reads))
    if groups is None or len(entries) < 2:
        return None
    largest = np.argsort(-np.abs(np.ravel(run[writers[-1].writes])), kind="stable")
    shown = text.shortened(entries, (int(place) for place in largest))
    begin, own = words.find(" + ".join(shown)), entries[int(groups[0])]
    if begin < 0 or shown.count(own) != 1:
        return None
    begin += sum(len(entry) + len(" + ") for entry in shown[: shown.index(own)])
    return begin, begin + len(own)
