"""The losses of a study as plain data."""

from __future__ import annotations

import json

from lossgui.core.choice import Choice
from lossgui.core.study import Study
from lossgui.files.report import report

CHOICES = (Choice.of("mean_squared_error"),)


def test_a_mask_is_told_so_that_losses_that_count_nowhere_can_be_told_apart() -> None:
    study = Study.of([[[0.0], [0.0]]], [[[1.0], [3.0]]], "real", "values", choices=CHOICES, mask=[[1, 0]])
    told = report(study)
    assert told["mask"] == [[True, False]] and json.dumps(told)
    (loss,) = told["losses"]
    assert (loss["value"], loss["per_sample"], loss["gradient"]) == (1, [[1, 9]], [[[2], [0]]])
    assert "mask" not in report(study.masking(False))


def test_where_nothing_counts_the_mean_is_not_a_number() -> None:
    study = Study.of([[0.0]], [[1.0]], "real", "values", choices=CHOICES, mask=[False])
    assert report(study)["losses"][0]["value"] == "nan"
