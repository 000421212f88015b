"""Regression: losses of the distance between prediction and label."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses._steps import error_terms
from lossgui.core.profiles import KERAS_2, KERAS_3, PYTORCH, TEXTBOOK
from lossgui.core.stages import Map, SumClasses, mean_over_classes
from lossgui.core.table import Array

FAMILY = "regression"
KERAS_MSE = ("keras.losses.MeanSquaredError", "keras.losses.mean_squared_error")


def _squares() -> Map:
    return error_terms(
        np.square,
        lambda error: 2 * error,
        r"(\hat y_k - y_k)^2",
        "The squared error of each class.",
        "({p} − {y})²",
    )


def _half_squares() -> Map:
    return error_terms(
        lambda error: error.dtype.type(0.5) * error * error,
        lambda error: error,
        r"\tfrac12 (\hat y_k - y_k)^2",
        "Half the squared error of each class: the half makes the derivative ŷ − y.",
        "({p} − {y})²",
        "½({})",
    )


def _distances() -> Map:
    return error_terms(
        np.abs,
        np.sign,
        r"|\hat y_k - y_k|",
        "The size of the error; its derivative at 0 is taken as 0.",
        "|{p} − {y}|",
    )


def mean_squared() -> Chain:
    """Return the mean of the squared errors of a sample."""
    return Chain((_squares(), mean_over_classes()))


def mean_squared_torch() -> Chain:
    """Return the squared errors of single entries."""
    return Chain((_squares(), SumClasses()), elementwise=True)


def mean_absolute() -> Chain:
    """Return the mean of the absolute errors of a sample."""
    return Chain((_distances(), mean_over_classes()))


def half_sum_of_squares() -> Chain:
    """Return half the sum of the squared errors of a sample."""
    return Chain((_half_squares(), SumClasses()))


@dataclass(frozen=True)
class Root:
    """The square root of the only sum; its derivative at 0 is not defined."""

    formula: str = r"\sqrt{\sum_{i,k} (\hat y_{ik} - y_{ik})^2}"
    words: str = "The square root of the sum over all entries of the batch."
    chip: str = "√ of the batch"

    def value(self, sums: Array) -> Array:
        """Return the root of the sum."""
        root: Array = np.sqrt(sums[..., 0])
        return root

    def derivative(self, sums: Array) -> Array:
        """Return 1 / (2 root)."""
        return 0.5 / np.sqrt(sums)

    def split(self, sums: Array) -> tuple[float, float]:
        """Return 1 / root: the squares times it add up to the root."""
        return (float(1 / np.sqrt(sums[0])) if sums[0] else 0.0), 0.0

    def working(self, sums: Array) -> str:
        """Return the root with its number."""
        return f"√{text.number(float(sums[0]))} = {text.number(float(self.value(sums)))}"


def l2_norm() -> Chain:
    """Return the Euclidean length of all errors of the batch."""
    return Chain((_squares(), SumClasses()), finish=Root())


LOSSES = (
    Loss(
        name="mean_squared_error",
        title="Mean squared error",
        family=FAMILY,
        latex=r"\frac{1}{K}\sum_k (\hat y_k - y_k)^2",
        plain="¹⁄K Σ (ŷ − y)²",
        words="The average of the squared errors. Large errors count most.",
        forms={
            TEXTBOOK: Form(mean_squared),
            KERAS_3: Form(mean_squared, called=KERAS_MSE, calls=(Call(("mean_squared_error",)),)),
            KERAS_2: Form(mean_squared, called=KERAS_MSE, calls=(Call(("mean_squared_error",)),)),
            PYTORCH: Form(
                mean_squared_torch,
                called=("torch.nn.functional.mse_loss", "torch.nn.MSELoss"),
                calls=(Call(("mse_loss", "mse_loss_weighted")),),
            ),
        },
        reference="keras.losses.MeanSquaredError",
    ),
    Loss(
        name="half_sum_of_squares",
        title="Half sum of squares",
        family=FAMILY,
        latex=r"\frac12 \sum_k (\hat y_k - y_k)^2",
        plain="½ Σ (ŷ − y)²",
        words="Half the squared errors, added up and not averaged: its derivative is ŷ − y.",
        forms={TEXTBOOK: Form(half_sum_of_squares)},
        reduction="sum",
        reference="Bishop, Pattern Recognition and Machine Learning, 2006, eq. 1.2",
    ),
    Loss(
        name="mean_absolute_error",
        title="Mean absolute error",
        family=FAMILY,
        latex=r"\frac{1}{K}\sum_k |\hat y_k - y_k|",
        plain="¹⁄K Σ |ŷ − y|",
        words="The average size of the errors. One outlier counts no more than its size.",
        forms={TEXTBOOK: Form(mean_absolute), KERAS_3: Form(mean_absolute)},
        reference="keras.losses.MeanAbsoluteError",
    ),
    Loss(
        name="l2_norm",
        title="L2 norm",
        family=FAMILY,
        latex=r"\sqrt{\sum_{i,k} (\hat y_{ik} - y_{ik})^2}",
        plain="√Σ (ŷ − y)²",
        words="The length of all errors of the batch taken as one vector.",
        forms={TEXTBOOK: Form(l2_norm)},
        reduction=None,
        reference="tf.norm",
    ),
)
