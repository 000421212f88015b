"""What figures show of studies with masks and with names of samples."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lossgui.core.choice import Choice
from lossgui.core.evaluate import evaluate
from lossgui.core.figures import by_class, by_sample, curve
from lossgui.core.study import Study
from lossgui.core.summed import NONE_COUNTS

CHOICES = (Choice.of("mean_squared_error"), Choice.of("l2_norm"))


def study(count: int = 5, **more: Any) -> Study:
    predictions = np.arange(1.0, count + 1)[:, None]
    return Study.of(np.zeros((count, 1)), predictions, "real", "values", choices=CHOICES, **more)


def test_masked_samples_have_no_bar() -> None:
    figure = by_sample(evaluate(study(mask=[1, 0, 1, 0, 1], sample_names={2: "fido"})), 0)
    assert figure.bars is not None
    assert figure.bars.categories == ("1", "fido", "5")
    assert figure.title == "0.3333 + 3.0000 + 8.3333 = 11.6667"


def test_the_others_are_those_that_count() -> None:
    mask = np.ones(80, bool)
    mask[:20] = False
    figure = by_sample(evaluate(study(80, mask=mask)), 0)
    assert figure.bars is not None
    assert len(figure.bars.categories) == 51 and figure.bars.categories[-1] == "10 others"


@pytest.mark.parametrize("figure", [by_class, by_sample])
@pytest.mark.parametrize("choice", [0, 1])
def test_where_nothing_counts_there_are_words(figure: Any, choice: int) -> None:
    made = figure(evaluate(study(mask=np.zeros(5, bool))), choice)
    assert made.bars is None and NONE_COUNTS in made.description


def test_a_masked_sample_has_its_curve_but_moves_no_batch() -> None:
    result = evaluate(study(mask=[0, 1, 1, 1, 1]), (0, 0))
    figure = curve(result, gradient=True)
    own, own_slope, whole, whole_slope = figure.series
    assert np.ptp(own.y) > 0 and np.ptp(own_slope.y) > 0
    assert set(whole.y.tolist()) == {result.outcomes[1].value} and set(whole_slope.y.tolist()) == {0}
    assert "masked" in figure.y.label
    others = curve(evaluate(study(mask=[0, 1, 1, 1, 1]), (1, 0)))
    assert "masked" not in others.y.label and np.ptp(others.series[1].y) > 0


def test_a_sample_is_called_by_its_name() -> None:
    figure = curve(evaluate(study(sample_names={1: "fido"}), (1, 0)))
    assert "sample fido" in figure.x.label and "sample fido" in figure.y.label
    assert "sample 3" in curve(evaluate(study(sample_names={1: "fido"}), (2, 0))).x.label
