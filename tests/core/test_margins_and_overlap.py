"""Margin, similarity and overlap: where the frameworks part, with numbers that can be done by hand."""

from __future__ import annotations

import numpy as np
import pytest

from lossgui import Choice, Study, call
from lossgui.core.evaluate import Outcome


def value(study: Study, loss: str, profile: str, **parameters: float) -> float:
    outcome = Outcome(study, Choice.of(loss, profile, parameters))
    assert outcome.refusal is None and outcome.value is not None
    return outcome.value


def refusal(study: Study, loss: str, profile: str) -> str:
    return Outcome(study, Choice.of(loss, profile)).refusal or ""


# Margin


SLOPES = {"Textbook": -1, "Keras 3": -1, "Keras 2": -1, "TensorFlow": 0, "optax": -0.5}


@pytest.mark.parametrize(("profile", "slope"), SLOPES.items())
def test_exactly_at_the_margin_each_has_its_own_slope(profile: str, slope: float) -> None:
    labels = [[1.0]] if profile == "TensorFlow" else [[1.0], [-1.0]]
    study = Study.of(labels, [[1.0]] * len(labels), "signed", "values")
    outcome = Outcome(study, Choice.of("hinge", profile, reduction="sum"))
    assert outcome.gradient()[0, 0] == slope


@pytest.mark.parametrize(
    ("profile", "expected"), [("Textbook", 0.55), ("Keras 3", 0.1), ("TensorFlow", 0.1), ("optax", 0.55)]
)
def test_zeros_are_made_minus_one_by_some(profile: str, expected: float) -> None:
    # Left as it is, the 0 costs 1; written as −1 it costs 0.1, as the 1 does.
    study = Study.of([[0, 1]], [[-0.9, 0.9]], "binary", "values")
    assert value(study, "hinge", profile) == pytest.approx(expected)


def test_scikit_learn_takes_labels_that_are_all_alike_for_the_negative_class() -> None:
    study = Study.of([[1], [1]], [[0.6], [0.4]], "binary", "values")
    assert value(study, "hinge", "scikit-learn") == 1.5 and value(study, "hinge", "Keras 3") == 0.5
    assert call("sklearn", "hinge_loss", [7, 7], [0.6, 0.4]).reduced("mean") == 1.5
    assert call("sklearn", "hinge_loss", [3, 7], [0.6, 0.4]).reduced("mean") == pytest.approx(1.1)
    with pytest.raises(ValueError, match="more than two different labels"):
        call("sklearn", "hinge_loss", [1, 2, 3], [0.6, 0.4, 0.1])


def test_scikit_learn_takes_one_score_or_three_classes() -> None:
    two = Study.of([[-1, 1]], [[0.1, 0.2]], "signed", "values")
    assert "one score a sample; not so in sample 1" in refusal(two, "hinge", "scikit-learn")
    index = Study.of([0, 1], [[0.1, 0.2], [0.3, 0.1]], "index", "values")
    assert "of two classes a single score" in refusal(index, "categorical_hinge", "scikit-learn")
    with pytest.raises(ValueError, match="fewer than three classes"):
        call("sklearn", "hinge_loss", [0, 1], [[0.1, 0.2], [0.3, 0.1]])


def test_scikit_learn_takes_names_of_classes_in_their_order() -> None:
    scores = [[0.1, 0.9, 0.3], [0.2, 0.1, 0.8]]
    named = call("sklearn", "hinge_loss", [20, 30], scores, labels=[30, 10, 20])
    assert named.reduced("mean") == call("sklearn", "hinge_loss", [1, 2], scores).reduced("mean")


def test_keras_compares_the_true_class_with_zero_too() -> None:
    study = Study.of([[0, 0, 1]], [[-1.0, -2.0, -3.0]], kind="values")
    assert value(study, "categorical_hinge", "Keras 3") == 4
    assert value(study, "categorical_hinge", "Textbook") == 3
    assert call("optax", "multiclass_hinge_loss", [2], [[-1.0, -2.0, -3.0]]).values == [3]


def test_multi_margin_of_pytorchs_own_example() -> None:
    scores = np.array([[0.1, 0.2, 0.4, 0.8]])
    assert call("torch", "multi_margin_loss", np.array([3]), scores).values == pytest.approx([0.325])
    study = Study.of([3], scores, "index", "values")
    assert value(study, "multi_margin", "PyTorch") == pytest.approx(0.325)
    assert value(study, "multi_margin", "Textbook", margin=1) == pytest.approx(4 * 0.325)
    weighed = Study.of([3], scores, "index", "values", class_weight=[1, 1, 1, 10])
    assert value(weighed, "multi_margin", "PyTorch") == pytest.approx(3.25)
    called = call("torch", "multi_margin_loss", np.array([3]), scores, weight=[1.0, 1, 1, 10])
    assert called.values == pytest.approx([3.25])
    with pytest.raises(ValueError, match="p must be 1 or 2"):
        call("torch", "multi_margin_loss", np.array([3]), scores, p=3)


def test_a_label_of_zero_costs_hinge_embedding_both() -> None:
    found = call("torch", "hinge_embedding_loss", [1.0, -1.0, 0.0], [0.3, 0.3, 0.3])
    assert found.values == pytest.approx([0.3, 0.7, 1.0])
    study = Study.of([[0]], [[0.3]], "binary", "values")
    assert value(study, "hinge_embedding", "PyTorch") == 1
    assert "labels written as −1/+1" in refusal(study, "hinge_embedding", "Textbook")


def test_losses_of_a_second_input() -> None:
    assert call("torch", "margin_ranking_loss", [1.0], [0.2], x2=[0.5]).values == pytest.approx([0.3])
    found = call("torch", "triplet_margin_loss", [[0.0, 0.0]], [[3.0, 4.0]], negative=[[3.0, 3.0]], eps=0.0)
    assert found.values == pytest.approx([5])
    swapped = call(
        "torch", "triplet_margin_loss", [[3.0, 3.0]], [[3.0, 4.0]], negative=[[3.0, 5.0]], eps=0.0, swap=True
    )
    assert swapped.values == pytest.approx([1])
    embedded = call("torch", "cosine_embedding_loss", [1.0, -1, 0], [[1.0, 0]] * 3, x2=[[1.0, 1]] * 3)
    assert embedded.values == pytest.approx([1 - 0.5**0.5, 0.5**0.5, 0])
    with pytest.raises(ValueError, match="needs x2"):
        call("torch", "margin_ranking_loss", [1.0], [0.2])


# Similarity


def test_the_sign_of_the_cosine() -> None:
    study = Study.of([[3.0, 4.0]], [[4.0, 3.0]], "real", "values")
    for profile, expected in (("Textbook", -0.96), ("Keras 3", -0.96), ("PyTorch", 0.96), ("optax", 0.96)):
        assert value(study, "cosine_similarity", profile) == pytest.approx(expected)
    for profile, expected in (("Textbook", 0.04), ("optax", 0.04), ("TensorFlow", -23)):
        assert value(study, "cosine_distance", profile) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("length", "expected"), [(1e-7, (1, 0.1, 1)), (1e-8, (0.1, 0.01, 1)), (1e-9, (0.01, 0.001, 0.1))]
)
def test_short_vectors(length: float, expected: tuple[float, ...]) -> None:
    study = Study.of([[1.0, 0.0]], [[length, 0.0]], "real", "values")
    found = [abs(value(study, "cosine_similarity", name)) for name in ("Keras 3", "Keras 2", "PyTorch")]
    assert found == pytest.approx(expected)
    assert value(study, "cosine_similarity", "Textbook") == -1


@pytest.mark.parametrize("size", [1e-200, 1e200])
def test_no_square_overflows_in_the_textbook(size: float) -> None:
    study = Study.of([[3.0, 4.0]], np.array([[4.0, 3.0]]) * size, "real", "values")
    assert value(study, "cosine_similarity", "Textbook") == pytest.approx(-0.96)


def test_what_the_distance_holds_besides_its_terms_is_a_remainder() -> None:
    study = Study.of([[3.0, 4.0]] * 2, [[4.0, 3.0]] * 2, "real", "values", sample_weight=[1, 3])
    for reduction, remainder in (("mean", 2), ("weighted mean", 1), ("sum", 4)):
        parts = Outcome(study, Choice.of("cosine_distance", "Textbook", reduction=reduction)).contributions
        assert parts is not None and parts.remainder == remainder


def test_axes_are_those_that_are_named() -> None:
    rng = np.random.default_rng(0)
    y, p = rng.normal(size=(2, 3, 4)), rng.normal(size=(2, 3, 4))
    for axis, shape in ((1, (2, 4)), ((1, 2), (2,)), ([0, 1], (4,)), (-1, (2, 3))):
        found = call("keras", "cosine_similarity", y, p, axis=axis)
        assert found.values.shape == shape and found.gradient("values_sum").shape == y.shape
    flat = call("optax", "cosine_similarity", y, p, axis=None).values
    assert flat == pytest.approx((y * p).sum() / np.sqrt((y * y).sum() * (p * p).sum()))
    assert call("tensorflow", "v1_cosine_distance", y, p, axis=0).values.shape == (1, 3, 4)


# Overlap


KERAS_DICE = Study.of([[1, 0], [0, 1]], [[0.88, 0.12], [0.27, 0.73]])


def test_dice_of_keras_own_example() -> None:
    assert value(KERAS_DICE, "dice", "Keras 3") == pytest.approx(0.195, abs=1e-7)
    assert value(KERAS_DICE, "dice", "Textbook") == pytest.approx(0.195, abs=1e-15)
    labels, predictions = [[1.0, 0], [0, 1]], [[0.88, 0.12], [0.27, 0.73]]
    assert call("keras", "dice", labels, predictions).values == pytest.approx(0.195, abs=1e-7)
    assert call("keras", "dice", labels, predictions, axis=-1).values == pytest.approx([0.12, 0.27], abs=1e-7)


def test_two_empty_masks() -> None:
    empty = Study.of([[0, 0]], [[0.0, 0.0]], "binary")
    assert value(empty, "dice", "Keras 3") == 1 and np.isnan(value(empty, "dice", "Textbook"))
    sure = call("optax", "dice_loss", [[[0.0, 0]]], [[[-800.0, 800.0]]]).values
    assert sure == pytest.approx([(0 + 1 / 3) / 2])


def test_keras_gives_alpha_and_beta_the_opposite_meaning() -> None:
    study = Study.of([[1, 1, 0, 0]], [[0.9, 0.1, 0.2, 0.0]], "binary")  # missed 1, too much 0.2
    ours = value(study, "tversky", "Textbook", alpha=0.3, beta=0.7)
    assert ours == pytest.approx(1 - 1 / (1 + 0.3 * 0.2 + 0.7 * 1))
    assert value(study, "tversky", "Keras 3", alpha=0.7, beta=0.3) == pytest.approx(ours, abs=1e-7)
    assert value(study, "tversky", "Textbook") == pytest.approx(value(study, "dice", "Textbook"))


def test_optax_adds_up_between_the_first_axis_and_the_last() -> None:
    rng = np.random.default_rng(0)
    labels, logits = np.eye(3)[rng.integers(0, 3, (2, 5))], rng.normal(size=(2, 5, 3))
    whole = call("optax", "dice_loss", labels, logits).values
    table = Study.of(labels[0], logits[0], kind="logits")
    alone = Outcome(table, Choice.of("smoothed_dice", "optax"))
    assert whole.shape == (2,) and alone.per_sample().shape == (5,)
    np.testing.assert_allclose(alone.per_sample(), call("optax", "dice_loss", labels[0], logits[0]).values)
    # Probabilities of which the labels are 0 or 1: overlap, both sizes, one added to both.
    shares = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    overlap, sizes = (shares * labels).sum(axis=1), (shares + labels).sum(axis=1)
    np.testing.assert_allclose(whole, (1 - (overlap + 1) / (sizes / 2 + 1)).mean(axis=1))
