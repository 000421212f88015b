"""Evaluation: what the views show of a study. Lazy: only what is looked at is computed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lossgui.core import text
from lossgui.core.choice import Choice
from lossgui.core.outcome import Outcome
from lossgui.core.profiles import TEXTBOOK
from lossgui.core.reference import Reference
from lossgui.core.study import Study
from lossgui.core.sums import sample_groups

__all__ = ["Outcome", "Result", "consequence", "evaluate", "telling_entry"]

QUICK = 10_000
"""Samples up to which the costliest is sought before a study is first shown."""

EXACT_AT_ONCE = 5_000
"""Numbers that are computed exactly while the person waits, 1 to 5 ms; of more, float64 is shown first."""


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
    """What the views show for one study and focus.

    Parameters
    ----------
    exact
        Whether losses of the Textbook profile are computed exactly even where that takes long.
    """

    study: Study
    focus: tuple[int, int]
    exact: bool = False

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """One for each choice, in order."""
        choices = self.study.choices
        room = EXACT_AT_ONCE // max(1, sum(map(can_be_exact, choices)))
        return tuple(self._outcome(choice, room) for choice in choices)

    def _outcome(self, choice: Choice, room: int) -> Outcome:
        if can_be_exact(choice):
            reference = Reference(self.study, choice)
            if self.exact or reference.is_near(room):
                return reference
        return Outcome(self.study, choice)

    @property
    def could_be_exact(self) -> bool:
        """Whether some loss is shown in float64 that `exactly` would give with all its digits."""
        known = (outcome for outcome in self.outcomes if outcome.refusal is None)
        return any(can_be_exact(outcome.choice) and not outcome.exact for outcome in known)

    def exactly(self) -> Result:
        """Return the same, losses of the Textbook profile exact however long that takes."""
        return Result(self.study, self.focus, exact=True)

    def missing(self) -> int:
        """Return how many numbers would have to be read to know all headlines."""
        return sum(outcome.missing() for outcome in self.outcomes)


def can_be_exact(choice: Choice) -> bool:
    """Tell whether a loss is the mathematical one, and not a person's own formula."""
    return choice.profile == TEXTBOOK and choice.own is None


def telling_entry(study: Study) -> tuple[int, int]:
    """Return the (sample, class) to begin with: of the costliest sample, if quickly known, the true class."""
    outcomes = [outcome for outcome in evaluate(study).outcomes if outcome.refusal is None]
    quickly = outcomes and study.counted and study.samples <= QUICK
    row = int(outcomes[0].sums.rows[0]) if quickly else 0
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
