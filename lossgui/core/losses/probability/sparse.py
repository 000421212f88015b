"""Categorical cross-entropy of class indices."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.given import Given
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses._steps import clip
from lossgui.core.losses.probability import _softmax
from lossgui.core.losses.probability._labels import (
    IGNORE_CLASS,
    IGNORE_INDEX,
    LABEL_SMOOTHING,
    ignoring,
)
from lossgui.core.losses.probability._log_loss import log_loss, log_loss_of_two, one_if_some_weights
from lossgui.core.losses.probability._targets import of_targets, weighed_by_target
from lossgui.core.losses.probability.categorical import exact
from lossgui.core.parameter import FROM_LOGITS
from lossgui.core.profiles import KERAS_2, KERAS_3, OPTAX, PYTORCH, SKLEARN, TENSORFLOW, TEXTBOOK, of_keras_2
from lossgui.core.reductions import SKLEARN_MEAN, V1
from lossgui.core.stages import SumClasses

IGNORED = -100
"""PyTorch's ignore_index."""


def keras(from_logits: bool = False, ignore_class: float | None = None, axis: int = -1) -> Chain:
    """Return Keras' form for class indices: clip, then normalise, by a softmax of logarithms."""
    if from_logits:
        return ignoring(ignore_class, tensorflow())
    return ignoring(ignore_class, Chain((clip(), _softmax.logarithm(), *tensorflow().stages)))


def keras_2_shown(from_logits: bool, ignore_class: float) -> Chain:
    """Return the same where no class is -1."""
    return keras(from_logits, None if ignore_class < 0 else ignore_class)


def keras_3_shown(from_logits: bool, ignore_class: float) -> Chain:
    """Return the same, with a mean of 0 where every sample is ignored."""
    return replace(keras_2_shown(from_logits, ignore_class), of_nothing=np.inf)


def tensorflow() -> Chain:
    """Return what tf.nn.sparse_softmax_cross_entropy_with_logits does."""
    return Chain((_softmax.PickedSoftmaxTerms(), SumClasses()))


def weights_as_labels(given: Given) -> Given:
    """Return sample weights without a last axis of size 1, as tf.compat.v1.losses has them here."""
    weight = given.others.get("sample_weight")
    if weight is None or weight.ndim != given.predictions.ndim or weight.shape[-1] != 1:
        return given
    return replace(given, others={**given.others, "sample_weight": weight[..., 0]})


def torch(label_smoothing: float = 0.0, ignore_index: float | None = IGNORED) -> Chain:
    """Return what PyTorch's cross_entropy does with class indices."""
    log_p = (_softmax.TorchLogSoftmax(),)
    return of_targets(log_p, _softmax.log_terms(guarded=True), label_smoothing, ignore_index)


def torch_weighted(label_smoothing: float = 0.0, ignore_index: float | None = IGNORED) -> Chain:
    """Return the same with a weight for every class."""
    return weighed_by_target(torch(label_smoothing, ignore_index), "weight")


def torch_shown(label_smoothing: float, ignore_index: float) -> Chain:
    """Return the same where no class is negative."""
    return torch(label_smoothing, None if ignore_index < 0 else ignore_index)


def optax(axis: int = -1) -> Chain:
    """Return what optax.softmax_cross_entropy_with_integer_labels does."""
    return Chain((_softmax.WrappedOneHot(), _softmax.LogSumTerms(), SumClasses()))


KERAS = ("keras.losses.SparseCategoricalCrossentropy", "keras.losses.sparse_categorical_crossentropy")
KERAS_PARAMETERS = (FROM_LOGITS, IGNORE_CLASS)
KERAS_2_CALL = Call(
    ("sparse_categorical_crossentropy",),
    keras,
    indexed=True,
    checks=(checks.an_axis, checks.classes("ignore_class")),
)
KERAS_3_CALL = replace(KERAS_2_CALL, checks=(*KERAS_2_CALL.checks, checks.last_axis))
TENSORFLOW_CALL = Call(
    ("sparse_softmax_cross_entropy_with_logits",),
    indexed=True,
    checks=(checks.whole_labels, checks.one_label_a_row, checks.classes()),
)
TORCH_CALL = Call(
    ("cross_entropy_index", "cross_entropy"),
    torch,
    indexed=True,
    checks=(
        checks.whole_labels,
        checks.classes("ignore_index", IGNORED),
        checks.within("label_smoothing", 0, 1),
    ),
)
LOG_LOSS_CALL = Call(
    ("log_loss",),
    indexed=True,
    reductions={
        "normalize=True": SKLEARN_MEAN,
        "normalize=False": replace(SKLEARN_MEAN, divisor=one_if_some_weights, kind="sum"),
    },
    checks=(checks.some_samples, checks.two_classes, checks.shares, checks.classes()),
)
LOG_LOSS_CALL_OF_TWO = replace(
    LOG_LOSS_CALL,
    chain=log_loss_of_two,
    indexed=False,
    checks=(checks.some_samples, checks.shares, checks.zero_or_one),
)

LOSSES = (
    Loss(
        name="sparse_categorical_crossentropy",
        title="Sparse categorical cross-entropy",
        family="probability",
        latex=r"-\ln \hat y_t",
        plain="−ln ŷₜ",
        words="Categorical cross-entropy for labels that are class indices.",
        forms={
            TEXTBOOK: Form(exact, (FROM_LOGITS,)),
            KERAS_3: Form(keras_3_shown, KERAS_PARAMETERS, KERAS, (KERAS_3_CALL,)),
            KERAS_2: Form(keras_2_shown, KERAS_PARAMETERS, of_keras_2(KERAS), (KERAS_2_CALL,)),
            TENSORFLOW: Form(
                tensorflow,
                called=(
                    "tf.nn.sparse_softmax_cross_entropy_with_logits",
                    "tf.compat.v1.losses.sparse_softmax_cross_entropy",
                ),
                calls=(
                    TENSORFLOW_CALL,
                    replace(
                        TENSORFLOW_CALL,
                        names=("v1_sparse_softmax_cross_entropy",),
                        checks=(checks.whole_labels, checks.classes()),
                        reductions=V1,
                        returns="float32",
                        fit=weights_as_labels,
                    ),
                ),
                kinds=("logits",),
            ),
            PYTORCH: Form(
                torch_shown,
                (LABEL_SMOOTHING, IGNORE_INDEX),
                ("torch.nn.functional.cross_entropy", "torch.nn.CrossEntropyLoss"),
                (TORCH_CALL, replace(TORCH_CALL, chain=torch_weighted, takes=("weight",))),
                kinds=("logits",),
                weighed=weighed_by_target,
            ),
            SKLEARN: Form(
                log_loss,
                called=("sklearn.metrics.log_loss",),
                calls=(LOG_LOSS_CALL, LOG_LOSS_CALL_OF_TWO),
            ),
            OPTAX: Form(
                optax,
                called=("optax.losses.softmax_cross_entropy_with_integer_labels",),
                calls=(
                    Call(
                        ("softmax_cross_entropy_with_integer_labels",),
                        indexed=True,
                        checks=(checks.whole_labels,),
                    ),
                ),
                kinds=("logits",),
            ),
        },
        encodings=("index",),
        kinds=("probabilities",),
        reference="keras.losses.SparseCategoricalCrossentropy",
        gradient=r"-\frac{[k = t]}{\hat y_k},\quad \text{by a logit } \hat y_k - [k = t]",
        domain="The index of a class, counted from 0; probabilities that add up to 1, or any logits.",
        range="From 0, a certain and right prediction, to ∞.",
        use="One of many classes is right: an index takes less room than a row of zeros with a one.",
        avoid="Labels are soft, or several classes are right: an index cannot say so.",
        pitfall=(
            "With class weights PyTorch's mean divides by the weights of the samples' own classes, but with "
            "one-hot labels by the number of samples: the same data, two numbers."
        ),
    ),
)
