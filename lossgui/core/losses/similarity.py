"""Similarity: losses of the angle between label and prediction."""

from __future__ import annotations

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.loss import Form, Loss
from lossgui.core.profiles import KERAS_2, KERAS_3, TEXTBOOK
from lossgui.core.stages import Map, SumClasses, UnitLength
from lossgui.core.table import Array

FAMILY = "similarity"


def _plain(square: Array) -> tuple[Array, Array]:
    """Return 1 / length, everywhere; a row of zeros has no direction."""
    return 1 / np.sqrt(square), np.ones_like(square)


def _bounded(square: Array) -> tuple[Array, Array]:
    """Return min(1 / length, 1e7): keras/src/ops/nn.py."""
    factor = 1 / np.sqrt(square)
    most = square.dtype.type(1e7)
    return np.minimum(factor, most), (factor <= most).astype(square.dtype)


def _floored(square: Array) -> tuple[Array, Array]:
    """Return 1 / sqrt(max(squared length, 1e-12)): tf.math.l2_normalize."""
    least = square.dtype.type(1e-12)
    return 1 / np.sqrt(np.maximum(square, least)), (square >= least).astype(square.dtype)


def _products() -> Map:
    return Map(
        name="terms",
        reads=("unit labels", "unit predictions"),
        writes="terms",
        function=lambda y, p: -y * p,
        derivatives=(lambda y, p: -p, lambda y, p: -y),
        formula=r"-y_k \hat y_k",
        words="Minus the product of the two unit vectors, entry by entry.",
        chip="−cos",
        entry=lambda y, p: f"{text.signed(y)} · {text.signed(p)}",
        frame="−({})",
    )


def _chain(inverse: object, chip: str, words: str) -> Chain:
    def unit(reads: str) -> UnitLength:
        return UnitLength(
            name=f"unit {reads}",
            reads=(reads,),
            writes=f"unit {reads}",
            formula=r"x / \|x\|",
            words=words,
            chip=chip,
            inverse=inverse,  # type: ignore[arg-type]
        )

    return Chain((unit("labels"), unit("predictions"), _products(), SumClasses(chip="")))


def cosine() -> Chain:
    """Return minus the cosine of the angle."""
    return _chain(_plain, "unit length", "The row is divided by its length; a row of zeros has no direction.")


def cosine_keras_3() -> Chain:
    """Return Keras 3's: a length below 1e-7 counts as 1e-7."""
    return _chain(
        _bounded, "length ≥ 1e−7", "The row is divided by its length, or by 1e−7 where it is shorter."
    )


def cosine_keras_2() -> Chain:
    """Return Keras 2's: a length below 1e-6 counts as 1e-6."""
    return _chain(
        _floored, "length ≥ 1e−6", "The row is divided by its length, or by 1e−6 where it is shorter."
    )


LOSSES = (
    Loss(
        name="cosine_similarity",
        title="Cosine similarity",
        family=FAMILY,
        latex=r"-\sum_k \frac{y_k}{\|y\|} \frac{\hat y_k}{\|\hat y\|}",
        plain="−Σ y ŷ / (‖y‖ ‖ŷ‖)",
        words="Minus the cosine of the angle between both: −1 for the same direction, 1 for the opposite.",
        forms={TEXTBOOK: Form(cosine), KERAS_3: Form(cosine_keras_3), KERAS_2: Form(cosine_keras_2)},
        reference="keras.losses.CosineSimilarity",
    ),
)
