"""What a loss needs of the numbers: said in words where they do not fit, and no number shown."""

from __future__ import annotations

import numpy as np
import pytest
from core.drawn import cut

from lossgui import call
from lossgui.core import needs
from lossgui.core.choice import Choice
from lossgui.core.evaluate import Outcome, evaluate
from lossgui.core.figures import curve
from lossgui.core.study import LABELS, PREDICTIONS, Study
from lossgui.core.table import Table

POISSON = Choice.of("poisson")


def counts(predictions: list[list[float]], labels: list[list[float]] | None = None, **more: object) -> Study:
    labels = labels or [[2.0, 1.0], [0.0, 3.0], [1.0, 1.0]]
    return Study.of(labels, predictions, "real", "values", **more)


def refused(study: Study, choice: Choice) -> str | None:
    return Outcome(study, choice).refusal


@pytest.mark.parametrize("block_rows", [1, 2, 3])
def test_the_place_of_the_first_wrong_number_is_named(block_rows: int) -> None:
    study = cut(counts([[1.0, 2.0], [0.5, 1.0], [2.0, -0.25]]), block_rows)
    assert refused(study, POISSON) == "It takes predictions of 0 or more; sample 3 has −0.25."
    fitting = study.with_cell(PREDICTIONS, 2, 1, 0.25)
    assert refused(fitting, POISSON) is None and Outcome(fitting, POISSON).value is not None
    negative = fitting.with_cell(LABELS, 0, 1, -1.0)
    assert refused(negative, POISSON) == "It takes labels of 0 or more; sample 1 has −1."


def test_samples_are_called_by_their_names() -> None:
    study = counts([[1.0, 2.0], [-0.5, 1.0], [2.0, 1.0]], sample_names={1: "Tuesday"})
    assert refused(study, POISSON) == "It takes predictions of 0 or more; sample Tuesday has −0.5."


def test_masked_samples_need_nothing() -> None:
    wrong = [[1.0, 2.0], [-0.5, 1.0], [2.0, 1.0]]
    study = counts(wrong, mask=[True, False, True])
    outcome = Outcome(study, POISSON)
    assert outcome.refusal is None and outcome.value is not None
    assert outcome.value == pytest.approx(Outcome(counts(wrong).without_samples([1]), POISSON).value)
    assert refused(study.with_mask(1, True), POISSON) is not None


def test_what_is_needed_depends_on_profile_and_parameters() -> None:
    study = counts([[1.0, 2.0], [-0.5, 1.0], [2.0, 1.0]])
    assert refused(study, Choice.of("poisson", "PyTorch")) is None  # logarithms of rates
    assert "0 or more" in str(refused(study, Choice.of("poisson", "PyTorch", {"log_input": False})))
    assert refused(study, Choice.of("mean_squared_logarithmic_error", "Keras 3")) is None
    low = study.with_cell(PREDICTIONS, 1, 0, -1.0)
    for profile in ("Textbook", "scikit-learn"):
        assert "above −1" in str(refused(low, Choice.of("mean_squared_logarithmic_error", profile)))


def test_there_is_no_tweedie_loss_between_0_and_1() -> None:
    study = counts([[1.0, 2.0], [0.5, 1.0], [2.0, 1.0]])
    said = "There is no Tweedie distribution with a power between 0 and 1."
    assert refused(study, Choice.of("tweedie_deviance", parameters={"power": 0.5})) == said
    assert refused(study, Choice.of("tweedie_deviance", parameters={"power": 1.5})) is None
    with pytest.raises(ValueError, match="no Tweedie distribution"):
        call("sklearn", "mean_tweedie_deviance", [1.0], [1.0], power=0.5)


def test_scikit_learn_takes_nothing_that_is_not_finite() -> None:
    study = counts([[1.0, 2.0], [np.inf, 1.0], [2.0, 1.0]])
    assert refused(study, Choice.of("mean_squared_error", "scikit-learn")) == (
        "It takes predictions that are finite; sample 2 has ∞."
    )
    assert refused(study, Choice.of("mean_squared_error")) is None
    with pytest.raises(ValueError, match="labels that are finite"):
        call("sklearn", "mean_squared_error", [np.nan], [1.0])


def test_a_curve_ends_where_the_loss_does() -> None:
    study = counts([[1.0, 2.0], [0.5, 1.0], [2.0, 1.0]], choices=(POISSON,))
    (series,) = curve(evaluate(study, (0, 0))).series
    assert np.isnan(series.y[series.x < 0]).all() and np.isfinite(series.y[series.x > 0]).all()


def test_a_need_of_rows_names_the_sample_alone() -> None:
    need = needs.Need("predictions", lambda p: p.sum(axis=1) > 0, "It takes rows that add up to more than 0")
    table = Table.from_array(np.array([[1.0, 2.0], [1.0, -2.0]]), 1)
    assert need.first_wrong(table) == (1, None)
    assert need.met(table.to_array()[:1]) and not need.met(table.to_array())


def test_each_block_is_looked_at_once() -> None:
    looked: list[int] = []

    def positive(array: np.ndarray) -> np.ndarray:
        looked.append(len(array))
        return array > 0

    need = needs.Need("predictions", positive, "It takes predictions above 0")
    table = Table.from_array(np.ones((6, 2)), 2)
    assert need.first_wrong(table) is None and looked == [2, 2, 2]
    assert need.first_wrong(table) is None and looked == [2, 2, 2]
    assert need.first_wrong(table.with_cell(3, 1, -1.0)) == (3, 1) and looked == [2, 2, 2, 2]
