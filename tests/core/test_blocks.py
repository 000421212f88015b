"""What is computed when, what blocks remember, and that it makes no difference to any number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from core.drawn import cut
from hypothesis import given
from hypothesis import strategies as st

from lossgui.core.chain import Chain
from lossgui.core.choice import Choice
from lossgui.core.evaluate import Outcome, evaluate
from lossgui.core.run import Run
from lossgui.core.study import LABELS, PREDICTIONS, Study
from lossgui.core.sums import LARGEST
from lossgui.core.table import Table

THREE = [Choice.of("mean_squared_error"), Choice.of("hinge", "Keras 3"), Choice.of("l2_norm")]
BLOCKS = 10


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the list to which every run of a chain adds how many rows it was over."""
    counted: list[int] = []
    run = Chain._run  # what both ways to run it come down to

    def counting(chain: Chain, given: dict[str, Any], kind: Callable[[Any], Any]) -> Run:
        counted.append(len(given["predictions"]))
        return run(chain, given, kind)

    monkeypatch.setattr(Chain, "_run", counting)
    return counted


def many_blocks(encoding: str = "binary", **more: Any) -> Study:
    """Return a study of three losses and ten blocks of two rows; all labels are 0 but the first."""
    labels = np.zeros((2 * BLOCKS, 3)) if encoding == "binary" else -np.ones((2 * BLOCKS, 3))
    labels[0, 0] = 1
    predictions = np.random.default_rng(0).uniform(0, 1, labels.shape)
    return cut(Study.of(labels, predictions, encoding, choices=tuple(THREE), **more), 2)


def headlines(study: Study) -> list[float | None]:
    return [outcome.value for outcome in evaluate(study).outcomes]


def afresh(study: Study) -> Study:
    """Return the same study in blocks that remember nothing."""
    return cut(study, 2)


# Laziness


def test_nothing_runs_before_it_is_looked_at(runs: list[int]) -> None:
    result = evaluate(many_blocks())
    for outcome in result.outcomes:
        assert outcome.refusal is None and outcome.notes == () and outcome.chain.stages
    assert result.missing() == 3 * 2 * BLOCKS * 3
    assert runs == []


def test_each_row_runs_once_whatever_is_asked(runs: list[int]) -> None:
    study = many_blocks()
    for outcome in evaluate(study).outcomes:
        assert [outcome.value, outcome.value, outcome.contributions, outcome.sums]
    assert sum(runs) == 2 * BLOCKS * 3 and max(runs) == 2
    assert evaluate(study).missing() == 0
    assert headlines(study) and sum(runs) == 2 * BLOCKS * 3


@pytest.mark.parametrize(
    "edit",
    [
        lambda study: study.with_cell(PREDICTIONS, 7, 1, 0.5),
        lambda study: study.with_cell(LABELS, 7, 1, 1),
        lambda study: study.with_samples(7),
        lambda study: study.without_samples([7]),
        lambda study: study.with_sample_weight(7, 3),
        lambda study: study.with_mask(7, False),
    ],
)
def test_an_edit_runs_one_block_for_each_loss_and_its_undo_none(
    edit: Callable[[Study], Study], runs: list[int]
) -> None:
    before = many_blocks(sample_weight=np.ones(2 * BLOCKS), mask=np.arange(2 * BLOCKS) % 5 > 0)
    before = replace(before, choices=tuple(THREE[:2]))
    old = headlines(before)
    runs.clear()
    after = edit(before)
    new = headlines(after)
    assert len(runs) == 2
    assert new == pytest.approx(headlines(afresh(after)), rel=1e-14) and new != old
    runs.clear()
    assert headlines(before) == old and headlines(after) == new
    assert runs == []


def test_a_row_runs_by_itself(runs: list[int]) -> None:
    outcome = evaluate(many_blocks()).outcomes[0]
    assert len(outcome.working(3)) == len(outcome.chain.stages) - 1  # the terms are shown in their sum
    outcome.gradient(3, 4)
    outcome.per_sample(3, 5)
    outcome.varied(3, np.zeros((7, 3)))
    assert runs == [1, 1, 2, 7]


def test_missing_blocks_can_be_computed_a_few_at_a_time(runs: list[int]) -> None:
    outcome = evaluate(many_blocks()).outcomes[1]
    steps = outcome.compute()
    assert (next(steps), next(steps), outcome.missing()) == (6, 6, 6 * (BLOCKS - 2))
    assert sum(steps) == 6 * (BLOCKS - 2) and outcome.missing() == 0 and list(outcome.compute()) == []
    assert runs == [2] * BLOCKS


# What a block's result depends on besides the block


@pytest.mark.parametrize(
    "change",
    [
        lambda study: replace(study, class_weight=(1, 2, 3)),
        lambda study: replace(study, class_weight=None),
        lambda study: replace(study, sample_weight=Table.from_array(np.full((2 * BLOCKS, 1), 7.0), 2)),
        lambda study: replace(study, sample_weight=None),
        lambda study: study.masking(),
        lambda study: study.with_mask(7, False),
        lambda study: replace(study, mask=Table.from_array(np.zeros((2 * BLOCKS, 1), bool), 2)),
        lambda study: study.with_encoding("signed"),
        lambda study: study.with_encoding("soft"),
        lambda study: study.with_kind("values"),
        lambda study: replace(study, choices=tuple(replace(c, reduction="sum") for c in THREE[:2])),
        lambda study: replace(
            study, choices=(Choice.of("hinge"), Choice.of("mean_squared_error", "Keras 3"))
        ),
    ],
)
def test_a_remembered_result_is_never_that_of_another_study(change: Callable[[Study], Study]) -> None:
    before = replace(
        many_blocks(class_weight=[3, 2, 1], sample_weight=np.arange(2.0 * BLOCKS)), choices=tuple(THREE[:2])
    )
    headlines(before)
    after = change(before)
    fresh = [outcome.sums for outcome in evaluate(afresh(after)).outcomes]
    for outcome, sums in zip(evaluate(after).outcomes, fresh, strict=True):
        np.testing.assert_allclose(outcome.sums.statistics, sums.statistics, rtol=1e-14)
        np.testing.assert_allclose(outcome.sums.groups, sums.groups, rtol=1e-14)


def test_one_label_anywhere_switches_keras_hinges_conversion_off_everywhere() -> None:
    # All labels 0 or 1: Keras reads them as -1 and 1. One -1 among them, and a 0 is a 0 for every row.
    labels, scores = np.array([[1.0], [0.0], [0.0], [0.0]]), np.full((4, 1), 0.5)
    converted = cut(Study.of(labels, scores, "binary", choices=(THREE[1],)), 1)
    np.testing.assert_allclose(evaluate(converted).outcomes[0].per_sample(), [0.5, 1.5, 1.5, 1.5])
    assert headlines(converted) == [1.25]
    mixed = replace(converted, labels=converted.labels.with_cell(3, 0, -1))  # type: ignore[union-attr]
    np.testing.assert_allclose(evaluate(mixed).outcomes[0].per_sample(), [0.5, 1, 1, 1.5])
    assert headlines(mixed) == [1.0]
    assert headlines(converted) == [1.25]


def test_facts_are_found_block_by_block(runs: list[int]) -> None:
    before = many_blocks("signed")
    headlines(before)
    runs.clear()
    # The fact stays what it was, so only the touched block runs.
    headlines(before.with_cell(LABELS, 7, 1, 1))
    assert len(runs) == 3


# The largest rows


@given(
    st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]) | st.floats(0, 1), min_size=1, max_size=150),
    st.integers(1, 70),
)
def test_the_largest_rows_are_the_same_however_the_table_is_cut(
    predictions: list[float], block_rows: int
) -> None:
    study = Study.of(np.zeros((len(predictions), 1)), np.array(predictions)[:, None], "real")
    choice = Choice.of("mean_absolute_error")
    ours, theirs = Outcome(study, choice).sums, Outcome(cut(study, block_rows), choice).sums
    # By size; what is equal, by row.
    expected = sorted(range(len(predictions)), key=lambda row: (-predictions[row], row))[:LARGEST]
    assert ours.rows.tolist() == theirs.rows.tolist() == expected
    assert ours.largest.tolist() == theirs.largest.tolist() == [predictions[row] for row in expected]


def test_the_largest_rows_move_with_rows_inserted_before_them(runs: list[int]) -> None:
    before = replace(many_blocks(), choices=(THREE[0],))
    rows = evaluate(before).outcomes[0].sums.rows
    runs.clear()
    moved = evaluate(before.with_samples(0, 1)).outcomes[0].sums
    assert len(runs) == 1
    assert [row - 1 for row in moved.rows.tolist() if row > 0] == rows.tolist()


def test_undefined_losses_are_the_largest() -> None:
    study = Study.of(None, [[1.0], [np.nan], [3.0]], kind="values")
    study = replace(study, labels=study.predictions.mapped(np.zeros_like), encoding="real")
    sums = Outcome(study, Choice.of("mean_squared_error")).sums
    assert sums.rows.tolist() == [1, 2, 0] and np.isnan(sums.largest[0])
