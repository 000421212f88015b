"""Calls against the frameworks themselves: every stored case holds, but for those listed with a reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import parity
import pytest

from lossgui import call
from lossgui.core.frameworks import FRAMEWORKS


@pytest.mark.parametrize("file", parity.stored(), ids=lambda file: f"{file['framework']}__{file['loss']}")
def test_every_case_holds_but_the_exceptions(file: dict[str, Any]) -> None:
    known = parity.exceptions()
    framework, loss = file["framework"], file["loss"]
    wrong = {}
    for case in file["cases"]:
        name = f"{framework}/{loss}/{case['name']}"
        found = parity.faults(framework, loss, case)
        if bool(found) != (name in known):
            wrong[name] = found or "holds, and is listed as an exception"
    assert not wrong


def test_exceptions_are_few_and_have_reasons() -> None:
    known = parity.exceptions()
    stored = [f"{framework}/{loss}/{case['name']}" for framework, loss, case in parity.cases([])]
    assert set(known) <= set(stored) and all(len(reason) > 20 for reason in known.values())
    assert len(known) <= 0.005 * len(stored)


def test_what_is_not_there_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="no framework called mxnet"):
        call("mxnet", "mse", [1.0], [1.0])
    for framework in FRAMEWORKS:
        with pytest.raises(ValueError, match=f"{framework} has no loss called no_such_loss"):
            call(framework, "no_such_loss", [1.0], [1.0])
    with pytest.raises(ValueError, match="needs predictions"):
        call("keras", "mean_squared_error", [1.0])
    with pytest.raises(ValueError, match="unexpected keyword argument 'gamma'"):
        call("keras", "mean_squared_error", [1.0], [1.0], gamma=2)
    with pytest.raises(ValueError, match="has no reduction batchmean"):
        call("keras", "mean_squared_error", [1.0], [1.0]).reduced("batchmean")
    with pytest.raises(ValueError, match=r"Labels of the shape \(2,\) do not fit"):
        call("keras", "mean_squared_error", [1.0, 2.0], [[1.0, 2.0, 3.0]])


def test_a_faulty_figure_is_found() -> None:
    case = next(case for _, _, case in parity.cases(["keras__mean_squared_error"]))
    off = {**case, "expected": {"values": {**case["expected"]["values"]}}}
    values = parity.decoded(off["expected"]["values"])
    off["expected"]["values"]["data"] = (np.ravel(values) * (1 + 1e-4)).tolist()
    off.pop("exact", None)
    assert parity.faults("keras", "mean_squared_error", case) == []
    assert parity.faults("keras", "mean_squared_error", off)
