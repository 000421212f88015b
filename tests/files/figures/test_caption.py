"""Captions: all that the numbers of a figure depend on, in sentences."""

from __future__ import annotations

import numpy as np
import pytest
from files.figures.plotted import EXAMPLES, plots, study_of

from lossgui.core.choice import Choice
from lossgui.core.evaluate import evaluate
from lossgui.core.figures import by_class, curve, of_sample
from lossgui.core.own import Own
from lossgui.core.study import Study
from lossgui.files.figures.caption import caption

CROSS_ENTROPY = Choice.of("categorical_crossentropy", "Keras 3", {"label_smoothing": 0.1})


def study(**more: object) -> Study:
    choices = (CROSS_ENTROPY, Choice.of("mean_squared_error", reduction="none"))
    return Study.of([[1, 0], [0, 1]], [[0.5, 0.5], [0.2, 0.8]], choices=choices, **more)  # type: ignore[arg-type]


def test_a_caption_of_a_curve() -> None:
    assert caption(study(), curve(evaluate(study()))) == (
        "Loss of sample 1, against ŷ of class 0, sample 1 (the rest of the row held). "
        "Categorical cross-entropy (Keras 3; from_logits = False, label_smoothing = 0.1; "
        "mean of the samples); "
        "Mean squared error (Textbook; each sample by itself). "
        "2 samples of 2 classes, one-hot labels, probabilities, float64."
    )


def test_captions_of_what_shows_one_loss() -> None:
    result = evaluate(study())
    assert caption(study(), by_class(result, 1), [1]) == (
        "What adds to the headline: Mean squared error, the sum of the samples: 0.1450 + 0.1450 = 0.2900. "
        "Mean squared error (Textbook; each sample by itself). "
        "2 samples of 2 classes, one-hot labels, probabilities, float64."
    )
    words = caption(study(), of_sample(result, 0, "prediction"), [0])
    assert words.startswith(
        "Derivative of the headline: Categorical cross-entropy, sample 1, by prediction: "
    )
    assert "Mean squared error" not in words


def test_weights_and_masks_are_said() -> None:
    words = caption(study(sample_weight=[1, 2], class_weight=[0.5, 1], mask=[1, 0]))
    assert words.endswith("float64, weighted by sample, class weights [0.5, 1.0], 1 of them masked.")


def test_data_of_other_shapes_and_types() -> None:
    own = Choice.written(Own("(y - p)^2", title="Mine"))
    mine = Study.of([[[0, 1], [1, 0]]], [[[0.5, 0.5], [0.5, 0.5]]], choices=(own,))
    assert caption(mine).startswith(
        "Mine, (y - p)^2 (Textbook; averaged over the classes; mean of the samples). "
    )
    assert caption(mine).endswith("1 × 2 samples of 2 classes, one-hot labels, probabilities, float64.")
    many = Study.of([0, 1], np.zeros((2, 3), np.float32), "index", "logits", choices=(own,))
    assert caption(many).endswith("2 samples of 3 classes, class-index labels, logits, float32.")
    alone = Study.of(None, [[0.5]], kind="values")
    assert caption(alone) == "1 sample of 1 class, no labels, values, float64."


def test_a_loss_without_a_number_is_not_said() -> None:
    refused = Study.of(None, [[0.5, 0.5]], choices=(CROSS_ENTROPY, Choice.of("entropy")))
    assert "Categorical" not in caption(refused) and "Entropy (Textbook" in caption(refused)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_loss_of_every_example_is_stated_with_all_its_settings(example: str) -> None:
    of = study_of(example)
    for figure in plots(of):
        words = caption(of, figure)
        for outcome in evaluate(of).outcomes:
            if outcome.refusal is not None:
                continue
            choice = outcome.choice
            assert f"({choice.profile}; " in words and choice.entry.title in words
            assert all(f"{name} = " in words for name, _ in choice.parameters)
        assert of.kind in words and of.predictions.dtype.name in words
        assert words.endswith(".") and "\n" not in words and ".." not in words.replace("…", "")
