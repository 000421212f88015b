"""Cross-entropies of logits as people write them themselves, and one that takes the infinite."""

from __future__ import annotations

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses.probability import _keras, _softmax
from lossgui.core.profiles import NUMPY, OPTAX, TENSORFLOW
from lossgui.core.shapes import broadcast
from lossgui.core.stages import SumClasses

ENCODINGS = ("one-hot", "soft", "binary")
DOMAIN = "Labels from 0 to 1 that add up to 1 in each row; any finite logits."


def manual() -> Chain:
    """Return -reduce_sum(labels * log(softmax(logits)))."""
    return Chain((_softmax.TensorflowSoftmax(), _keras.log_terms(), SumClasses()))


def twice() -> Chain:
    """Return -sum(t * log_softmax(softmax(z)))."""
    again = _softmax.FrameworkLogSoftmax(name="log-softmax once more", chip="softmax again")
    return Chain((_softmax.FrameworkSoftmax(), again, _softmax.log_terms(guarded=False), SumClasses()))


def safe() -> Chain:
    """Return what optax.safe_softmax_cross_entropy does."""
    return Chain((_softmax.JaxLogSoftmax(), _softmax.log_terms(guarded=True), SumClasses()))


LOSSES = (
    Loss(
        name="manual_softmax_crossentropy",
        title="Softmax cross-entropy by hand",
        family="probability",
        latex=r"-\sum_k y_k \ln \mathrm{softmax}(z)_k",
        plain="−Σ y ln softmax(z)",
        words="The formula written out: softmax first, then the logarithm, with nothing in between.",
        forms={
            TENSORFLOW: Form(
                manual,
                called=("-tf.reduce_sum(labels * tf.math.log(tf.nn.softmax(logits)), -1)",),
                calls=(Call(("manual_softmax_cross_entropy",)),),
            )
        },
        encodings=ENCODINGS,
        kinds=("logits",),
        reference="tf.nn.softmax, tf.math.log",
        gradient=r"\mathrm{softmax}(z)_k \textstyle\sum_j y_j - y_k",
        domain=DOMAIN,
        range="From 0, a certain and right prediction, to ∞.",
        use="To see what a fused loss saves you from.",
        avoid="Training: use softmax_cross_entropy_with_logits.",
        pitfall="Where softmax rounds to 0 it is ∞, or undefined if the label is 0 there too.",
    ),
    Loss(
        name="double_softmax_crossentropy",
        title="Softmax applied twice",
        family="probability",
        latex=r"-\sum_k y_k \ln \mathrm{softmax}(\mathrm{softmax}(z))_k",
        plain="−Σ y ln softmax(softmax(z))",
        words="The commonest mistake: a loss that expects logits is given probabilities.",
        forms={
            NUMPY: Form(
                twice,
                called=("-np.sum(t * log_softmax(softmax(z)), axis=-1)",),
                calls=(Call(("double_softmax_cross_entropy",)),),
            )
        },
        encodings=ENCODINGS,
        kinds=("logits",),
        reference="keras.losses.CategoricalCrossentropy(from_logits=True) after a softmax layer",
        gradient=r"\hat y_k \left(g_k - \textstyle\sum_j g_j \hat y_j\right),\quad "
        r"g = \mathrm{softmax}(\hat y) - y,\quad \hat y = \mathrm{softmax}(z)",
        domain=DOMAIN,
        range="From ln(e + K − 1) − 1, never 0, to ln(e + K − 1).",
        use="To recognise it: the loss starts near ln K and does not come down.",
        avoid="Everywhere else.",
        pitfall="Nothing fails: a model learns, slowly, since the loss hardly changes with its logits.",
    ),
    Loss(
        name="safe_softmax_crossentropy",
        title="Safe softmax cross-entropy",
        family="probability",
        latex=r"-\sum_{k:\, y_k \ne 0} y_k \ln \mathrm{softmax}(z)_k",
        plain="−Σ y ln softmax(z), y ≠ 0",
        words="Softmax cross-entropy in which a logit of −∞ may stand where the label is 0.",
        forms={
            OPTAX: Form(
                safe,
                called=("optax.losses.safe_softmax_cross_entropy",),
                calls=(Call(("safe_softmax_cross_entropy",), fit=broadcast),),
            )
        },
        encodings=ENCODINGS,
        kinds=("logits",),
        reference="optax.losses.safe_softmax_cross_entropy",
        gradient=r"\mathrm{softmax}(z)_k \textstyle\sum_j y_j - y_k",
        domain="Labels from 0 to 1 that add up to 1 in each row; logits, −∞ where a class is ruled out.",
        range="From 0, a certain and right prediction, to ∞.",
        use="Some classes are ruled out for some samples by a logit of −∞.",
        avoid="No logit is infinite: softmax cross-entropy is the same and does less.",
        pitfall="A class that is ruled out and right after all still costs ∞.",
    ),
)
