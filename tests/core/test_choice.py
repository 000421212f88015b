"""Chosen losses, and the choices that are not there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from core.small import study

from lossgui.core.choice import Choice
from lossgui.core.loss import Loss
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
    assert choice.entry is loss and choice.kind == (loss.reduction or "")
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


# Reductions


@pytest.mark.parametrize(
    ("loss", "profile", "own"),
    [
        ("mean_squared_error", "Textbook", ["mean", "sum", "weighted mean", "none"]),
        (
            "hinge",
            "Keras 3",
            ["sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none"],
        ),
        ("hinge", "Keras 2", ["sum_over_batch_size", "auto", "sum", "none"]),
        ("mean_squared_error", "PyTorch", ["mean", "sum", "none"]),
        ("kl_divergence", "PyTorch", ["mean", "sum", "none", "batchmean"]),
        ("poisson", "TensorFlow", ["reduce_mean", "reduce_sum", "none"]),
        ("mean_squared_error", "scikit-learn", ["uniform_average"]),
        ("hinge", "scikit-learn", ["mean"]),
        ("pseudo_huber", "SciPy", ["mean", "sum", "none"]),
        ("hinge", "optax", ["mean", "sum", "none"]),
        ("cross_entropy", "NumPy", ["mean", "sum", "none"]),
        ("l2_norm", "Textbook", []),
    ],
)
def test_reductions_are_the_frameworks_by_its_names_its_default_first(
    loss: str, profile: str, own: list[str]
) -> None:
    assert list(LOSSES[loss].own_reductions(profile)) == own
    assert Choice.of(loss, profile).reduction == (own[0] if own else None)


def test_tensorflow_1_takes_the_mean_over_weights_that_are_not_0_unless_told_otherwise() -> None:
    assert list(LOSSES["mean_squared_error"].own_reductions("TensorFlow")) == [
        "weighted_sum_by_nonzero_weights",
        "weighted_sum_over_batch_size",
        "weighted_mean",
        "weighted_sum",
        "none",
    ]


@pytest.mark.parametrize("loss", [loss for loss in LOSSES.values() if loss.reduction])
def test_kinds_that_a_framework_lacks_are_the_textbooks_and_say_so(loss: Loss) -> None:
    for profile in loss.profiles:
        offered, own = loss.reductions(profile), loss.own_reductions(profile)
        assert {"mean", "sum", "weighted mean", "none"} <= {each.kind for each in offered.values()}
        lacking = offered.keys() - own.keys()
        assert all(name.startswith("Textbook ") for name in lacking)
        assert not {offered[name].kind for name in lacking} & {each.kind for each in own.values()}
        assert not any(name.startswith("Textbook ") for name in own)


@pytest.mark.parametrize(
    ("before", "profile", "after"),
    [
        (("Keras 3", "sum_over_batch_size"), "PyTorch", "mean"),
        (("Keras 3", "mean"), "PyTorch", "mean"),
        (("PyTorch", "mean"), "Keras 3", "mean"),
        (("Textbook", "sum"), "TensorFlow", "weighted_sum"),
        (("Keras 3", "mean_with_sample_weight"), "scikit-learn", "uniform_average"),
        (("Keras 3", "mean_with_sample_weight"), "PyTorch", "mean"),
        (("Keras 3", "sum"), "scikit-learn", "uniform_average"),
        (("PyTorch", "Textbook weighted mean"), "optax", "Textbook weighted mean"),
        (("PyTorch", "Textbook weighted mean"), "Keras 3", "mean_with_sample_weight"),
        (("TensorFlow", "weighted_sum_by_nonzero_weights"), "Keras 2", "sum_over_batch_size"),
    ],
)
def test_another_profile_keeps_the_kind_of_reduction_that_it_has(
    before: tuple[str, str], profile: str, after: str
) -> None:
    assert Choice.of("mean_squared_error", *_with(before)).with_profile(profile).reduction == after


def _with(before: tuple[str, str]) -> tuple[str, dict[str, Any], str]:
    profile, reduction = before
    return profile, {}, reduction


@pytest.mark.parametrize(
    ("profile", "kind", "name"),
    [
        ("Keras 2", "mean", "sum_over_batch_size"),
        ("TensorFlow", "mean", "weighted_sum_over_batch_size"),
        ("TensorFlow", "weighted mean", "weighted_mean"),
        ("PyTorch", "weighted mean", "Textbook weighted mean"),
        ("scikit-learn", "mean", "Textbook mean"),
        ("Textbook", "none", "none"),
    ],
)
def test_a_reduction_may_be_named_by_what_it_comes_to(profile: str, kind: str, name: str) -> None:
    choice = Choice.of("mean_squared_error", profile, reduction=kind)
    assert (choice.reduction, choice.kind) == (name, kind)
    assert Choice.of("mean_squared_error", profile).with_kind(kind).kind == kind
