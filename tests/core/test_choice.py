"""Chosen losses, and the choices that are not there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from core.small import study

from lossgui.core.choice import Choice
from lossgui.core.losses import LOSSES


def test_losses_are_added_replaced_and_taken_out() -> None:
    first, second, third = Choice.of("hinge"), Choice.of("mean_squared_error"), Choice.of("entropy")
    both = study().with_choice(first).with_choice(second)
    assert both.choices == (first, second)
    assert both.with_choice(third, at=0).choices == (third, second)
    assert both.without_choice(0).choices == (second,)


@pytest.mark.parametrize("name", LOSSES)
def test_a_choice_begins_with_the_losses_own_defaults(name: str) -> None:
    loss, choice = LOSSES[name], Choice.of(name)
    assert choice.entry is loss and choice.reduction == loss.reduction
    assert choice.profile == loss.profiles[0]
    assert dict(choice.parameters) == {
        parameter.name: parameter.default for parameter in choice.form.parameters
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("no_such_loss",), "There is no loss called no_such_loss."),
        (("entropy", "Keras 3"), "Entropy is not computed by Keras 3."),
        (("entropy", "Textbook", {"gamma": 1}), "Entropy has no parameter gamma under Textbook."),
        (("crossentropy_with_delta", "NumPy", {"delta": 2}), "δ must lie between 0 and 1."),
        (("crossentropy_with_delta", "NumPy", {"delta": float("nan")}), "δ must lie between 0 and 1."),
        (("entropy", "Textbook", None, "median"), "Entropy has no reduction median."),
        (("l2_norm", "Textbook", None, "mean"), "L2 norm has no reduction mean."),
    ],
)
def test_a_choice_that_is_not_there_is_refused(arguments: tuple[Any, ...], words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        Choice.of(*arguments)


def test_another_profile_keeps_the_parameters_that_it_has() -> None:
    keras = Choice.of("categorical_crossentropy", "Keras 3", {"from_logits": True}, "sum", 2)
    textbook = keras.with_profile("Textbook")
    assert textbook == Choice.of("categorical_crossentropy", "Textbook", {"from_logits": True}, "sum", 2)
    with pytest.raises(ValueError, match="not computed by"):
        keras.with_profile("SciPy")


def test_a_parameter_changes_by_itself() -> None:
    choice = Choice.of("weighted_sigmoid_crossentropy", reduction="sum", colour=3).with_parameter(
        "pos_weight", 2
    )
    assert (choice.parameter("pos_weight"), choice.reduction, choice.colour) == (2.0, "sum", 3)
    assert choice.parameter("gamma", 7) == 7
    with pytest.raises(ValueError, match="between 0 and 1000"):
        choice.with_parameter("pos_weight", -1)
