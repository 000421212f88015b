"""Dead entries: those whose derivative a stage holds back on the way from the loss to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.evaluate import Outcome
from lossgui.core.figures.links import Sigmoid
from lossgui.core.run import Run
from lossgui.core.stages import Map, Softmax, Stage
from lossgui.core.table import Array

LINKS = (Softmax, Sigmoid)
"""Stages that are saturated near 0 and 1."""

TINY = 1e-7
"""How near 0 or 1 a probability is saturated, and the share of the loss below which a derivative is lost."""

NEAR = 1e-9
"""How far around an entry a stage has to be level, as a share of the entry, if that is more than 1."""

ELSEWHERE = (-2.0, -0.5, 0.5, 2.0)
"""Places at one of which a stage has a slope that is level somewhere, but not everywhere."""


@dataclass(frozen=True, eq=False)
class Held:
    """Where something comes back to a stage, and nothing leaves it.

    Parameters
    ----------
    where
        Shape (rows, classes); (rows,) where the stage has one number for each sample.
    inputs, place
        What the stage reads, and the place in that of what depends on the predictions.
    """

    where: Array
    inputs: Sequence[Array]
    place: int

    @property
    def rows(self) -> Array:
        """The rows of which something is held back, shape (rows, 1)."""
        result: Array = np.any(self.where.reshape(len(self.where), -1), axis=1)[:, None]
        return result


@dataclass(frozen=True, eq=False)
class Dead:
    """Entries that are dead for one cause.

    Parameters
    ----------
    stage, held
        What holds their derivative back, and where.
    entries
        The dead ones, shape (rows, classes); more than are held where an earlier stage mixes classes.
    """

    stage: Stage
    held: Held
    entries: Array


class Opened(Stage):
    """A stage that lets through, run backwards, what it would hold back.

    Parameters
    ----------
    inner
        The stage itself.
    places
        The places in what it reads of values that depend on the predictions.
    held
        Is filled with what it would have held back.
    """

    inner: Stage
    places: tuple[int, ...]
    held: list[Held]

    def value(self, *inputs: Array) -> Array:
        """Return what the stage writes."""
        return self.inner.value(*inputs)

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        """Return the derivative by each input, as if the stage were level nowhere."""
        parts = list(self.inner.backward(upstream, output, *inputs))
        for place in self.places:
            part = parts[place]
            if part is None or part.shape != upstream.shape:
                continue
            if isinstance(self.inner, Map):
                where = (upstream != 0) & level(self.inner, place, inputs)
                through = np.where(where, upstream, part)
            else:
                where, through = saturated(self.inner, upstream, output)
            if where.any():
                self.held.append(Held(where, inputs, place))
                parts[place] = through
        return parts


def dead_of(part: Outcome, run: Run, gradient: Array) -> tuple[Dead, ...]:
    """Return the dead entries of a gradient, cause by cause.

    The stages are opened one after the other, from the loss backwards: the one that makes a derivative of
    what was none has held it back. What is none even then is none for a reason of the loss: its minimum, or
    a class that has no share in it.

    Parameters
    ----------
    part
        The outcome over all of whose rows `run` has run.
    """
    stages, found = list(run.chain.stages), []
    floor = TINY * _sizes(part) if any(isinstance(stage, LINKS) for stage in stages) else np.zeros((1, 1))
    lost = ~(np.abs(gradient) > floor)
    for at, places in _varying(run.chain):
        if not lost.any():
            break
        stage = stages[at]
        stages[at] = opened = _opened(stage, places)
        anew = Run(replace(run.chain, stages=tuple(stages)), run.values)
        through = part.gradient_of(anew, 0, len(gradient))
        reached = ~(np.abs(through) <= floor) & ~(np.isnan(through) & np.isnan(gradient))
        for held in opened.held:
            entries = lost & reached & held.rows
            if entries.any():
                found.append(Dead(stage, held, entries))
                lost &= ~entries
    return tuple(found)


def _opened(stage: Stage, places: tuple[int, ...]) -> Opened:
    return Opened(
        name=stage.name, reads=stage.reads, writes=stage.writes, inner=stage, places=places, held=[]
    )


def _varying(chain: Chain) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield, from the last, each stage that can be opened, and the places of what varies in its inputs."""
    varying, found = {"predictions"}, []
    for at, stage in enumerate(chain.stages):
        places = tuple(place for place, name in enumerate(stage.reads) if name in varying)
        varying = varying | {stage.writes} if places else varying - {stage.writes}
        if places and isinstance(stage, (Map, *LINKS)):
            found.append((at, places))
    yield from reversed(found)


@np.errstate(all="ignore")
def _sizes(part: Outcome) -> Array:
    """Return what each sample counts for in the headline, shape (rows, 1): the size of what is not lost."""
    if part.chain.finish:
        sizes = np.full(part.study.samples, part.value_of(part.sums.statistics))
    else:
        sizes = part.per_sample() / part.denominator
    result: Array = np.abs(np.where(np.isfinite(sizes), sizes, 0))[:, None]
    return result


@np.errstate(all="ignore")
def level(stage: Map, place: int, inputs: Sequence[Array]) -> Array:
    """Return where a stage is level all around an entry, though it has a slope elsewhere.

    A minimum has a slope beside it, and a class without a share in the loss has none anywhere.
    """
    value = np.asarray(inputs[place])
    step = (NEAR * np.maximum(np.abs(value), 1)).astype(value.dtype)
    ends = value.dtype.type(-np.inf), value.dtype.type(np.inf)
    before, behind = (np.nextafter(value, end) for end in ends)
    near = [value, np.minimum(before, value - step), np.maximum(behind, value + step)]
    flat: Array = np.logical_and.reduce([slope(stage, place, inputs, there) == 0 for there in near])
    if flat.any():
        far = [slope(stage, place, inputs, np.full_like(value, there)) for there in ELSEWHERE]
        flat = flat & np.logical_or.reduce([np.isfinite(steep) & (steep != 0) for steep in far])
    return flat


def slope(stage: Map, place: int, inputs: Sequence[Array], value: Array) -> Array:
    """Return the derivative by one input where it has another value."""
    derivative = stage.derivatives[place]
    assert derivative is not None
    given = [*inputs[:place], value, *inputs[place + 1 :]]
    result: Array = np.broadcast_to(derivative(*given), value.shape)
    return result


@np.errstate(all="ignore")
def saturated(link: Stage, upstream: Array, p: Array) -> tuple[Array, Array]:
    """Return where descent would leave 0 or 1 and the link has no slope, and the derivative if it had one."""
    low, high = p <= TINY, p >= 1 - TINY
    if isinstance(link, Sigmoid):
        where = (low & (upstream < 0)) | (high & (upstream > 0))
        return where, np.where(where, upstream, upstream * p * (1 - p))
    pull = upstream - np.where(p == 0, 0, upstream * p).sum(axis=-1, keepdims=True)
    up = low & (pull < 0)
    # What these are to gain, the others must lose.
    gain = -np.where(up, pull, 0).sum(axis=-1, keepdims=True)
    others = np.where(p == 0, 0, p * (pull + gain))
    return up | (high & (gain > 0)), np.where(up, pull, others)
