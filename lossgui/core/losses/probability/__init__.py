"""Probability: the negative logarithm of what the labels were given, and its relatives."""

from __future__ import annotations

from lossgui.core.losses.probability import (
    binary,
    brier,
    by_hand,
    categorical,
    delta,
    focal,
    generalised,
    multinomial,
    nll,
    poly,
    sigmoid,
    signed,
    sparse,
    sparsemax,
)

LOSSES = (
    *categorical.LOSSES,
    *sparse.LOSSES,
    *binary.LOSSES,
    *sigmoid.LOSSES,
    *focal.LOSSES,
    *nll.LOSSES,
    *brier.LOSSES,
    *signed.LOSSES,
    *generalised.LOSSES,
    *poly.LOSSES,
    *delta.LOSSES,
    *by_hand.LOSSES,
    *multinomial.LOSSES,
    *sparsemax.LOSSES,
)
