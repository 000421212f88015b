"""Margin: losses that ask for a score on the right side, and no more."""

from __future__ import annotations

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain, Fact
from lossgui.core.loss import Form, Loss
from lossgui.core.profiles import KERAS_2, KERAS_3, TEXTBOOK
from lossgui.core.stages import Map, mean_over_classes
from lossgui.core.table import Array

FAMILY = "margin"

ZERO_ONE = Fact("labels are all 0 or 1", lambda y: bool(np.isin(y, (0, 1)).all()), lambda a, b: a and b, True)


def _to_signs() -> Map:
    return Map(
        name="0/1 to −1/+1",
        reads=("labels", ZERO_ONE.name),
        writes="labels",
        function=lambda y, zero_one: 2 * y - 1 if zero_one else y,
        derivatives=(None, None),
        formula=r"2 y_k - 1",
        words="Keras writes labels 0 as −1, but only if every label of the batch is 0 or 1.",
        chip="0/1 → −1/+1",
    )


def _margins() -> Map:
    def value(y: Array, p: Array) -> Array:
        lacking: Array = np.maximum(1 - y * p, 0)
        return lacking

    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, lambda y, p: np.where(1 - y * p >= 0, -y, 0 * y)),
        formula=r"\max(0, 1 - y_k \hat y_k)",
        words="What the score lacks to reach a margin of 1; exactly at the margin the derivative is −y.",
        entry=lambda y, p: f"max(0, 1 − {text.signed(y)} · {text.signed(p)})",
        level="beyond the margin",
    )


def hinge() -> Chain:
    """Return the formula as it stands: labels are used as they are written."""
    return Chain((_margins(), mean_over_classes()))


def hinge_keras() -> Chain:
    """Return Keras' hinge, which converts labels that are all 0 or 1."""
    return Chain((_to_signs(), _margins(), mean_over_classes()), facts=(ZERO_ONE,))


LOSSES = (
    Loss(
        name="hinge",
        title="Hinge",
        family=FAMILY,
        latex=r"\frac{1}{K}\sum_k \max(0, 1 - y_k \hat y_k)",
        plain="¹⁄K Σ max(0, 1 − y ŷ)",
        words="Nothing beyond the margin, a straight line before it. Labels are meant to be −1 and +1.",
        forms={TEXTBOOK: Form(hinge), KERAS_3: Form(hinge_keras), KERAS_2: Form(hinge_keras)},
        encodings=("signed", "binary", "one-hot"),
        reference="keras.losses.Hinge",
    ),
)
