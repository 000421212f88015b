"""Contributions as data: what classes and samples add makes up the headline."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from core.drawn import FORMS, Case, drawn, weightings

from lossgui.core.evaluate import Result, evaluate
from lossgui.core.figures import QUIET, Bars, Colour, Figure, by_class, by_sample
from lossgui.core.study import Choice, Study
from lossgui.core.sums import Contributions

CCE, MSE = "categorical_crossentropy", "mean_squared_error"
LABELS, PREDICTIONS = [[0, 1, 0], [0, 0, 1]], [[0.05, 0.95, 0.0], [0.1, 0.8, 0.1]]
BOTH = pytest.mark.parametrize("taken", [by_class, by_sample])


def start(*choices: Choice) -> Result:
    classes = ["cat", "dog", "bird"]
    return evaluate(Study.of(LABELS, PREDICTIONS, classes=classes, choices=choices or (Choice.of(CCE),)))


def many(samples: int, classes: int, choice: Choice) -> Result:
    rng = np.random.default_rng(0)
    labels = np.eye(classes)[rng.integers(0, classes, samples)]
    return evaluate(Study.of(labels, rng.dirichlet(np.ones(classes), samples), choices=(choice,)))


def bars_of(figure: Figure) -> Bars:
    assert figure.bars is not None
    return figure.bars


def numbers(figure: Figure) -> list[str]:
    return [note.text for note in figure.notes]


@BOTH
@pytest.mark.parametrize("weights", weightings(5, 3), ids=["", "samples", "classes", "both"])
@pytest.mark.parametrize("case", FORMS, ids=str)
def test_the_bars_make_up_the_headline(case: Case, weights: dict[str, Any], taken: Any) -> None:
    for reduction in case.reductions:
        study = replace(drawn(case, **weights), choices=(case.choice(reduction),))
        (outcome,) = (result := evaluate(study)).outcomes
        figure = taken(result, 0)
        if outcome.refusal is not None:
            assert figure.bars is None and figure.notes[0].text == outcome.refusal
            continue
        if outcome.contributions is None and (taken is by_class or outcome.chain.finish is not None):
            assert figure.bars is None and "cannot be taken apart" in figure.description
            continue
        total = outcome.value if outcome.value is not None else outcome.per_sample().sum()
        bars = bars_of(figure)
        assert bars.values.sum() == pytest.approx(total, rel=1e-9, abs=1e-12)
        lengths = (bars.right - bars.left) if bars.horizontal else (bars.top - bars.bottom)
        stacked = 1e-15 * np.abs(bars.values).sum()
        np.testing.assert_allclose(lengths, np.abs(bars.values), rtol=1e-9, atol=max(1e-12, stacked))


def test_the_sum_is_written_out() -> None:
    figure = by_class(start(Choice.of(CCE, "Keras 3")), 0)
    assert figure.title == "0.0256 + 1.1513 = 1.1769"
    assert figure.subtitle == "Categorical cross-entropy, the mean of the samples"
    assert numbers(figure) == ["0.0256", "1.1513"]
    assert [text for _, text in figure.x.ticks] == ["cat", "dog", "bird"] and figure.x.categories
    for words in ("1.1769", "bird 1.1513", "dog 0.0256"):
        assert words in figure.description
    assert by_sample(start(), 0).title == figure.title
    assert numbers(by_sample(start(), 0)) == ["0.0256 · 2.2 %", "1.1513 · 97.8 %"]


def test_negative_parts_hang_below_zero() -> None:
    figure = by_class(start(Choice.of("cosine_similarity")), 0)
    assert figure.title.startswith("−0.") and " − 0." in figure.title
    assert (bars_of(figure).top == 0).all() and figure.y.high == 0
    assert {note.side for note in figure.notes} == {"below"}


def test_bars_are_stacked_by_the_class_of_the_sample() -> None:
    figure = by_class(start(Choice.of(MSE)), 0)
    bars = bars_of(figure)
    dogs = [place for place, category in enumerate(bars.categories) if category == "dog"]
    assert [bars.groups[place] for place in dogs] == ["dog", "bird"]
    assert [bars.colours[place] for place in dogs] == [Colour("classes", 1), Colour("classes", 2)]
    assert bars.bottom[dogs[1]] == bars.top[dogs[0]]
    assert figure.legend is not None
    assert [entry.label for entry in figure.legend.entries] == ["samples of", "dog", "bird"]
    assert bars.at(1, bars.top[dogs[1]] - 1e-6) == dogs[1] and bars.at(1, 1) is None


def test_where_samples_have_no_class_bars_have_the_colour_of_the_loss() -> None:
    study = Study.of([[1.5]], [[2.0]], "real", "values", choices=(Choice.of(MSE, colour=3),))
    for taken in (by_class, by_sample):
        figure = taken(evaluate(study), 0)
        assert bars_of(figure).colours == (Colour("losses", 3),) and figure.legend is None


def test_of_many_samples_the_largest_are_shown_and_the_rest_added_up() -> None:
    result = many(400, 4, Choice.of(CCE))
    figure = by_sample(result, 0)
    bars, losses = bars_of(figure), result.outcomes[0].per_sample()
    assert len(bars.values) == 51 and bars.horizontal and figure.y.categories
    np.testing.assert_allclose(bars.values[:50], np.sort(losses)[::-1][:50] / 400)
    assert bars.categories[0] == str(np.argmax(losses) + 1)
    assert (bars.categories[-1], bars.colours[-1]) == ("350 others", QUIET)
    assert bars.values.sum() == pytest.approx(result.outcomes[0].value)
    # The rest would dwarf all others: its bar is cut, and its number says so.
    assert bars.right[-1] == figure.x.high < bars.values[-1]
    assert "beyond the frame" in figure.notes[-1].text


def test_of_many_classes_the_largest_are_shown_and_the_rest_added_up() -> None:
    result = many(300, 100, Choice.of(MSE))
    figure = by_class(result, 0)
    parts = result.outcomes[0].contributions
    assert parts is not None
    names = [text for _, text in figure.y.ticks]
    assert names[0] == "71 others" and len(names) == 30
    bars = bars_of(figure)
    assert bars.values.sum() == pytest.approx(result.outcomes[0].value)
    assert set(bars.groups) == {"samples of this class", "samples of other classes"}
    assert figure.legend is not None and len(figure.legend.entries) == 2
    assert names[:0:-1] == [str(k) for k in np.argsort(-parts.by_class)[:29]]


def test_few_samples_keep_their_order() -> None:
    result = many(8, 3, Choice.of(CCE))
    assert bars_of(by_sample(result, 0)).categories == tuple("12345678")


def test_a_remainder_has_a_bar_of_its_own() -> None:
    result = start()
    result.outcomes[0].__dict__["contributions"] = Contributions(
        np.ones((1, 3)), ("all samples",), 0.5, -0.25
    )
    figure = by_class(result, 0)
    bars = bars_of(figure)
    assert (bars.categories[-1], bars.values[-1], bars.colours[-1]) == ("remainder", -0.25, QUIET)
    assert figure.title == "0.5000 + 0.5000 + 0.5000 − 0.2500 = 1.2500"


@BOTH
def test_a_loss_that_is_no_sum_says_so(taken: Any) -> None:
    result = start(Choice.of("l2_norm"))
    result.outcomes[0].__dict__["contributions"] = None
    figure = taken(result, 0)
    assert figure.bars is None and "no sum of terms" in figure.notes[0].text == figure.description


@BOTH
def test_infinite_and_undefined_parts_are_said_and_cut(taken: Any) -> None:
    infinite = evaluate(Study.of([[0, 1], [1, 0]], [[1.0, 0.0], [0.3, 0.7]], choices=(Choice.of(CCE),)))
    figure = taken(infinite, 0)
    assert "∞" in figure.title and "∞" in " ".join(numbers(figure))
    bars = bars_of(figure)
    assert np.isinf(bars.values).sum() == 1 and bars.top.max() == figure.y.high
    nan = evaluate(Study.of([[1, 0]], [[np.nan, 1.0]], kind="logits", choices=(Choice.of(MSE),)))
    figure = taken(nan, 0)
    assert "undefined" in figure.title and "undefined" in " ".join(numbers(figure))
    assert np.isfinite([*bars_of(figure).top, figure.y.high]).all()


def test_what_many_others_add_to_infinity_is_not_guessed() -> None:
    labels, predictions = np.eye(2)[[0] * 60], np.full((60, 2), 0.5)
    predictions[7] = [0, 1]
    figure = by_sample(evaluate(Study.of(labels, predictions, choices=(Choice.of(CCE),))), 0)
    assert len(bars_of(figure).values) == 50 and "others" not in bars_of(figure).categories[-1]


def test_weights_that_sum_to_nothing() -> None:
    choice = Choice.of(CCE, reduction="weighted mean")
    result = evaluate(Study.of(LABELS, PREDICTIONS, sample_weight=[0, 0], choices=(choice,)))
    for taken in (by_class, by_sample):
        assert "undefined" in taken(result, 0).title
