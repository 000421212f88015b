"""Each chosen loss along a path: of the focused sample, or of the whole batch as that sample varies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Finish
from lossgui.core.choice import Choice
from lossgui.core.evaluate import Outcome, Result
from lossgui.core.figures.figure import Series, shortened
from lossgui.core.figures.path import Path
from lossgui.core.run import Run
from lossgui.core.table import Array


@dataclass(frozen=True, eq=False)
class Varied:
    """One loss along a path.

    Parameters
    ----------
    loss, gradient
        Its curve, and the curve of its derivative along the path; None where none was asked for.
    clips
        What its stages that clip are called, such as 'clip 1e−7'.
    whole_batch
        Whether it is the loss of the batch, as one of its samples varies.
    name
        Of the loss in the catalogue.
    """

    loss: Series
    gradient: Series | None
    clips: tuple[str, ...]
    whole_batch: bool
    name: str


def is_whole_batch(outcome: Outcome) -> bool:
    """Tell whether a loss is one of the batch, and no average of losses of samples."""
    return outcome.chain.finish is not None


def varied(outcome: Outcome, row: int, way: Path, label: str, gradient: bool) -> Varied:
    """Return one loss along a path.

    Parameters
    ----------
    outcome
        A loss that has a number for the study; its sums are read only if it is one of the whole batch.
    """
    whole = is_whole_batch(outcome)
    label += ", of the batch" if whole else ""
    run = outcome.varied(row, way.rows)
    sums = _sums(outcome, row, run)
    with np.errstate(all="ignore"):
        y = run.statistics[:, 0] if sums is None else outcome.value_of(sums)
        fits = outcome.chain.takes(way.rows)
    y = _kept(y, fits)
    loss = _series(label, way, y, outcome.choice.colour, "loss")
    chips = (stage.chip for stage in outcome.chain.stages)
    clips = tuple(dict.fromkeys(chip for chip in chips if chip.startswith("clip")))
    if not gradient:
        return Varied(loss, None, clips, whole, outcome.choice.loss)
    slope = _slope(run, way, outcome.chain.finish, sums)
    if sums is not None and not outcome.study.counts(row):
        slope = np.zeros_like(slope)
    slope = _kept(slope, fits)
    slopes = _series(f"slope of {label}", way, slope, outcome.choice.colour, "gradient")
    return Varied(loss, slopes, clips, whole, outcome.choice.loss)


def _kept(values: Array, fits: Array) -> Array:
    """Return the values, and NaN where the loss has none."""
    return values if fits.all() else np.where(fits, values, np.nan)


def _series(label: str, way: Path, y: Array, colour: int, role: str) -> Series:
    y = np.ascontiguousarray(y, np.float64)
    value = float(y[way.here]) if way.here is not None else float("nan")
    return Series(label, way.x, y, colour, role, value, way.here if way.added else None)


def _sums(outcome: Outcome, row: int, run: Run) -> Array | None:
    """Return the batch's statistics along the path, shape (n, statistics); None for a loss of samples."""
    if not is_whole_batch(outcome):
        return None
    own = run.statistics if outcome.study.counts(row) else np.zeros_like(run.statistics)
    result: Array = outcome.without(row) + own
    return result


def _slope(run: Run, way: Path, finish: Finish | None, sums: Array | None) -> Array:
    """Return the derivative along the path, shape (n,)."""
    names = run.chain.statistics
    with np.errstate(all="ignore"):
        if finish is None or sums is None:
            seeds = {names[0]: np.ones_like(run[names[0]])}
        else:
            seeds = run.seeds(np.array([finish.derivative(total) for total in sums]))
        gradient = run.gradient(seeds)
        # What does not move adds nothing, even where its derivative is infinite.
        moving = np.flatnonzero(way.direction)
        part = gradient if len(moving) == len(way.direction) else gradient[:, moving]
        result: Array = part @ way.direction[moving]
    return result


def labels_of(result: Result) -> tuple[str, ...]:
    """Return what the chosen losses are called: their titles, and as much more as tells two apart."""
    return _labels_of(result.study.choices)


@lru_cache(maxsize=64)
def _labels_of(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    titles = [shortened(choice.entry.title) for choice in choices]
    names = [
        f"{title} · {choice.profile}" if titles.count(title) > 1 else title
        for title, choice in zip(titles, choices, strict=True)
    ]
    same = Counter((choice.loss, choice.profile) for choice in choices)
    full = [
        name + "".join(f", {part}" for part in _parameters(choice, choices))
        if same[choice.loss, choice.profile] > 1
        else name
        for name, choice in zip(names, choices, strict=True)
    ]
    return tuple(_numbered(full))


def _parameters(choice: Choice, choices: tuple[Choice, ...]) -> list[str]:
    """Return the parameters, in words, in which a choice differs from others of its loss and profile."""
    twins = [
        dict(other.parameters)
        for other in choices
        if replace(other, parameters=(), colour=0, reduction=None)
        == replace(choice, parameters=(), colour=0, reduction=None)
    ]
    result = []
    for name, value in choice.parameters:
        if len({twin[name] for twin in twins}) > 1:
            title = choice.described(name).title
            negated = f"{'' if value else 'not '}{title}"
            result.append(negated if isinstance(value, bool) else f"{title} = {text.inputs([value])[0]}")
    return result


def _numbered(names: list[str]) -> list[str]:
    return [
        f"{name} ({names[: place + 1].count(name)})" if names.count(name) > 1 else name
        for place, name in enumerate(names)
    ]
