"""The Textbook profile's exact figures: the fast ones to rounding, and right to the last digit."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from core.drawn import CASES, Case, cut, drawn, masked, weightings

from lossgui.core import evaluate as evaluation
from lossgui.core.choice import Choice
from lossgui.core.evaluate import Result, can_be_exact, evaluate
from lossgui.core.losses import LOSSES
from lossgui.core.outcome import Outcome
from lossgui.core.own import Own
from lossgui.core.reference import PIECE, Reference
from lossgui.core.study import Study

TEXTBOOK = [case for case in CASES if case.profile == "Textbook"]
NASTY = [np.nan, np.inf, -np.inf, 0.0, 1.0, -1.0, 1e308, -1e308, 1e155, 1e-320, 710.0, -800.0]


def both(study: Study, choice: Choice) -> tuple[Outcome, Reference]:
    fast, exact = Outcome(study, choice), Reference(study, choice)
    assert exact.exact and not fast.exact and fast.refusal == exact.refusal
    return fast, exact


def figures(outcome: Outcome) -> dict[str, Any]:
    parts, row = outcome.contributions, outcome.row_contributions(1)
    return {
        "value": np.nan if outcome.value is None else outcome.value,
        "per_sample": outcome.per_sample(),
        "gradient": outcome.gradient(),
        "statistics": outcome.sums.statistics,
        "largest": outcome.sums.largest,
        "rows": outcome.sums.rows,
        "by_class": np.nan if parts is None else parts.by_class,
        "row": np.nan if row is None else row,
    }


def assert_equal_to_rounding(fast: Outcome, exact: Outcome, tolerance: float) -> None:
    found = figures(exact)
    for name, expected in figures(fast).items():
        got, expected = np.asarray(found[name]), np.asarray(expected)
        assert type(found[name]) is not np.ndarray or got.dtype == expected.dtype or name == "largest"
        size = np.abs(expected[np.isfinite(expected)]).max(initial=0)
        np.testing.assert_allclose(got, expected, tolerance, tolerance * size, err_msg=name)


@pytest.mark.parametrize("case", TEXTBOOK, ids=str)
@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 3e-5)])
def test_exact_figures_are_the_fast_ones_to_rounding(case: Case, dtype: Any, tolerance: float) -> None:
    for reduction in case.reductions:
        fast, exact = both(drawn(case, samples=7, classes=4, dtype=dtype), case.choice(reduction))
        if fast.refusal is None:
            assert_equal_to_rounding(fast, exact, tolerance)


@pytest.mark.parametrize("case", TEXTBOOK[::5], ids=str)
def test_weights_and_masks_count_alike(case: Case) -> None:
    for weights in weightings(samples=6, classes=3):
        for reduction in case.reductions:
            study = drawn(case, samples=6, **weights, **masked(6))
            fast, exact = both(study, case.choice(reduction))
            if fast.refusal is None:
                assert_equal_to_rounding(fast, exact, 1e-11)


@pytest.mark.parametrize("case", TEXTBOOK, ids=str)
def test_what_is_not_finite_is_as_in_float64(case: Case) -> None:
    study = drawn(case, samples=len(NASTY) + 2)
    predictions = study.predictions
    for row, number in enumerate(NASTY):
        predictions = predictions.with_cells(row, row % predictions.columns, [[number]])
    # Unchecked: a loss may be asked for what it refuses.
    fast, exact = both(replace(study, predictions=predictions), case.choice())
    for name in ("per_sample", "gradient"):
        expected, got = getattr(fast, name)(), getattr(exact, name)()
        broken = ~np.isfinite(expected)
        np.testing.assert_array_equal(np.isfinite(got), ~broken)
        np.testing.assert_array_equal(got[broken], expected[broken])


# To the last digit


def squares(samples: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray, list[Fraction]]:
    """Return labels, predictions and the exact mean squared error of each sample."""
    rng = np.random.default_rng(seed)
    labels, predictions = rng.normal(size=(2, samples, 3))
    errors = [
        sum((Fraction(p) - Fraction(y)) ** 2 for y, p in zip(*row, strict=True)) / 3
        for row in zip(labels.tolist(), predictions.tolist(), strict=True)
    ]
    return labels, predictions, errors


def test_the_mean_of_many_is_rounded_once() -> None:
    samples = PIECE  # three pieces
    labels, predictions, errors = squares(samples)
    for block_rows in (samples, 100):
        study = cut(Study.of(labels, predictions, "real", "values"), block_rows)
        exact = Reference(study, Choice.of("mean_squared_error"))
        assert exact.value == float(sum(errors) / samples)
        assert exact.per_sample().tolist() == [float(error) for error in errors]
        parts = exact.contributions
        assert parts is not None and abs(parts.total - exact.value) <= 2 * np.spacing(exact.value)


def test_a_weighted_mean_is_rounded_once() -> None:
    labels, predictions, errors = squares(50)
    rng = np.random.default_rng(3)
    weights, mask = rng.uniform(0, 1, 50), rng.random(50) < 0.7
    study = Study.of(labels, predictions, "real", "values", sample_weight=weights, mask=mask)
    exact = Reference(cut(study, 20), Choice.of("mean_squared_error", reduction="weighted mean"))
    counted = [Fraction(float(w)) if m else Fraction(0) for w, m in zip(weights, mask, strict=True)]
    total = sum(w * error for w, error in zip(counted, errors, strict=True))
    assert exact.value == float(total / sum(counted))
    slope = 2 * (Fraction(predictions[0, 0]) - Fraction(labels[0, 0])) / 3 * counted[0] / sum(counted)
    assert exact.gradient()[0, 0] == float(slope)


def test_a_root_of_a_sum_is_rounded_once() -> None:
    labels, predictions, errors = squares(40)
    exact = Reference(Study.of(labels, predictions, "real", "values"), Choice.of("l2_norm"))
    root = exact.value
    assert root is not None
    square, half = 3 * sum(errors), Fraction(float(np.spacing(root))) / 2
    assert (Fraction(root) - half) ** 2 <= square <= (Fraction(root) + half) ** 2


def test_float32_is_computed_with_more_and_rounded_once() -> None:
    labels, predictions, _ = squares(30)
    narrow = labels.astype(np.float32), predictions.astype(np.float32)
    exact = Reference(Study.of(*narrow, "real", "values"), Choice.of("mean_squared_error"))
    wide = [
        sum((Fraction(p) - Fraction(y)) ** 2 for y, p in zip(*row, strict=True)) / 3
        for row in zip(*(array.tolist() for array in narrow), strict=True)
    ]
    assert exact.per_sample().dtype == np.float32
    assert exact.per_sample().tolist() == [float(np.float32(float(error))) for error in wide]
    assert exact.value == float(sum(wide) / 30)


def test_class_weights_keep_their_digits_in_a_float32_study() -> None:
    study = Study.of([[1.0, 0.0]], np.array([[0.5, 0.5]], np.float32), class_weight=[0.1, 1])
    exact = Reference(study, Choice.of("categorical_crossentropy"))
    assert exact.value == pytest.approx(0.1 * np.log(2), rel=1e-15)


def test_a_certain_row_keeps_what_it_lacks_to_certainty() -> None:
    study = Study.of([[1, 0]], [[40.0, 0.0]], "one-hot", "logits")
    choice = Choice.of("categorical_crossentropy", parameters={"from_logits": True})
    for outcome in both(study, choice):
        assert outcome.value == pytest.approx(np.exp(-40.0), rel=1e-15)
        np.testing.assert_allclose(outcome.gradient()[0], [-np.exp(-40.0), np.exp(-40.0)], rtol=1e-15)


def test_a_divergence_of_near_equal_rows_is_not_lost() -> None:
    near = 0.25 * (1 + np.array([[3.0, -3.0, 1.0, -1.0]]) * 2.0**-50)
    exact = Reference(Study.of(np.full((1, 4), 0.25), near, "soft"), Choice.of("kl_divergence"))
    assert exact.value == pytest.approx(0.25 / 2 * (9 + 9 + 1 + 1) * 2.0**-100, rel=1e-9)


# Where it is used


def of_size(samples: int, *losses: str) -> Study:
    rng = np.random.default_rng(0)
    choices = tuple(Choice.of(loss, colour=k) for k, loss in enumerate(losses))
    return Study.of(rng.integers(0, 2, (samples, 2)), rng.random((samples, 2)), "binary", choices=choices)


def test_small_tables_are_exact_at_once() -> None:
    result = evaluate(of_size(9, "mean_squared_error", "binary_crossentropy"))
    assert all(outcome.exact for outcome in result.outcomes) and not result.could_be_exact


def test_large_tables_are_exact_once_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "EXACT_AT_ONCE", 20)
    study = of_size(30, "mean_squared_error", "binary_crossentropy")
    result = evaluate(study)
    assert not any(outcome.exact for outcome in result.outcomes) and result.could_be_exact
    exact = result.exactly()
    assert isinstance(exact, Result) and (exact.study, exact.focus) == (study, result.focus)
    assert all(outcome.exact for outcome in exact.outcomes)
    assert exact.missing() == 120 and sum(sum(o.compute()) for o in exact.outcomes) == 120
    # Now every block remembers.
    assert all(outcome.exact for outcome in evaluate(study).outcomes)


def test_an_edit_costs_its_own_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "EXACT_AT_ONCE", 20)
    study = cut(of_size(30, "mean_squared_error"), 5)
    assert not evaluate(study).outcomes[0].exact
    assert evaluate(study).exactly().outcomes[0].value is not None
    edited = evaluate(study.with_prediction(7, 0, 0.5, rescale=False)).outcomes[0]
    assert edited.exact and edited.missing() == 10


def test_frameworks_and_own_formulas_are_never_called_exact() -> None:
    own = Choice.written(Own("(y - p)^2", "mean"))
    study = replace(of_size(3), choices=(Choice.of("mean_squared_error", "Keras 3"), own))
    result = evaluate(study).exactly()
    assert not any(map(can_be_exact, study.choices))
    assert not any(outcome.exact for outcome in result.outcomes) and not result.could_be_exact


def test_a_loss_that_is_refused_waits_for_nothing() -> None:
    study = replace(of_size(3), choices=(Choice.of("sparse_categorical_crossentropy"),))
    result = evaluate(study)
    assert result.outcomes[0].refusal and not result.could_be_exact
    assert Reference(study, study.choices[0]).is_near(10**9) is False


def test_gradients_come_block_by_block() -> None:
    study = cut(of_size(30), 7)
    exact = Reference(study, Choice.of("mean_squared_error"))
    blocks = dict(exact.gradients())
    assert list(blocks) == list(range(0, 30, 7))
    np.testing.assert_array_equal(np.concatenate(list(blocks.values())), exact.gradient())


def test_every_loss_of_the_profile_is_computed_exactly() -> None:
    drawn_here = {case.loss for case in TEXTBOOK}
    assert drawn_here == {name for name, loss in LOSSES.items() if "Textbook" in loss.profiles}
