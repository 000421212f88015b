"""Numbers of 106 bits, in which the stages of a loss compute as they do in float64."""

from lossgui.core.exact.twofold import Twofold

__all__ = ["Twofold"]
