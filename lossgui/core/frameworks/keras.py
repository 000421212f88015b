"""Keras 3, on TensorFlow."""

from __future__ import annotations

from lossgui.core.frameworks.framework import Framework
from lossgui.core.profiles import KERAS_3
from lossgui.core.reductions import MEAN, MEAN_OF_WEIGHTS, NONE, SUM

FRAMEWORK = Framework(
    "keras",
    KERAS_3,
    {"none": NONE, "sum": SUM, "sum_over_batch_size": MEAN, "mean_with_sample_weight": MEAN_OF_WEIGHTS},
)
