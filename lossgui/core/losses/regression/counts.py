"""Poisson's loss for counts: from rates, and from their logarithms."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from lossgui.core import needs, text
from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import _eigen
from lossgui.core.losses.regression._errors import EXP, LOG, averaged, single, terms
from lossgui.core.losses.regression._sklearn import loss_call
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import (
    EPSILON,
    KERAS_2,
    KERAS_3,
    PYTORCH,
    SKLEARN,
    TENSORFLOW,
    TEXTBOOK,
    of_keras_2,
)
from lossgui.core.shapes import broadcast
from lossgui.core.stages import Function, Map
from lossgui.core.table import Array
from lossgui.core.where import where


def of_rates() -> Map:
    """Return the stage p - y ln p, in which y ln p is 0 where y is 0."""

    def value(p: Array, y: Array) -> Array:
        return where(y == 0, p, p - y * np.log(where(y == 0, 1, p)))

    def slope(p: Array, y: Array) -> Array:
        return where(y == 0, 1 + 0 * p, 1 - y / where(y == 0, 1, p))

    return terms(
        value,
        slope,
        r"\hat y_k - y_k \ln \hat y_k",
        "The rate, less the count times its logarithm.",
        "({p} − {y} ln {p})",
    )


def of_rates_and(inside: float, log: Function, times_reciprocal: bool = False) -> Map:
    """Return the stage p - y ln(p + e) as frameworks compute it.

    Parameters
    ----------
    log
        The framework's own logarithm.
    times_reciprocal
        Whether its derivative multiplies by 1 / (p + e), and does not divide by it.
    """

    def more(p: Array) -> Array:
        result: Array = p + p.dtype.type(inside)
        return result

    def back(upstream: Array, p: Array, y: Array) -> Array:
        share = upstream * y
        return upstream - (share * (1 / more(p)) if times_reciprocal else share / more(p))

    (added,) = text.inputs([inside])
    return terms(
        lambda p, y: p - y * log(more(p)),
        lambda p, y: back(np.ones_like(p), p, y),
        r"\hat y_k - y_k \ln(\hat y_k + \varepsilon)",
        f"The rate, less the count times its logarithm; {added} is added inside, so that it is never ln 0.",
        f"({{p}} − {{y}} ln({{p}} + {added}))",
        chip=f"ln(ŷ + {added})",
        back=back,
    )


def of_log_rates(exp: Function = np.exp) -> Map:
    """Return the stage e^x - y x, by the framework's own exponential."""
    return terms(
        lambda x, y: exp(x) - y * x,
        lambda x, y: exp(x) - y,
        r"e^{x_k} - y_k x_k",
        "The predictions are logarithms of rates: e to their power, less the count times them.",
        lambda x, y: f"(exp({x}) − {text.signed(y)} · {text.signed(x)})",
        chip="eˣ",
        back=lambda upstream, x, y: upstream * exp(x) - upstream * y,
    )


def stirling(up_to_1: bool) -> Map:
    """Return the stage that adds Stirling's approximation of ln y!, where y is above 1.

    Parameters
    ----------
    up_to_1
        Whether negative labels add nothing either, as in PyTorch; in TensorFlow they make NaN.
    """

    def value(term: Array, y: Array) -> Array:
        half, circle = y.dtype.type(0.5), y.dtype.type(2 * math.pi)
        whole = y * np.log(y) - y + half * np.log(circle * y)
        small = y <= 1 if up_to_1 else (y >= 0) & (y <= 1)
        result: Array = term + where(small, 0 * term.dtype.type(1), whole)
        return result

    return Map(
        name="Stirling",
        reads=("terms", "labels"),
        writes="terms",
        function=value,
        derivatives=(lambda term, y: np.ones_like(term), None),
        formula=r"\ell_k + y_k \ln y_k - y_k + \tfrac12 \ln(2 \pi y_k)",
        words="Stirling's approximation of ln y! is added where y is above 1; no prediction changes it.",
        chip="+ ln y!",
    )


RATES = (needs.LABELS_NOT_NEGATIVE, needs.NOT_NEGATIVE)


def exact(log_input: bool = False) -> Chain:
    """Return the mean of a sample's losses without the constant ln y!."""
    if log_input:
        return averaged(of_log_rates(), needs=(needs.LABELS_NOT_NEGATIVE,))
    return averaged(of_rates(), needs=RATES)


def keras() -> Chain:
    """Return Keras' mean of a sample's losses, from rates."""
    terms = of_rates_and(EPSILON, _eigen.log, times_reciprocal=True)
    return averaged(terms, needs=(needs.NOT_NEGATIVE,))


def torch(log_input: bool = True, full: bool = False, eps: float = 1e-8) -> Chain:
    """Return PyTorch's losses of single entries, from logarithms of rates unless told otherwise."""
    more = (stirling(up_to_1=True),) if full else ()
    if log_input:
        return single(of_log_rates(EXP), *more)
    return single(of_rates_and(eps, LOG), *more, needs=(needs.NOT_NEGATIVE,))


def tensorflow(compute_full_loss: bool = False) -> Chain:
    """Return TensorFlow's losses of single entries, from logarithms of rates."""
    if not compute_full_loss:
        return single(of_log_rates(_eigen.exp))
    return single(of_log_rates(_eigen.exp), stirling(up_to_1=False), needs=(needs.LABELS_NOT_NEGATIVE,))


def sklearn() -> Chain:
    """Return scikit-learn's losses of single entries, from logarithms of rates."""
    return single(of_log_rates(), needs=(needs.LABELS_NOT_NEGATIVE,))


LOG_INPUT = Parameter(
    "log_input", "from log rates", True, "Whether the predictions are logarithms of rates, and not rates."
)
FULL = Parameter("full", "with ln y!", False, "Whether Stirling's approximation of ln y! is added.")
EPS = Parameter("eps", "ε", 1e-8, "Added to the rate inside the logarithm, so that it is never ln 0.", 0, 1)
KERAS = ("keras.losses.Poisson", "keras.losses.poisson")

POISSON = Loss(
    name="poisson",
    title="Poisson",
    family="regression",
    latex=r"\frac{1}{K}\sum_k (\hat y_k - y_k \ln \hat y_k)",
    plain="¹⁄K Σ (ŷ − y ln ŷ)",
    words="How surprising a count is where so many are expected, but for a constant of the labels.",
    forms={
        TEXTBOOK: Form(exact, (replace(LOG_INPUT, default=False),)),
        KERAS_3: Form(keras, called=KERAS, calls=(Call(("poisson",), fit=broadcast),)),
        KERAS_2: Form(keras, called=of_keras_2(KERAS), calls=(Call(("poisson",), fit=broadcast),)),
        TENSORFLOW: Form(
            tensorflow,
            (replace(FULL, name="compute_full_loss"),),
            called=("tf.nn.log_poisson_loss",),
            calls=(Call(("log_poisson_loss",)),),
        ),
        PYTORCH: Form(
            torch,
            (LOG_INPUT, FULL, EPS),
            called=("torch.nn.functional.poisson_nll_loss", "torch.nn.PoissonNLLLoss"),
            calls=(Call(("poisson_nll_loss",), fit=broadcast),),
        ),
        SKLEARN: Form(
            sklearn, called=("sklearn._loss.HalfPoissonLoss",), calls=(loss_call("HalfPoissonLoss"),)
        ),
    },
    encodings=("real", "soft", "binary", "one-hot"),
    reference="https://pytorch.org/docs/stable/generated/torch.nn.PoissonNLLLoss.html",
    gradient=r"\frac{1}{K}\left(1 - \frac{y_k}{\hat y_k}\right)",
    domain="Labels are counts of 0 or more, predictions rates above 0, or their logarithms.",
    range="Any number: the least, y − y ln y, is below 0 for labels above e.",
    use="Take it for counts, such as calls in an hour, whose noise grows with the count.",
    avoid="Leave it where counts scatter more than their mean, as with clusters or many zeros.",
    pitfall="Keras takes rates, the others logarithms of rates, and nothing fails where they are mixed up.",
)

LOSSES = (POISSON,)
