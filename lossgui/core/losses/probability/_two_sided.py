"""Terms of a yes or no: what 1 costs and what 0 costs, each by the label's share."""

from __future__ import annotations

import numpy as np

from lossgui.core.stages import Map
from lossgui.core.table import Array
from lossgui.core.where import where

FORMULA = r"-\left(y_k \ln \hat y_k + (1 - y_k) \ln(1 - \hat y_k)\right)"
WORDS = "For each class by itself: y times the logarithm of ŷ, and 1 − y times that of 1 − ŷ."
LEAST_LOGARITHM = -100.0
"""PyTorch takes the logarithm of 0 for this."""
LEAST_PRODUCT = float(np.float32(1e-12))
"""What PyTorch divides by at least, on the way back: a constant of C, in single precision."""


def written(y: str, yes: str, no: str) -> str:
    """Return 'y yes + (1 − y) no' for a label, with only one side where the other counts for nothing."""
    if y.strip("0.") == "":
        return no
    if y.rstrip("0.") == "1":
        return yes
    return f"{y} {yes} + (1 − {y}) {no}"


def exact_terms() -> Map:
    """Return -(y ln p + (1 - y) ln(1 - p)), where a side that counts for nothing is 0."""

    def value(y: Array, p: Array) -> Array:
        return -(where(y == 0, 0 * y, y * np.log(p)) + where(y == 1, 0 * y, (1 - y) * np.log1p(-p)))

    def slope(y: Array, p: Array) -> Array:
        return where(y == 1, 0 * y, (1 - y) / (1 - p)) - where(y == 0, 0 * y, y / p)

    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, slope),
        formula=FORMULA,
        words=WORDS,
        chip="ln",
        entry=lambda y, p: written(y, f"ln {p}", f"ln(1 − {p})"),
        frame="−({})",
    )


def plain_terms(inside: float = 0.0) -> Map:
    """Return -(y ln(p + e) + (1 - y) ln(1 - p + e)) as it stands."""

    def value(y: Array, p: Array) -> Array:
        e = p.dtype.type(inside)
        result: Array = -(y * np.log(p + e) + (1 - y) * np.log(1 - p + e))
        return result

    def slope(y: Array, p: Array) -> Array:
        e = p.dtype.type(inside)
        result: Array = (1 - y) / (1 - p + e) - y / (p + e)
        return result

    added = f" + {inside:g}".replace("e-0", "e−") if inside else ""
    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, slope),
        formula=r"-\left(y_k \ln(\hat y_k + \epsilon) + (1 - y_k) \ln(1 - \hat y_k + \epsilon)\right)"
        if inside
        else FORMULA,
        words=WORDS + (" ε inside the logarithms keeps them finite." if inside else ""),
        chip=f"ln(ŷ{added})" if inside else "ln",
        entry=lambda y, p: written(y, f"ln({p}{added})" if added else f"ln {p}", f"ln(1 − {p}{added})"),
        frame="−({})",
    )


def bounded_terms() -> Map:
    """Return PyTorch's terms, whose logarithms are at least -100."""

    def value(y: Array, p: Array) -> Array:
        least = p.dtype.type(LEAST_LOGARITHM)
        yes, no = np.maximum(np.log(p), least), np.maximum(np.log1p(-p), least)
        result: Array = (y - 1) * no - y * yes
        return result

    def slope(y: Array, p: Array) -> Array:
        result: Array = (p - y) / np.maximum((1 - p) * p, p.dtype.type(LEAST_PRODUCT))
        return result

    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, slope),
        formula=(r"-\left(y_k \max(\ln \hat y_k, -100) + (1 - y_k) \max(\ln(1 - \hat y_k), -100)\right)"),
        words=WORDS + " No logarithm is less than −100, and the derivative divides by 1e−12 at least.",
        chip="ln ≥ −100",
        entry=lambda y, p: written(y, f"max(ln {p}, −100)", f"max(ln(1 − {p}), −100)"),
        frame="−({})",
    )
