"""scikit-learn's log loss: clipped by the rounding of the numbers' own type."""

from __future__ import annotations

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.divisors import Values, one, some_weights
from lossgui.core.losses._steps import log_terms, xlogy
from lossgui.core.stages import Map, SumClasses
from lossgui.core.table import Array


def _bounded(p: Array) -> Array:
    eps = np.finfo(p.dtype).eps
    result: Array = np.clip(p, eps, 1 - eps)
    return result


def _inside(p: Array) -> Array:
    eps = np.finfo(p.dtype).eps
    slope: Array = ((p >= eps) & (p <= 1 - eps)).astype(p.dtype)
    return slope


def clip_to_rounding() -> Map:
    """Return the stage that keeps probabilities a rounding of 1 away from 0 and from 1."""
    return Map(
        name="clip predictions",
        reads=("predictions",),
        writes="predictions",
        function=_bounded,
        derivatives=(_inside,),
        formula=r"\min(\max(\hat y_k, \epsilon), 1 - \epsilon)",
        words=(
            "What lies nearer to 0 or 1 than the rounding of 1 is set to that bound: 2.2e−16 in float64, "
            "1.2e−7 in float32."
        ),
        chip="clip ε",
        level="clipped",
    )


def one_if_some_weights(values: Values) -> Array:
    """Return 1: weighted values are added up; there must be a weight other than 0."""
    some_weights(values)
    return one(values)


def log_loss() -> Chain:
    """Return -ln of the clipped probability of the sample's own class."""
    return Chain((clip_to_rounding(), log_terms(), SumClasses()))


def log_loss_of_two() -> Chain:
    """Return the same for one probability a sample, that of the second of two classes."""

    def value(y: Array, p: Array) -> Array:
        result: Array = -(xlogy(1 - y, _bounded(1 - p)) + xlogy(y, _bounded(p)))
        return result

    def slope(y: Array, p: Array) -> Array:
        result: Array = (1 - y) / _bounded(1 - p) * _inside(1 - p) - y / _bounded(p) * _inside(p)
        return result

    terms = Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, slope),
        formula=r"-\left(y \ln \hat y + (1 - y) \ln(1 - \hat y)\right)",
        words="The logarithm of the probability of what happened, clipped by the rounding of 1.",
    )
    return Chain((terms, SumClasses()), elementwise=True)
