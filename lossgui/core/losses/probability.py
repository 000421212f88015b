"""Probability: the negative logarithm of what the labels were given."""

from __future__ import annotations

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.loss import FROM_LOGITS, Form, Loss, Parameter
from lossgui.core.losses._steps import clip, log_terms
from lossgui.core.profiles import EPSILON, KERAS_2, KERAS_3, TEXTBOOK
from lossgui.core.stages import FusedSoftmaxTerms, LogSoftmax, Map, Normalise, SumClasses, mean_over_classes
from lossgui.core.table import Array

FAMILY = "probability"

POS_WEIGHT = Parameter(
    "pos_weight", "weight of the positives", 1.0, "What an entry with label 1 counts for.", 0, 1000
)
DELTA = Parameter("delta", "δ", EPSILON, "Added inside the logarithm, so that it is never ln 0.", 0, 1)


def softplus(x: Array) -> Array:
    """Return ln(1 + e^x) without overflow."""
    result: Array = np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))
    return result


def sigmoid(x: Array) -> Array:
    """Return 1 / (1 + e^-x) without overflow."""
    small = np.exp(-np.abs(x))
    result: Array = np.where(x >= 0, 1, small) / (1 + small)
    return result


def _log_terms_of_softmax() -> Map:
    return Map(
        name="terms",
        reads=("labels", "log p"),
        writes="terms",
        function=lambda y, log_p: np.where(y == 0, 0 * y, -y * log_p),
        derivatives=(None, lambda y, log_p: -y),
        formula=r"-y_k \ln \hat y_k",
        words="Minus y times the logarithm of the prediction; where y is 0 the term is 0.",
        chip="ln",
        entry=lambda y, log_p: f"{y} · {text.signed(log_p)}",
        frame="−({})",
    )


def categorical(from_logits: bool) -> Chain:
    """Return -sum y ln p, nothing clipped and nothing renormalised."""
    if from_logits:
        return Chain((LogSoftmax(), _log_terms_of_softmax(), SumClasses()))
    return Chain((log_terms(), SumClasses()))


def categorical_keras(from_logits: bool) -> Chain:
    """Return Keras' dense form: normalise, then clip; from logits, TensorFlow's fused kernel."""
    if from_logits:
        return Chain((FusedSoftmaxTerms(), SumClasses()))
    return Chain((Normalise(), clip(), log_terms(), SumClasses()))


def sparse_keras(from_logits: bool) -> Chain:
    """Return Keras' form for class indices: clip, then normalise."""
    if from_logits:
        return Chain((FusedSoftmaxTerms(), SumClasses()))
    return Chain((clip(), Normalise(), log_terms(), SumClasses()))


def _two_sided_log_terms(inside: float = 0.0) -> Map:
    """Return -(y ln(p + e) + (1 - y) ln(1 - p + e)); with e = 0, terms of weight 0 are 0."""

    def log(x: Array) -> Array:
        logarithm: Array = np.log(x + x.dtype.type(inside))
        return logarithm

    def value(y: Array, p: Array) -> Array:
        other = np.log1p(-p) if not inside else log(1 - p)
        return -(np.where(y == 0, 0 * y, y * log(p)) + np.where(y == 1, 0 * y, (1 - y) * other))

    def slope(y: Array, p: Array) -> Array:
        e = p.dtype.type(inside)
        return np.where(y == 1, 0 * y, (1 - y) / (1 - p + e)) - np.where(y == 0, 0 * y, y / (p + e))

    added = " + 1e−7" if inside else ""
    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, slope),
        formula=r"-\left(y_k \ln(\hat y_k + 10^{-7}) + (1 - y_k) \ln(1 - \hat y_k + 10^{-7})\right)"
        if inside
        else r"-\left(y_k \ln \hat y_k + (1 - y_k) \ln(1 - \hat y_k)\right)",
        words="For each class by itself: y times the logarithm of ŷ, and 1 − y times that of 1 − ŷ.",
        chip=f"ln(ŷ{added})" if inside else "ln",
        entry=lambda y, p: _two_sided_text(y, p, added),
        frame="−({})",
    )


def _two_sided_text(y: str, p: str, added: str) -> str:
    left = f"ln({p}{added})" if added else f"ln {text.signed(p)}"
    right = f"ln(1 − {p}{added})"
    if y.strip("0.") == "":
        return right
    if y.rstrip("0.") == "1":
        return left
    return f"{y} {left} + (1 − {y}) {right}"


def _sigmoid_terms(pos_weight: float = 1.0) -> Map:
    """Return y q softplus(-z) + (1 - y) softplus(z): no digit is lost on either side."""

    def value(y: Array, z: Array) -> Array:
        q = z.dtype.type(pos_weight)
        return np.where(y == 0, 0 * y, q * y * softplus(-z)) + np.where(y == 1, 0 * y, (1 - y) * softplus(z))

    def slope(y: Array, z: Array) -> Array:
        result: Array = (1 - y) * sigmoid(z) - z.dtype.type(pos_weight) * y * sigmoid(-z)
        return result

    weight = "" if pos_weight == 1 else f"{pos_weight:g} · "
    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, slope),
        formula=r"-\left(q\, y_k \ln \sigma(z_k) + (1 - y_k) \ln(1 - \sigma(z_k))\right)",
        words="The sigmoid and the logarithm in one step, so that nothing overflows."
        + (" What is labelled 1 counts by its weight." if weight else ""),
        chip="sigmoid · ln",
        entry=lambda y, z: _sigmoid_text(y, z, weight),
        frame="−({})",
    )


def _sigmoid_text(y: str, z: str, weight: str) -> str:
    left, right = f"ln σ({z})", f"ln(1 − σ({z}))"
    if y.strip("0.") == "":
        return right
    if y.rstrip("0.") == "1":
        return f"{weight}{left}"
    return f"{weight}{y} {left} + (1 − {y}) {right}"


def binary(from_logits: bool) -> Chain:
    """Return the mean of -(y ln p + (1 - y) ln(1 - p)) over the classes."""
    if from_logits:
        return Chain((_sigmoid_terms(), mean_over_classes()))
    return Chain((_two_sided_log_terms(), mean_over_classes()))


def binary_keras_3(from_logits: bool) -> Chain:
    """Return Keras 3's: probabilities are clipped."""
    if from_logits:
        return Chain((_sigmoid_terms(), mean_over_classes()))
    return Chain((clip(), _two_sided_log_terms(), mean_over_classes()))


def binary_keras_2(from_logits: bool) -> Chain:
    """Return Keras 2's: clipped, and 1e-7 added inside the logarithms besides."""
    if from_logits:
        return Chain((_sigmoid_terms(), mean_over_classes()))
    return Chain((clip(), _two_sided_log_terms(EPSILON), mean_over_classes()))


def weighted_sigmoid(pos_weight: float) -> Chain:
    """Return the loss of each entry, added up over the classes."""
    return Chain((_sigmoid_terms(pos_weight), mean_over_classes()))


def with_delta(delta: float) -> Chain:
    """Return -sum y ln(p + delta)."""

    def value(y: Array, p: Array) -> Array:
        return np.where(y == 0, 0 * y, -y * np.log(p + p.dtype.type(delta)))

    def slope(y: Array, p: Array) -> Array:
        return np.where(y == 0, 0 * y, -y / (p + p.dtype.type(delta)))

    added = text.inputs([delta])[0]
    terms = Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, slope),
        formula=r"-y_k \ln(\hat y_k + \delta)",
        words="δ inside the logarithm keeps it finite; a perfect prediction costs a little less than 0.",
        chip=f"ln(ŷ + {added})",
        entry=lambda y, p: f"{y} ln({p} + {added})",
        frame="−({})",
    )
    return Chain((terms, SumClasses()))


LOSSES = (
    Loss(
        name="categorical_crossentropy",
        title="Categorical cross-entropy",
        family=FAMILY,
        latex=r"-\sum_k y_k \ln \hat y_k",
        plain="−Σ y ln ŷ",
        words="The surprise at the true class, given the predicted distribution.",
        forms={
            TEXTBOOK: Form(categorical, (FROM_LOGITS,)),
            KERAS_3: Form(categorical_keras, (FROM_LOGITS,)),
            KERAS_2: Form(categorical_keras, (FROM_LOGITS,)),
        },
        encodings=("one-hot", "soft", "binary"),
        kinds=("probabilities",),
        reference="keras.losses.CategoricalCrossentropy",
    ),
    Loss(
        name="sparse_categorical_crossentropy",
        title="Sparse categorical cross-entropy",
        family=FAMILY,
        latex=r"-\ln \hat y_t",
        plain="−ln ŷₜ",
        words="Categorical cross-entropy for labels that are class indices.",
        forms={
            TEXTBOOK: Form(categorical, (FROM_LOGITS,)),
            KERAS_3: Form(sparse_keras, (FROM_LOGITS,)),
            KERAS_2: Form(sparse_keras, (FROM_LOGITS,)),
        },
        encodings=("index",),
        kinds=("probabilities",),
        reference="keras.losses.SparseCategoricalCrossentropy",
    ),
    Loss(
        name="binary_crossentropy",
        title="Binary cross-entropy",
        family=FAMILY,
        latex=r"-\frac{1}{K}\sum_k \left(y_k \ln \hat y_k + (1 - y_k) \ln(1 - \hat y_k)\right)",
        plain="−¹⁄K Σ (y ln ŷ + (1 − y) ln(1 − ŷ))",
        words="Each class is a yes or no of its own; the classes are averaged.",
        forms={
            TEXTBOOK: Form(binary, (FROM_LOGITS,)),
            KERAS_3: Form(binary_keras_3, (FROM_LOGITS,)),
            KERAS_2: Form(binary_keras_2, (FROM_LOGITS,)),
        },
        encodings=("binary", "one-hot", "soft"),
        kinds=("probabilities",),
        reference="keras.losses.BinaryCrossentropy",
    ),
    Loss(
        name="weighted_sigmoid_crossentropy",
        title="Weighted sigmoid cross-entropy",
        family=FAMILY,
        latex=r"-\frac{1}{K}\sum_k \left(q\, y_k \ln \sigma(z_k) + (1 - y_k) \ln(1 - \sigma(z_k))\right)",
        plain="−¹⁄K Σ (q y ln σ(z) + (1 − y) ln(1 − σ(z)))",
        words="Binary cross-entropy from logits in which an entry labelled 1 counts q times.",
        forms={TEXTBOOK: Form(weighted_sigmoid, (POS_WEIGHT,))},
        encodings=("binary", "one-hot", "soft"),
        kinds=("logits",),
        reference="tf.nn.weighted_cross_entropy_with_logits",
    ),
    Loss(
        name="crossentropy_with_delta",
        title="Cross-entropy with δ",
        family=FAMILY,
        latex=r"-\sum_k y_k \ln(\hat y_k + \delta)",
        plain="−Σ y ln(ŷ + δ)",
        words="The form of many a first course: nothing is clipped, δ is added inside the logarithm.",
        forms={TEXTBOOK: Form(with_delta, (DELTA,))},
        encodings=("one-hot", "index", "soft", "binary"),
        kinds=("probabilities",),
        reference="Saitoh, Deep Learning from Scratch, 2016, section 4.2",
    ),
)
