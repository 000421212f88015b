"""Loss Explorer: losses, as each framework computes them, live. Imports no Qt."""

from lossgui.core.choice import Choice
from lossgui.core.evaluate import Result, evaluate
from lossgui.core.frameworks import call
from lossgui.core.losses import LOSSES
from lossgui.core.profiles import PROFILES
from lossgui.core.study import Study

__version__ = "0.1.0"

__all__ = ["LOSSES", "PROFILES", "Choice", "Result", "Study", "__version__", "call", "evaluate"]
