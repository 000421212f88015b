"""One small study, in every encoding."""

from __future__ import annotations

from typing import Any

import numpy as np

from lossgui.core.study import Study
from lossgui.core.table import Table

PREDICTED = [[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.3, 0.4]]
WRITTEN: dict[str, Any] = {
    # The classes 0, 1, 2 of three samples, in each encoding.
    "one-hot": np.eye(3),
    "index": np.arange(3),
    "binary": np.eye(3),
    "signed": 2 * np.eye(3) - 1,
    "soft": np.eye(3),
    "real": np.eye(3),
}


def study(encoding: str = "one-hot", kind: str = "probabilities", **more: Any) -> Study:
    """Return three samples of three classes, each labelled with another one."""
    return Study.of(WRITTEN[encoding], PREDICTED, encoding, kind, **more)


def numbers(table: Table | None) -> list[list[float]]:
    assert table is not None
    result: list[list[float]] = table.to_array().tolist()
    return result
