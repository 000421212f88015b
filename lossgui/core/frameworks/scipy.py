"""SciPy: scipy.special, scipy.stats and scipy.spatial."""

from __future__ import annotations

from lossgui.core.frameworks.activations import activation
from lossgui.core.frameworks.framework import Framework
from lossgui.core.profiles import SCIPY

FRAMEWORK = Framework(
    "scipy",
    SCIPY,
    others=(
        activation("expit"),
        activation("log_sigmoid", "log_expit"),
        activation("softmax"),
        activation("log_softmax_scipy", "log_softmax"),
    ),
)
