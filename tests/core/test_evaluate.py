"""Evaluation: reductions, what it will not compute, and the focused row."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from core.drawn import CASES, DEFAULTS, FORMS, Case, drawn, weightings, weightings_of

from lossgui.core.choice import Choice
from lossgui.core.evaluate import Outcome, evaluate
from lossgui.core.losses import LOSSES
from lossgui.core.study import Study
from lossgui.core.text import number

# Reductions


@pytest.mark.parametrize("case", FORMS, ids=str)
def test_reductions_are_what_they_are_called(case: Case) -> None:
    for weights in weightings(5, 3)[:2] if LOSSES[case.loss].reduction else []:
        study = drawn(case, **weights)
        weight = weights.get("sample_weight", np.ones(5))
        losses = Outcome(study, case.choice("none")).rows(0, 5).statistics[:, 0]
        each = study.predictions.columns if case.chain.elementwise else 1
        total = (weight * losses).sum()
        expected = {
            "mean": total / 5 / each,
            "sum": total,
            "weighted mean": total / weight.sum() / each,
            "mean of rows": total / 5,
            "mean of the weighted": total / np.count_nonzero(weight) / each,
        }
        for reduction, offered in LOSSES[case.loss].reductions(case.profile).items():
            if offered.kind != "none":
                value = expected[offered.kind] * offered.factor(study.predictions.columns)
                assert Outcome(study, case.choice(reduction)).value == pytest.approx(value, rel=1e-13)
        by_itself = Outcome(study, case.choice("none"))
        assert by_itself.value is None
        np.testing.assert_allclose(by_itself.per_sample(), weight * losses, rtol=1e-15)
        np.testing.assert_allclose(by_itself.per_sample(1, 3), (weight * losses)[1:3], rtol=1e-15)


def test_weights_and_their_denominator() -> None:
    # Squared errors 1 and 9, weights 1 and 3: the same data give 14, 7 and 28.
    study = Study.of([[0.0], [0.0]], [[1.0], [3.0]], "real", "values", sample_weight=[1, 3])
    values = [
        Outcome(study, Choice.of("mean_squared_error", reduction=r)).value
        for r in ("mean", "weighted mean", "sum")
    ]
    assert values == [14, 7, 28]


def test_class_weights_multiply_the_terms_of_their_class() -> None:
    study = Study.of([0, 1], [[0.5, 0.5], [0.75, 0.25]], "index", class_weight=[2, 10])
    outcome = Outcome(study, Choice.of("sparse_categorical_crossentropy", reduction="sum"))
    assert outcome.value == pytest.approx(-2 * np.log(0.5) - 10 * np.log(0.25))


# What does not fit


@pytest.mark.parametrize(
    ("study", "choice", "words"),
    [
        (
            Study.of(None, [[0.5]]),
            Choice.of("hinge"),
            "It compares predictions with labels, and this study has none.",
        ),
        (
            Study.of([0], [[0.5]], "index"),
            Choice.of("hinge"),
            "It takes labels written as −1/+1, 0/1 or one-hot; these are class index.",
        ),
        (
            Study.of([[1]], [[0.5]]),
            Choice.of("sparse_categorical_crossentropy"),
            "It takes labels written as class index; these are one-hot.",
        ),
        (
            Study.of([[1]], [[0.5]], kind="logits"),
            Choice.of("categorical_crossentropy"),
            "It takes probabilities; these predictions are logits. Say ‘from logits’, or apply softmax.",
        ),
        (
            Study.of([[1]], [[0.5]], kind="logits"),
            Choice.of("kl_divergence"),
            "It takes probabilities; these predictions are logits.",
        ),
        (
            Study.of([[1]], [[0.5]]),
            Choice.of("weighted_sigmoid_crossentropy"),
            "It takes logits; these predictions are probabilities.",
        ),
        (
            Study.of([[1]], [[0.5]], class_weight=[1]),
            Choice.of("l2_norm"),
            "Class weights do not apply to a loss of the whole batch.",
        ),
        (
            Study.of([[1]], [[0.5]], sample_weight=[1]),
            Choice.of("l2_norm"),
            "Sample weights do not apply to a loss of the whole batch.",
        ),
    ],
)
def test_a_loss_that_does_not_fit_says_why(study: Study, choice: Choice, words: str) -> None:
    outcome = Outcome(study, choice)
    assert outcome.refusal is not None and re.fullmatch(re.escape(words), outcome.refusal)
    assert outcome.missing() == 0


@pytest.mark.parametrize("case", DEFAULTS, ids=str)
def test_a_loss_takes_what_it_says_and_nothing_else(case: Case) -> None:
    study, choice = drawn(case), case.choice()
    assert Outcome(study, choice).refusal is None
    entry, form = LOSSES[case.loss], choice.form
    taken = (form.encodings or entry.encodings) if entry.encodings else ()
    for encoding in ("one-hot", "index", "binary", "signed", "soft", "real"):
        refused = Outcome(replace(study, encoding=encoding), choice).refusal
        assert (refused is None) == (not taken or encoding in taken)
    assert (Outcome(replace(study, labels=None), choice).refusal is None) == (not taken)


@pytest.mark.parametrize("case", [case for case in CASES if case.kind == "logits"], ids=str)
def test_softmax_of_probabilities_is_remarked_upon(case: Case) -> None:
    asked = dict(case.parameters).get("from_logits")
    logits, probabilities = drawn(case), replace(drawn(case), kind="probabilities")
    assert Outcome(logits, case.choice()).notes == ()
    assert len(Outcome(probabilities, case.choice()).notes) == (1 if asked else 0)


# Focus


@pytest.mark.parametrize(("asked", "given"), [((1, 2), (1, 2)), ((9, 9), (4, 2)), ((-1, -1), (0, 0))])
def test_the_focus_lies_in_the_table(asked: tuple[int, int], given: tuple[int, int]) -> None:
    assert evaluate(drawn(CASES[0]), asked).focus == given


@pytest.mark.parametrize("case", FORMS, ids=str)
def test_a_varied_row_is_that_row_with_other_predictions(case: Case) -> None:
    study, choice = drawn(case), case.choice()
    others = drawn(case, seed=1).predictions.to_array()
    varied = Outcome(study, choice).varied(2, others).statistics
    for place, predictions in enumerate(others):
        edited = replace(study, predictions=study.predictions.with_cells(2, 0, [predictions]))
        np.testing.assert_allclose(
            varied[place], Outcome(edited, choice).rows(2, 3).statistics[0], rtol=1e-13
        )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_working_of_a_row_ends_in_its_loss(case: Case) -> None:
    for weights in weightings_of(case, 5, 3)[:3:2]:
        outcome = Outcome(drawn(case, **weights), case.choice())
        for row in range(5):
            steps = outcome.working(row)
            assert all(step.title and step.text for step in steps)
            found = f"= {number(float(outcome.rows(row, row + 1).statistics[0, 0]))}"
            # Of a loss of the whole batch, a sample has several sums.
            last = steps if outcome.chain.finish else steps[-1:]
            assert any(step.text.endswith(found) for step in last)
        assert outcome.value is not None and outcome.batch_working().endswith(f"= {number(outcome.value)}")
