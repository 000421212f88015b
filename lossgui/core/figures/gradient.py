"""The gradient: which way a step of descent moves each class, of the focused sample and of the batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lossgui.core import text
from lossgui.core.evaluate import Outcome, Result
from lossgui.core.figures import descent
from lossgui.core.figures.axes import cell_axis, round_up, tick_text
from lossgui.core.figures.contributions import MOST_CLASSES
from lossgui.core.figures.figure import Colour, Figure, words
from lossgui.core.figures.image import Image, Scale
from lossgui.core.figures.slopes import Slopes, slopes
from lossgui.core.figures.stacks import Stack, stacked
from lossgui.core.figures.varied import labels_of
from lossgui.core.summed import NONE_COUNTS
from lossgui.core.sums import LARGEST
from lossgui.core.table import Array

NAME = "gradient"

CROSS = "×"
"""What marks a bar that is dead."""

SHORT = 2
"""Decimals of a number that has little room."""

TICKS = (-1, -0.5, -0.1, 0, 0.1, 0.5, 1)
"""Shares of the number with the full colour at which the scale has ticks."""

REACHES = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
"""The numbers, times a power of ten, that have the full colour."""


def of_sample(result: Result, choice: int, by: str) -> Figure:
    """Return the derivative of a headline by the focused sample, a bar for each class.

    Parameters
    ----------
    choice
        The place of the loss among the study's choices.
    by
        'prediction' or 'logit'; where there is no derivative by that, it is by the other.
    """
    outcome, study, row = result.outcomes[choice], result.study, result.focus[0]
    sample, why = f"sample {study.sample_name(row)}", _why_not(outcome)
    if not why and not study.counts(row):
        why = f"{sample.capitalize()} is masked: it counts for nothing, and its derivatives are 0."
    if why:
        return words(NAME, why)
    found = slopes(outcome, (row,), by)
    values = found.values[0]
    places = _largest(values)
    colours = [Colour("classes", int(place)) for place in places]
    names, along = [study.classes[place] for place in places], f"derivative by {found.by}"
    said = _said(found, places)
    stack = Stack("class", names, values[None, places], ("",), [colours], along=along, said=said)
    lines = [
        f"{labels_of(result)[choice]}, {sample}, {found.words}{descent.off(found)}",
        *(f"{sentence}." for sentence in descent.reasons(found, 0)),
        *descent.unweighed(study, row),
        *descent.left_out(values, places),
    ]
    figure = stacked(NAME, descent.moves(found), "\n".join(lines), stack)
    return replace(figure, description=_description(figure.title, lines, found))


def of_batch(result: Result, choice: int, by: str) -> Figure:
    """Return the derivative of a headline by the batch, a cell for each sample and class.

    Of many samples, those of the largest losses are shown.

    Parameters
    ----------
    choice, by
        As for one sample.
    """
    outcome, why = result.outcomes[choice], _why_not(result.outcomes[choice])
    if why:
        return words(NAME, why)
    found = slopes(outcome, _rows(outcome), by)
    of_class = descent.sizes(found.values).max(axis=0)
    columns = np.sort(_largest(of_class))
    lines = [
        f"{labels_of(result)[choice]}, {found.words}{descent.off(found)}",
        *descent.hatched(found),
        *descent.chosen(found),
        *descent.left_out(of_class, columns),
    ]
    title = descent.steepest(found)
    return Figure(
        NAME,
        title,
        cell_axis("class", [outcome.study.classes[column] for column in columns]),
        cell_axis("sample", [_sample(found, row) for row in found.rows], upwards=True),
        image=_image(result, found, columns),
        subtitle="\n".join(lines),
        description=_description(title, lines, found),
    )


def _why_not(outcome: Outcome) -> str:
    return outcome.refusal or ("" if outcome.study.counted else NONE_COUNTS)


def _description(title: str, lines: Sequence[str], found: Slopes) -> str:
    first, *more = lines
    return " ".join([f"The derivative of the headline. {first}: {title}.", *more, descent.spoken(found)])


def _rows(outcome: Outcome) -> Sequence[int]:
    if outcome.study.samples <= LARGEST:
        return range(outcome.study.samples)
    return [int(row) for row in outcome.sums.rows]


def _largest(values: Array) -> Array:
    """Return the places of all classes, or of many the largest, by size."""
    if len(values) <= MOST_CLASSES:
        return np.arange(len(values))
    return np.argsort(-descent.sizes(values), kind="stable")[:MOST_CLASSES]


# Bars


def _said(found: Slopes, places: Array) -> tuple[tuple[str, str], ...]:
    """Return what stands at the end of each bar, in full and in short: its number, or that it is dead."""
    states = {int(k): dead.stage.level for dead in found.dead for k in np.flatnonzero(dead.entries[0])}
    result = []
    for place in places.tolist():
        value = float(found.values[0, place])
        number = text.number(value), text.number(value, SHORT)
        result.append((f"{CROSS} {states[place]}", CROSS) if place in states else number)
    return tuple(result)


# Cells


def _image(result: Result, found: Slopes, columns: Array) -> Image:
    values, study = found.values[:, columns], result.study
    said, hatched = np.full(values.shape, "", object), np.zeros(values.shape, bool)
    for dead in found.dead:
        here = dead.entries[:, columns]
        said[here], hatched = f"dead: {dead.stage.level}", hatched | here
    said[[not study.counts(row) for row in found.rows]] = "masked"
    row, column = result.focus
    inside = row in found.rows and column in columns
    focus = (found.rows.index(row), int(np.searchsorted(columns, column))) if inside else None
    return Image(values, _scale(values, found.by), hatched, said, found.rows, tuple(columns.tolist()), focus)


def _scale(values: Array, by: str) -> Scale:
    most = float(np.abs(values[np.isfinite(values)]).max(initial=0))
    reach = round_up(most, REACHES) if most else 1.0
    ticks = [float(f"{share * reach:.6g}") for share in TICKS]
    label = f"derivative by {by} (below 0: descent raises)"
    return Scale(label, reach, tuple((tick, _written(tick)) for tick in ticks))


def _written(tick: float) -> str:
    plain = not tick or 1e-4 <= abs(tick) < 1e5
    return text.inputs([tick])[0] if plain else tick_text(tick, abs(tick))


def _sample(found: Slopes, row: int) -> str:
    name = found.study.sample_name(row)
    return name if found.study.counts(row) else f"{name}, masked"
