"""How the core's tests draw their data."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is no fault of the code; all else stays as hypothesis has it, there and in CI.
settings.register_profile("unhurried", settings.default, deadline=None)
settings.load_profile("unhurried")
