"""scikit-learn: its metrics, and the losses behind its models."""

from __future__ import annotations

from lossgui.core.frameworks.framework import Framework, from_the_left
from lossgui.core.profiles import SKLEARN
from lossgui.core.reductions import SKLEARN_MEAN

FRAMEWORK = Framework("sklearn", SKLEARN, {"mean": SKLEARN_MEAN, "call": SKLEARN_MEAN}, weigh=from_the_left)
