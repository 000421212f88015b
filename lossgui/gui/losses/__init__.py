"""The chosen losses: a card for each, built from the catalogue, and the picker that adds one."""

from lossgui.gui.losses.panel import LossesPanel

__all__ = ["LossesPanel"]
