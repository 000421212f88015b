"""The squared error of logarithms."""

from __future__ import annotations

import numpy as np

from lossgui.core import needs
from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import _eigen
from lossgui.core.losses.regression._errors import (
    WrittenOut,
    averaged,
    terms,
)
from lossgui.core.losses.regression._sklearn import METRIC_NEEDS, metric_call
from lossgui.core.profiles import EPSILON, KERAS_2, KERAS_3, SKLEARN, TEXTBOOK, of_keras_2
from lossgui.core.shapes import broadcast, broadcast_at_one_rank
from lossgui.core.stages import Map
from lossgui.core.table import Array
from lossgui.core.where import where

ABOVE_MINUS_1 = (
    needs.labels("above −1", lambda y: y > -1),
    needs.predictions("above −1", lambda p: p > -1),
)


def squares_of_logs() -> Map:
    """Return the stage of squared differences of ln(1 + x)."""
    return terms(
        lambda p, y: np.square(np.log1p(p) - np.log1p(y)),
        lambda p, y: 2 * (np.log1p(p) - np.log1p(y)) / (1 + p),
        r"(\ln(1 + \hat y_k) - \ln(1 + y_k))^2",
        "The squared difference of the logarithms of 1 + ŷ and 1 + y.",
        "(ln(1 + {p}) − ln(1 + {y}))²",
    )


def squares_of_logs_keras() -> Map:
    """Return the same as Keras computes it, which rounds 1 + x first."""

    def difference(p: Array, y: Array) -> Array:
        result: Array = _eigen.log(p + 1) - _eigen.log(y + 1)
        return result

    def back(upstream: Array, p: Array, y: Array) -> Array:
        result: Array = upstream * (2 * difference(p, y)) * (1 / (p + 1))
        return result

    return terms(
        lambda p, y: np.square(difference(p, y)),
        lambda p, y: back(np.ones_like(p), p, y),
        r"(\ln(\hat y_k + 1) - \ln(y_k + 1))^2",
        "The squared difference of logarithms; Keras adds 1 first, so that small numbers lose digits.",
        "(ln({p} + 1) − ln({y} + 1))²",
        back=back,
    )


def floor(reads: str, least: float) -> Map:
    """Return the stage that raises what lies below a bound to it."""

    def raised(x: Array) -> Array:
        result: Array = np.maximum(x, x.dtype.type(least))
        return result

    def above(x: Array) -> Array:
        result: Array = x >= x.dtype.type(least)
        return result

    letter = r"\hat y_k" if reads == "predictions" else "y_k"
    return WrittenOut(
        name=f"at least 1e−7: {reads}",
        reads=(reads,),
        writes=reads,
        function=raised,
        derivatives=(lambda x: above(x).astype(x.dtype),),
        back=lambda upstream, x: where(above(x), upstream, 0 * x.dtype.type(1)),
        formula=rf"\max({letter}, 10^{{-7}})",
        words=f"All {reads} below 1e−7 are set to that bound; negative numbers are not refused.",
        chip="≥ 1e−7",
        level="below the bound",
    )


def squared_logs() -> Chain:
    """Return the mean of the squared differences of ln(1 + x) of a sample."""
    return averaged(squares_of_logs(), needs=ABOVE_MINUS_1)


def squared_logs_keras_3() -> Chain:
    """Return Keras 3's, whose bound is 1e-7 rounded to float32."""
    return _squared_logs_keras(float(np.float32(EPSILON)))


def squared_logs_keras_2() -> Chain:
    """Return Keras 2's, whose bound is 1e-7."""
    return _squared_logs_keras(EPSILON)


def _squared_logs_keras(least: float) -> Chain:
    return averaged(floor("predictions", least), floor("labels", least), squares_of_logs_keras())


def squared_logs_metric() -> Chain:
    """Return scikit-learn's, which refuses numbers of −1 or less."""
    return averaged(squares_of_logs(), needs=(*METRIC_NEEDS, *ABOVE_MINUS_1))


KERAS_LOGS = ("keras.losses.MeanSquaredLogarithmicError", "keras.losses.mean_squared_logarithmic_error")

MEAN_SQUARED_LOGARITHMIC_ERROR = Loss(
    name="mean_squared_logarithmic_error",
    title="Mean squared logarithmic error",
    family="regression",
    latex=r"\frac{1}{K}\sum_k (\ln(1 + \hat y_k) - \ln(1 + y_k))^2",
    plain="¹⁄K Σ (ln(1 + ŷ) − ln(1 + y))²",
    words="The squared error of the logarithms: what counts is the ratio of prediction and label.",
    forms={
        TEXTBOOK: Form(squared_logs),
        KERAS_3: Form(
            squared_logs_keras_3,
            called=KERAS_LOGS,
            calls=(Call(("mean_squared_logarithmic_error",), fit=broadcast_at_one_rank),),
        ),
        KERAS_2: Form(
            squared_logs_keras_2,
            called=of_keras_2(KERAS_LOGS),
            calls=(Call(("mean_squared_logarithmic_error",), fit=broadcast),),
        ),
        SKLEARN: Form(
            squared_logs_metric,
            called=("sklearn.metrics.mean_squared_log_error",),
            calls=(metric_call("mean_squared_log_error"),),
        ),
    },
    encodings=("real", "soft", "binary", "one-hot"),
    reference="https://scikit-learn.org/stable/modules/model_evaluation.html#mean-squared-logarithmic-error",
    gradient=r"\frac{2}{K} \frac{\ln(1 + \hat y_k) - \ln(1 + y_k)}{1 + \hat y_k}",
    domain="Labels and predictions are above −1; meant are counts and sizes of 0 or more.",
    range="0 or more; 0 only where every prediction is its label.",
    use="Take it for counts and sizes that grow by factors, such as inhabitants or prices.",
    avoid="Leave it where too little is as bad as too much: an error costs more below the label than above.",
    pitfall="Keras sets negative numbers to 1e−7 without a word; scikit-learn refuses those of −1 and less.",
)

LOSSES = (MEAN_SQUARED_LOGARITHMIC_ERROR,)
