"""Dead entries: those whose derivative a clip, a margin or saturation holds back, and why, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from core.drawn import FORMS, Case, drawn

from lossgui.core.evaluate import evaluate
from lossgui.core.figures import LOGIT, PREDICTION, of_batch, of_sample
from lossgui.core.study import Choice, Study
from lossgui.core.table import Table

CCE, BCE, MSE, HINGE = "categorical_crossentropy", "binary_crossentropy", "mean_squared_error", "hinge"
KERAS, TEXTBOOK = "Keras 3", "Textbook"
ANIMALS = ("cat", "dog", "bird")


def study(labels: Any, row: Any, loss: str, profile: str = TEXTBOOK, **more: Any) -> Study:
    choice = Choice.of(loss, profile)
    return Study.of([labels], [row], classes=ANIMALS[: len(row)], choices=(choice,), **more)


def dead(made: Study, by: str = PREDICTION) -> tuple[list[str], list[str]]:
    """Return the dead classes of the only sample, and what is said of them."""
    result = evaluate(made)
    image, figure = of_batch(result, 0, by).image, of_sample(result, 0, by)
    assert image is not None
    crossed = [note.text.startswith("×") for note in figure.notes]
    assert crossed == image.hatched[0].tolist() == [words.startswith("dead: ") for words in image.words[0]]
    names = [name for name, cross in zip(made.classes, crossed, strict=True) if cross]
    said = figure.subtitle.splitlines()[1:]
    assert all(sentence in figure.description for sentence in said)
    return names, said


# Reasons


@pytest.mark.parametrize(
    ("made", "by", "names", "said"),
    [
        (
            study([0, 1, 0], [0.3, 0.7, 0.0], BCE, KERAS),
            PREDICTION,
            ["bird"],
            "bird is clipped: 0 lies below 1e−7, so its derivative is 0.",
        ),
        (
            study([0, 1], [0.0, 1.0], BCE, KERAS, encoding="binary"),
            PREDICTION,
            ["cat", "dog"],
            "cat and dog are clipped, so their derivatives are 0.",
        ),
        (
            study([1, 0], [0.25, 1 - 1e-9], BCE, KERAS, encoding="binary"),
            PREDICTION,
            ["dog"],
            "dog is clipped: 1 − 1e−9 lies above 1 − 1e−7, so its derivative is 0.",
        ),
        (
            # The row is divided by its sum before it is clipped: all classes hang on the clipped one.
            study([0, 0, 1], [0.3, 0.7, 1e-9], CCE, KERAS),
            PREDICTION,
            ["cat", "dog", "bird"],
            "bird is clipped: 1e−9 lies below 1e−7, so the derivatives of cat, dog and bird are 0.",
        ),
        (
            study([1, -1, 1], [2.0, -3.0, 0.5], HINGE, encoding="signed", kind="values"),
            PREDICTION,
            ["cat", "dog"],
            "cat and dog are beyond the margin, so their derivatives are 0.",
        ),
        (
            study([1, 0, 1], [0.5, -3.0, 0.5], HINGE, KERAS, encoding="binary", kind="values"),
            PREDICTION,
            ["dog"],
            "dog is beyond the margin: −3 lies below −1, so its derivative is 0.",
        ),
        (
            study([1], [1e-9], MSE, encoding="binary"),
            LOGIT,
            ["cat"],
            "cat is saturated: the sigmoid has no slope at 1e−9, so its derivative is as good as 0.",
        ),
        (
            study([0], [1.0], MSE, encoding="binary"),
            LOGIT,
            ["cat"],
            "cat is saturated: the sigmoid has no slope at 1, so its derivative is 0.",
        ),
        (
            study([0, 0, 1], [0.4, 0.6, 0.0], MSE),
            LOGIT,
            ["bird"],
            "bird is saturated: softmax has no slope at 0, so its derivative is 0.",
        ),
        (
            study([0, 1], [1.0, 0.0], MSE),
            LOGIT,
            ["cat", "dog"],
            "cat and dog are saturated, so their derivatives are 0.",
        ),
        (
            # Infinity times nothing.
            study([0, 0, 1], [0.4, 0.6, 0.0], CCE),
            LOGIT,
            ["cat", "dog", "bird"],
            "bird is saturated: softmax has no slope at 0, so the derivatives of cat, dog and bird are"
            " undefined.",
        ),
    ],
)
def test_a_dead_entry_is_marked_and_its_reason_is_said(
    made: Study, by: str, names: list[str], said: str
) -> None:
    assert dead(made, by) == (names, [said])


@pytest.mark.parametrize(
    ("made", "by"),
    [
        # A class without a share in the loss has no derivative, and nothing to be revived.
        (study([0, 1, 0], [0.3, 0.7, 0.0], CCE), PREDICTION),
        (study([0, 1, 0], [0.3, 0.7, 0.0], "kl_divergence"), PREDICTION),
        (study([1, 0, 1], [0.5, -3.0, 0.5], HINGE, encoding="binary", kind="values"), PREDICTION),
        (study([0, 1, 0], [0.3, 0.7, 0.1], CCE, KERAS, class_weight=[1, 0, 1]), PREDICTION),
        # A minimum.
        (study([0, 1, 0], [0, 1, 0], MSE), PREDICTION),
        (study([0, 1, 0], [0, 1, 0], MSE), LOGIT),
        (study([0, 1, 0], [0, 1, 0], CCE), LOGIT),
        (study([0.5, 0.5, 0], [0.5, 0.5, 0], CCE, encoding="soft"), LOGIT),
        (study([2.0], [2.0], "mean_absolute_error", encoding="real", kind="values"), PREDICTION),
        # Near 0, but with all of its slope: cross-entropy is as steep as the link is flat.
        (study([0, 1, 0], [0.5, 1e-9, 0.5 - 1e-9], CCE), LOGIT),
        (study([1], [1e-9], BCE, encoding="binary"), LOGIT),
        # Masked, or of no weight: nothing comes to it that could be held back.
        (study([0, 1, 0], [0.3, 0.7, 0.0], BCE, KERAS, sample_weight=[0]), PREDICTION),
    ],
)
def test_what_has_no_derivative_for_a_reason_of_the_loss_is_not_dead(made: Study, by: str) -> None:
    assert dead(made, by)[0] == []


def test_a_loss_from_logits_is_saturated_by_its_own_sigmoid_only_where_digits_end() -> None:
    choice = Choice.of(BCE, KERAS, {"from_logits": True})

    def at(logit: float) -> tuple[list[str], list[str]]:
        return dead(Study.of([[0]], [[logit]], "binary", "logits", classes=["cat"], choices=(choice,)), LOGIT)

    assert at(-30.0)[0] == at(30.0)[0] == []
    names, (said,) = at(-800.0)
    assert names == ["cat"] and "−800 lies below −745.1" in said


def test_descent_does_not_move_what_is_dead() -> None:
    vanishing = evaluate(study([0, 1, 0], [1 - 2e-9, 1e-9, 1e-9], MSE))
    assert of_sample(vanishing, 0, PREDICTION).title == "Descent raises dog, lowers cat"
    assert of_sample(vanishing, 0, LOGIT).title == "Descent moves nothing here"
    assert of_batch(vanishing, 0, LOGIT).title == "Descent moves nothing"


def test_a_batch_counts_its_dead_and_says_why_the_first_is() -> None:
    labels, rows = [[1, 0], [0, 1], [1, 0]], [[0.5, 0.5], [0.2, 0.0], [0.0, 1.0]]
    made = Study.of(labels, rows, "binary", classes=ANIMALS[:2], choices=(Choice.of(BCE, KERAS),))
    result = evaluate(made)
    expected = (
        "Hatched: dead, 3 clipped. In sample 2, dog is clipped: 0 lies below 1e−7, so its derivative is 0."
    )
    assert expected in of_batch(result, 0, PREDICTION).subtitle
    assert expected in of_batch(result, 0, PREDICTION).description


def test_many_dead_classes_are_counted() -> None:
    made = Study.of([np.eye(40)[0]], [np.eye(40)[1]], "binary", choices=(Choice.of(BCE, KERAS),))
    assert "class 0, class 1 and 38 others are clipped" in of_sample(evaluate(made), 0, PREDICTION).subtitle


def test_names_are_data_on_one_line() -> None:
    made = replace(study([1, 0], [0.0, 0.5], BCE, KERAS), classes=("<b>a</b>\n" * 60, "b"))
    said = of_sample(evaluate(made), 0, PREDICTION).subtitle.splitlines()
    assert len(said) == 2 and "<b>" in said[1] and len(said[1]) < 100


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_bounds_are_those_of_the_type(dtype: Any) -> None:
    row = np.array([[0.25, 1.0]], dtype)
    made = Study.of([[1, 0]], row, "binary", classes=ANIMALS[:2], choices=(Choice.of(BCE, KERAS),))
    top = "1 − 1e−7" if dtype is np.float64 else "1 − 1.19e−7"
    assert dead(made)[1] == [f"dog is clipped: 1 lies above {top}, so its derivative is 0."]


# The whole catalogue


def hard(case: Case, rng: np.random.Generator) -> Study:
    """Return a study that fits the case, half of its predictions at the ends of what there is."""
    made = replace(drawn(case, samples=8), choices=(case.choice(),))
    ends = [0, 1e-9, 1 - 1e-9, 1] if case.kind == "probabilities" else [0, 800, -800, 30, np.inf, np.nan]
    rows = made.predictions.to_array()
    rows = np.where(rng.random(rows.shape) < 0.5, rng.choice(ends, rows.shape), rows)
    return replace(made, predictions=Table.from_array(rows))


@pytest.mark.parametrize("case", FORMS, ids=str)
def test_only_what_has_no_derivative_is_dead(case: Case) -> None:
    result = evaluate(hard(case, np.random.default_rng(4)))
    if result.outcomes[0].refusal is not None:
        return
    image = of_batch(result, 0, PREDICTION).image
    assert image is not None
    values = image.values[image.hatched]
    assert (np.isnan(values) | (values == 0)).all() or case.kind == "logits"
    for by in (PREDICTION, LOGIT):
        for row in range(0, 8, 3):
            assert of_sample(evaluate(result.study, (row, 0)), 0, by).description


@pytest.mark.parametrize("case", FORMS, ids=str)
def test_a_dead_prediction_moves_nothing(case: Case) -> None:
    made = replace(drawn(case), choices=(case.choice(),))
    result = evaluate(made)
    image = of_batch(result, 0, PREDICTION).image
    if image is None:
        return
    before = result.outcomes[0].per_sample()
    for row, column in np.argwhere(image.hatched)[:4].tolist():
        for step in (-1e-9, 1e-9):
            table = made.predictions.with_cell(row, column, made.predictions[row, column] + step)
            after = evaluate(replace(made, predictions=table)).outcomes[0].per_sample()
            assert after == pytest.approx(before, rel=1e-12, abs=1e-12)


def test_a_sample_that_is_held_back_as_a_whole_is_said() -> None:
    made = study([1, 0, 0], [3.0, 1.0, -1.0], "categorical_hinge", kind="values")
    result = evaluate(made)
    sentence = of_sample(result, 0, PREDICTION).subtitle.splitlines()[1]
    assert (
        sentence.startswith("the sample is ahead by 1") and "the derivatives of cat and dog are 0" in sentence
    )
    assert [note.text for note in of_sample(result, 0, PREDICTION).notes] == ["× ahead by 1"] * 2 + ["0"]
