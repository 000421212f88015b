"""The squared error of the differences between the entries of a sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.given import Given
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses.regression import _batch
from lossgui.core.losses.regression._errors import ENCODINGS
from lossgui.core.profiles import TENSORFLOW, TEXTBOOK
from lossgui.core.stages import Map, Stage, SumClasses
from lossgui.core.table import Array
from lossgui.core.where import where

ERRORS = Map(
    name="errors",
    reads=("predictions", "labels"),
    writes="errors",
    function=np.subtract,
    derivatives=(lambda p, y: np.ones_like(p), None),
    formula=r"e_k = \hat y_k - y_k",
    words="Prediction less label.",
    entry=lambda p, y: f"{p} − {text.signed(y)}",
)


class FromTheirMean(Stage):
    """Squares of errors less their mean, twice over K − 1: they add up to the mean over all pairs."""

    name: str = "terms"
    reads: tuple[str, ...] = ("errors",)
    writes: str = "terms"
    formula: str = r"\frac{2}{K - 1} (e_k - \bar e)^2"
    words: str = "How far each error is from the mean of the errors; the average over all pairs is their sum."
    chip: str = "pairs"

    def _apart(self, errors: Array) -> Array:
        count = errors.shape[-1]
        mean = errors.sum(axis=-1, keepdims=True) / errors.dtype.type(count)
        result: Array = errors - mean
        return result

    def _share(self, errors: Array) -> float:
        return 2 / (errors.shape[-1] - 1) if errors.shape[-1] > 1 else 0.0

    def value(self, *inputs: Array) -> Array:
        """Return the terms."""
        (errors,) = inputs
        apart = self._apart(errors)
        result: Array = errors.dtype.type(self._share(errors)) * apart * apart
        return result

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        """Return the derivative by each error, which moves the mean too."""
        (errors,) = inputs
        own = upstream * errors.dtype.type(2 * self._share(errors)) * self._apart(errors)
        return [own - own.sum(axis=-1, keepdims=True) / errors.dtype.type(errors.shape[-1])]


def pairwise() -> Chain:
    """Return the mean over all pairs of entries of a sample, added up over the samples."""
    return Chain((ERRORS, FromTheirMean(), SumClasses()), finish=_batch.TOTAL)


def _of_the_batch(sums: Array) -> Array:
    squares, totals, count = (sums[..., place] for place in range(3))
    result: Array = 2 * squares / (count - 1) - 2 * totals / (count * (count - 1))
    return where(count > 1, result, 0 * count)


def _slopes(sums: Array) -> Array:
    count = sums[2:]
    one = where(count > 1, 2 / (count - 1), 0 * count)
    return np.concatenate([one, -one / count, 0 * count])


COUNTED_TOGETHER = _batch.OfSums(
    r"\frac{2}{n - 1}\sum_{i,k} e_{ik}^2 - \frac{2}{n (n - 1)} \sum_i \left(\sum_k e_{ik}\right)^2",
    "Without weights TensorFlow takes n, the entries of a sample, for those of the whole batch.",
    "n of the batch",
    _of_the_batch,
    _slopes,
    lambda squares, totals, count: f"2 · {squares} / ({count} − 1) − 2 · {totals} / ({count}({count} − 1))",
)


def pairwise_tensorflow() -> Chain:
    """Return TensorFlow's without weights, which counts the entries of all samples for each."""
    squares = Map(
        name="squares",
        reads=("errors",),
        writes="squares",
        function=np.square,
        derivatives=(lambda errors: 2 * errors,),
        formula="e_k^2",
        words="The squared errors.",
    )
    total = SumClasses(name="total of the errors", reads=("errors",), writes="total", chip="")
    of_total = squares.but(name="its square", reads=("total",), writes="squared total")
    added = SumClasses(name="sum of the squares", reads=("squares",), chip="")
    return Chain(
        (_batch.COUNT, ERRORS, total, of_total, squares, added),
        statistics=("loss", "squared total", "count"),
        terms=None,
        finish=COUNTED_TOGETHER,
    )


def no_weights(given: Given) -> None:
    """Refuse weights, with which TensorFlow counts in another way."""
    if "sample_weight" in given.others:
        raise ValueError("mean_pairwise_squared_error is known here without weights only.")


def flattened(given: Given) -> Given:
    """Return what belongs to a sample in one row."""

    def rows(array: Array) -> Array:
        return array.reshape(len(array), -1) if array.size else array.reshape(len(array), array.shape[-1])

    labels = None if given.labels is None else rows(given.labels)
    return replace(given, predictions=rows(given.predictions), labels=labels)


PAIRWISE = Loss(
    name="mean_pairwise_squared_error",
    title="Mean pairwise squared error",
    family="regression",
    latex=r"\sum_i \frac{2}{K (K - 1)}\sum_{j < k} ((\hat y_j - \hat y_k) - (y_j - y_k))^2",
    plain="²⁄K(K−1) Σ ((ŷⱼ − ŷₖ) − (yⱼ − yₖ))²",
    words="The squared error of the differences between the entries of a sample, whatever their level.",
    forms={
        TEXTBOOK: Form(pairwise),
        TENSORFLOW: Form(
            pairwise_tensorflow,
            called=("tf.compat.v1.losses.mean_pairwise_squared_error",),
            calls=(
                Call(
                    ("v1_mean_pairwise_squared_error",),
                    reductions={},
                    checks=(no_weights,),
                    computes_in="float32",
                    returns="float32",
                    fit=flattened,
                ),
            ),
        ),
    },
    encodings=ENCODINGS,
    reduction=None,
    reference="https://www.tensorflow.org/api_docs/python/tf/compat/v1/losses/mean_pairwise_squared_error",
    gradient=r"\frac{4}{K - 1} (e_k - \bar e),\quad e_k = \hat y_k - y_k",
    domain="Labels and predictions are any numbers, two or more of them in a sample.",
    range="0 or more; 0 wherever all errors of a sample are the same.",
    use="Take it where only differences count, such as brightness within a picture or depth up to an offset.",
    avoid="Leave it where the level counts too: predictions that are all too high by 5 cost nothing.",
    pitfall="TensorFlow adds up the samples, and without weights divides by the entries of the whole batch.",
)

LOSSES = (PAIRWISE,)
