"""Overlap: how much of two masks is common to both."""

from __future__ import annotations

from lossgui.core.losses.overlap import binary, dice, smoothed, tversky

LOSSES = (*dice.LOSSES, *tversky.LOSSES, *smoothed.LOSSES, *binary.LOSSES)
