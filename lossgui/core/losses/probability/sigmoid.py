"""Binary cross-entropy of logits, plain and with a weight for the positives."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses.probability import _sigmoid
from lossgui.core.losses.probability._labels import LABEL_SMOOTHING, smooth_by_half
from lossgui.core.losses.probability.binary import KERAS, keras_3
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import KERAS_2, KERAS_3, OPTAX, PYTORCH, SKLEARN, TENSORFLOW, TEXTBOOK, of_keras_2
from lossgui.core.reductions import V1
from lossgui.core.shapes import broadcast, spread_weight
from lossgui.core.stages import Map, SumClasses, mean_over_classes

POS_WEIGHT = Parameter(
    "pos_weight", "weight of the positives", 1.0, "What an entry with label 1 counts for.", 0, 1000
)


def exact(pos_weight: float = 1.0) -> Chain:
    """Return the loss of each class, averaged."""
    return Chain((_sigmoid.exact_terms(pos_weight), mean_over_classes()))


def _of_entries(*stages: Map) -> Chain:
    return Chain((*stages, SumClasses()), elementwise=True)


def tensorflow(label_smoothing: float = 0.0) -> Chain:
    """Return what tf.compat.v1.losses.sigmoid_cross_entropy does before it adds up in float32."""
    return _of_entries(*smooth_by_half(label_smoothing), _sigmoid.tensorflow_terms())


def tensorflow_plain() -> Chain:
    """Return what tf.nn.sigmoid_cross_entropy_with_logits does."""
    return tensorflow()


def tensorflow_weighted(pos_weight: _sigmoid.Weight) -> Chain:
    """Return what tf.nn.weighted_cross_entropy_with_logits does."""
    return _of_entries(_sigmoid.tensorflow_weighted_terms(pos_weight))


def torch(pos_weight: _sigmoid.Weight | None = None) -> Chain:
    """Return what PyTorch's binary_cross_entropy_with_logits does."""
    return _of_entries(_sigmoid.torch_terms(pos_weight))


def torch_plain() -> Chain:
    """Return the same without a weight for the positives."""
    return torch()


def torch_weighted(pos_weight: _sigmoid.Weight | None = None) -> Chain:
    """Return the same with a weight for every entry, which its mean does not divide by."""
    return torch(pos_weight).with_class_weight("weight")


def optax() -> Chain:
    """Return what optax.sigmoid_binary_cross_entropy does."""
    return _of_entries(_sigmoid.optax_terms())


def sklearn() -> Chain:
    """Return what sklearn._loss.HalfBinomialLoss does."""
    return _of_entries(_sigmoid.sklearn_terms())


def multilabel_torch() -> Chain:
    """Return what PyTorch's multilabel_soft_margin_loss does: the mean over the classes."""
    return Chain((_sigmoid.both_sides(), mean_over_classes()))


def multilabel_torch_weighted() -> Chain:
    """Return the same with a weight for every class."""
    return multilabel_torch().with_class_weight("weight")


NAMES = ("binary_cross_entropy_with_logits", "binary_cross_entropy_with_logits_weighted")
KERAS_FORM = Form(partial(keras_3, True), (LABEL_SMOOTHING,), KERAS)
TORCH = ("torch.nn.functional.binary_cross_entropy_with_logits", "torch.nn.BCEWithLogitsLoss")
DOMAIN = "Labels from 0 to 1, each class by itself; any finite logits."
GRADIENT = r"\frac{1}{K}\left(\sigma(z_k) - y_k\right)"

LOSSES = (
    Loss(
        name="sigmoid_crossentropy",
        title="Sigmoid cross-entropy",
        family="probability",
        latex=r"-\frac{1}{K}\sum_k \left(y_k \ln \sigma(z_k) + (1 - y_k) \ln(1 - \sigma(z_k))\right)",
        plain="−¹⁄K Σ (y ln σ(z) + (1 − y) ln(1 − σ(z)))",
        words="Binary cross-entropy from logits: the sigmoid is a part of the loss.",
        forms={
            TEXTBOOK: Form(partial(exact, 1.0)),
            KERAS_3: KERAS_FORM,
            KERAS_2: replace(KERAS_FORM, called=of_keras_2(KERAS_FORM.called)),
            TENSORFLOW: Form(
                tensorflow,
                (LABEL_SMOOTHING,),
                ("tf.nn.sigmoid_cross_entropy_with_logits", "tf.compat.v1.losses.sigmoid_cross_entropy"),
                (
                    Call(("sigmoid_cross_entropy_with_logits",), tensorflow_plain),
                    Call(("v1_sigmoid_cross_entropy",), reductions=V1, returns="float32"),
                ),
            ),
            PYTORCH: Form(
                torch_plain,
                called=TORCH,
                calls=(
                    Call(NAMES, torch, checks=(checks.float_labels,)),
                    Call(
                        NAMES,
                        torch_weighted,
                        checks=(checks.float_labels,),
                        takes=("weight",),
                        fit=spread_weight,
                    ),
                ),
            ),
            SKLEARN: Form(
                sklearn,
                called=("sklearn._loss.HalfBinomialLoss",),
                calls=(Call(("_loss_HalfBinomialLoss",), computes_in="float64"),),
            ),
            OPTAX: Form(
                optax,
                called=("optax.losses.sigmoid_binary_cross_entropy",),
                calls=(Call(("sigmoid_binary_cross_entropy",), fit=broadcast),),
            ),
        },
        encodings=("binary", "one-hot", "soft"),
        kinds=("logits",),
        reference="tf.nn.sigmoid_cross_entropy_with_logits",
        gradient=GRADIENT,
        domain=DOMAIN,
        range="From 0, certain and right everywhere, to ∞.",
        use="Each class is a yes or no, and the model ends in logits: nothing overflows or is clipped.",
        avoid="Exactly one class is right: softmax cross-entropy lets the classes compete.",
        pitfall="Probabilities given to it go through the sigmoid once more: 0 becomes 0.5, and 1 only 0.73.",
    ),
    Loss(
        name="weighted_sigmoid_crossentropy",
        title="Weighted sigmoid cross-entropy",
        family="probability",
        latex=r"-\frac{1}{K}\sum_k \left(q\, y_k \ln \sigma(z_k) + (1 - y_k) \ln(1 - \sigma(z_k))\right)",
        plain="−¹⁄K Σ (q y ln σ(z) + (1 − y) ln(1 − σ(z)))",
        words="Binary cross-entropy from logits in which an entry labelled 1 counts q times.",
        forms={
            TEXTBOOK: Form(exact, (POS_WEIGHT,)),
            TENSORFLOW: Form(
                tensorflow_weighted,
                (POS_WEIGHT,),
                ("tf.nn.weighted_cross_entropy_with_logits",),
                (Call(("weighted_cross_entropy_with_logits",)),),
            ),
            PYTORCH: Form(torch, (POS_WEIGHT,), TORCH),
        },
        encodings=("binary", "one-hot", "soft"),
        kinds=("logits",),
        reference="tf.nn.weighted_cross_entropy_with_logits",
        gradient=r"\frac{1}{K}\left((1 - y_k)\, \sigma(z_k) - q\, y_k\, \sigma(-z_k)\right)",
        domain=DOMAIN,
        range="From 0, certain and right everywhere, to ∞.",
        use="Positives are rare: a weight above 1 buys recall, one below 1 buys precision.",
        avoid="Predictions must be true to frequencies: a weight other than 1 moves them away.",
        pitfall="The weight multiplies the positives alone, so the loss and its step grow with it.",
    ),
    Loss(
        name="multilabel_soft_margin",
        title="Multilabel soft margin",
        family="probability",
        latex=r"-\frac{1}{K}\sum_k \left(y_k \ln \sigma(z_k) + (1 - y_k) \ln \sigma(-z_k)\right)",
        plain="−¹⁄K Σ (y ln σ(z) + (1 − y) ln σ(−z))",
        words="Sigmoid cross-entropy under another name, averaged over the classes of each sample.",
        forms={
            TEXTBOOK: Form(partial(exact, 1.0)),
            PYTORCH: Form(
                multilabel_torch,
                called=(
                    "torch.nn.functional.multilabel_soft_margin_loss",
                    "torch.nn.MultiLabelSoftMarginLoss",
                ),
                calls=(
                    Call(("multilabel_soft_margin_loss",), checks=(checks.an_axis,), fit=broadcast),
                    Call(
                        ("multilabel_soft_margin_loss",),
                        multilabel_torch_weighted,
                        checks=(checks.an_axis,),
                        takes=("weight",),
                        fit=spread_weight,
                    ),
                ),
            ),
        },
        encodings=("binary", "one-hot", "soft"),
        kinds=("logits",),
        reference="torch.nn.MultiLabelSoftMarginLoss",
        gradient=GRADIENT,
        domain=DOMAIN,
        range="From 0, certain and right everywhere, to ∞.",
        use="Several classes can be right at once, and each sample should count the same.",
        avoid="Exactly one class is right: softmax cross-entropy lets the classes compete.",
        pitfall="Despite its name it has no margin, and its labels are 0 and 1, not −1 and +1.",
    ),
)
