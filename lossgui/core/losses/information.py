"""Information: entropy, cross-entropy between distributions, and divergence."""

from __future__ import annotations

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.loss import Form, Loss, Parameter
from lossgui.core.losses._steps import clip, log_terms, over, xlogy
from lossgui.core.profiles import KERAS_2, KERAS_3, TEXTBOOK
from lossgui.core.stages import Map, SumClasses
from lossgui.core.table import Array

FAMILY = "information"

BITS = Parameter("bits", "in bits", False, "Whether the logarithm has base 2 (bits) or e (nats).")


def _own_logs(bits: bool) -> Map:
    scale = 1 / np.log(2) if bits else 1.0

    def value(p: Array) -> Array:
        terms: Array = -xlogy(p, p) * p.dtype.type(scale)
        return terms

    log = "log₂" if bits else "ln"
    return Map(
        name="terms",
        reads=("predictions",),
        writes="terms",
        function=value,
        derivatives=(lambda p: -(np.log(p) + 1) * p.dtype.type(scale),),
        formula=r"-\hat y_k \log_2 \hat y_k" if bits else r"-\hat y_k \ln \hat y_k",
        words="Minus the probability times its logarithm; 0 where the probability is 0.",
        chip="log₂: bits" if bits else "ln: nats",
        entry=lambda p: f"{p} {log} {p}",
        frame="−({})",
    )


def entropy(bits: bool) -> Chain:
    """Return the entropy of each row of predictions."""
    return Chain((_own_logs(bits), SumClasses()))


def cross_entropy() -> Chain:
    """Return the cross-entropy of two distributions, as they are."""
    return Chain((log_terms(), SumClasses()))


def _ratios() -> Map:
    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=lambda y, p: xlogy(y, np.where(y == 0, 1, y) / np.where(y == 0, 1, p)),
        derivatives=(None, lambda y, p: -over(y, p)),
        formula=r"y_k \ln (y_k / \hat y_k)",
        words="The label's probability times the logarithm of its ratio to the prediction; 0 where it is 0.",
        chip="ln",
        entry=lambda y, p: f"{y} ln({y} / {p})",
    )


def kl_divergence() -> Chain:
    """Return the divergence of the predictions from the labels, as they are."""
    return Chain((_ratios(), SumClasses()))


def kl_divergence_keras() -> Chain:
    """Return Keras' divergence: both sides clipped to 1e-7 … 1, none renormalised."""
    return Chain((clip("labels", high=1), clip(high=1), _ratios(), SumClasses()))


LOSSES = (
    Loss(
        name="entropy",
        title="Entropy",
        family=FAMILY,
        latex=r"-\sum_k \hat y_k \ln \hat y_k",
        plain="−Σ ŷ ln ŷ",
        words="How undecided a distribution is: 0 if certain, ln K if uniform. It needs no labels.",
        forms={TEXTBOOK: Form(entropy, (BITS,))},
        encodings=(),
        kinds=("probabilities",),
        reference="Shannon, 1948",
    ),
    Loss(
        name="cross_entropy",
        title="Cross-entropy H(p, q)",
        family=FAMILY,
        latex=r"-\sum_k y_k \ln \hat y_k",
        plain="−Σ y ln ŷ",
        words="The labels' own entropy plus the divergence from them: at least that entropy, not 0.",
        forms={TEXTBOOK: Form(cross_entropy)},
        encodings=("soft", "one-hot"),
        kinds=("probabilities",),
        reference="Cover and Thomas, Elements of Information Theory, 2006",
    ),
    Loss(
        name="kl_divergence",
        title="Kullback-Leibler divergence",
        family=FAMILY,
        latex=r"\sum_k y_k \ln \frac{y_k}{\hat y_k}",
        plain="Σ y ln(y / ŷ)",
        words="What is lost by taking predictions for the labels' distribution: 0 only if both are the same.",
        forms={
            TEXTBOOK: Form(kl_divergence),
            KERAS_3: Form(kl_divergence_keras),
            KERAS_2: Form(kl_divergence_keras),
        },
        encodings=("soft", "one-hot"),
        kinds=("probabilities",),
        reference="keras.losses.KLDivergence",
    ),
)
