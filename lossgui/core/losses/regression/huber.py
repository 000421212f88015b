"""Huber's loss: a parabola near 0, straight lines beyond."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses.regression import _bent
from lossgui.core.losses.regression._errors import ENCODINGS, averaged, single, weighed
from lossgui.core.losses.regression._sklearn import loss_call
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import (
    KERAS_2,
    KERAS_3,
    OPTAX,
    PYTORCH,
    SCIPY,
    SKLEARN,
    TENSORFLOW,
    TEXTBOOK,
    of_keras_2,
)
from lossgui.core.reductions import V1
from lossgui.core.shapes import broadcast, broadcast_at_one_rank


def exact(delta: float = 1.0) -> Chain:
    """Return the mean of Huber's terms of a sample."""
    return averaged(_bent.huber(_bent.parabola_or_line, _bent.within, delta))


def keras(delta: float = 1.0) -> Chain:
    """Return Keras' mean of Huber's terms of a sample."""
    return averaged(_bent.huber(_bent.two_branches, _bent.of_two_branches, delta))


def cut_off(delta: float = 1.0) -> Chain:
    """Return Huber's terms of single entries, as TensorFlow 1 and optax write them."""
    return single(_bent.huber(_bent.cut_off, _bent.of_cut_off, delta, _bent.back_of_cut_off))


def torch(delta: float = 1.0) -> Chain:
    """Return PyTorch's terms of single entries."""
    return single(_bent.huber(_bent.parabola_or_line, _bent.within, delta))


def torch_weighed(delta: float = 1.0) -> Chain:
    """Return the same times weights: unlike those of other losses, its mean divides by their number."""
    return weighed(_bent.huber(_bent.parabola_or_line, _bent.within, delta), over_weights=False)


def sklearn(delta: float = 0.5) -> Chain:
    """Return scikit-learn's terms of single entries."""
    return single(_bent.huber(_bent.parabola_or_line, _bent.of_sklearn, delta))


def sklearn_call(quantile: float = 0.9, delta: float = 0.5) -> Chain:
    """Return the same; the quantile is where its models look for another δ, and changes no value."""
    return sklearn(delta)


def scipy(delta: float) -> Chain:
    """Return SciPy's terms of single entries, which are infinite for a δ below 0."""
    return single(_bent.huber(_or_infinite(_bent.parabola_or_line, delta), _bent.within, delta))


def _or_infinite(value: _bent.OfError, delta: float) -> _bent.OfError:
    return value if delta >= 0 else lambda e, d: np.full_like(e, np.inf)


DELTA = Parameter("delta", "δ", 1.0, "The size of an error at which the parabola becomes a line.", 0.01, 100)

KERAS = ("keras.losses.Huber", "keras.losses.huber")

HUBER = Loss(
    name="huber",
    title="Huber",
    family="regression",
    latex=r"\frac{1}{K}\sum_k \begin{cases} \tfrac12 e_k^2 & |e_k| \le \delta \\"
    r" \delta (|e_k| - \tfrac12 \delta) & |e_k| > \delta \end{cases}",
    plain="¹⁄K Σ (½ e² if |e| ≤ δ, else δ(|e| − ½ δ)), e = ŷ − y",
    words="The squared error near 0, a straight line beyond δ: outliers pull no harder than from δ away.",
    forms={
        TEXTBOOK: Form(exact, (DELTA,)),
        KERAS_3: Form(keras, (DELTA,), called=KERAS, calls=(Call(("huber",), fit=broadcast_at_one_rank),)),
        KERAS_2: Form(
            keras,
            (DELTA,),
            called=of_keras_2(KERAS),
            calls=(Call(("huber",), computes_in="float32", returns="float32", fit=broadcast),),
        ),
        TENSORFLOW: Form(
            cut_off,
            (DELTA,),
            called=("tf.compat.v1.losses.huber_loss",),
            calls=(Call(("v1_huber_loss",), reductions=V1, computes_in="float32", returns="float32"),),
        ),
        PYTORCH: Form(
            torch,
            (DELTA,),
            called=("torch.nn.functional.huber_loss", "torch.nn.HuberLoss"),
            calls=(
                Call(("huber_loss",), checks=(checks.above_0("delta"),), fit=broadcast),
                Call(
                    ("huber_loss_weighted", "huber_loss"),
                    torch_weighed,
                    takes=("weight",),
                    checks=(checks.above_0("delta"), checks.weight_for_each),
                    fit=broadcast,
                ),
            ),
        ),
        SKLEARN: Form(
            sklearn,
            (replace(DELTA, default=0.5),),
            called=("sklearn._loss.HuberLoss",),
            calls=(loss_call("HuberLoss", sklearn_call, (checks.within("quantile", 0, 1, ends=False),)),),
        ),
        SCIPY: Form(
            scipy,
            (DELTA,),
            called=("scipy.special.huber",),
            calls=(Call(("huber",), computes_in="float64", fit=broadcast),),
        ),
        OPTAX: Form(
            cut_off,
            (DELTA,),
            called=("optax.losses.huber_loss",),
            calls=(Call(("huber_loss",), checks=(checks.float_predictions,), fit=broadcast),),
        ),
    },
    encodings=ENCODINGS,
    reference="Huber, Robust Estimation of a Location Parameter, Ann. Math. Statist. 35 (1964)",
    gradient=r"\frac{1}{K} \min(\max(\hat y_k - y_k, -\delta), \delta)",
    domain="Labels and predictions are any numbers; δ is above 0.",
    range="0 or more; 0 only where every prediction is its label.",
    use="Take it for numbers with outliers: smooth at 0 like the squared error, robust like the absolute.",
    avoid="Leave it where you cannot say which errors are large: δ has the unit of the labels.",
    pitfall="Far from 0 its slope is δ, not 1: a small δ makes the whole loss small.",
)

LOSSES = (HUBER,)
