"""Gradients as data: what is shown is the headline's own derivative, by predictions or by logits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from core.drawn import CASES, FORMS, Case, cut, drawn, headline, weightings

from lossgui.core.chain import Chain
from lossgui.core.evaluate import evaluate
from lossgui.core.figures import (
    LOGIT,
    PREDICTION,
    Figure,
    Image,
    Scale,
    of_batch,
    of_sample,
    possible,
    refused,
)
from lossgui.core.stages import Softmax
from lossgui.core.study import Choice, Study
from lossgui.core.summed import NONE_COUNTS
from lossgui.core.table import Table

CCE, BCE, MSE = "categorical_crossentropy", "binary_crossentropy", "mean_squared_error"
LABELS, PREDICTIONS = [[0, 1, 0], [0, 0, 1]], [[0.05, 0.95, 0.0], [0.1, 0.8, 0.1]]
NAMES = ["cat", "dog", "bird"]
BOTH = pytest.mark.parametrize("figure", [of_sample, of_batch])


def start(choice: Choice, predictions: Any = PREDICTIONS, **more: Any) -> Study:
    return Study.of(LABELS, predictions, classes=NAMES, choices=(choice,), **more)


def sample(study: Study, by: str = PREDICTION, focus: tuple[int, int] = (1, 2)) -> Figure:
    return of_sample(evaluate(study, focus), 0, by)


def batch(study: Study, by: str = PREDICTION, focus: tuple[int, int] = (1, 2)) -> Figure:
    return of_batch(evaluate(study, focus), 0, by)


def image_of(figure: Figure) -> Image:
    assert figure.image is not None, figure.description
    return figure.image


def bars_of(figure: Figure) -> np.ndarray:
    """Return the values of the bars by class; a class without a bar has 0."""
    assert figure.bars is not None
    names = [text for _, text in (figure.y if figure.bars.horizontal else figure.x).ticks]
    names = names[::-1] if figure.bars.horizontal else names
    values = dict(zip(figure.bars.categories, figure.bars.values.tolist(), strict=True))
    return np.array([values.get(name, 0.0) for name in names])


# Values


@pytest.mark.parametrize("case", FORMS, ids=str)
def test_by_prediction_it_is_the_gradient_of_the_headline(case: Case) -> None:
    for weights in weightings(5, 3):
        result = evaluate(replace(drawn(case, **weights), choices=(case.choice(),)), (2, 0))
        (outcome,) = result.outcomes
        if outcome.refusal is not None:
            assert of_batch(result, 0, PREDICTION).description == outcome.refusal
            continue
        expected = outcome.gradient()
        image, bars = image_of(of_batch(result, 0, PREDICTION)), bars_of(of_sample(result, 0, PREDICTION))
        # A slope of 0 that exact numbers come to by cancelling is 0 to their 106 bits.
        np.testing.assert_allclose(image.values, expected, rtol=1e-12, atol=1e-30)
        np.testing.assert_allclose(bars, expected[2], rtol=1e-12, atol=1e-30)


@pytest.mark.parametrize("case", [case for case in FORMS if case.kind == "probabilities"], ids=str)
def test_by_logit_it_is_the_difference_that_logits_make(case: Case) -> None:
    logits = np.random.default_rng(3).normal(0, 1.5, (3, 3))
    study = replace(drawn(case, samples=3), choices=(case.choice(),))

    def linked(z: np.ndarray) -> Study:
        p = Softmax().value(z) if study.sums_to_one else 1 / (1 + np.exp(-z))
        return replace(study, predictions=Table.from_array(p))

    shown, step = image_of(batch(linked(logits), LOGIT)).values, 1e-6
    for place in np.ndindex(logits.shape):
        moved = np.zeros_like(logits)
        moved[place] = step
        above, below = (headline(linked(logits + sign * moved), study.choices[0]) for sign in (1, -1))
        assert shown[place] == pytest.approx((above - below) / (2 * step), rel=1e-4, abs=1e-7)


def test_by_the_logit_cross_entropy_is_the_prediction_less_the_label() -> None:
    for profile in ("Textbook", "Keras 3"):
        study = start(Choice.of(CCE, profile, reduction="sum"))
        values = image_of(batch(study, LOGIT)).values
        np.testing.assert_allclose(values, np.subtract(PREDICTIONS, LABELS), atol=1e-15)


def test_parts_of_a_batch_are_those_of_the_whole() -> None:
    case = next(case for case in CASES if case.loss == "hinge" and case.profile == "Keras 3")
    study = cut(replace(drawn(case, samples=90, classes=4), choices=(case.choice(),)), 7)
    result = evaluate(study)
    image = image_of(of_batch(result, 0, PREDICTION))
    np.testing.assert_allclose(
        image.values, result.outcomes[0].gradient()[list(image.rows)], rtol=1e-12, atol=0
    )


# By what


@pytest.mark.parametrize(
    ("kind", "encoding", "by", "words"),
    [
        ("probabilities", "one-hot", PREDICTION, "by prediction"),
        ("probabilities", "one-hot", LOGIT, "by logit, back through softmax"),
        ("probabilities", "binary", LOGIT, "by logit, back through the sigmoid"),
        ("logits", "one-hot", LOGIT, "by logit"),
        ("logits", "one-hot", PREDICTION, "by logit"),
        ("values", "one-hot", PREDICTION, "by prediction"),
        ("values", "one-hot", LOGIT, "by prediction"),
    ],
)
def test_it_is_said_by_what_and_through_which_link(kind: str, encoding: str, by: str, words: str) -> None:
    study = Study.of(LABELS, PREDICTIONS, encoding, kind, choices=(Choice.of(MSE),))
    assert sample(study, by).subtitle == f"Mean squared error, sample 2, {words}"
    assert batch(study, by).subtitle == f"Mean squared error, {words}"
    assert f"derivative {words.partition(',')[0]}" in image_of(batch(study, by)).scale.label
    assert possible(study, by) in words


def test_what_there_is_no_derivative_by_has_a_reason() -> None:
    study = start(Choice.of(MSE))
    assert refused(study) == {}
    assert "are logits" in refused(study.with_kind("logits"))[PREDICTION]
    assert "are values" in refused(study.with_kind("values"))[LOGIT]
    single = Study.of([[1.0]], [[0.3]], "soft", choices=(Choice.of(MSE),))
    assert "the sigmoid" in sample(single, LOGIT).subtitle


def test_a_row_that_no_softmax_gives_is_said() -> None:
    rows = [[0.5, 0.5, 0.1], [0.2, 0.3, 0.5]]
    study = start(Choice.of(MSE), rows)
    assert sample(study, LOGIT, (0, 0)).subtitle.endswith("as if softmax gave a row that sums to 1.1")
    assert "as if" not in sample(study, LOGIT, (1, 0)).subtitle + sample(study).subtitle
    assert "rows that do not sum to 1 (1 of 2)" in batch(study, LOGIT).subtitle


@BOTH
def test_a_loss_that_does_not_fit_says_so(figure: Any) -> None:
    study = start(Choice.of(BCE)).with_kind("logits")
    made = figure(evaluate(study), 0, LOGIT)
    assert made.bars is None and made.image is None and "It takes probabilities" in made.description


# Which way


def test_the_title_says_what_descent_does() -> None:
    study = start(Choice.of(CCE))
    assert sample(study).title == "Descent raises bird"
    assert sample(study, LOGIT).title == "Descent raises bird, lowers dog"
    assert batch(study).title == "Descent raises bird of sample 2 most"
    perfect = start(Choice.of(MSE), LABELS)
    assert sample(perfect).title == "Descent moves nothing here"
    assert batch(perfect).title == "Descent moves nothing"


def test_a_class_that_is_called_by_a_number_is_said_to_be_a_class() -> None:
    study = Study.of(LABELS, PREDICTIONS, choices=(Choice.of(CCE),))
    assert sample(study).title == "Descent raises class 2"


@BOTH
def test_the_description_says_the_numbers(figure: Any) -> None:
    made = figure(evaluate(start(Choice.of(CCE, "Keras 3")), (1, 2)), 0, LOGIT)
    for words in ("derivative", "back through softmax", "raises bird", "bird of sample 2 −0.4500"):
        assert words in made.description


def test_a_sample_of_weight_0_moves_nothing_and_says_so() -> None:
    figure = sample(start(Choice.of(CCE), sample_weight=[1, 0]))
    assert "The weight of sample 2 is 0" in figure.subtitle
    assert figure.title == "Descent moves nothing here"


# Many


def many(samples: int, classes: int, **more: Any) -> Study:
    rng = np.random.default_rng(0)
    labels = np.eye(classes)[rng.integers(0, classes, samples)]
    rows = rng.dirichlet(np.ones(classes), samples)
    return Study.of(labels, rows, choices=(Choice.of(MSE),), **more)


def test_of_many_classes_the_largest_are_shown_and_the_rest_is_said() -> None:
    study = many(4, 100)
    gradient = evaluate(study).outcomes[0].gradient()
    figure = sample(study, focus=(3, 0))
    assert figure.bars is not None and figure.bars.horizontal
    largest = np.argsort(-np.abs(gradient[3]))
    assert list(figure.bars.categories) == [str(k) for k in largest[:30]]
    most = f"{abs(gradient[3, largest[30]]):.3e}".replace("e-0", "e−")
    assert f"The 30 largest of 100 classes; the others are at most {most}" in figure.subtitle
    image = image_of(batch(study))
    assert image.columns == tuple(sorted(np.argsort(-np.abs(gradient).max(axis=0))[:30].tolist()))
    np.testing.assert_allclose(image.values, gradient[:, image.columns], rtol=1e-15)


def test_of_many_samples_those_of_the_largest_losses_are_shown() -> None:
    study = many(400, 4)
    (outcome,) = (result := evaluate(study, (3, 1))).outcomes
    figure = of_batch(result, 0, PREDICTION)
    image = image_of(figure)
    assert image.rows == tuple(outcome.sums.rows.tolist()) and len(image.rows) == 50
    assert "The 50 samples of the largest losses, of 400." in figure.subtitle
    assert [text for _, text in figure.y.ticks][::-1] == [str(row + 1) for row in image.rows]


def test_no_more_rows_are_run_than_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    result = evaluate(many(5_000, 4), (9, 0))
    assert result.outcomes[0].sums
    rows: list[int] = []
    run = Chain.run

    def counted(self: Chain, labels: Any, predictions: np.ndarray, **known: Any) -> Any:
        rows.append(len(predictions))
        return run(self, labels, predictions, **known)

    monkeypatch.setattr(Chain, "run", counted)
    for by in (PREDICTION, LOGIT):
        of_sample(result, 0, by)
        of_batch(result, 0, by)
    # By logit, the size of the loss is looked at besides: what is tiny against it is lost.
    assert sorted(set(rows)) == [1, 50] and len(rows) <= 6


# Masks


def test_a_masked_sample_says_so() -> None:
    study = start(Choice.of(CCE), mask=[0, 1])
    figure = sample(study, focus=(0, 0))
    assert figure.bars is None and "Sample 1 is masked" in figure.description
    whole = batch(study)
    image = image_of(whole)
    assert (image.values[0] == 0).all() and (image.words[0] == "masked").all()
    assert not image.hatched.any() and (image.words[1] == "").all()
    assert [text for _, text in whole.y.ticks] == ["2", "1, masked"]


@BOTH
def test_where_nothing_counts_there_are_words(figure: Any) -> None:
    made = figure(evaluate(start(Choice.of(CCE), mask=[0, 0])), 0, PREDICTION)
    assert NONE_COUNTS in made.description


# Cells


def test_cells_stand_in_rows_of_samples_and_columns_of_classes() -> None:
    figure = batch(start(Choice.of(CCE), sample_names={1: "fido"}), focus=(1, 2))
    image = image_of(figure)
    assert [text for _, text in figure.x.ticks] == NAMES
    assert [text for _, text in figure.y.ticks] == ["fido", "1"]
    assert (figure.x.low, figure.x.high, figure.y.low, figure.y.high) == (-0.5, 2.5, -0.5, 1.5)
    assert image.at(0.4, 0.9) == (0, 0) and image.at(1.6, -0.2) == (1, 2) and image.at(2.6, 0) is None
    assert image.focus == (1, 2)
    assert image.numbers()[1] == ["0", "0", "−5.0000"] and image.numbers(2)[1][2] == "−5.00"


@pytest.mark.parametrize("size", [1e-12, 0.3, 1.0, 37.0, 4e8])
def test_the_scale_reaches_from_minus_to_plus_the_same_number(size: float) -> None:
    study = Study.of([[0.0], [0.0]], [[size], [-size / 3]], "real", "values")
    study = replace(study, choices=(Choice.of("half_sum_of_squares"),))
    scale = image_of(batch(study)).scale
    values = [value for value, _ in scale.ticks]
    assert size <= scale.reach < 2 * size and values == [-value for value in reversed(values)]
    assert values[-1] == pytest.approx(scale.reach) and values == sorted(values)
    assert len({text for _, text in scale.ticks}) == len(values)
    assert max(len(text) for _, text in scale.ticks) <= 8


def test_shares_of_the_full_colour_rise_with_the_number() -> None:
    scale = Scale("", 4.0, ())
    values = np.array([-np.inf, -5, -4, -1, 0, 1, 4, 9, np.inf, np.nan])
    assert scale.share(values).tolist() == [-1, -1, -1, -0.5, 0, 0.5, 1, 1, 1, 0]


def test_all_of_a_batch_without_a_slope_has_a_scale_too() -> None:
    assert image_of(batch(start(Choice.of(MSE), LABELS))).scale.reach == 1


# Where there is no number


def test_an_infinite_derivative_reaches_the_frame_and_is_said() -> None:
    study = start(Choice.of(CCE), [[0.05, 0.95, 0.0], [0.5, 0.5, 0.0]])
    figure = sample(study)
    assert figure.bars is not None and figure.bars.values.tolist() == [-np.inf]
    assert figure.bars.bottom[0] == figure.y.low < 0 == figure.bars.top[0]
    assert [note.text for note in figure.notes] == ["0", "0", "−∞"]
    assert figure.title == "Descent raises bird" and "−∞" in figure.description
    whole = batch(study)
    assert whole.title == "Descent raises bird of sample 2 most"
    assert image_of(whole).numbers()[1][2] == "−∞" and np.isfinite(image_of(whole).scale.reach)


def test_an_undefined_derivative_is_said() -> None:
    study = Study.of([[1, 0]], [[np.nan, 1.0]], kind="logits", choices=(Choice.of(MSE),))
    figure = sample(study, LOGIT, (0, 0))
    assert "undefined" in figure.title and figure.notes[0].text == "undefined"
    assert "class 0 of sample 1" in batch(study, LOGIT).title
