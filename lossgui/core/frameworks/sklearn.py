"""scikit-learn: its metrics, and the losses behind its models."""

from __future__ import annotations

from lossgui.core.frameworks.framework import Framework, from_the_left
from lossgui.core.profiles import SKLEARN

FRAMEWORK = Framework("sklearn", SKLEARN, weigh=from_the_left)
