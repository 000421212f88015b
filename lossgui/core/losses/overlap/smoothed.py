"""optax' Dice: from logits, for each class by itself, with a number added above and below the line."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from lossgui.core.chain import Chain
from lossgui.core.given import Given
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses.overlap._classes import OneLessShares, Shares, WithoutFirst
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import OPTAX
from lossgui.core.stages import Axes, Map, Stage, SumClasses, axes_of, mean_over_classes
from lossgui.core.table import Array

SMOOTH = Parameter("smooth", "smooth", 1.0, "Added above and below the line: never 0 / 0.", 0, 10)
ALPHA = Parameter("alpha", "α", 0.5, "What is predicted and not labelled counts α.", 0, 10)
BETA = Parameter("beta", "β", 0.5, "What is labelled and not predicted counts β.", 0, 10)


def from_logits(smooth: float, alpha: float, beta: float) -> Chain:
    """Return the mean over the classes, for a table that has no axes but samples and classes."""
    return Chain((Shares(), OneLessShares(smooth=smooth, alpha=alpha, beta=beta), mean_over_classes()))


def called(
    class_weights: ArrayLike | None = None,
    smooth: float = 1.0,
    alpha: float = 0.5,
    beta: float = 0.5,
    apply_softmax: bool = True,
    reduction: str = "mean",
    ignore_background: bool = False,
    axis: Axes = None,
) -> Chain:
    """Return optax' Dice of arrays in the shape in which they are given."""
    stages: list[Stage] = [Shares()] if apply_softmax else []
    stages += [OneLessShares(smooth=smooth, alpha=alpha, beta=beta, axis=axes_of(axis))]
    stages += [] if class_weights is None else [_weigh(np.asarray(class_weights))]
    stages += [WithoutFirst()] if ignore_background else []
    classes = {"mean": mean_over_classes(), "sum": SumClasses(), "none": SumClasses()}
    if reduction not in classes:
        raise ValueError("reduction must be 'mean', 'sum' or 'none'.")
    return Chain((*stages, classes[reduction]), elementwise=reduction == "none")


def _weigh(weights: Array) -> Map:
    return Map(
        name="class weights",
        reads=("terms",),
        writes="terms",
        function=lambda terms: terms * weights,
        derivatives=(lambda terms: weights,),
        words="The term of each class is multiplied by its weight.",
    )


def of_one_rank(given: Given) -> Given:
    """Return labels and predictions with as many axes: one of a single class is added where it is missing."""
    labels, predictions = given.labels, given.predictions
    assert labels is not None
    labels = labels[..., None] if labels.ndim == predictions.ndim - 1 else labels
    predictions = predictions[..., None] if predictions.ndim == labels.ndim - 1 else predictions
    if labels.shape != predictions.shape:
        raise ValueError(f"Labels {labels.shape} and predictions {predictions.shape} differ in shape.")
    return replace(given, labels=labels, predictions=predictions)


def distributions(given: Given) -> None:
    """Refuse rows that do not add up to 1, where softmax is not applied."""
    if given.parameters.get("apply_softmax", True):
        return
    if not np.allclose(given.predictions.sum(axis=-1), 1, rtol=1e-5):
        raise ValueError("Without softmax the predictions of each row must add up to 1.")


LOSSES = (
    Loss(
        name="smoothed_dice",
        title="Dice, smoothed",
        family="overlap",
        latex=r"\frac{1}{K}\sum_k \left(1 - \frac{y_k \hat y_k + s}{y_k \hat y_k + \alpha (1 - y_k) \hat y_k "
        r"+ \beta y_k (1 - \hat y_k) + s}\right), \quad \hat y = \mathrm{softmax}(z)",
        plain="¹⁄K Σ (1 − (y ŷ + s) / (y ŷ + α (1 − y) ŷ + β y (1 − ŷ) + s))",
        words="One less the overlap over the sizes of each class by itself, with s above and below.",
        forms={
            OPTAX: Form(
                from_logits,
                (SMOOTH, ALPHA, BETA),
                called=("optax.losses.dice_loss",),
                calls=(
                    Call(("dice_loss",), called, as_given=True, fit=of_one_rank, checks=(distributions,)),
                ),
            ),
        },
        encodings=("one-hot", "binary", "soft"),
        kinds=("logits",),
        reference="Milletari, Navab and Ahmadi, V-Net, 2016; optax.losses.dice_loss",
        gradient=r"\frac{1}{K}\left(\frac{A_k}{B_k^2} "
        r"(y_k + \alpha (1 - y_k) - \beta y_k) - \frac{y_k}{B_k}\right)"
        r" \text{ by } \hat y_k \text{, of the share } A_k / B_k",
        domain="Labels between 0 and 1; predictions are logits.",
        range="0 to 1 for labels of 0 and 1.",
        use="For pictures of several classes, each of which is to count alike.",
        avoid="On a table of samples and classes: the overlap of single entries says little.",
        pitfall="optax adds up over the axes between the first and the last, and only over those.",
    ),
)
