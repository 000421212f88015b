"""Sums in the order of TensorFlow's processor code, which shows where they cancel afterwards."""

from __future__ import annotations

from functools import reduce

import numpy as np

from lossgui.core.table import Array

LANES = {np.dtype(np.float32): 8, np.dtype(np.float64): 4}
"""How many numbers it adds at once."""

MOST_COLUMNS = 64
"""Up to which the order is kept: in longer rows it would cost more than it shows."""


def added_in_lanes(x: Array) -> Array:
    """Return the sum of each row, kept as a column.

    Lanes go along the row in two sets that take turns; then both sets are added, the lanes by halves, and
    what is left over at the end of the row last.

    Notes
    -----
    Eigen's InnerMostDimReducer: unsupported/Eigen/CXX11/src/Tensor/TensorReduction.h.
    """
    lanes, columns = LANES[x.dtype], x.shape[-1]
    whole = columns // lanes * lanes if columns <= MOST_COLUMNS else 0
    left_over: Array = x[..., whole:].sum(axis=-1, keepdims=True)
    if not whole:
        return left_over
    runs = [x[..., start : start + lanes] for start in range(0, whole, lanes)]
    added: Array = reduce(np.add, (reduce(np.add, runs[turn::2]) for turn in (0, 1) if runs[turn::2]))
    while added.shape[-1] > 1:
        half = added.shape[-1] // 2
        added = added[..., :half] + added[..., half:]
    return left_over + added
