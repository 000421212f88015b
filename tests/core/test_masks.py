"""Masks select: what is left out is as if it were not there, be it infinite or undefined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from core.drawn import FORMS, Case, cut, drawn, headline, masked, weightings
from hypothesis import given
from hypothesis import strategies as st

from lossgui.core.choice import Choice
from lossgui.core.evaluate import Outcome, telling_entry
from lossgui.core.study import Study
from lossgui.core.summed import NONE_COUNTS
from lossgui.core.table import Table
from lossgui.core.text import number

SAMPLES = 9


def without_masked(study: Study) -> Study:
    """Return the study with masked samples removed."""
    assert study.mask is not None
    gone = np.flatnonzero(~study.mask.to_array()[:, 0]).tolist()
    return replace(study, mask=None).without_samples(gone)


def pairs(case: Case, study: Study) -> list[tuple[Outcome, Outcome]]:
    """Return the loss of a study with a mask, and of what it leaves, under every reduction."""
    choices = [case.choice(reduction) for reduction in case.reductions]
    found = [(Outcome(study, choice), Outcome(without_masked(study), choice)) for choice in choices]
    return [pair for pair in found if pair[0].refusal is None]


def assert_same(masked: Outcome, left: Outcome) -> None:
    assert masked.study.mask is not None
    mask = masked.study.mask.to_array()[:, 0]
    rows = np.flatnonzero(mask)
    value = left.value
    assert masked.value == (value if value is None else pytest.approx(value, rel=1e-12, nan_ok=True))
    assert masked.denominator == pytest.approx(left.denominator, rel=1e-15)
    np.testing.assert_allclose(masked.sums.statistics, left.sums.statistics, rtol=1e-12)
    np.testing.assert_allclose(masked.sums.largest, left.sums.largest, rtol=1e-12)
    assert masked.sums.rows.tolist() == rows[left.sums.rows].tolist()
    ours, theirs = masked.contributions, left.contributions
    assert (ours is None) == (theirs is None)
    if ours is not None and theirs is not None:
        np.testing.assert_allclose(ours.factor * ours.groups, theirs.factor * theirs.groups, rtol=1e-12)
        assert ours.remainder == pytest.approx(theirs.remainder, rel=1e-12)
    gradient = masked.gradient()
    np.testing.assert_allclose(gradient[rows], left.gradient(), rtol=1e-12)
    assert (gradient[~mask] == 0).all()


@pytest.mark.parametrize("case", FORMS, ids=str)
def test_what_is_masked_is_as_if_it_were_not_there(case: Case) -> None:
    for weights, rows in product(weightings(SAMPLES, 3), (100, 2)):
        for outcomes in pairs(case, cut(drawn(case, SAMPLES, **weights, **masked(SAMPLES)), rows)):
            assert_same(*outcomes)


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("case", FORMS, ids=str)
def test_what_is_masked_may_be_infinite_or_undefined(case: Case, wrong: float) -> None:
    study = drawn(case, SAMPLES, **masked(SAMPLES))
    assert study.mask is not None
    predictions = np.where(study.mask.to_array(), study.predictions.to_array(), wrong)
    for outcomes in pairs(case, cut(replace(study, predictions=Table.from_array(predictions)), 4)):
        assert_same(*outcomes)


@given(st.lists(st.booleans(), min_size=1, max_size=40), st.integers(1, 20), st.booleans())
def test_any_mask_selects_however_the_table_is_cut(mask: list[bool], block_rows: int, weigh: bool) -> None:
    count = len(mask)
    weights: Mapping[str, Any] = {"sample_weight": np.arange(1.0, count + 1)} if weigh else {}
    study = Study.of(
        np.zeros((count, 2)), np.arange(2.0 * count).reshape(-1, 2), "real", "values", mask=mask, **weights
    )
    for reduction in ("mean", "sum", "weighted mean"):
        outcome = Outcome(cut(study, block_rows), Choice.of("mean_squared_error", reduction=reduction))
        if any(mask):
            assert_same(outcome, Outcome(without_masked(study), outcome.choice))
        elif reduction == "sum":
            assert outcome.value == 0
        else:
            assert outcome.value is not None and np.isnan(outcome.value)


def test_a_masked_sample_has_its_own_loss_all_the_same() -> None:
    study = Study.of([[0.0], [0.0]], [[1.0], [3.0]], "real", "values", mask=[True, False])
    for reduction, value in (("mean", 1), ("sum", 1), ("none", None)):
        outcome = Outcome(study, Choice.of("mean_squared_error", reduction=reduction))
        assert (outcome.value, outcome.per_sample().tolist()) == (value, [1, 9])
        assert outcome.headline(1) == (9 if value is None else 1)
        contributions = outcome.row_contributions(1)
        assert contributions is not None and contributions.tolist() == [0]
        assert [study.counts(row) for row in (0, 1)] == [True, False]


def test_keras_looks_at_the_labels_of_masked_samples_too() -> None:
    # One -1 among 0 and 1 switches hinge's conversion off; Keras does not know that it is masked.
    labels, choice = np.array([[1.0], [0.0], [-1.0]]), Choice.of("hinge", "Keras 3")
    mixed = Study.of([[1.0], [0.0], [0.0]], np.full((3, 1), 0.5), "binary", mask=[True, True, False])
    assert Outcome(mixed, choice).value == 1.0
    mixed = replace(mixed, labels=Table.from_array(labels), encoding="binary")
    assert Outcome(mixed, choice).value == 0.75


# Nothing counts


@pytest.mark.parametrize("case", FORMS, ids=str)
def test_where_all_is_masked_the_mean_is_undefined_and_says_so(case: Case) -> None:
    study = drawn(case, SAMPLES, mask=np.zeros(SAMPLES, bool))
    for reduction in case.reductions:
        outcome = Outcome(cut(study, 4), case.choice(reduction))
        assert outcome.notes[-1] == NONE_COUNTS
        assert len(outcome.sums.rows) == 0 and (outcome.sums.statistics == 0).all()
        value = headline(study, outcome.choice)
        if reduction is None:
            assert outcome.chain.finish is not None
            with np.errstate(all="ignore"):
                none = outcome.chain.finish.value(outcome.sums.statistics)
            np.testing.assert_equal(value, float(none))
        else:
            assert value == 0 if outcome.choice.kind in ("sum", "none") else np.isnan(value)
        assert outcome.batch_working().startswith("all samples are masked: ")
        if outcome.value is not None:
            assert outcome.batch_working().endswith(f"= {number(value)}")
    assert telling_entry(replace(study, choices=(case.choice(),)))[0] == 0


# In words


@pytest.mark.parametrize(
    ("mask", "words"),
    [
        ([1, 1, 1], "(1.0000 + 4.0000 + 9.0000) / 3 = 4.6667"),
        ([1, 0, 1], "without 1 masked sample: (1.0000 + 9.0000) / 2 = 5.0000"),
        ([0, 0, 1], "without 2 masked samples: 9.0000 = 9.0000"),
        ([0, 0, 0], "all samples are masked: (0) / 0 = undefined"),
    ],
)
@pytest.mark.parametrize("block_rows", [1, 2, 5])
def test_the_working_names_what_is_left_out(mask: list[int], words: str, block_rows: int) -> None:
    study = Study.of(np.zeros((3, 1)), [[1.0], [2.0], [3.0]], "real", "values", mask=mask)
    outcome = Outcome(cut(study, block_rows), Choice.of("mean_squared_error"))
    assert outcome.batch_working() == words
    by_itself = Outcome(study, Choice.of("mean_squared_error", reduction="none")).batch_working()
    left_out, _, each = by_itself.rpartition("each sample by itself")
    assert left_out == words[: len(left_out)]
    assert each.count(".") == sum(mask)


def test_the_first_samples_that_count_are_written_out() -> None:
    study = Study.of(None, np.zeros((10, 1)), mask=np.arange(10) % 3 > 0)
    for block_rows in (1, 3, 20):
        assert cut(study, block_rows).first_counted(4) == [1, 2, 4, 5]
    assert study.masking(False).first_counted(4) == [0, 1, 2, 3]
    assert study.counted == 6 and study.masking(False).counted == 10


# A whole batch, as one sample varies


@pytest.mark.parametrize("row", [0, 1, 3, 4])
@pytest.mark.parametrize("wrong", [3.0, np.inf])
def test_the_sums_without_one_sample_are_those_of_the_others(row: int, wrong: float) -> None:
    predictions = np.array([[1.0], [wrong], [2.0], [5.0], [7.0]])
    study = Study.of(np.zeros((5, 1)), predictions, "real", "values", mask=[1, 1, 1, 1, 0])
    outcome = Outcome(cut(study, 2), Choice.of("l2_norm"))
    squares = [float(p) ** 2 for k, (p,) in enumerate(predictions) if k not in (row, 4)]
    assert outcome.without(row).tolist() == [sum(squares)]
