"""Class indices as PyTorch takes them: a mean over what the samples' own classes weigh."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.losses.probability._labels import counted_only, counting, smooth
from lossgui.core.stages import Map, OneHot, Stage, SumClasses
from lossgui.core.table import Array
from lossgui.core.where import where


def of_targets(log_p: tuple[Stage, ...], terms: Map, smoothing: float, ignored: float | None) -> Chain:
    """Return the chain of -ln p of each sample's own class.

    Parameters
    ----------
    log_p
        Stages that write 'log p'.
    terms
        The stage that makes terms of it.
    smoothing
        The share of the labels that is spread over all classes.
    ignored
        The class whose samples count for nothing; None: there is none.
    """
    stages = (*smooth(smoothing), *log_p, terms)
    if ignored is None:
        return Chain((OneHot(), *stages, SumClasses()))
    return Chain(
        (*counting(ignored), OneHot(), *stages, counted_only("terms"), SumClasses()),
        statistics=("loss", "counts"),
        divisor="counts",
    )


def weighed_by_target(chain: Chain, weight: str = "class_weight") -> Chain:
    """Return a chain of class indices with class weights: a mean divides by those of the samples' classes.

    Parameters
    ----------
    weight
        The input that holds the weights.
    """
    weighed = chain.with_class_weight(weight)
    place = next(place for place, stage in enumerate(weighed.stages) if isinstance(stage, OneHot)) + 1
    share = _weight_of_target(weight, ignoring=chain.divisor is not None)
    return replace(
        weighed,
        stages=(*weighed.stages[:place], share, *weighed.stages[place:]),
        statistics=("loss", share.writes),
        divisor=share.writes,
    )


def _weight_of_target(weight: str, ignoring: bool) -> Map:
    def of_row(y: Array, weights: Array, *counts: Array) -> Array:
        result: Array = np.sum(where(y == 0, 0, y * weights), axis=-1)
        return result * counts[0] if counts else result

    return Map(
        name="weight of the target",
        reads=("labels", weight, *(("counts",) if ignoring else ())),
        writes="target weight",
        function=of_row,
        derivatives=(None, None, None) if ignoring else (None, None),
        formula=r"w_t",
        words=(
            "With class indices the mean divides by the weights of the samples' own classes; "
            "with a number for every class it divides by the number of samples."
        ),
        chip="mean ÷ Σ own weights",
    )
