"""The Brier score: squared errors of probabilities."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.divisors import Values
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses._steps import error_terms
from lossgui.core.profiles import SKLEARN, TEXTBOOK
from lossgui.core.reductions import SKLEARN_MEAN, Reduction
from lossgui.core.stages import Map, SumClasses
from lossgui.core.table import Array


def _squares() -> Map:
    return error_terms(
        np.square,
        lambda error: 2 * error,
        r"(\hat y_k - y_k)^2",
        "The squared error of the probability of each class.",
        "({p} − {y})²",
    )


def exact() -> Chain:
    """Return the squared errors of the probabilities of a sample, added up."""
    return Chain((_squares(), SumClasses()))


def sklearn() -> Chain:
    """Return scikit-learn's: halved where there are two classes, so that it lies between 0 and 1."""

    def scale(term: Array) -> Array:
        result: Array = term.dtype.type(0.5 if term.shape[-1] < 3 else 1)
        return result

    halved = Map(
        name="half of two classes",
        reads=("terms",),
        writes="terms",
        function=lambda term: scale(term) * term,
        derivatives=(scale,),
        formula=r"\ell_k \cdot \tfrac12 \text{ if } K = 2",
        words="scale_by_half='auto': with two classes both errors are the same, and only one is counted.",
        chip="½ if K = 2",
        entry=lambda term: term,
    )
    return Chain((_squares(), halved, SumClasses()))


def sklearn_of_two() -> Chain:
    """Return the same for one probability a sample, that of the second of two classes."""

    def value(y: Array, p: Array) -> Array:
        result: Array = p.dtype.type(0.5) * (((1 - y) - (1 - p)) ** 2 + (y - p) ** 2)
        return result

    terms = Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, lambda y, p: ((1 - y) - (1 - p)) - (y - p)),
        formula=r"(\hat y - y)^2",
        words="Half of the squared errors of both classes.",
    )
    return Chain((terms, SumClasses()), elementwise=True)


class Scaled(Reduction):
    """The mean with every sample halved, or none of them, whatever the number of classes."""

    def value(self, values: Values) -> Array:
        """Return the mean; `scale` is that of values that are not halved."""
        assert values.entries is not None
        return replace(SKLEARN_MEAN, scale=self.factor(values.entries.shape[-1])).value(values)

    def factor(self, classes: int) -> float:
        """Return what the mean is multiplied by: the values of two classes are halved already."""
        return self.scale * 2 if classes < 3 else self.scale


AUTO, TRUE, FALSE = (f"scale_by_half={name}" for name in ("auto", True, False))
CALL = Call(
    ("brier_score_loss",),
    indexed=True,
    reductions={
        AUTO: SKLEARN_MEAN,
        TRUE: Scaled(SKLEARN_MEAN.divisor, SKLEARN_MEAN.kind, scale=0.5),
        FALSE: Scaled(SKLEARN_MEAN.divisor, SKLEARN_MEAN.kind),
    },
    checks=(checks.some_samples, checks.two_classes, checks.shares, checks.classes()),
)
CALL_OF_TWO = replace(
    CALL,
    chain=sklearn_of_two,
    indexed=False,
    checks=(checks.some_samples, checks.shares, checks.zero_or_one),
    reductions={AUTO: SKLEARN_MEAN, TRUE: SKLEARN_MEAN, FALSE: replace(SKLEARN_MEAN, scale=2.0)},
)

LOSSES = (
    Loss(
        name="brier_score",
        title="Brier score",
        family="probability",
        latex=r"\sum_k (\hat y_k - y_k)^2",
        plain="Σ (ŷ − y)²",
        words="The squared distance of the predicted distribution from what happened.",
        forms={
            TEXTBOOK: Form(exact),
            SKLEARN: Form(
                sklearn,
                called=("sklearn.metrics.brier_score_loss",),
                calls=(CALL, CALL_OF_TWO),
                encodings=("one-hot", "index"),
            ),
        },
        encodings=("one-hot", "index", "soft"),
        kinds=("probabilities",),
        reference="sklearn.metrics.brier_score_loss; Brier, 1950",
        gradient=r"2 (\hat y_k - y_k)",
        domain="One class of each sample; probabilities that add up to 1.",
        range="From 0 to 2; from 0 to 1 where it is halved.",
        use="Probabilities are to be judged by how true they are, and no single one may cost ∞.",
        avoid="Rare classes matter: what is off by 0.01 costs next to nothing, even at a probability of 0.",
        pitfall="With two classes scikit-learn halves it, and with more it does not: scores do not compare.",
    ),
)
