"""Predictions: rescaled while they are dragged, normalised, put through softmax, called something else."""

from __future__ import annotations

import numpy as np
import pytest
from core.drawn import cut
from core.small import numbers, study
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lossgui.core.study import RefusedError, Study, rescaled

# Rescaling


def rows_within_one() -> st.SearchStrategy[np.ndarray]:
    return arrays(float, st.integers(2, 6), elements=st.floats(0, 1))


@given(rows_within_one(), st.data())
def test_a_rescaled_row_keeps_its_sum_and_stays_a_distribution(row: np.ndarray, data: st.DataObject) -> None:
    row = row / row.sum() if row.sum() > 0 else np.eye(len(row))[0]
    column = data.draw(st.integers(0, len(row) - 1))
    values = np.array(data.draw(st.lists(st.floats(0, 1), min_size=1)))
    rows = rescaled(row, column, values)
    assert (rows[:, column] == values).all()
    assert ((rows >= 0) & (rows <= 1)).all()
    np.testing.assert_allclose(rows.sum(axis=1), row.sum(), rtol=0, atol=1e-11)
    others = np.arange(len(row)) != column
    if row[others].sum() > 1e-300:
        # The rest keeps its proportions.
        shares = row[others] / row[others].sum()
        np.testing.assert_allclose(rows[:, others], (1 - values)[:, None] * shares, rtol=0, atol=1e-11)


@given(rows_within_one(), st.sampled_from([np.float32, np.float64]), st.floats(0, 1), st.data())
def test_any_probability_can_be_dragged_anywhere(
    row: np.ndarray, dtype: type, value: float, data: st.DataObject
) -> None:
    # float32 rows sum to a little more or less than 1, and others never summed to it: no drag is refused.
    made = Study.of(None, row[None].astype(dtype))
    column = data.draw(st.integers(0, len(row) - 1))
    dragged = made.with_prediction(0, column, value, rescale=True)
    assert dragged.predictions[0, column] == dtype(value) and dragged.predictions.dtype == dtype


def test_a_rest_of_nothing_is_shared_out_evenly() -> None:
    np.testing.assert_array_equal(rescaled([1, 0, 0], 0, [0.5]), [[0.5, 0.25, 0.25]])
    np.testing.assert_array_equal(rescaled([1], 0, [0.5]), [[0.5]])


def test_without_rescaling_the_rest_is_held() -> None:
    assert numbers(study().with_prediction(0, 0, 0.9).predictions)[0] == [0.9, 0.2, 0.1]


# What predictions are


def test_softmax_makes_logits_probabilities() -> None:
    made = Study.of(None, [[0, np.log(3)], [1000, 0]], kind="logits").softmaxed()
    assert made.kind == "probabilities"
    np.testing.assert_allclose(made.predictions.to_array(), [[0.25, 0.75], [1, 0]], rtol=1e-15)


def test_a_row_without_a_softmax_is_refused() -> None:
    with pytest.raises(RefusedError, match="nan in sample 2 does not"):
        Study.of(None, [[0, 1], [np.inf, 0]], kind="logits").softmaxed()


@pytest.mark.parametrize("row", [[0, 0], [1, -2], [np.inf, 1], [np.nan, 1]])
def test_a_row_that_cannot_be_normalised_is_refused(row: list[float]) -> None:
    with pytest.raises(RefusedError, match="Sample 2 has no positive sum to divide by"):
        cut(Study.of(None, [[1, 1], row], kind="values"), 1).normalised()


@given(arrays(float, (4, 3), elements=st.floats(1e-3, 1)))
def test_normalised_rows_sum_to_one(predictions: np.ndarray) -> None:
    made = Study.of(None, predictions).normalised().predictions.to_array()
    np.testing.assert_allclose(made.sum(axis=1), 1, rtol=1e-15)
    np.testing.assert_allclose(made, predictions / predictions.sum(axis=1, keepdims=True), rtol=1e-15)


def test_a_kind_is_only_a_word_for_the_same_numbers() -> None:
    before = study()
    assert before.with_kind("logits").predictions is before.predictions
    with pytest.raises(RefusedError, match="between 0 and 1: -1 in sample 1"):
        Study.of(None, [[-1.0]], kind="logits").with_kind("probabilities")
