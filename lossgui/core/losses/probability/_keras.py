"""Stages of cross-entropies that Keras has in common: everything finite, at the price of a clip."""

from __future__ import annotations

import numpy as np

from lossgui.core import text
from lossgui.core.stages import Map
from lossgui.core.table import Array


def log_terms() -> Map:
    """Return the stage -y ln p of each class."""

    def value(y: Array, p: Array) -> Array:
        result: Array = -(y * np.log(p))
        return result

    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, lambda y, p: -y / p),
        formula=r"-y_k \ln \hat y_k",
        words="Minus y times the natural logarithm of the prediction.",
        chip="ln",
        entry=lambda y, p: f"{text.signed(y)} ln {text.signed(p)}",
        frame="−({})",
    )
