"""Tversky: Dice in which what is missed and what is too much count differently."""

from __future__ import annotations

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses.overlap._steps import OneLessShare, along, extra, missed, of_the_batch, overlap
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import EPSILON, KERAS_3, TEXTBOOK
from lossgui.core.stages import Axes, Map

NAMES = ("overlap", "missed", "extra")
ALPHA = Parameter("alpha", "α", 0.5, "What is predicted and not labelled counts α.", 0, 10)
BETA = Parameter("beta", "β", 0.5, "What is labelled and not predicted counts β.", 0, 10)
KERAS_ALPHA = Parameter(
    "alpha", "α", 0.5, "What is labelled and not predicted counts α: Keras calls that false positives.", 0, 10
)
KERAS_BETA = Parameter(
    "beta", "β", 0.5, "What is predicted and not labelled counts β: Keras calls that false negatives.", 0, 10
)


def _stages() -> tuple[Map, Map, Map]:
    return overlap("overlap"), missed(), extra()


def _exact(alpha: float, beta: float) -> OneLessShare:
    return OneLessShare(
        rf"1 - \frac{{TP}}{{TP + {alpha:g}\, FP + {beta:g}\, FN}}",
        "One less the overlap over itself, what is too much and what is missed, each with its weight.",
        "whole batch",
        weights=(1, beta, alpha),
    )


def _keras(alpha: float, beta: float) -> OneLessShare:
    return OneLessShare(
        rf"1 - \frac{{TP}}{{TP + {alpha:g}\, FN + {beta:g}\, FP + 10^{{-7}}}}",
        "One less the overlap over itself, what is missed and what is too much, each with its weight. "
        "Keras weighs with α what is missed, and with β what is too much.",
        "α: missed",
        weights=(1, alpha, beta),
        added=EPSILON,
    )


def textbook(alpha: float, beta: float) -> Chain:
    """Return the loss of the whole batch."""
    return of_the_batch(_stages(), NAMES, _exact(alpha, beta))


def keras(alpha: float = 0.5, beta: float = 0.5) -> Chain:
    """Return Keras' loss of the whole batch, as it is unless told of an axis."""
    return of_the_batch(_stages(), NAMES, _keras(alpha, beta))


def keras_along(alpha: float = 0.5, beta: float = 0.5, axis: Axes = None) -> Chain:
    """Return Keras' loss along some axes; None: of all entries."""
    return along(_stages(), NAMES, _keras(alpha, beta), axis)


LOSSES = (
    Loss(
        name="tversky",
        title="Tversky",
        family="overlap",
        latex=r"1 - \frac{\sum y \hat y}{\sum y \hat y + \alpha \sum (1 - y) \hat y "
        r"+ \beta \sum y (1 - \hat y)}",
        plain="1 − Σ y ŷ / (Σ y ŷ + α Σ (1 − y) ŷ + β Σ y (1 − ŷ))",
        words="Dice in which what is predicted too much counts α and what is missed counts β.",
        forms={
            TEXTBOOK: Form(textbook, (ALPHA, BETA)),
            KERAS_3: Form(
                keras,
                (KERAS_ALPHA, KERAS_BETA),
                called=("keras.losses.Tversky", "keras.losses.tversky"),
                calls=(Call(("tversky",), keras_along, as_given=True),),
            ),
        },
        encodings=("one-hot", "binary", "soft"),
        kinds=("probabilities",),
        reduction=None,
        reference="Salehi, Erdogmus and Gholipour, Tversky Loss Function for Image Segmentation, 2017",
        gradient=r"-\frac{y}{S} + \frac{\sum y \hat y}{S^2} (y + \alpha (1 - y) - \beta y)",
        domain="Labels and predictions between 0 and 1.",
        range="0 to 1; 0 where both masks are the same.",
        use="For masks where a miss is worse than a false alarm, or the other way round.",
        avoid="With α and β of 0: nothing but an empty overlap costs anything then.",
        pitfall="Keras gives α and β the opposite meaning: there α weighs what is missed.",
    ),
)
