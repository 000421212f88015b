"""PyTorch: torch.nn.functional."""

from __future__ import annotations

from lossgui.core.frameworks.activations import activation
from lossgui.core.frameworks.framework import Framework
from lossgui.core.losses import margin, similarity
from lossgui.core.profiles import PYTORCH

FRAMEWORK = Framework(
    "torch",
    PYTORCH,
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
