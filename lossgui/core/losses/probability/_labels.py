"""Stages that change labels before a loss sees them: smoothing, and classes that are ignored."""

from __future__ import annotations

from dataclasses import replace

from lossgui.core.chain import Chain
from lossgui.core.given import Given
from lossgui.core.parameter import Parameter
from lossgui.core.stages import Function, Map, OneHot, Select, Stage
from lossgui.core.table import Array
from lossgui.core.where import where

LABEL_SMOOTHING = Parameter(
    "label_smoothing",
    "label smoothing",
    0.0,
    "The share of every label that is spread evenly over all classes.",
)
IGNORE_CLASS = Parameter(
    "ignore_class",
    "ignored class",
    -1.0,
    "The class whose samples cost nothing and are not counted. −1 ignores none, as Keras' own None does.",
    low=-1,
    high=1e6,
    whole=True,
)
IGNORE_INDEX = Parameter(
    "ignore_index",
    "ignored class",
    -100.0,
    "The class whose samples cost nothing and are not counted. −100, PyTorch's default, is no class.",
    low=-100,
    high=1e6,
    whole=True,
)


def smooth(smoothing: float, parts: int | None = None) -> tuple[Map, ...]:
    """Return the stage y (1 - s) + s / K; none where s is 0.

    Parameters
    ----------
    parts
        K, where it is not the number of classes.
    """

    def value(y: Array, p: Array) -> Array:
        kind = p.dtype.type
        result: Array = y * kind(1.0 - smoothing) + kind(smoothing) / kind(parts or p.shape[-1])
        return result

    return _smoothing(value, smoothing, "K")


def smooth_by_half(smoothing: float) -> tuple[Map, ...]:
    """Return the stage y (1 - s) + s / 2, for classes that are each a yes or no; none where s is 0."""

    def value(y: Array, p: Array) -> Array:
        kind = p.dtype.type
        result: Array = y * kind(1.0 - smoothing) + kind(0.5 * smoothing)
        return result

    return _smoothing(value, smoothing, "2")


def _smoothing(value: Function, smoothing: float, parts: str) -> tuple[Map, ...]:
    if not smoothing:
        return ()
    stage = Map(
        name="label smoothing",
        reads=("labels", "predictions"),
        writes="labels",
        function=value,
        derivatives=(None, None),
        formula=rf"(1 - {smoothing:g})\, y_k + {smoothing:g} / {parts}",
        words="Every label gives up a share, which is spread evenly, so that no logit need grow for ever.",
        chip="smoothed labels",
    )
    return (stage,)


def over_last_axis(given: Given) -> dict[str, int]:
    """Return the size of the last axis, over which Keras spreads labels, whichever is that of the classes."""
    return {"parts": given.predictions.shape[-1]}


def counting(ignored: float) -> tuple[Map, Map]:
    """Return the stages that tell which samples are counted, and give those that are not the class 0."""
    counts = Map(
        name="counted samples",
        reads=("labels",),
        writes="counts",
        function=lambda t: (t[:, 0] != t.dtype.type(ignored)).astype(t.dtype),
        derivatives=(None,),
        formula=rf"c = [t \ne {ignored:g}]",
        words=f"A sample of class {ignored:g} is ignored: it costs nothing, and the mean does not count it.",
        chip=f"ignore {ignored:g}",
    )
    spared = Map(
        name="class of an ignored sample",
        reads=("labels", "counts"),
        writes="labels",
        function=lambda t, counts: where(counts[:, None] != 0, t, 0),
        derivatives=(None, None),
        words="An ignored sample is treated as one of class 0, and left out afterwards.",
    )
    return counts, spared


def counted_only(value: str) -> Select:
    """Return the stage that sets what belongs to an ignored sample to 0."""
    return Select(
        name=f"{value} of counted samples",
        reads=(value, "counts"),
        writes=value,
        function=lambda x, counts: where(counts[:, None] != 0, x, 0),
        derivatives=(lambda x, counts: (counts[:, None] != 0).astype(x.dtype), None),
        words="What belongs to an ignored sample is 0.",
        entry=lambda x, counts: x if counts.strip("0.") else "0",
    )


def ignoring(ignored: float | None, chain: Chain) -> Chain:
    """Return a chain for class indices in which the samples of one class count for nothing, as in Keras."""
    if ignored is None:
        return chain
    place = max(place for place, stage in enumerate(chain.stages) if stage.writes == chain.terms) + 1
    before: tuple[Stage, ...] = (*counting(ignored), counted_only("predictions"), OneHot())
    after: tuple[Stage, ...] = (counted_only("terms"), *chain.stages[place:])
    return replace(
        chain,
        stages=(*before, *chain.stages[:place], *after),
        statistics=("loss", "counts"),
        divisor="counts",
    )
