"""PyTorch: torch.nn.functional."""

from __future__ import annotations

from lossgui.core.frameworks.framework import Framework
from lossgui.core.profiles import PYTORCH
from lossgui.core.reductions import MEAN, NONE, SUM

FRAMEWORK = Framework(
    "torch",
    PYTORCH,
    {"none": NONE, "mean": MEAN, "sum": SUM},
)
