"""The catalogue as a person looks through it: grouped, searched, and told what does not fit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lossgui.core.choice import Choice
from lossgui.core.fit import refusal
from lossgui.core.loss import Loss
from lossgui.core.losses import LOSSES
from lossgui.core.study import Study


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


def new_choice(study: Study, entry: Loss) -> Choice:
    """Return a loss as it is added to a study: from logits where they are, in a colour of its own."""
    takes_logits = any(
        parameter.name == "from_logits" for parameter in entry.form(entry.profiles[0]).parameters
    )
    parameters = {"from_logits": True} if takes_logits and study.kind == "logits" else {}
    used = {choice.colour for choice in study.choices}
    colour = next(index for index in range(len(used) + 1) if index not in used)
    return Choice.of(entry.name, entry.profiles[0], parameters, None, colour)


def catalogue(study: Study) -> tuple[Row, ...]:
    """Return every loss, without headings."""
    rows = []
    for entry in LOSSES.values():
        choice = new_choice(study, entry)
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


def rank(entry: Loss, searched: str) -> int | None:
    """Return how well a loss fits what is searched, 0 the best; None if it does not."""
    wanted, title, short = _plain(searched), _plain(entry.title), _initials(entry.title)
    if wanted in (title, short, _plain(entry.name)):
        return 0
    if title.startswith(wanted):
        return 1
    words = wanted.split()
    if all(word in title or word == short for word in words):
        return 2
    names = " ".join((title, short, entry.name, _plain(entry.name), entry.family, entry.reference.casefold()))
    if all(word in names for word in words):
        return 3
    everything = " ".join((names, _plain(entry.words), " ".join(entry.profiles).casefold()))
    return 4 if all(word in everything for word in words) else None


def _plain(words: str) -> str:
    """Return words in small letters, hyphens and underscores as spaces."""
    return " ".join(re.sub(r"[-_−–]", " ", words.casefold()).split())


def _initials(title: str) -> str:
    """Return the short name that people use: 'mse' for 'Mean squared error'."""
    return "".join(word[0] for word in _plain(title).split())
