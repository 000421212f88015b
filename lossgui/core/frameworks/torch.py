"""PyTorch: torch.nn.functional."""

from __future__ import annotations

from lossgui.core.frameworks.activations import activation
from lossgui.core.frameworks.framework import Framework
from lossgui.core.losses import margin, similarity
from lossgui.core.profiles import PYTORCH
from lossgui.core.reductions import MEAN, NONE, SUM

FRAMEWORK = Framework(
    "torch",
    PYTORCH,
    {"none": NONE, "mean": MEAN, "sum": SUM},
    others=(
        activation("sigmoid"),
        activation("log_sigmoid", "logsigmoid"),
        activation("softplus_torch", "softplus"),
        activation("softmax"),
        activation("log_softmax"),
        *margin.CALLS,
        *similarity.CALLS,
    ),
)
