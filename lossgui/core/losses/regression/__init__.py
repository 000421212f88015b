"""Regression: losses of how far predictions are from labels that are numbers."""

from __future__ import annotations

from lossgui.core.losses.regression import (
    counts,
    deviances,
    distances,
    gaussian,
    huber,
    log_cosh,
    logarithms,
    pairs,
    quantiles,
    roots,
    smooth,
    squares,
)

LOSSES = (
    squares.MEAN_SQUARED_ERROR,
    distances.MEAN_ABSOLUTE_ERROR,
    huber.HUBER,
    roots.ROOT_MEAN_SQUARED_ERROR,
    squares.HALF_SUM_OF_SQUARES,
    roots.L2_NORM,
    log_cosh.LOG_COSH,
    smooth.SMOOTH_L1,
    smooth.PSEUDO_HUBER,
    distances.MEAN_ABSOLUTE_PERCENTAGE_ERROR,
    logarithms.MEAN_SQUARED_LOGARITHMIC_ERROR,
    roots.ROOT_MEAN_SQUARED_LOGARITHMIC_ERROR,
    quantiles.PINBALL,
    pairs.PAIRWISE,
    *counts.LOSSES,
    *gaussian.LOSSES,
    *deviances.LOSSES,
)
"""Those of the family, the commonest first."""
