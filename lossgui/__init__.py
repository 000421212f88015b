"""Loss Explorer: losses, as each framework computes them, live. Imports no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lossgui.core.choice import Choice
from lossgui.core.evaluate import Result, evaluate
from lossgui.core.losses import LOSSES
from lossgui.core.profiles import PROFILES
from lossgui.core.study import Study

if TYPE_CHECKING:
    from lossgui.core.frameworks import call

__version__ = "0.1.0"

__all__ = ["LOSSES", "PROFILES", "Choice", "Result", "Study", "__version__", "call", "evaluate"]


def __getattr__(name: str) -> Any:
    # The window needs no framework, and starts sooner without.
    if name == "call":
        from lossgui.core.frameworks import call

        return call
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
