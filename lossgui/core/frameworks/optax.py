"""optax, on JAX."""

from __future__ import annotations

from lossgui.core.frameworks.activations import activation
from lossgui.core.frameworks.framework import Framework
from lossgui.core.profiles import OPTAX

FRAMEWORK = Framework(
    "optax",
    OPTAX,
    flushes=True,
    others=(
        activation("sigmoid", "jax_sigmoid"),
        activation("log_sigmoid", "jax_log_sigmoid"),
        activation("softplus", "jax_softplus"),
        activation("softmax_jax", "jax_softmax"),
        activation("log_softmax_jax", "jax_log_softmax"),
    ),
)
