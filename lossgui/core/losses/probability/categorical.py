"""Categorical cross-entropy: labels with a number for every class."""

from __future__ import annotations

from dataclasses import replace

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses._steps import clip
from lossgui.core.losses._steps import log_terms as exact_log_terms
from lossgui.core.losses.probability import _keras, _softmax
from lossgui.core.losses.probability._labels import LABEL_SMOOTHING, over_last_axis, smooth
from lossgui.core.losses.probability._log_loss import log_loss
from lossgui.core.parameter import FROM_LOGITS, Parameter
from lossgui.core.profiles import KERAS_2, KERAS_3, OPTAX, PYTORCH, SKLEARN, TENSORFLOW, TEXTBOOK, of_keras_2
from lossgui.core.reductions import V1
from lossgui.core.shapes import broadcast
from lossgui.core.stages import FusedSoftmaxTerms, LogSoftmax, Normalise, SumClasses

SMOOTHED = checks.within("label_smoothing", 0, 1)
ALPHA = Parameter(
    "alpha",
    "smoothing α",
    0.0,
    "The share of every label that optax.smooth_labels spreads evenly over all classes.",
)


def exact(from_logits: bool = False) -> Chain:
    """Return -sum y ln p, nothing clipped and nothing renormalised."""
    if from_logits:
        return Chain((LogSoftmax(), _softmax.log_terms(guarded=True), SumClasses()))
    return Chain((exact_log_terms(), SumClasses()))


def keras(
    from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1, parts: int | None = None
) -> Chain:
    """Return Keras' dense form: normalise, then clip; from logits, TensorFlow's fused kernel.

    Parameters
    ----------
    parts
        Among how many classes the labels are smoothed, where those are not all.
    """
    smoothed = smooth(label_smoothing, parts)
    if from_logits:
        return Chain((*smoothed, FusedSoftmaxTerms(), SumClasses()))
    return Chain((*smoothed, Normalise(), clip(), _keras.log_terms(), SumClasses()))


def tensorflow(axis: int = -1) -> Chain:
    """Return what tf.nn.softmax_cross_entropy_with_logits does."""
    return Chain((FusedSoftmaxTerms(), SumClasses()))


def tensorflow_1(label_smoothing: float = 0.0) -> Chain:
    """Return what tf.compat.v1.losses.softmax_cross_entropy does before it adds up in float32."""
    return Chain((*smooth(label_smoothing), FusedSoftmaxTerms(), SumClasses()))


def torch(label_smoothing: float = 0.0, ignore_index: int = -100) -> Chain:
    """Return what PyTorch's cross_entropy does with a probability for every class."""
    return _of_logarithms(label_smoothing, _softmax.TorchLogSoftmax())


def _of_logarithms(smoothing: float, log_softmax: LogSoftmax) -> Chain:
    return Chain((*smooth(smoothing), log_softmax, _softmax.log_terms(guarded=False), SumClasses()))


def torch_weighted(label_smoothing: float = 0.0, ignore_index: int = -100) -> Chain:
    """Return the same with a weight for every class: its mean still divides by the number of samples."""
    return torch(label_smoothing).with_class_weight("weight")


def optax(axis: int = -1) -> Chain:
    """Return what optax.softmax_cross_entropy does."""
    return optax_smoothed(0.0)


def optax_smoothed(alpha: float = 0.0) -> Chain:
    """Return the same with labels that went through optax.smooth_labels."""
    return _of_logarithms(alpha, _softmax.JaxLogSoftmax())


KERAS = ("keras.losses.CategoricalCrossentropy", "keras.losses.categorical_crossentropy")
KERAS_PARAMETERS = (FROM_LOGITS, LABEL_SMOOTHING)
KERAS_2_CALL = Call(("categorical_crossentropy",), checks=(checks.an_axis,))
TORCH_CHECKS = (checks.float_labels, SMOOTHED, checks.within("ignore_index", float("-inf"), -1))

LOSSES = (
    Loss(
        name="categorical_crossentropy",
        title="Categorical cross-entropy",
        family="probability",
        latex=r"-\sum_k y_k \ln \hat y_k",
        plain="−Σ y ln ŷ",
        words="The surprise at the true class, given the predicted distribution.",
        forms={
            TEXTBOOK: Form(exact, (FROM_LOGITS,)),
            KERAS_3: Form(keras, KERAS_PARAMETERS, KERAS, (replace(KERAS_2_CALL, about=over_last_axis),)),
            KERAS_2: Form(keras, KERAS_PARAMETERS, of_keras_2(KERAS), (KERAS_2_CALL,)),
            TENSORFLOW: Form(
                tensorflow_1,
                (LABEL_SMOOTHING,),
                ("tf.nn.softmax_cross_entropy_with_logits", "tf.compat.v1.losses.softmax_cross_entropy"),
                (
                    Call(
                        ("softmax_cross_entropy_with_logits",),
                        tensorflow,
                        checks=(checks.an_axis,),
                        fit=broadcast,
                    ),
                    Call(("v1_softmax_cross_entropy",), reductions=V1, returns="float32"),
                ),
                kinds=("logits",),
            ),
            PYTORCH: Form(
                torch,
                (LABEL_SMOOTHING,),
                ("torch.nn.functional.cross_entropy", "torch.nn.CrossEntropyLoss"),
                (
                    Call(("cross_entropy_prob", "cross_entropy"), checks=TORCH_CHECKS),
                    Call(
                        ("cross_entropy_prob", "cross_entropy"),
                        torch_weighted,
                        checks=TORCH_CHECKS,
                        takes=("weight",),
                    ),
                ),
                kinds=("logits",),
            ),
            SKLEARN: Form(log_loss, called=("sklearn.metrics.log_loss",), encodings=("one-hot",)),
            OPTAX: Form(
                optax_smoothed,
                (ALPHA,),
                ("optax.losses.softmax_cross_entropy",),
                (
                    Call(("softmax_cross_entropy",), optax, fit=broadcast),
                    Call(
                        ("smooth_labels_softmax_cross_entropy",),
                        checks=(checks.float_labels,),
                        fit=broadcast,
                    ),
                ),
                kinds=("logits",),
            ),
        },
        encodings=("one-hot", "soft", "binary"),
        kinds=("probabilities",),
        reference="keras.losses.CategoricalCrossentropy",
        gradient=r"-\frac{y_k}{\hat y_k},\quad \text{by a logit } \hat y_k \textstyle\sum_j y_j - y_k",
        domain="Labels from 0 to 1 that add up to 1 in each row; probabilities that do, or any logits.",
        range="From 0, a certain and right prediction, to ∞; at least the entropy of soft labels.",
        use="One of several classes is right, and the model gives a distribution over them.",
        avoid="Several classes can be right at once: each is a yes or no, and binary cross-entropy fits.",
        pitfall="Probabilities taken for logits go through softmax twice: the model then hardly learns.",
    ),
)
