"""optax' Dice of one mask: the sigmoid of each logit, and all entries of a sample together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.given import Given
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses.overlap import smoothed
from lossgui.core.losses.overlap._steps import overlap
from lossgui.core.losses.overlap.smoothed import SMOOTH
from lossgui.core.profiles import OPTAX
from lossgui.core.stages import Map, SumClasses
from lossgui.core.table import Array

SUMS = {"overlap": "sum of overlap", "labels": "sum of labels", "predictions": "sum of predictions"}


def _sigmoid() -> Map:
    def value(z: Array) -> Array:
        result: Array = 1 / (1 + np.exp(-z))
        return result

    return Map(
        name="sigmoid",
        reads=("predictions",),
        writes="predictions",
        function=value,
        derivatives=(lambda z: value(z) * (1 - value(z)),),
        formula=r"\hat y_k = \frac{1}{1 + e^{-z_k}}",
        words="Each logit by itself becomes a probability.",
        chip="sigmoid",
        level="saturated",
    )


def _share(smooth: float) -> Map:
    (s,) = text.inputs([smooth])

    def line(both: Array, labelled: Array, predicted: Array) -> tuple[Array, Array]:
        return both + smooth, (labelled + predicted) / 2 + smooth

    def value(*sums: Array) -> Array:
        above, below = line(*sums)
        result: Array = 1 - above / below
        return result

    def by_size(*sums: Array) -> Array:
        above, below = line(*sums)
        result: Array = above / below / below / 2
        return result

    return Map(
        name="share",
        reads=tuple(SUMS.values()),
        writes="loss",
        function=value,
        derivatives=(lambda *sums: -1 / line(*sums)[1], by_size, by_size),
        formula=rf"1 - \frac{{\sum y \hat y + {smooth:g}}}{{(\sum y + \sum \hat y) / 2 + {smooth:g}}}",
        words="One less the overlap over half of both sizes; s is added above and below the line.",
        chip=f"+ {s}",
        entry=lambda a, b, c: (
            f"1 − ({text.signed(a)} + {s}) / (({text.signed(b)} + {text.signed(c)}) / 2 + {s})"
        ),
    )


def of_rows(smooth: float) -> Chain:
    """Return the loss of each sample by itself."""
    sums = [SumClasses(name=total, reads=(name,), writes=total, chip="") for name, total in SUMS.items()]
    return Chain((_sigmoid(), overlap("overlap"), *sums, _share(smooth)), terms=None)


def called(smooth: float = 1.0, apply_sigmoid: bool = True) -> Chain:
    """Return optax' binary Dice of arrays in the shape in which they are given, with an axis of one class."""
    return smoothed.called(smooth=smooth, apply_softmax=apply_sigmoid)


def _of_one_class(given: Given) -> Given:
    labels, predictions = given.labels, given.predictions
    assert labels is not None
    if labels.ndim == predictions.ndim and predictions.shape[-1:] != (1,):
        labels, predictions = labels[..., None], predictions[..., None]
    return smoothed.of_one_rank(replace(given, labels=labels, predictions=predictions))


LOSSES = (
    Loss(
        name="binary_dice",
        title="Dice of one mask",
        family="overlap",
        latex=r"1 - \frac{\sum_k y_k \hat y_k + s}{(\sum_k y_k + \sum_k \hat y_k) / 2 + s}, "
        r"\quad \hat y_k = \sigma(z_k)",
        plain="1 − (Σ y ŷ + s) / ((Σ y + Σ ŷ) / 2 + s)",
        words="Dice of each sample by itself: its entries are the pixels of one mask. s is added to both.",
        forms={
            OPTAX: Form(
                of_rows,
                (SMOOTH,),
                called=("optax.losses.binary_dice_loss",),
                calls=(Call(("binary_dice_loss",), called, as_given=True, fit=_of_one_class),),
            ),
        },
        encodings=("binary", "one-hot", "soft"),
        kinds=("logits",),
        reference="Milletari, Navab and Ahmadi, V-Net, 2016; optax.losses.binary_dice_loss",
        gradient=r"\frac{A}{2 B^2} - \frac{y_k}{B} \text{ by } \hat y_k \text{, of the share } A / B",
        domain="Labels between 0 and 1; predictions are logits.",
        range="0 to 1 for labels of 0 and 1.",
        use="For one mask a sample, where each sample is to count alike.",
        avoid="Where masks are tiny: s outweighs them then.",
        pitfall="A single row of logits is taken for samples of one pixel each, and not for one mask.",
    ),
)
