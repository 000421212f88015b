"""Keras 2: tf-keras."""

from __future__ import annotations

from lossgui.core.frameworks.framework import Framework
from lossgui.core.profiles import KERAS_2
from lossgui.core.reductions import MEAN, NONE, SUM

FRAMEWORK = Framework(
    "tf_keras",
    KERAS_2,
    {"none": NONE, "sum": SUM, "sum_over_batch_size": MEAN},
)
