"""The logarithm of the hyperbolic cosine of the error."""

from __future__ import annotations

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import _eigen, _xla, checks
from lossgui.core.losses.regression._errors import ENCODINGS, averaged, of_error, single
from lossgui.core.profiles import KERAS_2, KERAS_3, OPTAX, TEXTBOOK, of_keras_2
from lossgui.core.shapes import broadcast, broadcast_at_one_rank
from lossgui.core.stages import Function, Map
from lossgui.core.table import Array
from lossgui.core.where import where

LOG_2 = float(np.log(2))
LOG_2_IN_FLOAT32 = float(np.log(np.float32(2)))


def _log_cosh(value: Function, slope: Function, words: str, back: Function | None = None) -> Map:
    formula, entry = r"\ln \cosh(\hat y_k - y_k)", "ln(cosh({p} − {y}))"
    return of_error(value, slope, formula, words, entry, back, chip="ln cosh")


def exact_log_cosh() -> Map:
    """Return the stage ln cosh e; near 0 from the hyperbolic sine, since a difference would lose digits."""

    def value(e: Array) -> Array:
        size = np.abs(e)
        grown = np.expm1(np.minimum(size, 1))
        sine = (grown + grown / (1 + grown)) / 2
        far = size + np.log1p(np.expm1(-2 * size) / 2)
        result: Array = where(size <= 1, np.log1p(sine * sine) / 2, far)
        return result

    return _log_cosh(
        value, np.tanh, "The logarithm of the hyperbolic cosine of the error: it never overflows."
    )


def keras_log_cosh() -> Map:
    """Return the stage as Keras has it: e + softplus(−2e) less a logarithm of 2 that has seven digits."""

    def value(e: Array) -> Array:
        twice = -2 * e
        result: Array = e + _eigen.softplus(twice) - e.dtype.type(LOG_2_IN_FLOAT32)
        return result

    def back(upstream: Array, e: Array) -> Array:
        result: Array = upstream + -2 * (upstream * _eigen.sigmoid(-2 * e))
        return result

    words = "Keras rounds ln 2 to seven digits: without any error the loss is −1.9e−9, and not 0."
    return _log_cosh(value, lambda e: back(np.ones_like(e), e), words, back)


def optax_log_cosh() -> Map:
    """Return the stage as optax has it: the logarithm of a sum of powers, less that of 2."""

    def total(e: Array) -> Array:
        result: Array = np.abs(e) + _xla.log1p(_xla.exp(-np.abs(2 * e)))
        return result

    def back(upstream: Array, e: Array) -> Array:
        def share(x: Array) -> Array:
            result: Array = _xla.exp(where(x == np.inf, 0, x) - where(np.isinf(e), 0, total(e)))
            return result

        result: Array = upstream * share(e) - upstream * share(-e)
        return result

    words = "The logarithm of two powers added up, less that of 2: without any error digits are lost."
    return _log_cosh(
        lambda e: total(e) - e.dtype.type(LOG_2), lambda e: back(np.ones_like(e), e), words, back
    )


def log_cosh() -> Chain:
    """Return the mean of ln cosh of the errors of a sample."""
    return averaged(exact_log_cosh())


def log_cosh_keras() -> Chain:
    """Return the same as Keras has it."""
    return averaged(keras_log_cosh())


def log_cosh_optax() -> Chain:
    """Return ln cosh of single errors as optax has it."""
    return single(optax_log_cosh())


KERAS_LOG_COSH = ("keras.losses.LogCosh", "keras.losses.log_cosh")
LOG_COSH = Loss(
    name="log_cosh",
    title="Log-cosh",
    family="regression",
    latex=r"\frac{1}{K}\sum_k \ln \cosh(\hat y_k - y_k)",
    plain="¹⁄K Σ ln(cosh(ŷ − y))",
    words="Half the squared error near 0, the absolute error less ln 2 far away, with no bend in between.",
    forms={
        TEXTBOOK: Form(log_cosh),
        KERAS_3: Form(
            log_cosh_keras, called=KERAS_LOG_COSH, calls=(Call(("log_cosh",), fit=broadcast_at_one_rank),)
        ),
        KERAS_2: Form(
            log_cosh_keras, called=of_keras_2(KERAS_LOG_COSH), calls=(Call(("log_cosh",), fit=broadcast),)
        ),
        OPTAX: Form(
            log_cosh_optax,
            called=("optax.losses.log_cosh",),
            calls=(Call(("log_cosh",), checks=(checks.float_predictions,), fit=broadcast),),
        ),
    },
    encodings=ENCODINGS,
    reference="https://keras.io/api/losses/regression_losses/#logcosh-class",
    gradient=r"\frac{1}{K} \tanh(\hat y_k - y_k)",
    domain="Labels and predictions are any numbers.",
    range="0 or more; 0 only where every prediction is its label.",
    use="Take it instead of Huber's loss where no δ is to be chosen and all derivatives are to exist.",
    avoid="Leave it for labels far larger or smaller than 1: it bends at an error of about 1, in their unit.",
    pitfall="In float32 an error below 3e−4 costs nothing in Keras: the difference loses all digits.",
)

LOSSES = (LOG_COSH,)
