"""Cross-entropy of many a first course: a small number inside the logarithm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses.probability._softmax import WrappedOneHot
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import EPSILON, NUMPY
from lossgui.core.stages import Map, SumClasses
from lossgui.core.table import Array
from lossgui.core.where import where

DELTA = Parameter("delta", "δ", EPSILON, "Added inside the logarithm, so that it is never ln 0.")


def _terms(delta: float, picked: bool) -> Map:
    """Return -y ln(p + delta); picked, 0 where y is 0, whatever the logarithm."""
    added = text.inputs([delta])[0]

    def value(y: Array, p: Array) -> Array:
        result: Array = -(y * np.log(p + p.dtype.type(delta)))
        return where(y == 0, 0, result) if picked else result

    def slope(y: Array, p: Array) -> Array:
        result: Array = -y / (p + p.dtype.type(delta))
        return where(y == 0, 0, result) if picked else result

    return Map(
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


def with_delta(delta: float) -> Chain:
    """Return -sum y ln(p + delta) of each sample."""
    return Chain((_terms(delta, picked=False), SumClasses()))


@dataclass(frozen=True)
class OfBatch:
    """The losses of all samples added up, or divided by their number."""

    mean: bool
    formula: str = r"\sum_i"
    words: str = "The losses of all samples are added up."
    chip: str = "whole batch"

    def value(self, sums: Array) -> Array:
        """Return the sum, or the mean."""
        result: Array = sums[..., 0] / sums[..., 1] if self.mean else sums[..., 0]
        return result

    def derivative(self, sums: Array) -> Array:
        """Return 1, or one over the number of samples."""
        return np.array([1 / sums[1] if self.mean else 1, 0], sums.dtype)

    def split(self, sums: Array) -> tuple[float, float]:
        """Return the same, and that nothing is left."""
        return float(self.derivative(sums)[0]), 0.0

    def working(self, sums: Array) -> str:
        """Return the sum over the number of samples."""
        return text.number(float(self.value(sums)))


def _of_batch(mean: bool, picked: bool = False) -> Chain:
    ones = Map(
        name="samples",
        reads=("loss",),
        writes="one",
        function=np.ones_like,
        derivatives=(None,),
    )
    start = (WrappedOneHot(),) if picked else ()
    stages = (*start, _terms(EPSILON, picked), SumClasses(), ones)
    return Chain(stages, statistics=("loss", "one"), finish=OfBatch(mean))


def delta_sum() -> Chain:
    """Return -np.sum(t * np.log(y + 1e-7))."""
    return _of_batch(mean=False)


def delta_mean() -> Chain:
    """Return -np.sum(t * np.log(y + 1e-7)) / N."""
    return _of_batch(mean=True)


def delta_labels() -> Chain:
    """Return -np.sum(np.log(y[np.arange(N), t] + 1e-7)) / N."""
    return _of_batch(mean=True, picked=True)


LOSSES = (
    Loss(
        name="crossentropy_with_delta",
        title="Cross-entropy with δ",
        family="probability",
        latex=r"-\sum_k y_k \ln(\hat y_k + \delta)",
        plain="−Σ y ln(ŷ + δ)",
        words="The form of many a first course: nothing is clipped, δ is added inside the logarithm.",
        forms={
            NUMPY: Form(
                with_delta,
                (DELTA,),
                ("-np.sum(t * np.log(y + 1e-7)) / N",),
                (
                    Call(("cross_entropy_delta_sum",), delta_sum),
                    Call(("cross_entropy_delta_mean",), delta_mean),
                    Call(
                        ("cross_entropy_delta_labels",),
                        delta_labels,
                        indexed=True,
                        checks=(checks.classes(wraps=True),),
                    ),
                ),
            )
        },
        encodings=("one-hot", "index", "soft", "binary"),
        kinds=("probabilities",),
        reference="Saitoh, Deep Learning from Scratch, 2016, section 4.2",
        gradient=r"-\frac{y_k}{\hat y_k + \delta}",
        domain="Labels from 0 to 1 that add up to 1 in each row; probabilities.",
        range="From −ln(1 + δ), a little below 0, to −ln δ, 16.1 for δ = 1e−7.",
        use="To follow a book or a course that writes it so.",
        avoid="Training in earnest: the fused losses from logits need no δ.",
        pitfall="A certain and right prediction costs −1e−7: the loss can be negative.",
    ),
)
