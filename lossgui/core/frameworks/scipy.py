"""SciPy: scipy.special, scipy.stats and scipy.spatial."""

from __future__ import annotations

from lossgui.core.frameworks.framework import Framework
from lossgui.core.profiles import SCIPY

FRAMEWORK = Framework(
    "scipy",
    SCIPY,
    {},
)
