"""Losses of the whole batch: roots of sums and of means of squared errors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses.regression import _batch
from lossgui.core.losses.regression._errors import ENCODINGS, Known
from lossgui.core.losses.regression._sklearn import METRIC_NEEDS, metric_call
from lossgui.core.losses.regression.logarithms import ABOVE_MINUS_1, squares_of_logs
from lossgui.core.losses.regression.squares import flushed_squares, of_the_batch, squares
from lossgui.core.needs import Need
from lossgui.core.profiles import NUMPY, SKLEARN, TENSORFLOW, TEXTBOOK
from lossgui.core.reductions import ROOTS_OF_OUTPUTS
from lossgui.core.shapes import broadcast
from lossgui.core.stages import Map, SumClasses, mean_over_classes
from lossgui.core.table import Array


def _mean_of_roots(sums: Array) -> Array:
    result: Array = np.sqrt(sums[..., 1:-1] / sums[..., -1:]).mean(axis=-1)
    return result


def _slopes_of_roots(sums: Array) -> Array:
    squared, samples = sums[1:-1], sums[-1:]
    each = 0.5 / (np.sqrt(squared * samples) * len(squared))
    return np.concatenate([0 * samples, each, 0 * samples])


def _written(loss: str, *squared: str) -> str:
    *each, samples = squared
    roots = " + ".join(text.shortened([f"√({one} / {samples})" for one in each]))
    return roots if len(each) == 1 else f"({roots}) / {len(each)}"


ROOT_OF_EACH = _batch.OfSums(
    r"\frac{1}{K} \sum_k \sqrt{\frac{1}{N} \sum_i (\hat y_{ik} - y_{ik})^2}",
    "scikit-learn takes the root for each output by itself, and averages the roots.",
    "√ of each output",
    _mean_of_roots,
    _slopes_of_roots,
    _written,
)

ONE = Known(
    name="samples",
    reads=("predictions",),
    writes="samples",
    function=lambda p: np.ones(p.shape[:-1], p.dtype),
    derivatives=(None,),
    formula="1",
    words="Each sample counts for one.",
)

ROOTS = Map(
    name="roots",
    reads=("terms",),
    writes="roots",
    function=np.sqrt,
    derivatives=(lambda squared: 0.5 / np.sqrt(squared),),
    formula=r"\sqrt{\ell_k}",
    words="Of a sample alone, the root of each output's squared error.",
)


def outputs(terms: Map, needs: tuple[Need, ...]) -> Chain:
    """Return scikit-learn's mean over the outputs of the root of each one's mean."""
    return Chain(
        (ONE, terms, mean_over_classes().but(chip="")),
        statistics=("loss", "terms", "samples"),
        terms=None,
        finish=ROOT_OF_EACH,
        needs=needs,
    )


def alone(terms: Map, needs: tuple[Need, ...]) -> Chain:
    """Return what scikit-learn gives for each sample alone; its reductions take roots of averages instead."""
    mean = SumClasses(name="mean over classes", reads=("roots",), mean=True)
    return Chain((terms, ROOTS, mean), needs=needs)


def root_mean_squared() -> Chain:
    """Return the root of the mean of all squared errors of the batch."""
    return of_the_batch(_batch.ROOT_OF_MEAN)


def root_mean_squared_metric() -> Chain:
    """Return scikit-learn's root of the mean of squared errors, averaged over the outputs."""
    return outputs(squares(), METRIC_NEEDS)


def root_of_logs() -> Chain:
    """Return the root of the mean of all squared errors of the logarithms."""
    return replace(of_the_batch(_batch.ROOT_OF_MEAN, squares_of_logs()), needs=ABOVE_MINUS_1)


def root_of_logs_metric() -> Chain:
    """Return scikit-learn's root of the mean squared error of logarithms, averaged over the outputs."""
    return outputs(squares_of_logs(), (*METRIC_NEEDS, *ABOVE_MINUS_1))


def l2_norm() -> Chain:
    """Return the Euclidean length of all errors of the batch."""
    return Chain((squares(), SumClasses()), finish=_batch.ROOT)


def l2_norm_tensorflow() -> Chain:
    """Return the same as TensorFlow has it, which takes squares that are too small for 0."""
    return Chain((flushed_squares(), SumClasses()), finish=_batch.ROOT)


ROOT_MEAN_SQUARED_ERROR = Loss(
    name="root_mean_squared_error",
    title="Root mean squared error",
    family="regression",
    latex=r"\sqrt{\frac{1}{NK}\sum_{i,k} (\hat y_{ik} - y_{ik})^2}",
    plain="√(¹⁄NK Σ (ŷ − y)²)",
    words="The root of the mean squared error of the whole batch: an error in the unit of the labels.",
    forms={
        TEXTBOOK: Form(root_mean_squared),
        SKLEARN: Form(
            root_mean_squared_metric,
            called=("sklearn.metrics.root_mean_squared_error",),
            calls=(
                metric_call(
                    "root_mean_squared_error", lambda: alone(squares(), METRIC_NEEDS), ROOTS_OF_OUTPUTS
                ),
            ),
        ),
    },
    encodings=ENCODINGS,
    reduction=None,
    reference="https://scikit-learn.org/stable/modules/model_evaluation.html#mean-squared-error",
    gradient=r"\frac{\hat y_{ik} - y_{ik}}{N K \,\mathrm{RMSE}}",
    domain="Labels and predictions are any numbers.",
    range="0 or more; 0 only where every prediction is its label.",
    use="Take it to report an error that people can compare with the labels.",
    avoid="Leave it for training in batches: the mean of the roots of batches is not the root of the whole.",
    pitfall="With several outputs scikit-learn averages a root for each, which is less than the root of all.",
)

ROOT_MEAN_SQUARED_LOGARITHMIC_ERROR = Loss(
    name="root_mean_squared_logarithmic_error",
    title="Root mean squared logarithmic error",
    family="regression",
    latex=r"\sqrt{\frac{1}{NK}\sum_{i,k} (\ln(1 + \hat y_{ik}) - \ln(1 + y_{ik}))^2}",
    plain="√(¹⁄NK Σ (ln(1 + ŷ) − ln(1 + y))²)",
    words="The root of the mean squared logarithmic error: roughly the usual ratio of prediction and label.",
    forms={
        TEXTBOOK: Form(root_of_logs),
        SKLEARN: Form(
            root_of_logs_metric,
            called=("sklearn.metrics.root_mean_squared_log_error",),
            calls=(
                metric_call(
                    "root_mean_squared_log_error",
                    lambda: alone(squares_of_logs(), (*METRIC_NEEDS, *ABOVE_MINUS_1)),
                    ROOTS_OF_OUTPUTS,
                ),
            ),
        ),
    },
    encodings=("real", "soft", "binary", "one-hot"),
    reduction=None,
    reference="https://scikit-learn.org/stable/modules/model_evaluation.html#mean-squared-logarithmic-error",
    gradient=r"\frac{\ln(1 + \hat y_{ik}) - \ln(1 + y_{ik})}{N K \,\mathrm{RMSLE} (1 + \hat y_{ik})}",
    domain="Labels and predictions are above −1; meant are counts and sizes of 0 or more.",
    range="0 or more; 0 only where every prediction is its label.",
    use="Take it to report errors of counts and prices, where factors matter and not differences.",
    avoid="Leave it for labels that may be negative: it knows no numbers of −1 and less.",
    pitfall="A prediction that is too low costs more than one that is as much too high.",
)

L2_NORM = Loss(
    name="l2_norm",
    title="L2 norm",
    family="regression",
    latex=r"\sqrt{\sum_{i,k} (\hat y_{ik} - y_{ik})^2}",
    plain="√Σ (ŷ − y)²",
    words="The length of all errors of the batch taken as one vector.",
    forms={
        TEXTBOOK: Form(l2_norm),
        TENSORFLOW: Form(
            l2_norm,
            called=("tf.norm",),
            calls=(Call(("l2_norm",), l2_norm_tensorflow, reductions={}, fit=broadcast),),
        ),
        NUMPY: Form(
            l2_norm,
            called=("np.sqrt(np.sum((y - t)**2))",),
            calls=(Call(("l2_norm",), reductions={}, fit=broadcast),),
        ),
    },
    encodings=ENCODINGS,
    reduction=None,
    reference="https://www.tensorflow.org/api_docs/python/tf/norm",
    gradient=r"\frac{\hat y_{ik} - y_{ik}}{\sqrt{\sum_{i,k} (\hat y_{ik} - y_{ik})^2}}",
    domain="Labels and predictions are any numbers.",
    range="0 or more; 0 only where every prediction is its label.",
    use="Take it where the errors are the components of one vector, such as a distance in space.",
    avoid="Leave it to compare batches of different sizes: it grows with the number of entries.",
    pitfall="Where all errors are 0 its derivative is 0 / 0, and a step of training turns into NaN.",
)

LOSSES = (ROOT_MEAN_SQUARED_ERROR, L2_NORM, ROOT_MEAN_SQUARED_LOGARITHMIC_ERROR)
