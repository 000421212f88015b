"""scikit-learn's half multinomial loss: what its classifiers minimise."""

from __future__ import annotations

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses.probability._softmax import LogSumTerms
from lossgui.core.losses.probability.categorical import exact
from lossgui.core.profiles import SKLEARN, TEXTBOOK
from lossgui.core.stages import SumClasses


def exact_of_logits() -> Chain:
    """Return -ln softmax(z)_t."""
    return exact(from_logits=True)


def sklearn() -> Chain:
    """Return what sklearn._loss.HalfMultinomialLoss does."""
    return Chain((LogSumTerms(wide=True), SumClasses()))


LOSSES = (
    Loss(
        name="half_multinomial",
        title="Half multinomial",
        family="probability",
        latex=r"\ln \sum_j e^{z_j} - z_t",
        plain="ln Σ e^z − zₜ",
        words="Sparse categorical cross-entropy of logits: half the deviance that statisticians speak of.",
        forms={
            TEXTBOOK: Form(exact_of_logits),
            SKLEARN: Form(
                sklearn,
                called=("sklearn._loss.HalfMultinomialLoss",),
                calls=(
                    Call(
                        ("_loss_HalfMultinomialLoss",),
                        indexed=True,
                        checks=(checks.classes(),),
                    ),
                ),
            ),
        },
        encodings=("index",),
        kinds=("logits",),
        reference="sklearn._loss.HalfMultinomialLoss",
        gradient=r"\mathrm{softmax}(z)_k - [k = t]",
        domain="The index of a class, counted from 0; any finite logits.",
        range="From 0, a certain and right prediction, to ∞.",
        use="To see what logistic regression and boosted trees of scikit-learn minimise.",
        avoid="Predictions are probabilities: log_loss takes those.",
        pitfall="Logits that share a large offset lose digits, since the difference is taken at the end.",
    ),
)
