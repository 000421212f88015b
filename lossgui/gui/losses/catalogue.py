"""The catalogue as a person looks through it: grouped, searched, and told what does not fit."""

from __future__ import annotations

from dataclasses import dataclass

from lossgui.core.choice import Choice
from lossgui.core.fit import refusal
from lossgui.core.loss import Loss
from lossgui.core.losses import LOSSES
from lossgui.core.study import Study
from lossgui.gui.losses.search import profile_called, rank


@dataclass(frozen=True)
class Row:
    """A line of the catalogue: the heading of a family, or a loss.

    Parameters
    ----------
    family
        The family.
    entry, choice
        The loss, and what would be added; None for a heading.
    reason
        Why it has no number for the study; None if it has one.
    """

    family: str
    entry: Loss | None = None
    choice: Choice | None = None
    reason: str | None = None


def new_choice(study: Study, entry: Loss, profile: str | None = None) -> Choice:
    """Return a loss as it is added to a study: from logits where they are, in a colour of its own."""
    profile = profile or entry.profiles[0]
    takes_logits = any(parameter.name == "from_logits" for parameter in entry.form(profile).parameters)
    parameters = {"from_logits": True} if takes_logits and study.kind == "logits" else {}
    return Choice.of(entry.name, profile, parameters, None, free_colour(study))


def free_colour(study: Study) -> int:
    """Return the first colour that no loss of a study has."""
    used = {choice.colour for choice in study.choices}
    return next(index for index in range(len(used) + 1) if index not in used)


def catalogue(study: Study, searched: str = "") -> tuple[Row, ...]:
    """Return every loss, without headings; under the profile whose callable is searched for, if one is."""
    rows = []
    for entry in LOSSES.values():
        choice = new_choice(study, entry, profile_called(entry, searched))
        rows.append(Row(entry.family, entry, choice, refusal(study, choice)))
    return tuple(rows)


def found(rows: tuple[Row, ...], searched: str) -> tuple[Row, ...]:
    """Return the losses that a search finds, each family under its heading."""
    result: list[Row] = []
    for row in rows:
        if row.entry is not None and rank(row.entry, searched) is not None:
            if not result or result[-1].family != row.family:
                result.append(Row(row.family))
            result.append(row)
    return tuple(result)


def best(rows: tuple[Row, ...], searched: str) -> int | None:
    """Return the place of the loss that a search most likely means; None if there is none."""
    places = [place for place, row in enumerate(rows) if row.entry is not None]
    return min(places, key=lambda place: (_rank_of(rows[place], searched), place), default=None)


def _rank_of(row: Row, searched: str) -> tuple[int, bool]:
    found_at = rank(row.entry, searched) if row.entry else None
    return (99 if found_at is None else found_at), bool(row.reason)
