"""The table of `python3 tests accuracy`, on a few samples of every row."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import accuracy
import numpy as np
import pytest
import regimes
from truths import TRUTHS

SAMPLES = 12
DTYPES = pytest.mark.parametrize("dtype", [np.float64, np.float32])


@DTYPES
def test_every_row_is_as_good_as_is_asked(dtype: Any) -> None:
    name = np.dtype(dtype).name
    rows = list(accuracy.rows(dtype, samples=SAMPLES))
    above = {row.name: row.cell() for row in rows if row.exceeds(accuracy.ASKED[name])}
    excused = {row for kind, row in accuracy.EXCUSED if kind == name}
    assert set(above) <= excused, above
    assert len(accuracy.EXCUSED) <= accuracy.MOST_EXCUSED


@DTYPES
def test_rows_are_those_that_the_frameworks_were_measured_on(dtype: Any) -> None:
    name = np.dtype(dtype).name
    measured = json.loads(accuracy.FIGURES.read_text())[name]
    drawn = regimes.draw(dtype)
    assert set(measured) == set(drawn)
    assert all(array.dtype == dtype for given in drawn.values() for array in given.values())
    whole = hashlib.sha256(b"".join(array.tobytes() for row in drawn.values() for array in row.values()))
    assert whole.hexdigest()[:16] == DRAWN[name]


DRAWN = {"float64": "fedbadc973224340", "float32": "6dcaf7e7424e84d7"}
"""What the arrays hash to, so that nothing changes them unseen."""


def test_every_row_has_a_truth_and_a_way() -> None:
    losses = {name.split("/")[0] for name, _ in accuracy.with_gradients(regimes.draw(np.float64))}
    assert losses <= set(TRUTHS) and losses <= set(accuracy.WAYS)
    for loss in ("softmax_ce", "bce_logits", "cosine", "log_poisson"):
        assert f"{loss}_grad" in losses


def test_an_error_is_counted_in_ulps() -> None:
    truth, info = [accuracy.mp.mpf(1) / 3], np.finfo(float)
    assert accuracy.errors(np.array([1 / 3]), truth, info)[0] < 0.5
    assert 1.5 < accuracy.errors(np.array([1 / 3 + 2 * np.spacing(1 / 3)]), truth, info)[0] < 2.5
    assert accuracy.errors(np.array([np.nan]), truth, info)[0] == np.inf
    assert accuracy.errors(np.array([1e-9]), [accuracy.mp.mpf(0)], info)[0] == np.inf
    assert len(accuracy.errors(np.array([0.0]), [accuracy.mp.mpf(10) ** -320], info)) == 0


def test_a_row_above_what_is_asked_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(accuracy.ASKED, "float64", 0.01)
    assert accuracy.main(["mse/typical"]) == 1
    assert "! above 0.01" in capsys.readouterr().out
    monkeypatch.setitem(accuracy.EXCUSED, ("float64", "mse/typical"), "a test")
    assert accuracy.main(["mse/typical"]) == 0
    assert "a test" in capsys.readouterr().out
