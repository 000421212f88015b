"""Stages that several families share."""

from __future__ import annotations

import numpy as np

from lossgui.core import text
from lossgui.core.profiles import EPSILON
from lossgui.core.stages import Function, Map, Select
from lossgui.core.table import Array
from lossgui.core.where import where


def clip(reads: str = "predictions", low: float = EPSILON, high: float = 1 - EPSILON) -> Select:
    """Return the stage that keeps a value within bounds, which are rounded to the value's type."""

    def inside(p: Array) -> Array:
        slope: Array = ((p >= p.dtype.type(low)) & (p <= p.dtype.type(high))).astype(p.dtype)
        return slope

    top = "1 − 1e−7" if high < 1 else "1"
    return Select(
        name=f"clip {reads}",
        reads=(reads,),
        writes=reads,
        function=lambda p: np.clip(p, p.dtype.type(low), p.dtype.type(high)),
        derivatives=(inside,),
        formula=r"\min(\max(\hat y_k, 10^{-7}), 1 - 10^{-7})"
        if high < 1
        else r"\min(\max(\hat y_k, 10^{-7}), 1)",
        words=f"What lies below 1e−7 or above {top} is set to that bound; its derivative is 0 there.",
        chip="clip 1e−7",
        level="clipped",
    )


def xlogy(y: Array, p: Array) -> Array:
    """Return y ln p, and 0 where y is 0."""
    logarithm: Array = np.log(where(y == 0, 1, p))
    return y * logarithm


def over(y: Array, p: Array) -> Array:
    """Return y / p, and 0 where y is 0."""
    return y / where(y == 0, 1, p)


def log_terms() -> Map:
    """Return the stage -y ln p of each class, 0 where y is 0."""
    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=lambda y, p: -xlogy(y, p),
        derivatives=(None, lambda y, p: -over(y, p)),
        formula=r"-y_k \ln \hat y_k",
        words="Minus y times the natural logarithm of the prediction; where y is 0 the term is 0.",
        chip="ln",
        entry=lambda y, p: f"{text.signed(y)} ln {text.signed(p)}",
        frame="−({})",
    )


def error_terms(
    function: Function, derivative: Function, formula: str, words: str, entry: str, frame: str = "{}"
) -> Map:
    """Return a stage of terms that depend on prediction less label; `entry` holds {p} and {y}."""
    return Map(
        name="terms",
        reads=("predictions", "labels"),
        writes="terms",
        function=lambda p, y: function(p - y),
        derivatives=(lambda p, y: derivative(p - y), None),
        formula=formula,
        words=words,
        entry=lambda p, y: entry.format(p=p, y=text.signed(y)),
        frame=frame,
    )


def rounded(function: Function) -> Function:
    """Return a function whose float32 results are those of float64, rounded once, as a C library has them.

    What cancels afterwards shows their last bit.
    """

    def precise(x: Array) -> Array:
        if x.dtype != np.float32:
            return function(x)  # type: ignore[no-any-return]
        result: Array = function(x.astype(np.float64)).astype(np.float32)
        return result

    return precise
