"""The script that makes new vectors: they are read as the stored ones are, and our calls hold to them."""

from __future__ import annotations

import json
from pathlib import Path

import make_vectors
import numpy as np
import parity
import pytest
from making.draws import Draws
from making.families import FAMILIES, cases_of


def test_our_calls_hold_to_new_vectors(tmp_path: Path) -> None:
    module = make_vectors.installed("textbook")  # the one that needs no framework
    assert module is not None
    made = sum(make_vectors.write(tmp_path, "textbook", module, real, seed=11) for real in module.REALS)
    found = [(case["name"], parity.faults(*of, case)) for *of, case in parity.cases([], tmp_path)]
    assert len(found) == made and not [(name, wrong) for name, wrong in found if wrong]


def test_every_stored_loss_of_the_tutorials_can_be_made_anew() -> None:
    module = make_vectors.installed("textbook")
    assert module is not None and list(make_vectors.differing(module, "textbook")) == []


def test_a_file_has_the_form_of_the_stored_ones(tmp_path: Path) -> None:
    module = make_vectors.installed("textbook")
    assert module is not None
    make_vectors.write(tmp_path, "textbook", module, module.REALS[0], seed=3)
    (path,) = tmp_path.iterdir()
    new = json.loads(path.read_text(encoding="utf-8"))
    stored = next(file for file in parity.stored() if path.stem == f"{file['framework']}__{file['loss']}")
    assert set(new) >= {"framework", "loss", "cases"} and new["loss"] == stored["loss"]
    needed = set(stored["cases"][0]) - {"exact", "note"}
    assert all(set(case) == needed for case in new["cases"])
    assert len({case["name"] for case in new["cases"]}) == len(new["cases"])


@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
def test_numbers_come_back_as_they_were(dtype: str) -> None:
    numbers = np.array([[0.1, -0.0, 3], [1e-45, 7, 2**24 + 1]]).astype(dtype)
    if dtype != "int64":
        numbers[0] = np.nan, np.inf, -np.inf
    again = parity.decoded(json.loads(json.dumps(make_vectors.encoded(numbers))))
    np.testing.assert_array_equal(again, numbers)
    assert again.dtype == numbers.dtype and (np.signbit(again) == np.signbit(numbers)).all()


@pytest.mark.parametrize("family", FAMILIES)
def test_inputs_are_those_of_their_seed(family: str) -> None:
    first, again, other = (cases_of(family, seed, "float32") for seed in (1, 1, 2))
    assert list(first) == list(again) == list(other)
    for name, case in first.items():
        assert all(np.array_equal(array, again[name][key], equal_nan=True) for key, array in case.items())
        assert all(array.dtype in (np.float32, np.int64) for array in case.values())
    assert Draws(1, family, "float32").matrix == Draws(1, family, "float64").matrix
    drawn = [name for name in first if name.startswith(("rand", "pm1"))]
    assert any(not np.array_equal(first[name]["y_pred"], other[name]["y_pred"]) for name in drawn or first)
