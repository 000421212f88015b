"""Losses of a score and a sign: the logistic loss and the exponential loss."""

from __future__ import annotations

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses.probability._sigmoid import sigmoid, softplus
from lossgui.core.losses.probability._two_sided import written
from lossgui.core.profiles import PYTORCH, SKLEARN, TEXTBOOK
from lossgui.core.shapes import broadcast
from lossgui.core.stages import Function, Map, SumClasses, mean_over_classes
from lossgui.core.table import Array


def _soft_margin_terms(value: Function, slope: Function, words: str) -> Map:
    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, slope),
        formula=r"\ln\left(1 + e^{-y_k z_k}\right)",
        words=words,
        chip="ln(1 + e^−yz)",
        entry=lambda y, z: f"ln(1 + exp(−{text.signed(y)} · {text.signed(z)}))",
    )


def soft_margin() -> Chain:
    """Return the mean of ln(1 + e^(-y z)) over the classes."""
    terms = _soft_margin_terms(
        lambda y, z: softplus(-y * z),
        lambda y, z: -y * sigmoid(-y * z),
        "A logarithm that grows with the score on the wrong side and fades on the right one.",
    )
    return Chain((terms, mean_over_classes()))


def soft_margin_torch() -> Chain:
    """Return what PyTorch's soft_margin_loss does: the power comes first, and can overflow."""

    def slope(y: Array, z: Array) -> Array:
        power = np.exp(-y * z)
        result: Array = -y * power / (power + 1)
        return result

    terms = _soft_margin_terms(
        lambda y, z: np.log1p(np.exp(-y * z)),
        slope,
        "The power is formed as it stands: for a score far on the wrong side (709, in float32 88) it is ∞.",
    )
    return Chain((terms, SumClasses()), elementwise=True)


def _exponential_terms() -> Map:
    def value(y: Array, z: Array) -> Array:
        result: Array = y * np.exp(-z) + (1 - y) * np.exp(z)
        return result

    def slope(y: Array, z: Array) -> Array:
        result: Array = -y * np.exp(-z) + (1 - y) * np.exp(z)
        return result

    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, slope),
        formula=r"y_k e^{-z_k} + (1 - y_k)\, e^{z_k}",
        words="The power of the score on the wrong side: it grows without measure.",
        chip="exp",
        entry=lambda y, z: written(y, f"exp(−{text.signed(z)})", f"exp({z})"),
    )


def exponential() -> Chain:
    """Return the mean of y e^-z + (1 - y) e^z over the classes."""
    return Chain((_exponential_terms(), mean_over_classes()))


def exponential_sklearn() -> Chain:
    """Return what sklearn._loss.ExponentialLoss does."""
    return Chain((_exponential_terms(), SumClasses()), elementwise=True)


LOSSES = (
    Loss(
        name="soft_margin",
        title="Soft margin",
        family="probability",
        latex=r"\frac{1}{K}\sum_k \ln\left(1 + e^{-y_k z_k}\right)",
        plain="¹⁄K Σ ln(1 + e^(−y z))",
        words="The logistic loss: sigmoid cross-entropy for labels −1 and +1.",
        forms={
            TEXTBOOK: Form(soft_margin),
            PYTORCH: Form(
                soft_margin_torch,
                called=("torch.nn.functional.soft_margin_loss", "torch.nn.SoftMarginLoss"),
                calls=(Call(("soft_margin_loss",), fit=broadcast),),
            ),
        },
        encodings=("signed",),
        kinds=("logits", "values"),
        reference="torch.nn.SoftMarginLoss",
        gradient=r"-\frac{y_k}{K}\, \sigma(-y_k z_k)",
        domain="Labels −1 and +1; any finite scores.",
        range="From 0, a large score on the right side, to ∞.",
        use="Two classes written as −1 and +1, with scores that are to become probabilities.",
        avoid="Labels are 0 and 1: a 0 would cost ln 2 whatever the score.",
        pitfall="PyTorch's is ∞, without a gradient, from 710 on the wrong side on; in float32 from 89 on.",
    ),
    Loss(
        name="exponential",
        title="Exponential",
        family="probability",
        latex=r"\frac{1}{K}\sum_k \left(y_k e^{-z_k} + (1 - y_k)\, e^{z_k}\right)",
        plain="¹⁄K Σ (y e^(−z) + (1 − y) e^z)",
        words="The loss of boosting: each mistake weighs by the power of its score.",
        forms={
            TEXTBOOK: Form(exponential),
            SKLEARN: Form(
                exponential_sklearn,
                called=("sklearn._loss.ExponentialLoss",),
                calls=(Call(("_loss_ExponentialLoss",), computes_in="float64"),),
            ),
        },
        encodings=("binary", "one-hot", "soft"),
        kinds=("logits", "values"),
        reference="sklearn._loss.ExponentialLoss; Freund and Schapire, 1997",
        gradient=r"\frac{1}{K}\left((1 - y_k)\, e^{z_k} - y_k e^{-z_k}\right)",
        domain="Labels from 0 to 1, each class by itself; any finite scores.",
        range="From 0, a large score on the right side, to ∞.",
        use="Boosting of weak learners, of which it is the loss.",
        avoid="Some labels are wrong: a single one can outweigh all others.",
        pitfall="Its score is half a logit: σ(2 z) is the probability that goes with it.",
    ),
)
