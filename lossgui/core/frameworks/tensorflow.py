"""TensorFlow: tf.nn, and the losses of its first version."""

from __future__ import annotations

from lossgui.core.frameworks.activations import activation
from lossgui.core.frameworks.framework import Framework, from_the_left
from lossgui.core.profiles import TENSORFLOW

FRAMEWORK = Framework(
    "tensorflow",
    TENSORFLOW,
    weigh=from_the_left,
    flushes=True,
    others=(
        activation("sigmoid_tensorflow", "sigmoid"),
        activation("log_sigmoid"),
        activation("softplus"),
        activation("softmax_tensorflow", "softmax"),
        activation("log_softmax_tensorflow", "log_softmax"),
    ),
)
