"""Numbers that are not finite: carried to where they belong, not hidden, and no warning on the way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from core.drawn import WIDE, Case, cut, drawn

from lossgui.core.choice import Choice
from lossgui.core.evaluate import Outcome
from lossgui.core.losses import LOSSES
from lossgui.core.study import Study
from lossgui.core.sums import MOST_GROUPS


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("classes", [3, MOST_GROUPS + 1])
@pytest.mark.parametrize("case", [case for case in WIDE if case.kind != "probabilities"], ids=str)
def test_what_is_not_finite_is_carried_and_not_hidden(case: Case, classes: int, wrong: float) -> None:
    whole = drawn(
        case, classes=classes, sample_weight=None if LOSSES[case.loss].reduction is None else np.arange(5.0)
    )
    # Weight 0 on the first row, which holds it too: 0 times infinity is not 0.
    predictions = whole.predictions.with_cells(0, 1, [[wrong]]).with_cells(3, 1, [[wrong]])
    outcome = Outcome(replace(whole, predictions=predictions), case.choice())
    if outcome.refusal:
        assert "finite" in outcome.refusal or case.chain.needs
        return
    losses = outcome.per_sample()
    assert outcome.value is not None
    if np.isfinite(losses).all():
        return  # a loss may well be 0 beyond a margin
    assert not np.isfinite(losses[[0, 3]]).all() and np.isfinite(losses[[1, 2, 4]]).all()
    assert np.isnan(outcome.value) or np.isinf(outcome.value)
    parts = outcome.contributions
    if parts is not None:
        assert not np.isfinite(parts.total) and not np.isfinite(parts.by_class).all()
        assert outcome.row_contributions(0) is not None
    assert outcome.gradient().shape == (5, classes)


@pytest.mark.parametrize("classes", [2, MOST_GROUPS + 1])
def test_what_is_infinite_in_one_place_leaves_the_others(classes: int) -> None:
    predictions = np.full((2, classes), 0.5)
    predictions[0, 0] = 0
    parts = Outcome(
        Study.of([0, 1], predictions, "index"), Choice.of("sparse_categorical_crossentropy")
    ).contributions
    assert parts is not None
    assert np.isinf(parts.total) and np.isinf(parts.by_class[0])
    np.testing.assert_allclose(parts.by_class[1:], [np.log(2) / 2, *np.zeros(classes - 2)])


@pytest.mark.parametrize("block_rows", [1, 2])
def test_a_sum_that_overflows_is_infinite(block_rows: int) -> None:
    study = cut(Study.of([[0.0], [0.0]], [[1.2e154], [1.2e154]], "real", "values"), block_rows)
    outcome = Outcome(study, Choice.of("mean_squared_error"))
    assert np.isfinite(outcome.per_sample()).all()
    assert outcome.value == np.inf and outcome.contributions is not None
    assert outcome.contributions.total == np.inf


def test_no_weight_at_all_has_no_weighted_mean() -> None:
    study = Study.of([[1, 0]], [[0.5, 0.5]], sample_weight=[0])
    outcome = Outcome(study, Choice.of("categorical_crossentropy", reduction="weighted mean"))
    assert outcome.value is not None and np.isnan(outcome.value)
    assert outcome.contributions is not None and np.isnan(outcome.contributions.total)
    assert np.isnan(outcome.gradient()).any()
