"""Dice: one less twice the overlap of two masks over both their sizes."""

from __future__ import annotations

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses.overlap._steps import OneLessShare, along, of_the_batch, overlap
from lossgui.core.profiles import EPSILON, KERAS_3, TEXTBOOK
from lossgui.core.stages import Axes

NAMES = ("overlap", "labels", "predictions")
EXACT = OneLessShare(
    r"1 - \frac{2 \sum y \hat y}{\sum y + \sum \hat y}",
    "One less twice the overlap over both sizes, of the whole batch; two empty masks have no such share.",
    "whole batch",
    weights=(0, 1, 1),
    factor=2,
)
KERAS = OneLessShare(
    r"1 - \frac{2 \sum y \hat y}{\sum y + \sum \hat y + 10^{-7}}",
    "One less twice the overlap over both sizes and 1e−7, of the whole batch; two empty masks cost 1.",
    "+ 1e−7",
    weights=(0, 1, 1),
    factor=2,
    added=EPSILON,
)


def textbook() -> Chain:
    """Return Dice of the whole batch."""
    return of_the_batch((overlap("overlap"),), NAMES, EXACT)


def keras() -> Chain:
    """Return Keras' Dice of the whole batch, as it is unless told of an axis."""
    return of_the_batch((overlap("overlap"),), NAMES, KERAS)


def keras_along(axis: Axes = None) -> Chain:
    """Return Keras' Dice along some axes; None: of all entries."""
    return along((overlap("overlap"),), NAMES, KERAS, axis)


LOSSES = (
    Loss(
        name="dice",
        title="Dice",
        family="overlap",
        latex=r"1 - \frac{2 \sum y \hat y}{\sum y + \sum \hat y}",
        plain="1 − 2 Σ y ŷ / (Σ y + Σ ŷ)",
        words="One less twice what two masks have in common over the sum of their sizes, of the whole batch.",
        forms={
            TEXTBOOK: Form(textbook),
            KERAS_3: Form(
                keras,
                called=("keras.losses.Dice", "keras.losses.dice"),
                calls=(Call(("dice",), keras_along, as_given=True),),
            ),
        },
        encodings=("one-hot", "binary", "soft"),
        kinds=("probabilities",),
        reduction=None,
        reference="Milletari, Navab and Ahmadi, V-Net, 2016",
        gradient=r"-\frac{2 y}{S} + \frac{2 \sum y \hat y}{S^2}, \quad S = \sum y + \sum \hat y",
        domain="Labels and predictions between 0 and 1.",
        range="0 to 1; 0 where both masks are the same.",
        use="For masks in which few pixels are labelled: what is empty in both does not count.",
        avoid="Where each sample should count alike: Keras takes the whole batch as one mask.",
        pitfall="Two empty masks cost 1 in Keras, 0 in optax, and have no value in the formula.",
    ),
)
