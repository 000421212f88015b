"""How a number comes about: that of one sample, and from the samples that of the batch."""

from lossgui.gui.working.view import WorkingView

__all__ = ["WorkingView"]
