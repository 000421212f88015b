"""What frameworks disagree about when they compute a cross-entropy, in their own numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pytest import approx

from lossgui import call
from lossgui.core.choice import Choice
from lossgui.core.evaluate import Outcome
from lossgui.core.study import Study

LOGITS = np.array([[2, 0.5, 6], [0.1, 0, 3]])
INDICES = np.array([2, 1])
ONE_HOT = np.eye(3)[INDICES]
WEIGHTS = [1.0, 2.0, 3.0]
SHARES = np.array([[0.2, 0.3, 0.5], [0.1, 0.1, 0.8]])


# Class weights


@pytest.mark.parametrize(("labels", "mean"), [(INDICES, 1.2531625515), (ONE_HOT, 3.1329063788)])
def test_the_same_labels_have_two_means_in_pytorch(labels: np.ndarray, mean: float) -> None:
    outcome = call("torch", "cross_entropy", labels, LOGITS, weight=WEIGHTS)
    assert outcome.reduced("mean") == approx(mean)
    assert outcome.values == approx([0.0664654755, 6.1993472821])


@pytest.mark.parametrize(
    ("loss", "encoding", "labels", "value", "worked"),
    [
        ("sparse_categorical_crossentropy", "index", INDICES, 1.2531625515, "(0.0665 + 6.1993) / 5 = 1.2532"),
        ("categorical_crossentropy", "one-hot", ONE_HOT, 3.1329063788, "(0.0665 + 6.1993) / 2 = 3.1329"),
    ],
)
def test_the_window_shows_both_means(
    loss: str, encoding: str, labels: np.ndarray, value: float, worked: str
) -> None:
    study = Study.of(labels, LOGITS, encoding, "logits", class_weight=WEIGHTS)
    outcome = Outcome(study, Choice.of(loss, "PyTorch"))
    assert outcome.value == approx(value) and outcome.batch_working() == worked
    chips = [step.title for step in outcome.working(0)]
    assert ("mean ÷ Σ own weights" in chips) == (encoding == "index")


@pytest.mark.parametrize("weight", [[1.0, 2, 3], [[1.0], [2.0]], 2.0, np.full((2, 3), 2.0)])
def test_weights_of_entries_are_repeated_as_pytorch_repeats_them(weight: Any) -> None:
    outcome = call("torch", "binary_cross_entropy", ONE_HOT, SHARES, weight=weight)
    plain = call("torch", "binary_cross_entropy", ONE_HOT, SHARES)
    assert outcome.values == approx(plain.values * np.asarray(weight))
    assert outcome.reduced("mean") == approx(outcome.values.mean())


# Labels that are ignored, and labels that are smoothed


def test_pytorch_smooths_weighs_and_ignores_at_once() -> None:
    logits, labels = np.array([[2, 0.5, 6], [0.1, 0, 3], [1, 2, 0]]), np.array([2, 1, 0])
    outcome = call(
        "torch", "cross_entropy", labels, logits, weight=WEIGHTS, label_smoothing=0.3, ignore_index=1
    )
    assert outcome.values == approx([1.5598189378, 0, 1.9298877538])
    assert outcome.reduced("mean") == approx(0.8724266729)


@pytest.mark.parametrize(
    ("framework", "loss", "reduction", "mean"),
    [
        ("keras", "sparse_categorical_crossentropy", "sum_over_batch_size", 0.0),
        ("tf_keras", "sparse_categorical_crossentropy", "sum_over_batch_size", np.nan),
        ("torch", "cross_entropy", "mean", np.nan),
    ],
)
def test_the_mean_of_nothing(framework: str, loss: str, reduction: str, mean: float) -> None:
    name = "ignore_index" if framework == "torch" else "ignore_class"
    outcome = call(framework, loss, np.array([1, 1]), SHARES, **{name: 1})
    assert outcome.reduced(reduction) == approx(mean, nan_ok=True)
    assert (outcome.gradient(reduction) == 0).all()


@pytest.mark.parametrize(("profile", "value"), [("Keras 3", 0.0), ("Keras 2", np.nan)])
def test_the_window_says_the_same_of_nothing(profile: str, value: float) -> None:
    study = Study.of([1, 1], SHARES, "index")
    choice = Choice.of("sparse_categorical_crossentropy", profile, {"ignore_class": 1})
    outcome = Outcome(study, choice)
    assert outcome.value == approx(value, nan_ok=True) and (outcome.gradient() == 0).all()
    plain, none = choice.with_parameter("ignore_class", -1), choice.with_parameter("ignore_class", 2)
    assert Outcome(study, plain).value == Outcome(study, none).value == approx(1.7532789487)


@pytest.mark.parametrize("framework", ["keras", "tf_keras"])
def test_nothing_leaks_from_a_sample_that_is_ignored(framework: str) -> None:
    predictions = np.array([[0.2, 0.3, 0.5], [np.nan, 0.5, 0.5]])
    outcome = call(
        framework, "sparse_categorical_crossentropy", np.array([0, 1]), predictions, ignore_class=1
    )
    assert outcome.values == approx([-np.log(0.2), 0])
    assert np.isfinite(outcome.gradient("values_sum")).all()


@pytest.mark.parametrize(
    ("framework", "values"),
    [
        ("keras", [0.3687750941, 0.6238324625, 1.1378036962]),
        ("tf_keras", [0.4524739158, 0.6931471806, 1.2215025178]),
    ],
)
def test_keras_3_smooths_over_the_last_axis_whichever_is_that_of_the_classes(
    framework: str, values: list[float]
) -> None:
    labels = np.array([[[0.0, 0, 0], [1, 1, 1]]])
    predictions = np.array([[[0.25, 0.5, 0.75], [0.75, 0.5, 0.25]]])
    outcome = call(framework, "categorical_crossentropy", labels, predictions, label_smoothing=0.3, axis=1)
    assert outcome.values == approx(np.array([values]))


# Certain and wrong, and what is lost where it is right


@pytest.mark.parametrize(
    ("framework", "loss", "value", "slope"),
    [
        ("keras", "binary_crossentropy", 16.118095651, 0),
        ("tf_keras", "binary_crossentropy", 15.424948470, 0),
        ("torch", "binary_cross_entropy", 100, -1000000003995.8),
        ("sklearn", "log_loss", 36.043653389, 0),
    ],
)
def test_what_it_costs_to_be_certain_and_wrong(framework: str, loss: str, value: float, slope: float) -> None:
    labels = np.array([1]) if framework == "sklearn" else np.array([1.0])
    outcome = call(framework, loss, labels, np.array([0.0]))
    assert outcome.values == approx(value)
    assert outcome.gradient("values_sum") == approx(slope)


@pytest.mark.parametrize(
    ("framework", "loss", "of_no", "of_yes"),
    [
        ("tensorflow", "sigmoid_cross_entropy_with_logits", 1.9287498e-22, 1.9287498e-22),
        ("optax", "sigmoid_binary_cross_entropy", 1.9287498e-22, 1.9287498e-22),
        ("torch", "binary_cross_entropy_with_logits", 0, 1.9287498e-22),
        ("sklearn", "_loss_HalfBinomialLoss", 1.9287498e-22, 0),
    ],
)
def test_which_side_loses_its_digits(framework: str, loss: str, of_no: float, of_yes: float) -> None:
    outcome = call(framework, loss, np.array([0.0, 1.0]), np.array([-50.0, 50.0]))
    assert outcome.values.tolist() == approx([of_no, of_yes], rel=1e-7, abs=0)


@pytest.mark.parametrize(
    ("framework", "loss", "values"),
    [
        ("tensorflow", "sigmoid_cross_entropy_with_logits", [np.nan, np.nan, np.inf, np.nan]),
        ("torch", "binary_cross_entropy_with_logits", [np.nan, np.inf, np.nan, np.nan]),
        ("optax", "sigmoid_binary_cross_entropy", [np.nan, np.inf, np.inf, np.nan]),
    ],
)
def test_infinite_logits(framework: str, loss: str, values: list[float]) -> None:
    logits, labels = np.array([np.inf, np.inf, -np.inf, -np.inf]), np.array([1.0, 0, 1, 0])
    assert call(framework, loss, labels, logits).values == approx(values, nan_ok=True)


def test_the_weighted_kernel_of_tensorflow_has_its_own_slope_at_zero() -> None:
    outcome = call(
        "tensorflow", "weighted_cross_entropy_with_logits", [[1.0, 0.0]], [[0.0, 0.0]], pos_weight=3
    )
    assert outcome.gradient("values_sum").tolist() == [[0, 1]]


# Single losses


def test_a_class_that_optax_does_not_have() -> None:
    outcome = call("optax", "softmax_cross_entropy_with_integer_labels", np.array([-1, 3]), LOGITS)
    last = call("optax", "softmax_cross_entropy_with_integer_labels", np.array([2, 2]), LOGITS)
    assert outcome.values == approx([last.values[0], np.nan], nan_ok=True)


def test_a_logit_that_rules_a_class_out() -> None:
    labels, logits = np.array([[0.5, 0, 0.5]]), np.array([[1.0, -np.inf, 1.0]])
    assert call("optax", "safe_softmax_cross_entropy", labels, logits).values == approx(np.log(2))
    assert np.isnan(call("optax", "softmax_cross_entropy", labels, logits).values).all()


@pytest.mark.parametrize("framework", ["keras", "tf_keras"])
def test_alpha_counts_in_one_focal_loss_always_and_in_the_other_only_with_class_balancing(
    framework: str,
) -> None:
    plain = call(framework, "categorical_crossentropy", ONE_HOT, SHARES).values
    focal = "categorical_focal_crossentropy"
    assert call(framework, focal, ONE_HOT, SHARES, gamma=0).values == approx(plain / 4)
    binary, of_no_use = (
        call(framework, "binary_focal_crossentropy", ONE_HOT, SHARES, alpha=alpha).values
        for alpha in (0.25, 0.9)
    )
    assert (binary == of_no_use).all()
    by_class = call(framework, focal, ONE_HOT, SHARES, gamma=0, alpha=[1.0, 2.0, 4.0]).values
    assert by_class == approx(plain * [4, 2])


def test_generalised_cross_entropy_of_a_class_that_is_not_there() -> None:
    loss = "categorical_generalized_cross_entropy"
    assert call("keras", loss, np.array([0, 7]), SHARES, q=0.25).values == approx([4 * (1 - 0.2**0.25), 4])
    # Keras' product pairs labels in a column with every row.
    assert call("keras", loss, np.array([[0], [1]]), SHARES).values.shape == (2, 2)


def test_the_brier_score_is_halved_for_two_classes() -> None:
    two, three = np.array([[0.7, 0.3]]), np.array([[0.7, 0.2, 0.1]])
    halved, whole = (call("sklearn", "brier_score_loss", np.array([0]), p) for p in (two, three))
    single = call("sklearn", "brier_score_loss", np.array([0]), np.array([0.3]))
    for scale, values in (("auto", (0.09, 0.14)), ("True", (0.09, 0.07)), ("False", (0.18, 0.14))):
        name = f"scale_by_half={scale}"
        assert (halved.reduced(name), whole.reduced(name)) == approx(values)
        assert single.reduced(name) == approx(values[0])


def test_softmax_applied_twice() -> None:
    twice = call("textbook", "double_softmax_cross_entropy", ONE_HOT[:1], LOGITS[:1]).values
    keras = call(
        "keras",
        "categorical_crossentropy",
        ONE_HOT[:1],
        np.exp(LOGITS[:1]) / np.exp(LOGITS[:1]).sum(),
        from_logits=True,
    ).values
    assert twice == approx(0.56551919, abs=1e-8) and keras == approx(twice)


# What is refused


@pytest.mark.parametrize(
    ("framework", "loss", "labels", "predictions", "more", "words"),
    [
        ("torch", "cross_entropy", INDICES, LOGITS, {"label_smoothing": 2}, "between 0 and 1; it is 2"),
        ("torch", "cross_entropy", ONE_HOT, LOGITS, {"ignore_index": 1}, "ignore_index must lie between"),
        ("torch", "cross_entropy", ONE_HOT.astype(int), LOGITS, {}, "Labels must be floats"),
        ("torch", "cross_entropy", INDICES + 1, LOGITS, {}, "There is no class 3: there are 3 classes"),
        ("torch", "nll_loss", INDICES * 1.0, LOGITS, {}, "class indices, which are whole numbers"),
        ("torch", "binary_cross_entropy", ONE_HOT, LOGITS, {}, "All predictions must lie between 0 and 1"),
        ("torch", "binary_cross_entropy", 2 * ONE_HOT, SHARES, {}, "All labels must lie between 0 and 1"),
        ("torch", "binary_cross_entropy", ONE_HOT, SHARES, {"weight": [1.0, 2]}, "Weights of the shape"),
        ("keras", "categorical_crossentropy", 1.0, 0.5, {}, "no axis of classes"),
        ("keras", "sparse_categorical_crossentropy", INDICES, SHARES, {"axis": 0}, "Only the last axis"),
        ("keras", "categorical_generalized_cross_entropy", INDICES, SHARES, {"q": 1}, "q must lie between"),
        ("tensorflow", "sparse_softmax_cross_entropy_with_logits", [[2], [1]], LOGITS, {}, "one class index"),
        ("optax", "poly_loss_cross_entropy", ONE_HOT.astype(int), LOGITS, {}, "Labels must be floats"),
        ("sklearn", "log_loss", INDICES, 2 * SHARES, {}, "All predictions must lie between 0 and 1"),
        ("sklearn", "log_loss", np.array([0, 2]), SHARES[:, 0], {}, "labels must be 0 or 1"),
        ("sklearn", "brier_score_loss", np.array([0, 0]), SHARES[:, :1], {}, "one probability a sample"),
        ("sklearn", "log_loss", INDICES[:0], SHARES[:0], {}, "There are no samples"),
        ("textbook", "cross_entropy_delta_labels", INDICES + 1, SHARES, {}, "There is no class 3"),
    ],
)
def test_what_a_framework_refuses_is_refused_in_words(
    framework: str, loss: str, labels: Any, predictions: Any, more: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        call(framework, loss, labels, predictions, **more)


def test_sample_weights_of_nothing_have_no_log_loss() -> None:
    outcome = call("sklearn", "log_loss", INDICES, SHARES, sample_weight=[0.0, 0.0])
    for name in ("normalize=True", "normalize=False"):
        with pytest.raises(ValueError, match="add up to 0"):
            outcome.reduced(name)


def test_an_ignored_class_is_a_whole_number() -> None:
    with pytest.raises(ValueError, match="ignored class must be a whole number"):
        Choice.of("nll_loss", "PyTorch", {"ignore_index": 0.5})
    assert Choice.of("nll_loss", "PyTorch", {"ignore_index": 2}).parameter("ignore_index") == 2
