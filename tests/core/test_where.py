"""Entries picked by a condition: as np.where has them, to the last bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lossgui.core.exact import Twofold
from lossgui.core.where import WORTH, where

ROWS = 200
RANDOM = np.random.default_rng(0)
CONDITION = RANDOM.normal(size=(ROWS, 10)) > 0


def awkward(dtype: str) -> np.ndarray:
    """Return numbers of which some are not finite, some tiny and some −0."""
    array = RANDOM.normal(size=(ROWS, 10)).astype(dtype)
    array[::7], array[1::7], array[2::7], array[3::7] = np.nan, -np.inf, -0.0, 1e-40
    return np.asfortranarray(array)


OPERANDS: list[Any] = [
    *(awkward("f4"), awkward("f8"), awkward("f4")[:, :1], np.float32(0.1), np.ones((ROWS, 10), int)),
    *(0, 1, 0.0, -0.0, 0.5, np.nan, np.inf, True),
]


@pytest.mark.parametrize(
    "condition",
    [CONDITION, np.asfortranarray(CONDITION), CONDITION[:1], CONDITION[:, :1], ~CONDITION[:, ::-1]],
)
def test_it_is_what_numpy_has(condition: np.ndarray) -> None:
    assert CONDITION.size > WORTH
    for one in OPERANDS:
        for other in OPERANDS:
            ours, theirs = where(condition, one, other), np.where(condition, one, other)
            assert ours.dtype == theirs.dtype and ours.shape == theirs.shape
            assert ours.tobytes() == theirs.tobytes()


def test_it_takes_whatever_numpy_takes() -> None:
    numbers = Twofold.of_floats(awkward("f8"))
    np.testing.assert_array_equal(where(CONDITION, numbers, 0).high, np.where(CONDITION, numbers.high, 0))
    assert where(True, 2, 3) == 2 and where(1.5, 2, 3) == 2
    assert where(CONDITION, "yes", "no")[0, 0] in ("yes", "no")
