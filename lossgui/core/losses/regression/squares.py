"""Losses of the squared error: their mean, half their sum."""

from __future__ import annotations

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses.regression import _batch
from lossgui.core.losses.regression._errors import ENCODINGS, averaged, of_error, single, weighed
from lossgui.core.losses.regression._sklearn import METRIC_NEEDS, loss_call, metric_call
from lossgui.core.profiles import (
    KERAS_2,
    KERAS_3,
    NUMPY,
    OPTAX,
    PYTORCH,
    SKLEARN,
    TENSORFLOW,
    TEXTBOOK,
    of_keras_2,
)
from lossgui.core.reductions import V1
from lossgui.core.shapes import broadcast, broadcast_at_one_rank
from lossgui.core.stages import Map, SumClasses
from lossgui.core.table import Array
from lossgui.core.where import where


def squares() -> Map:
    """Return the stage of squared errors."""
    return of_error(
        lambda error: error * error,
        lambda error: 2 * error,
        r"(\hat y_k - y_k)^2",
        "The squared error of each class.",
        "({p} − {y})²",
    )


def half_squares() -> Map:
    """Return the stage of half the squared errors."""

    def half(error: Array) -> Array:
        result: Array = error.dtype.type(0.5) * error * error
        return result

    return of_error(
        half,
        lambda error: error,
        r"\tfrac12 (\hat y_k - y_k)^2",
        "Half the squared error of each class: the half makes the derivative ŷ − y.",
        "({p} − {y})²",
        frame="½({})",
    )


def mean_squared() -> Chain:
    """Return the mean of the squared errors of a sample."""
    return averaged(squares())


def single_squared() -> Chain:
    """Return the squared errors of single entries."""
    return single(squares())


def weighed_squared() -> Chain:
    """Return PyTorch's squared errors times weights, whose mean divides by the sum of the weights."""
    return weighed(squares())


def metric() -> Chain:
    """Return the mean of the squared errors of a sample, for numbers that scikit-learn takes."""
    return averaged(squares(), needs=METRIC_NEEDS)


def of_the_batch(finish: _batch.OfSums, terms: Map | None = None) -> Chain:
    """Return what a function makes of all terms, squared errors if not told otherwise, and their number."""
    stages = (_batch.COUNT, terms or squares(), SumClasses())
    return Chain(stages, statistics=("loss", "count"), finish=finish)


def flushed_squares() -> Map:
    """Return the stage of squared errors as TensorFlow has them: 0 where too small for all their digits."""

    def value(p: Array, y: Array) -> Array:
        square = (p - y) * (p - y)
        result: Array = where(square < np.finfo(square.dtype).tiny, 0 * square, square)
        return result

    return squares().but(function=value)


def half_sum() -> Chain:
    """Return half the sum of the squared errors of a sample."""
    return Chain((half_squares(), SumClasses()))


def half_sum_of_all() -> Chain:
    """Return half the sum of all squared errors of the batch."""
    return Chain((half_squares(), SumClasses()), finish=_batch.TOTAL)


def single_half() -> Chain:
    """Return half the squared errors of single entries."""
    return single(half_squares())


KERAS = ("keras.losses.MeanSquaredError", "keras.losses.mean_squared_error")

MEAN_SQUARED_ERROR = Loss(
    name="mean_squared_error",
    title="Mean squared error",
    family="regression",
    latex=r"\frac{1}{K}\sum_k (\hat y_k - y_k)^2",
    plain="¹⁄K Σ (ŷ − y)²",
    words="The average of the squared errors. Large errors count most.",
    forms={
        TEXTBOOK: Form(mean_squared),
        KERAS_3: Form(
            mean_squared, called=KERAS, calls=(Call(("mean_squared_error",), fit=broadcast_at_one_rank),)
        ),
        KERAS_2: Form(
            mean_squared, called=of_keras_2(KERAS), calls=(Call(("mean_squared_error",), fit=broadcast),)
        ),
        TENSORFLOW: Form(
            single_squared,
            called=("tf.compat.v1.losses.mean_squared_error",),
            calls=(
                Call(("v1_mean_squared_error",), reductions=V1, computes_in="float32", returns="float32"),
                Call(
                    ("mean_square_norm_form",),
                    lambda: of_the_batch(_batch.SQUARE_OF_ROOT, flushed_squares()),
                    reductions={},
                    fit=broadcast,
                ),
            ),
        ),
        PYTORCH: Form(
            single_squared,
            called=("torch.nn.functional.mse_loss", "torch.nn.MSELoss"),
            calls=(
                Call(("mse_loss",), fit=broadcast),
                Call(
                    ("mse_loss_weighted", "mse_loss"),
                    weighed_squared,
                    takes=("weight",),
                    checks=(checks.weight_for_each,),
                    fit=broadcast,
                ),
            ),
        ),
        SKLEARN: Form(
            metric, called=("sklearn.metrics.mean_squared_error",), calls=(metric_call("mean_squared_error"),)
        ),
        OPTAX: Form(
            single_squared,
            called=("optax.losses.squared_error",),
            calls=(Call(("squared_error",), checks=(checks.float_predictions,)),),
        ),
        NUMPY: Form(
            mean_squared,
            called=("np.mean((y - t)**2)",),
            calls=(Call(("mean_squared",), lambda: of_the_batch(_batch.MEAN), reductions={}, fit=broadcast),),
        ),
    },
    encodings=ENCODINGS,
    reference="https://scikit-learn.org/stable/modules/model_evaluation.html#mean-squared-error",
    gradient=r"\frac{2}{K}(\hat y_k - y_k)",
    domain="Labels and predictions are any numbers.",
    range="0 or more; 0 only where every prediction is its label.",
    use="Take it for numbers whose noise is the same everywhere, without outliers: it leads to the mean.",
    avoid="Leave it where labels may be far off by mistake: an error of 10 counts as much as a hundred of 1.",
    pitfall="Its unit is that of the labels squared, and behind a sigmoid or softmax its gradient vanishes.",
)

HALF_SUM_OF_SQUARES = Loss(
    name="half_sum_of_squares",
    title="Half sum of squares",
    family="regression",
    latex=r"\frac12 \sum_k (\hat y_k - y_k)^2",
    plain="½ Σ (ŷ − y)²",
    words="Half the squared errors, added up and not averaged: its derivative is ŷ − y.",
    forms={
        TEXTBOOK: Form(half_sum),
        TENSORFLOW: Form(
            half_sum,
            called=("tf.nn.l2_loss",),
            calls=(Call(("l2_loss",), half_sum_of_all, reductions={}, fit=broadcast),),
        ),
        SKLEARN: Form(
            single_half, called=("sklearn._loss.HalfSquaredError",), calls=(loss_call("HalfSquaredError"),)
        ),
        OPTAX: Form(
            single_half,
            called=("optax.losses.l2_loss",),
            calls=(Call(("l2_loss",), checks=(checks.float_predictions,)),),
        ),
        NUMPY: Form(
            half_sum,
            called=("0.5 * np.sum((y - t)**2)",),
            calls=(Call(("half_sse",), half_sum_of_all, reductions={}, fit=broadcast),),
        ),
    },
    encodings=ENCODINGS,
    reduction="sum",
    reference="Bishop, Pattern Recognition and Machine Learning, 2006, eq. 1.2",
    gradient=r"\hat y_k - y_k",
    domain="Labels and predictions are any numbers.",
    range="0 or more; 0 only where every prediction is its label.",
    use="Take it for derivations by hand: no factor stands before the error in its derivative.",
    avoid="Leave it to compare batches of different sizes: it grows with the number of entries.",
    pitfall="Added up and not averaged, it makes a learning rate depend on the size of the batch.",
)

LOSSES = (MEAN_SQUARED_ERROR, HALF_SUM_OF_SQUARES)
