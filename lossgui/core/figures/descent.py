"""What is said of a gradient: which way descent goes, what is dead and why, and what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from lossgui.core import text
from lossgui.core.figures.reasons import named, reason
from lossgui.core.figures.slopes import Slopes
from lossgui.core.figures.stacks import SPOKEN
from lossgui.core.study import Study
from lossgui.core.table import Array

TELLING = 0.25
"""The share of the largest derivative from which a class is named in a title."""


def sizes(values: Array) -> Array:
    """Return how large derivatives are; what is undefined counts as the largest."""
    return np.where(np.isnan(values), np.inf, np.abs(values))


def moves(found: Slopes) -> str:
    """Return what a step of descent does in the only row: 'Descent raises bird, lowers dog'."""
    values, names = _alive(found)[0], found.study.classes
    if np.isnan(values).any():
        return "Descent is undefined here"
    order = np.argsort(-sizes(values), kind="stable")
    most = sizes(values).max()
    telling = [place for place in order if values[place] and abs(values[place]) >= TELLING * most]
    raised = [place for place in telling if values[place] < 0]
    lowered = [place for place in telling if values[place] > 0]
    pairs = (("raises", raised), ("lowers", lowered))
    moved = [f"{verb} {named(names, places)}" for verb, places in pairs if places]
    return f"Descent {', '.join(moved) or 'moves nothing here'}"


def steepest(found: Slopes) -> str:
    """Return what a step of descent moves most in all rows: 'Descent raises bird of sample 2 most'."""
    values = _alive(found)
    row, column = (int(k) for k in np.unravel_index(np.argmax(sizes(values)), values.shape))
    value = values[row, column]
    if not value:
        return "Descent moves nothing"
    entry = _entry(found, row, column)
    if np.isnan(value):
        return f"Descent is undefined for {entry}"
    return f"Descent {'raises' if value < 0 else 'lowers'} {entry} most"


def _alive(found: Slopes) -> Array:
    """Return the derivatives, 0 where one is lost."""
    lost = np.zeros(found.values.shape, bool)
    for dead in found.dead:
        lost |= dead.entries
    return np.where(lost & ~np.isnan(found.values), 0, found.values)


def spoken(found: Slopes) -> str:
    """Return the largest derivatives: 'The largest: bird of sample 2 −4.5000, …'."""
    order = np.argsort(-sizes(found.values), axis=None, kind="stable")[:SPOKEN]
    places = [np.unravel_index(place, found.values.shape) for place in order]
    said = (f"{_entry(found, int(i), int(k))} {text.number(float(found.values[i, k]))}" for i, k in places)
    return f"The largest derivatives: {', '.join(said)}."


def _entry(found: Slopes, row: int, column: int) -> str:
    return f"{named(found.study.classes, [column])} of sample {found.study.sample_name(found.rows[row])}"


# Lines


def reasons(found: Slopes, row: int) -> list[str]:
    """Return why entries of a row are dead, a sentence a cause."""
    causes = (dead for dead in found.dead if dead.entries[row].any())
    return [reason(dead, row, found.study.classes, found.values) for dead in causes]


def hatched(found: Slopes) -> Iterator[str]:
    """Yield how many entries are dead, and why the first is, if any are."""
    counts: Counter[str] = Counter()
    for dead in found.dead:
        counts[dead.stage.level] += int(dead.entries.sum())
    if counts:
        counted = ", ".join(f"{count:,} {state}" for state, count in counts.items())
        row = min(int(np.argmax(dead.entries.any(axis=1))) for dead in found.dead)
        sample = found.study.sample_name(found.rows[row])
        yield f"Hatched: dead, {counted}. In sample {sample}, {reasons(found, row)[0]}."


def off(found: Slopes) -> str:
    """Return that rows do not sum to one, if so: no softmax has made them."""
    if not found.off:
        return ""
    if len(found.rows) > 1:
        return f", as if softmax gave rows that do not sum to 1 ({len(found.off)} of {len(found.rows)})"
    total = float(found.study.predictions.row(found.off[0]).sum(dtype=np.float64))
    return f", as if softmax gave a row that sums to {text.inputs([float(f'{total:.6g}')])[0]}"


def unweighed(study: Study, row: int) -> Iterator[str]:
    """Yield that a sample's weight is 0, if it is."""
    if study.sample_weight is not None and not study.sample_weight[row, 0]:
        yield f"The weight of sample {study.sample_name(row)} is 0: it moves nothing."


def chosen(found: Slopes) -> Iterator[str]:
    """Yield which samples are shown, if not all are."""
    if len(found.rows) < found.study.samples:
        yield f"The {len(found.rows)} samples of the largest losses, of {found.study.samples:,}."


def left_out(values: Array, places: Sequence[int] | Array) -> Iterator[str]:
    """Yield which classes are shown, if not all are."""
    if len(places) < len(values):
        most = text.number(float(sizes(np.delete(values, places)).max()))
        yield f"The {len(places)} largest of {len(values):,} classes; the others are at most {most} in size."
