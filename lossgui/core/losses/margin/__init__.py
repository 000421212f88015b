"""Margin: losses that ask for a score on the right side, and no more."""

from __future__ import annotations

from lossgui.core.losses.margin import (
    categorical,
    embedding,
    hinge,
    multi_margin,
    multilabel,
    perceptron,
    ranking,
)

LOSSES = (
    *hinge.LOSSES,
    *categorical.LOSSES,
    *multi_margin.LOSSES,
    *multilabel.LOSSES,
    *perceptron.LOSSES,
    *embedding.LOSSES,
)
CALLS = ranking.CALLS
"""PyTorch's callables that compare with a third array, and so are no losses of labels and predictions."""
