"""What losses between distributions share."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lossgui.core import text
from lossgui.core.needs import LABELS_NOT_NEGATIVE, NOT_NEGATIVE
from lossgui.core.parameter import Parameter
from lossgui.core.stages import Map, Normalise
from lossgui.core.table import Array
from lossgui.core.where import where

BASE = Parameter(
    "base", "base", float(np.e), "The base of the logarithm: e for nats, 2 for bits.", 1.001, 1000
)

Terms = Callable[[Array, Array], Array]

DISTRIBUTIONS = (LABELS_NOT_NEGATIVE, NOT_NEGATIVE)
"""What a divergence needs of labels and predictions."""


def normalised(name: str) -> Normalise:
    """Return the stage that divides the rows of a value by their sums."""
    return Normalise(
        name=f"normalise {name}",
        reads=(name,),
        writes=name,
        formula=r"x_k / \sum_j x_j",
        words=f"Each row of the {name} is divided by its sum, whatever it was.",
        chip=f"{name} ÷ row sum",
    )


def in_base(base: float | None, of: str = "terms") -> tuple[Map, ...]:
    """Return the stage that divides by the logarithm of the base; none where it is e."""
    if base is None or base == np.e:
        return ()
    scale = float(np.log(base))
    stage = Map(
        name="base of the logarithm",
        reads=(of,),
        writes=of,
        function=lambda terms: terms / terms.dtype.type(scale),
        derivatives=(lambda terms: 1 / terms.dtype.type(scale),),
        formula=r"\ell_k / \ln b",
        words=f"Dividing by ln {base:g} gives the logarithm the base {base:g}.",
        chip="log₂: bits" if base == 2 else f"log base {base:g}",
        entry=lambda term: f"{text.signed(term)} / ln {base:g}",
    )
    return (stage,)


def log_of_ratio(x: Array, y: Array, apart: Array | None = None) -> Array:
    """Return ln(x / y) of positive numbers, from how far they are apart: near one another no digit is lost.

    Parameters
    ----------
    apart
        x - y, where it is known better than from x and y.
    """
    apart = x - y if apart is None else apart
    logarithm: Array = np.sign(apart) * np.log1p(np.abs(apart) / np.minimum(x, y))
    return logarithm


def only_valid(terms: Terms, at_zero: Callable[[Array], Array]) -> Terms:
    """Return a function of (x, y): `terms` where both are positive, `at_zero` where x is 0, else ∞.

    As scipy.special has it, which computes in double precision whatever it is given; NaN where either is NaN.
    """

    def function(x: Array, y: Array) -> Array:
        a, b = x.astype(np.float64), y.astype(np.float64)
        good = (a > 0) & (b > 0)
        known = terms(where(good, a, 1), where(good, b, 1))
        rest = where((a == 0) & (b >= 0), at_zero(b), where(np.isnan(a + b), a + b, np.inf))
        return where(good, known, rest).astype(x.dtype)

    return function


def _near_ratio(x: Array, y: Array) -> Array:
    """Return x ln(x / y), by way of ln(1 + (x - y) / y) where both are near each other."""
    ratio = x / y
    near = (ratio > 0.5) & (ratio < 2)
    usual = (ratio > np.finfo(np.float64).tiny) & np.isfinite(ratio)
    apart = where(usual, np.log(where(usual, ratio, 1)), np.log(x) - np.log(y))
    return x * where(near, np.log1p(where(near, (x - y) / y, 0)), apart)


REL_ENTR = only_valid(_near_ratio, lambda y: 0 * y)
"""scipy.special.rel_entr."""
