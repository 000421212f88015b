"""Binary cross-entropy of probabilities."""

from __future__ import annotations

from dataclasses import replace

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses._steps import clip
from lossgui.core.losses.probability import _sigmoid, _two_sided
from lossgui.core.losses.probability._labels import LABEL_SMOOTHING, smooth_by_half
from lossgui.core.parameter import FROM_LOGITS, Parameter
from lossgui.core.profiles import EPSILON, KERAS_2, KERAS_3, PYTORCH, TENSORFLOW, TEXTBOOK, of_keras_2
from lossgui.core.reductions import V1
from lossgui.core.shapes import broadcast, spread_weight
from lossgui.core.stages import Map, SumClasses, mean_over_classes

INSIDE = Parameter("epsilon", "ε", EPSILON, "Added inside the logarithms, so that none is of 0.")


def exact(from_logits: bool = False) -> Chain:
    """Return the mean of -(y ln p + (1 - y) ln(1 - p)) over the classes."""
    terms = _sigmoid.exact_terms() if from_logits else _two_sided.exact_terms()
    return Chain((terms, mean_over_classes()))


def keras_3(from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1) -> Chain:
    """Return Keras 3's: probabilities are clipped."""
    return _keras(from_logits, label_smoothing, _two_sided.plain_terms())


def keras_2(from_logits: bool = False, label_smoothing: float = 0.0, axis: int = -1) -> Chain:
    """Return Keras 2's: clipped, and 1e-7 added inside the logarithms besides."""
    return _keras(from_logits, label_smoothing, _two_sided.plain_terms(EPSILON))


def _keras(from_logits: bool, label_smoothing: float, terms: Map) -> Chain:
    steps = (_sigmoid.tensorflow_terms(),) if from_logits else (clip(), terms)
    return Chain((*smooth_by_half(label_smoothing), *steps, mean_over_classes()))


def tensorflow(epsilon: float = EPSILON) -> Chain:
    """Return what tf.compat.v1.losses.log_loss does: nothing is clipped."""
    return Chain((_two_sided.plain_terms(epsilon), SumClasses()), elementwise=True)


def torch() -> Chain:
    """Return what PyTorch's binary_cross_entropy does."""
    return Chain((_two_sided.bounded_terms(), SumClasses()), elementwise=True)


def torch_weighted() -> Chain:
    """Return the same with a weight for every entry, which its mean does not divide by."""
    return torch().with_class_weight("weight")


KERAS = ("keras.losses.BinaryCrossentropy", "keras.losses.binary_crossentropy")
KERAS_PARAMETERS = (FROM_LOGITS, LABEL_SMOOTHING)
KERAS_CALL = Call(("binary_crossentropy",), checks=(checks.an_axis,))
NAMES = ("binary_cross_entropy", "binary_cross_entropy_weighted")
TORCH_CHECKS = (checks.float_labels, checks.shares, checks.label_shares)

LOSSES = (
    Loss(
        name="binary_crossentropy",
        title="Binary cross-entropy",
        family="probability",
        latex=r"-\frac{1}{K}\sum_k \left(y_k \ln \hat y_k + (1 - y_k) \ln(1 - \hat y_k)\right)",
        plain="−¹⁄K Σ (y ln ŷ + (1 − y) ln(1 − ŷ))",
        words="Each class is a yes or no of its own; the classes are averaged.",
        forms={
            TEXTBOOK: Form(exact, (FROM_LOGITS,)),
            KERAS_3: Form(keras_3, KERAS_PARAMETERS, KERAS, (KERAS_CALL,)),
            KERAS_2: Form(
                keras_2, KERAS_PARAMETERS, of_keras_2(KERAS), (replace(KERAS_CALL, fit=broadcast),)
            ),
            TENSORFLOW: Form(
                tensorflow,
                (INSIDE,),
                ("tf.compat.v1.losses.log_loss",),
                (Call(("v1_log_loss",), reductions=V1, computes_in="float32", returns="float32"),),
            ),
            PYTORCH: Form(
                torch,
                called=("torch.nn.functional.binary_cross_entropy", "torch.nn.BCELoss"),
                calls=(
                    Call(NAMES, checks=TORCH_CHECKS),
                    Call(NAMES, torch_weighted, checks=TORCH_CHECKS, takes=("weight",), fit=spread_weight),
                ),
            ),
        },
        encodings=("binary", "one-hot", "soft"),
        kinds=("probabilities",),
        reference="keras.losses.BinaryCrossentropy",
        gradient=r"\frac{1}{K}\,\frac{\hat y_k - y_k}{\hat y_k (1 - \hat y_k)},\quad "
        r"\text{by a logit } \frac{1}{K}(\hat y_k - y_k)",
        domain="Labels and probabilities from 0 to 1, each class by itself.",
        range="From 0, certain and right everywhere, to ∞; at least the entropy of soft labels.",
        use="Each class is a yes or no that does not exclude the others.",
        avoid="Exactly one class is right: the classes that are not would count as much as the one that is.",
        pitfall=(
            "A certain and wrong prediction costs ∞, 16.1 in Keras 3, 15.4 in Keras 2 and 100 in PyTorch: "
            "it is the bound that is seen, not the loss."
        ),
    ),
)
