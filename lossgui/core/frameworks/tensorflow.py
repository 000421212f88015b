"""TensorFlow: tf.nn, and the losses of its first version."""

from __future__ import annotations

from lossgui.core.frameworks.framework import Framework
from lossgui.core.profiles import TENSORFLOW
from lossgui.core.reductions import MEAN, SUM

FRAMEWORK = Framework(
    "tensorflow",
    TENSORFLOW,
    {"reduce_mean": MEAN, "reduce_sum": SUM},
)
