"""What frameworks do around their losses: reductions, weights, shapes that differ, batches without samples.

Expected numbers are those of Keras 3.15.1, tf-keras 2.21.0, TensorFlow 2.21.0, PyTorch 2.13.0 and
scikit-learn 1.9.1.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lossgui import Choice, Study, call
from lossgui.core.outcome import Outcome

ONE_AND_NINE: dict[str, Any] = {"y_true": [[0.0], [0.0]], "y_pred": [[1.0], [3.0]]}
WEIGHTS = np.array([1.0, 3.0])


@pytest.mark.parametrize(
    ("framework", "loss", "reduction", "expected"),
    [
        ("keras", "mean_squared_error", "sum_over_batch_size", 14.0),
        ("keras", "mean_squared_error", "mean", 14.0),
        ("keras", "mean_squared_error", "mean_with_sample_weight", 7.0),
        ("keras", "mean_squared_error", "sum", 28.0),
        ("tf_keras", "mean_squared_error", "sum_over_batch_size", 14.0),
        ("tf_keras", "mean_squared_error", "auto", 14.0),
        ("tensorflow", "v1_mean_squared_error", "weighted_sum_by_nonzero_weights", 14.0),
        ("tensorflow", "v1_mean_squared_error", "weighted_mean", 7.0),
        ("sklearn", "mean_squared_error", "uniform_average", 7.0),
    ],
)
def test_a_mean_divides_by_samples_or_by_weights(
    framework: str, loss: str, reduction: str, expected: float
) -> None:
    outcome = call(framework, loss, **ONE_AND_NINE, sample_weight=WEIGHTS)
    assert float(outcome.reduced(reduction)) == expected


def test_pytorch_disagrees_with_itself() -> None:
    squared = call("torch", "mse_loss", [0.0, 0.0], [1.0, 3.0], weight=WEIGHTS)
    assert float(squared.reduced("mean")) == 7.0 and squared.values.tolist() == [1.0, 27.0]
    huber = call("torch", "huber_loss", [0.0, 0.0], [1.0, 3.0], weight=WEIGHTS, delta=10.0)
    assert float(huber.reduced("mean")) == 7.0
    assert float(call("torch", "mse_loss", [0.0, 0.0], [1.0, 3.0]).reduced("mean")) == 5.0


def test_a_weight_of_0_counts_in_keras_divisor_and_not_in_that_of_tensorflow_1() -> None:
    for framework, loss, reduction, expected in [
        ("keras", "mean_squared_error", "sum_over_batch_size", 4.5),
        ("tensorflow", "v1_mean_squared_error", "weighted_sum_by_nonzero_weights", 9.0),
        ("tensorflow", "v1_mean_squared_error", "weighted_sum_over_batch_size", 4.5),
    ]:
        outcome = call(framework, loss, **ONE_AND_NINE, sample_weight=np.array([0.0, 1.0]))
        assert float(outcome.reduced(reduction)) == expected
    with pytest.raises(ValueError, match="All sample weights are 0"):
        call("sklearn", "mean_squared_error", **ONE_AND_NINE, sample_weight=np.zeros(2))


CUBE = np.arange(12.0).reshape(2, 2, 3)


@pytest.mark.parametrize(
    ("framework", "shape", "expected"),
    [
        ("tf_keras", (2,), 117.33333333333333),  # a weight for each sample
        ("keras", (2,), 100.83333333333333),  # along the last axis of the values: one for each step in time
        ("tf_keras", (2, 1), 117.33333333333333),
        ("keras", (2, 1), 117.33333333333333),
    ],
)
def test_the_trap_of_weights_of_steps_in_time(
    framework: str, shape: tuple[int, ...], expected: float
) -> None:
    weights = np.array([1.0, 3.0]).reshape(shape)
    outcome = call(framework, "mean_squared_error", np.zeros_like(CUBE), CUBE, sample_weight=weights)
    assert float(outcome.reduced("sum_over_batch_size")) == pytest.approx(expected, rel=1e-15)
    assert outcome.gradient("sum_over_batch_size").shape == CUBE.shape


def test_weights_that_do_not_fit_are_refused() -> None:
    for framework in ("keras", "tf_keras"):
        outcome = call(
            framework, "mean_squared_error", np.zeros((4, 3)), np.ones((4, 3)), sample_weight=[1, 2, 3]
        )
        with pytest.raises(
            ValueError, match=r"weights of the shape \(3,\) do not fit values of the shape \(4,\)"
        ):
            outcome.reduced("sum")
    with pytest.raises(ValueError, match="a weight for each sample"):
        call("sklearn", "mean_squared_error", [1.0, 2.0], [1.0, 2.0], sample_weight=[1.0])
    with pytest.raises(ValueError, match="mse_loss of torch takes no sample_weight"):
        call("torch", "mse_loss", [1.0], [1.0], sample_weight=[1.0])
    with pytest.raises(ValueError, match="a weight for each prediction"):
        call("torch", "mse_loss", [1.0, 2.0], [1.0, 2.0], weight=[1.0])


# Shapes


def test_keras_2_repeats_what_keras_3_sets_right() -> None:
    labels, predictions = np.array([1.0, 2.0]), np.array([[1.0], [3.0]])
    three, two = (call(f, "mean_squared_error", labels, predictions) for f in ("keras", "tf_keras"))
    assert three.values.tolist() == [0.0, 1.0] and two.values.tolist() == [0.5, 2.5]
    # The class of Keras 2 sets it right too, before it calls the function.
    assert float(three.reduced("sum")) == 1.0 and float(two.reduced("sum")) == 0.5
    assert two.gradient("sum").shape == three.gradient("sum").shape == (2, 1)


def test_gradients_of_what_was_repeated_are_added_up() -> None:
    outcome = call("torch", "mse_loss", [[0.0, 1.0], [2.0, 3.0]], [[1.0], [1.0]])
    assert outcome.values.tolist() == [[1.0, 0.0], [1.0, 4.0]]
    assert outcome.gradient("values_sum").tolist() == [[2.0], [-6.0]]


def test_optax_repeats_nothing_in_its_squared_error() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        call("optax", "squared_error", [0.0, 1.0], [[1.0], [1.0]])
    assert call("optax", "huber_loss", [0.0, 1.0], [[1.0], [1.0]]).values.shape == (2, 2)
    with pytest.raises(ValueError, match="must be floats"):
        call("optax", "squared_error", [0], [1])


def test_a_single_number_is_a_loss_of_its_own() -> None:
    outcome = call("torch", "mse_loss", np.float64(1), np.float64(3))
    assert outcome.values.shape == () and float(outcome.values) == 4.0
    assert float(outcome.gradient("mean")) == 4.0


# No samples


@pytest.mark.parametrize(
    ("framework", "loss", "reduction", "expected"),
    [
        ("keras", "mean_squared_error", "sum_over_batch_size", []),
        ("tf_keras", "mean_squared_error", "sum_over_batch_size", 0.0),
        ("tensorflow", "v1_mean_squared_error", "weighted_mean", 0.0),
        ("torch", "mse_loss", "mean", np.nan),
        ("torch", "mse_loss", "sum", 0.0),
        ("optax", "squared_error", "mean", np.nan),
    ],
)
def test_a_batch_without_samples(framework: str, loss: str, reduction: str, expected: Any) -> None:
    outcome = call(framework, loss, np.zeros((0, 3)), np.zeros((0, 3)))
    np.testing.assert_array_equal(outcome.reduced(reduction), np.asarray(expected))
    assert outcome.gradient("values_sum").shape == (0, 3)


def test_scikit_learn_wants_a_sample() -> None:
    with pytest.raises(ValueError, match="no samples"):
        call("sklearn", "mean_squared_error", np.zeros((0, 3)), np.zeros((0, 3)))


# Types


@pytest.mark.parametrize(
    ("framework", "loss", "expected"),
    [
        ("keras", "huber", np.float64),
        ("tf_keras", "huber", np.float32),
        ("tensorflow", "v1_huber_loss", np.float32),
        ("torch", "huber_loss", np.float64),
    ],
)
def test_some_compute_in_float32_whatever_they_are_given(framework: str, loss: str, expected: Any) -> None:
    outcome = call(framework, loss, [[0.1, 0.2]], [[0.3, 5.0]])
    assert outcome.values.dtype == expected and outcome.gradient("values_sum").dtype == np.float64


def test_scikit_learn_returns_floats() -> None:
    outcome = call("sklearn", "mean_squared_error", np.float32([1, 2]), np.float32([1, 4]))
    assert outcome.values.dtype == outcome.reduced("uniform_average").dtype == np.float64
    assert outcome.reduced("raw_values").dtype == np.float32 and outcome.reduced("raw_values").shape == (1,)


def test_numbers_too_small_for_their_digits_are_0_to_tensorflow() -> None:
    tiny = np.float32([[1e-40, 1.0]])
    keras, torch = (
        call(framework, loss, np.zeros_like(tiny), tiny).gradient("values_sum")
        for framework, loss in [("keras", "mean_absolute_error"), ("torch", "l1_loss")]
    )
    assert keras.tolist() == [[0.0, 0.5]] and torch.tolist() == [[1.0, 1.0]]


@pytest.mark.parametrize(
    ("profile", "expected"),
    [("Keras 3", 0.0), ("TensorFlow", 0.0), ("Textbook", np.nan), ("PyTorch", np.nan)],
)
def test_a_mean_over_weights_that_add_up_to_0_is_0_where_the_framework_has_it_so(
    profile: str, expected: float
) -> None:
    study = Study.of([[0.0], [0.0]], [[1.0], [3.0]], "real", "values", sample_weight=np.zeros(2))
    outcome = Outcome(study, Choice.of("mean_squared_error", profile, reduction="weighted mean"))
    np.testing.assert_equal(outcome.value, expected)
    np.testing.assert_equal(outcome.gradient(), np.full((2, 1), expected))
    assert outcome.contributions is not None
    np.testing.assert_equal(outcome.contributions.total, expected)


def test_that_is_what_the_frameworks_return() -> None:
    for framework, loss, reduction in [
        ("keras", "mean_squared_error", "mean_with_sample_weight"),
        ("tensorflow", "v1_mean_squared_error", "weighted_mean"),
    ]:
        outcome = call(framework, loss, **ONE_AND_NINE, sample_weight=np.zeros(2))
        assert float(outcome.reduced(reduction)) == 0.0
        assert (outcome.gradient(reduction) == 0).all()
