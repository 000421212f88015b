"""Generalised cross-entropy, between cross-entropy and the mean absolute error."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.given import Given
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import KERAS_3, TEXTBOOK
from lossgui.core.stages import Map, OneHot, SumClasses
from lossgui.core.table import Array
from lossgui.core.where import where

Q = Parameter(
    "q",
    "q",
    0.5,
    "Near 0 it is cross-entropy, near 1 it is 1 − ŷₜ, which mislabelled samples disturb less.",
    0.01,
    0.99,
)


def exact(q: float) -> Chain:
    """Return sum y (1 - p^q) / q."""
    terms = Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=lambda y, p: where(y == 0, 0 * y, y * ((1 - np.power(p, q)) / q)),
        derivatives=(None, lambda y, p: where(y == 0, 0 * y, -y * np.power(p, q - 1))),
        formula=r"y_k \frac{1 - \hat y_k^q}{q}",
        words="What the prediction lacks to 1, measured after a root; for q near 0 minus its logarithm.",
        chip="(1 − ŷ^q) / q",
        entry=lambda y, p: f"{y} · (1 − {p}^{q:g}) / {q:g}",
    )
    return Chain((terms, SumClasses()))


def _own_probability() -> tuple[Map, SumClasses]:
    chosen = Map(
        name="own class",
        reads=("labels", "predictions"),
        writes="chosen",
        function=lambda y, p: y * p,
        derivatives=(None, lambda y, p: y),
        formula=r"y_k \hat y_k",
        words="Only the sample's own class is left.",
        entry=lambda y, p: f"{y} · {p}",
    )
    added = SumClasses(
        name="probability of the class",
        reads=("chosen",),
        writes="p_t",
        formula=r"\hat y_t = \sum_k y_k \hat y_k",
        words="The probability of the sample's own class; 0 for an index beyond the classes.",
        chip="",
    )
    return chosen, added


def keras(q: float = 0.5) -> Chain:
    """Return (1 - p_t^q) / q of the probability of the own class."""

    def value(p: Array) -> Array:
        kind = p.dtype.type
        result: Array = (1 - np.power(p, kind(q))) / kind(q)
        return result

    def slope(p: Array) -> Array:
        result: Array = -np.power(p, p.dtype.type(q - 1))
        return result

    loss = Map(
        name="loss",
        reads=("p_t",),
        writes="loss",
        function=value,
        derivatives=(slope,),
        formula=r"\frac{1 - \hat y_t^q}{q}",
        words="What the prediction lacks to 1, measured after a root.",
        chip="(1 − ŷ^q) / q",
    )
    return Chain((OneHot(), *_own_probability(), loss), terms=None)


def every_label_for_every_row(given: Given) -> Given:
    """Return arrays in which labels in a column meet all rows of predictions, as Keras' product does."""
    labels, predictions = given.labels, given.predictions
    if labels is None or labels.ndim != predictions.ndim:
        return given
    shape = np.broadcast_shapes(labels.shape, predictions.shape[:-1])
    whole = np.broadcast_to(predictions, (*shape, predictions.shape[-1]))
    return replace(given, labels=np.broadcast_to(labels, shape), predictions=whole)


def keras_shown(q: float) -> Chain:
    """Return the same as a sum over the classes, which it is for every class that there is."""
    return exact(q)


LOSSES = (
    Loss(
        name="categorical_generalized_cross_entropy",
        title="Generalised cross-entropy",
        family="probability",
        latex=r"\frac{1 - \hat y_t^{\,q}}{q}",
        plain="(1 − ŷₜ^q) / q",
        words="Between cross-entropy, which learns fast, and the absolute error, which bears wrong labels.",
        forms={
            TEXTBOOK: Form(exact, (Q,)),
            KERAS_3: Form(
                keras_shown,
                (Q,),
                (
                    "keras.losses.CategoricalGeneralizedCrossEntropy",
                    "keras.losses.categorical_generalized_cross_entropy",
                ),
                (
                    Call(
                        ("categorical_generalized_cross_entropy",),
                        keras,
                        indexed=True,
                        checks=(checks.an_axis, checks.within("q", 0, 1, ends=False)),
                        fit=every_label_for_every_row,
                    ),
                ),
            ),
        },
        encodings=("index",),
        kinds=("probabilities",),
        reference="keras.losses.CategoricalGeneralizedCrossEntropy; Zhang, Sabuncu, 2018, arXiv:1805.07836",
        gradient=r"-\hat y_t^{\,q - 1}\,[k = t]",
        domain="The index of a class, counted from 0; probabilities from 0 to 1.",
        range="From 0, a certain and right prediction, to 1 / q.",
        use="Some labels are wrong, and the model should not bend to them.",
        avoid="Labels are clean: cross-entropy learns faster.",
        pitfall="Nothing is normalised: logits or scores below 0 give no number, or one that means nothing.",
    ),
)
