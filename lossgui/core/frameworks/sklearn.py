"""scikit-learn: its metrics, and the losses behind its models."""

from __future__ import annotations

from lossgui.core.frameworks.framework import Framework
from lossgui.core.profiles import SKLEARN
from lossgui.core.reductions import MEAN_OF_WEIGHTS

FRAMEWORK = Framework(
    "sklearn",
    SKLEARN,
    {"uniform_average": MEAN_OF_WEIGHTS},
)
