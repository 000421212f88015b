"""Information: entropy, cross-entropy between distributions, and divergence."""

from __future__ import annotations

from lossgui.core.losses.information import cross_entropy, divergence, entropy, jensen_shannon

LOSSES = (*cross_entropy.LOSSES, *divergence.LOSSES, *jensen_shannon.LOSSES, *entropy.LOSSES)
