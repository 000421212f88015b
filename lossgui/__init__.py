"""Loss Explorer: losses, as each framework computes them, live. Imports no Qt."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lossgui.core.choice import Choice
    from lossgui.core.evaluate import Result, evaluate
    from lossgui.core.frameworks import call
    from lossgui.core.losses import LOSSES
    from lossgui.core.profiles import PROFILES
    from lossgui.core.study import Study

__version__ = "0.1.0"

__all__ = ["LOSSES", "PROFILES", "Choice", "Result", "Study", "__version__", "call", "evaluate"]

_HOMES = {
    "LOSSES": "losses",
    "PROFILES": "profiles",
    "Choice": "choice",
    "Result": "evaluate",
    "Study": "study",
    "call": "frameworks",
    "evaluate": "evaluate",
}
"""Where in the core each name is defined; it is imported when it is first asked for."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.core.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
