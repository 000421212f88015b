"""optax, on JAX."""

from __future__ import annotations

from lossgui.core.frameworks.framework import Framework
from lossgui.core.profiles import OPTAX
from lossgui.core.reductions import MEAN, SUM

FRAMEWORK = Framework(
    "optax",
    OPTAX,
    {"mean": MEAN, "sum": SUM},
)
