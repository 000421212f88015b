"""Stages of the margin losses."""

from __future__ import annotations

import numpy as np

from lossgui.core import text
from lossgui.core.stages import Map
from lossgui.core.table import Array
from lossgui.core.where import where

KINKS = {1.0: "−y", 0.5: "half of −y", 0.0: "0"}
"""What the derivative is exactly at the margin, in words."""


def above_zero(short: Array) -> Array:
    """Return whether something is lacking; if that is not known, it is not: PyTorch."""
    return short > 0


def above_zero_or_unknown(short: Array) -> Array:
    """Return whether something is lacking, or whether that is not known: NaN stays."""
    return ~(short <= 0)


def lacking(margin: float = 1.0, at_margin: float = 1.0, squared: bool = False) -> Map:
    """Return the stage of what scores lack to reach the margin.

    Parameters
    ----------
    at_margin
        The share of the line's slope that its end has.
    """

    def value(y: Array, p: Array) -> Array:
        short: Array = np.maximum(margin - y * p, 0)
        return short * short if squared else short

    def slope(y: Array, p: Array) -> Array:
        short = margin - y * p
        steep = -2 * short * y if squared else -y
        return where(short > 0, steep, where(short == 0, at_margin * steep, 0))

    start, power = f"{margin:g} − " if margin else "−", "²" if squared else ""
    asked = "to reach a margin of 1" if margin else "to have the sign of its label"
    end = ", squared." if squared else f"; exactly there the derivative is {KINKS[at_margin]}."
    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, slope),
        formula=rf"\max(0, {start.replace('−', '-')}y_k \hat y_k){'^2' if squared else ''}",
        words=f"What the score lacks {asked}{end}",
        entry=lambda y, p: f"max(0, {start}{text.signed(y)} · {text.signed(p)}){power}",
        level="beyond the margin" if margin else "on the right side",
    )
