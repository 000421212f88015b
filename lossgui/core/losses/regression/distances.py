"""Losses of the size of the error: their mean, and as a share of the label."""

from __future__ import annotations

import numpy as np

from lossgui.core import needs
from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses.regression._errors import ENCODINGS, averaged, of_error, single, terms, weighed
from lossgui.core.losses.regression._sklearn import METRIC_NEEDS, loss_call, metric_call
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
from lossgui.core.reductions import V1
from lossgui.core.shapes import broadcast, broadcast_at_one_rank
from lossgui.core.stages import Function, Map
from lossgui.core.table import Array
from lossgui.core.where import where

FLOAT_EPS = float(np.finfo(float).eps)
NOT_ZERO = needs.labels("that are not 0", lambda y: y != 0)


# Absolute error


def distances(slope: Function = np.sign, at_zero: str = "0") -> Map:
    """Return the stage of absolute errors."""
    return of_error(
        np.abs,
        slope,
        r"|\hat y_k - y_k|",
        f"The size of the error; its derivative at 0 is taken as {at_zero}.",
        "|{p} − {y}|",
    )


def mean_absolute() -> Chain:
    """Return the mean of the absolute errors of a sample."""
    return averaged(distances())


def single_absolute() -> Chain:
    """Return the absolute errors of single entries."""
    return single(distances())


def sign_or_0(error: Array) -> Array:
    """Return the sign as PyTorch has it: that of NaN is 0."""
    return where(np.isnan(error), 0 * error.dtype.type(1), np.sign(error))


def single_absolute_torch() -> Chain:
    """Return PyTorch's absolute errors of single entries."""
    return single(distances(sign_or_0))


def weighed_absolute() -> Chain:
    """Return the same times weights, whose mean divides by the sum of the weights."""
    return weighed(distances(sign_or_0))


def metric_absolute() -> Chain:
    """Return the mean of the absolute errors of a sample, for numbers that scikit-learn takes."""
    return averaged(distances(), needs=METRIC_NEEDS)


def single_absolute_sklearn() -> Chain:
    """Return the absolute errors of single entries, whose derivative at 0 is −1."""
    return single(distances(lambda error: where(error > 0, 1.0, -1.0).astype(error.dtype), "−1"))


# Relative error


def shares(least: float, scale: float, written: str) -> Map:
    """Return the stage of absolute errors as shares of the label.

    Parameters
    ----------
    least
        What the size of a label is taken for if it is smaller.
    scale
        100 for per cent.
    """

    def size(p: Array, y: Array) -> Array:
        result: Array = np.abs(y) if not least else np.maximum(np.abs(y), p.dtype.type(least))
        return result

    def value(p: Array, y: Array) -> Array:
        result: Array = p.dtype.type(scale) * np.abs((y - p) / size(p, y))
        return result

    def slope(p: Array, y: Array) -> Array:
        result: Array = np.sign((y - p) / size(p, y)) * (-p.dtype.type(scale) / size(p, y))
        return result

    below = rf"\max(|y_k|, {written})" if least else "|y_k|"
    least_text = written.replace(r"10^{-7}", "1e−7").replace(r"2.2 \cdot 10^{-16}", "2.2e−16")
    times, percent = ("100 · ", r"100\, ") if scale != 1 else ("", "")
    below_text = f"max(|{{y}}|, {least_text})" if least else "|{y}|"
    return terms(
        value,
        slope,
        percent + rf"\frac{{|\hat y_k - y_k|}}{{{below}}}",
        "The size of the error as a share of the label's"
        + (", in per cent" if scale != 1 else "")
        + (f"; a label smaller than {least_text} counts as that." if least else "."),
        f"{times}|{{p}} − {{y}}| / {below_text}",
        chip=f"max(|y|, {least_text})" if least else "",
    )


def percentage() -> Chain:
    """Return the mean of the errors in per cent of the label, which must not be 0."""
    return averaged(shares(0, 100, ""), needs=(NOT_ZERO,))


def percentage_keras() -> Chain:
    """Return Keras' mean of the errors in per cent of the label, which is 1e-7 at least."""
    return averaged(shares(EPSILON, 100, r"10^{-7}"))


def share_sklearn() -> Chain:
    """Return scikit-learn's mean of the errors as a fraction of the label, which is 2.2e-16 at least."""
    return averaged(shares(FLOAT_EPS, 1, r"2.2 \cdot 10^{-16}"), needs=METRIC_NEEDS)


MAE = ("keras.losses.MeanAbsoluteError", "keras.losses.mean_absolute_error")
MAPE = ("keras.losses.MeanAbsolutePercentageError", "keras.losses.mean_absolute_percentage_error")

MEAN_ABSOLUTE_ERROR = Loss(
    name="mean_absolute_error",
    title="Mean absolute error",
    family="regression",
    latex=r"\frac{1}{K}\sum_k |\hat y_k - y_k|",
    plain="¹⁄K Σ |ŷ − y|",
    words="The average size of the errors. One outlier counts no more than its size.",
    forms={
        TEXTBOOK: Form(mean_absolute),
        KERAS_3: Form(
            mean_absolute, called=MAE, calls=(Call(("mean_absolute_error",), fit=broadcast_at_one_rank),)
        ),
        KERAS_2: Form(
            mean_absolute, called=of_keras_2(MAE), calls=(Call(("mean_absolute_error",), fit=broadcast),)
        ),
        TENSORFLOW: Form(
            single_absolute,
            called=("tf.compat.v1.losses.absolute_difference",),
            calls=(
                Call(("v1_absolute_difference",), reductions=V1, computes_in="float32", returns="float32"),
            ),
        ),
        PYTORCH: Form(
            single_absolute_torch,
            called=("torch.nn.functional.l1_loss", "torch.nn.L1Loss"),
            calls=(
                Call(("l1_loss",), fit=broadcast),
                Call(
                    ("l1_loss_weighted", "l1_loss"),
                    weighed_absolute,
                    takes=("weight",),
                    checks=(checks.weight_for_each,),
                    fit=broadcast,
                ),
            ),
        ),
        SKLEARN: Form(
            metric_absolute,
            called=("sklearn.metrics.mean_absolute_error", "sklearn._loss.AbsoluteError"),
            calls=(
                metric_call("mean_absolute_error"),
                loss_call("AbsoluteError", single_absolute_sklearn),
            ),
        ),
    },
    encodings=ENCODINGS,
    reference="https://scikit-learn.org/stable/modules/model_evaluation.html#mean-absolute-error",
    gradient=r"\frac{1}{K}\,\mathrm{sign}(\hat y_k - y_k)",
    domain="Labels and predictions are any numbers.",
    range="0 or more; 0 only where every prediction is its label.",
    use="Take it where some labels are far off by mistake: it leads to the median, which they hardly move.",
    avoid="Leave it where large errors are worse than many small ones: it only counts their sum.",
    pitfall="Its gradient has the same size however small the error: steps do not shrink near the goal.",
)

MEAN_ABSOLUTE_PERCENTAGE_ERROR = Loss(
    name="mean_absolute_percentage_error",
    title="Mean absolute percentage error",
    family="regression",
    latex=r"\frac{100}{K}\sum_k \left|\frac{\hat y_k - y_k}{y_k}\right|",
    plain="¹⁰⁰⁄K Σ |ŷ − y| / |y|",
    words="The average error in per cent of the label. Where a label is 0 there is no such share.",
    forms={
        TEXTBOOK: Form(percentage, encodings=("real", "soft", "signed")),
        KERAS_3: Form(
            percentage_keras,
            called=MAPE,
            calls=(Call(("mean_absolute_percentage_error",), fit=broadcast_at_one_rank),),
        ),
        KERAS_2: Form(
            percentage_keras,
            called=of_keras_2(MAPE),
            calls=(Call(("mean_absolute_percentage_error",), fit=broadcast),),
        ),
        SKLEARN: Form(
            share_sklearn,
            called=("sklearn.metrics.mean_absolute_percentage_error",),
            calls=(metric_call("mean_absolute_percentage_error"),),
        ),
    },
    encodings=ENCODINGS,
    reference="https://scikit-learn.org/stable/modules/model_evaluation.html#mean-absolute-percentage-error",
    gradient=r"\frac{100}{K |y_k|}\,\mathrm{sign}(\hat y_k - y_k)",
    domain="Labels are any numbers but 0, predictions any numbers.",
    range="0 or more, in per cent; scikit-learn gives the fraction.",
    use="Take it for positive labels of very different sizes, where 1 off 10 is as bad as 10 off 100.",
    avoid="Leave it where labels come near 0: a single one of them outweighs all others.",
    pitfall="A label of 0 is taken as 1e−7 by Keras and as 2.2e−16 by scikit-learn: the loss becomes huge.",
)

LOSSES = (MEAN_ABSOLUTE_ERROR, MEAN_ABSOLUTE_PERCENTAGE_ERROR)
