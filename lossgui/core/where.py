"""np.where without a branch at each entry, which costs ten times as much where a condition is irregular."""

from __future__ import annotations

from typing import Any

import numpy as np

WORTH = 1_000
"""Entries from which that brings more than it costs."""

BITS = {4: np.dtype(np.int32), 8: np.dtype(np.int64)}
"""Whole numbers by their size, in which numbers of that size are picked by their bits."""


def where(condition: Any, one: Any, other: Any) -> Any:
    """Return `one` where a condition holds and `other` elsewhere: what np.where does, to the last bit.

    Parameters
    ----------
    condition, one, other
        Arrays or numbers whose shapes go with one another, as np.where takes them.
    """
    if type(condition) is not np.ndarray or condition.dtype != bool or condition.size < WORTH:
        return np.where(condition, one, other)
    if not all(isinstance(value, (np.ndarray, np.generic, int, float)) for value in (one, other)):
        return np.where(condition, one, other)
    dtype = np.result_type(one, other)
    if dtype.kind not in "fi" or dtype.itemsize not in BITS:
        return np.where(condition, one, other)
    bits = BITS[dtype.itemsize]
    yes, no = (np.asarray(value, dtype).view(bits) for value in (one, other))
    if _nothing(yes):
        condition, yes, no = ~condition, no, yes
    holds = condition.astype(bits)
    picked = yes * holds if _nothing(no) else no ^ ((yes ^ no) * holds)
    return picked.view(dtype)


def _nothing(bits: Any) -> bool:
    return bool(bits.ndim == 0 and bits == 0)
