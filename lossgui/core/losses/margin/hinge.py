"""Hinge and squared hinge of single scores."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses.margin._labels import (
    EVERY,
    ZERO_ONE,
    larger_is_positive,
    one_row,
    signs_always,
    signs_if_zero_one,
    two_labels,
)
from lossgui.core.losses.margin._steps import lacking
from lossgui.core.needs import FINITE, Need
from lossgui.core.profiles import KERAS_2, KERAS_3, OPTAX, SKLEARN, TENSORFLOW, TEXTBOOK
from lossgui.core.reductions import SKLEARN_MEAN, V1
from lossgui.core.shapes import broadcast
from lossgui.core.stages import SumClasses, mean_over_classes

FAMILY = "margin"

ONE_SCORE = Need("predictions", lambda p: np.full(len(p), p.shape[-1] == 1), "It takes one score a sample")


def textbook(squared: bool = False) -> Chain:
    """Return the formula as it stands: labels are used as they are written."""
    return Chain((lacking(squared=squared), mean_over_classes()))


def keras(squared: bool = False) -> Chain:
    """Return Keras' hinge, which converts labels that are all 0 or 1."""
    return Chain((signs_if_zero_one(), lacking(squared=squared), mean_over_classes()), facts=(ZERO_ONE,))


def v1() -> Chain:
    """Return the hinge of TensorFlow 1: single entries, labels taken for 0 and 1."""
    return Chain((signs_always(), lacking(at_margin=0.0), SumClasses()), elementwise=True)


def sklearn() -> Chain:
    """Return scikit-learn's hinge of two classes: one score for each sample."""
    return replace(sklearn_called(), needs=(ONE_SCORE, FINITE))


def sklearn_called(labels: object = None) -> Chain:
    """Return it for samples in a row; which labels there are is told by themselves."""
    stages = (larger_is_positive(), lacking(), SumClasses())
    return Chain(stages, facts=(EVERY,), elementwise=True, needs=(FINITE,))


def optax() -> Chain:
    """Return optax' hinge: single entries, labels as they are written."""
    return Chain((lacking(at_margin=0.5), SumClasses()), elementwise=True)


LOSSES = (
    Loss(
        name="hinge",
        title="Hinge",
        family=FAMILY,
        latex=r"\frac{1}{K}\sum_k \max(0, 1 - y_k \hat y_k)",
        plain="¹⁄K Σ max(0, 1 − y ŷ)",
        words="Nothing beyond the margin, a straight line before it. Labels are meant to be −1 and +1.",
        forms={
            TEXTBOOK: Form(textbook),
            KERAS_3: Form(
                keras,
                called=("keras.losses.Hinge", "keras.losses.hinge"),
                calls=(Call(("hinge",), fit=broadcast, checks=(checks.an_axis,)),),
            ),
            KERAS_2: Form(
                keras,
                called=("tf_keras.losses.Hinge", "tf_keras.losses.hinge"),
                calls=(Call(("hinge",), fit=broadcast, checks=(checks.an_axis,)),),
            ),
            TENSORFLOW: Form(
                v1,
                called=("tf.compat.v1.losses.hinge_loss",),
                calls=(Call(("v1_hinge_loss",), computes_in="float32", returns="float32", reductions=V1),),
            ),
            SKLEARN: Form(
                sklearn,
                encodings=("signed", "binary"),
                called=("sklearn.metrics.hinge_loss",),
                calls=(
                    Call(
                        ("hinge_loss",),
                        sklearn_called,
                        reductions={"mean": SKLEARN_MEAN},
                        checks=(checks.some_samples, checks.weight_for_each_sample, one_row, two_labels),
                        strict=True,
                    ),
                ),
            ),
            OPTAX: Form(
                optax,
                called=("optax.losses.hinge_loss",),
                calls=(Call(("hinge_loss",), fit=broadcast),),
            ),
        },
        encodings=("signed", "binary", "one-hot"),
        reference="Rosasco et al., Are Loss Functions All the Same?, Neural Computation 16, 2004",
        gradient=r"-\frac{y_k}{K} \text{ where } y_k \hat y_k < 1, \text{ else } 0",
        domain="Labels −1 and +1; scores: any number.",
        range="0 and above; 0 once every score is beyond its margin.",
        use="For classifiers of maximum margin, such as support vector machines.",
        avoid="Where probabilities are asked for: it does not tell how sure a score is.",
        pitfall="With labels 0 and 1 that nobody converts, every 0 costs 1, whatever the score.",
    ),
    Loss(
        name="squared_hinge",
        title="Squared hinge",
        family=FAMILY,
        latex=r"\frac{1}{K}\sum_k \max(0, 1 - y_k \hat y_k)^2",
        plain="¹⁄K Σ max(0, 1 − y ŷ)²",
        words="The square of the hinge: smooth at the margin, and harder on scores far on the wrong side.",
        forms={
            TEXTBOOK: Form(partial(textbook, squared=True)),
            KERAS_3: Form(
                partial(keras, squared=True),
                called=("keras.losses.SquaredHinge", "keras.losses.squared_hinge"),
                calls=(Call(("squared_hinge",), fit=broadcast, checks=(checks.an_axis,)),),
            ),
            KERAS_2: Form(
                partial(keras, squared=True),
                called=("tf_keras.losses.SquaredHinge", "tf_keras.losses.squared_hinge"),
                calls=(Call(("squared_hinge",), fit=broadcast, checks=(checks.an_axis,)),),
            ),
        },
        encodings=("signed", "binary", "one-hot"),
        reference="Chang, Hsieh and Lin, Coordinate Descent Method for Large-scale L2-loss Linear SVM, 2008",
        gradient=r"-\frac{2 y_k}{K} \max(0, 1 - y_k \hat y_k)",
        domain="Labels −1 and +1; scores: any number.",
        range="0 and above.",
        use="For margins with a derivative that has no jump.",
        avoid="With wrong labels in the data: one far on the wrong side outweighs the rest.",
        pitfall="A single label of −1 among labels 0 and 1 turns Keras' conversion off for the whole batch.",
    ),
)
