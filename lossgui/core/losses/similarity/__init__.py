"""Similarity: losses of the angle between label and prediction."""

from __future__ import annotations

from lossgui.core.losses.similarity import cosine, distance, embedding

LOSSES = (*cosine.LOSSES, *distance.LOSSES)
CALLS = embedding.CALLS
"""PyTorch's callable that compares two vectors by a label of their own."""
