"""What the design was made to carry, added from outside and with no change to the core.

A loss of the whole batch, a loss whose two branches read one value before and after its clip, and a function
that a person wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from core.drawn import assert_gradient_is_right, cut

from lossgui.core.chain import Chain
from lossgui.core.choice import Choice
from lossgui.core.evaluate import Outcome
from lossgui.core.loss import Form, Loss
from lossgui.core.losses import LOSSES
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import EPSILON
from lossgui.core.stages import Map, SumClasses, mean_over_classes
from lossgui.core.study import Study

# A loss of the whole batch: Dice, as Keras 3 computes it


@dataclass(frozen=True)
class OneLessOverlap:
    """1 - 2a / (b + c + 1e-7) of the sums a of yp, b of y and c of p."""

    formula: str = r"1 - \frac{2 \sum y \hat y}{\sum y + \sum \hat y + 10^{-7}}"
    words: str = "One less twice the overlap over both sizes."
    chip: str = "1 − overlap"

    def value(self, sums: np.ndarray) -> np.ndarray:
        overlap, labels, predictions = np.moveaxis(sums, -1, 0)
        return 1 - 2 * overlap / (labels + predictions + EPSILON)

    def derivative(self, sums: np.ndarray) -> np.ndarray:
        overlap, labels, predictions = sums
        both = labels + predictions + EPSILON
        return np.array([-2 / both, 2 * overlap / both**2, 2 * overlap / both**2])

    def split(self, sums: np.ndarray) -> tuple[float, float]:
        return float(self.derivative(sums)[0]), 1.0

    def working(self, sums: np.ndarray) -> str:
        return f"1 − 2 · {sums[0]:.2f} / ({sums[1]:.2f} + {sums[2]:.2f})"


def dice() -> Chain:
    overlap = Map(
        name="overlap",
        reads=("labels", "predictions"),
        writes="overlap",
        function=np.multiply,
        derivatives=(None, lambda y, p: y),
    )
    return Chain(
        (
            overlap,
            SumClasses(name="overlap of a row", reads=("overlap",), writes="a"),
            SumClasses(name="size of labels", reads=("labels",), writes="b"),
            SumClasses(name="size of predictions", reads=("predictions",), writes="c"),
        ),
        statistics=("a", "b", "c"),
        terms="overlap",
        finish=OneLessOverlap(),
    )


# Two branches: binary focal cross-entropy, whose weight reads p before the clip and whose logarithm after it


def focal(gamma: float) -> Chain:
    def confidence(y: np.ndarray, p: np.ndarray) -> np.ndarray:
        return y * p + (1 - y) * (1 - p)

    weight = Map(
        name="weight",
        reads=("labels", "predictions"),
        writes="weight",
        function=lambda y, p: (1 - confidence(y, p)) ** gamma,
        derivatives=(None, lambda y, p: -gamma * (1 - confidence(y, p)) ** (gamma - 1) * (2 * y - 1)),
    )
    clip = Map(
        name="clip",
        reads=("predictions",),
        writes="predictions",
        function=lambda p: np.clip(p, EPSILON, 1 - EPSILON),
        derivatives=(lambda p: ((p >= EPSILON) & (p <= 1 - EPSILON)).astype(p.dtype),),
    )
    logs = Map(
        name="cross-entropy",
        reads=("labels", "predictions"),
        writes="crossentropy",
        function=lambda y, p: -np.log(confidence(y, p)),
        derivatives=(None, lambda y, p: -(2 * y - 1) / confidence(y, p)),
    )
    product = Map(
        name="terms",
        reads=("weight", "crossentropy"),
        writes="terms",
        function=np.multiply,
        derivatives=(lambda w, c: c, lambda w, c: w),
    )
    return Chain((weight, clip, logs, product, mean_over_classes()))


# A function that a person wrote


def written(function: Callable[..., np.ndarray], slope: Callable[..., np.ndarray]) -> Chain:
    terms = Map(
        name="terms",
        reads=("predictions", "labels"),
        writes="terms",
        function=function,
        derivatives=(slope, None),
    )
    return Chain((terms, mean_over_classes()))


def log_cosh() -> Chain:
    return written(lambda p, y: np.log(np.cosh(p - y)), lambda p, y: np.tanh(p - y))


def a_loss(
    name: str, chain: Callable[..., Chain], parameters: tuple[Parameter, ...] = (), **more: object
) -> Loss:
    forms = {"Keras 3": Form(chain, parameters)}
    return Loss(name, name, "tests", "", "", "", forms, **more)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    gamma = Parameter("gamma", "γ", 2.0, "How much less what is sure already counts.", 0, 10)
    for loss in (
        a_loss("dice", dice, reduction=None),
        a_loss("focal", focal, parameters=(gamma,), kinds=("probabilities",)),
        a_loss("log_cosh", log_cosh),
    ):
        monkeypatch.setitem(LOSSES._all, loss.name, loss)


KERAS_DICE = Study.of([[1, 0], [0, 1]], [[0.88, 0.12], [0.27, 0.73]])


def study(seed: int = 0, samples: int = 7) -> Study:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 2, (samples, 3)).astype(float)
    labels[:, 0] = 1
    return Study.of(labels, rng.uniform(0.05, 0.95, labels.shape), "binary")


def test_dice_of_keras_own_example() -> None:
    assert Outcome(KERAS_DICE, Choice.of("dice", "Keras 3")).value == pytest.approx(0.195, abs=1e-7)


def test_dice_of_nothing_is_one() -> None:
    # Keras adds 1e-7 below the line only.
    empty = Study.of([[0.0, 0.0]], [[0.0, 0.0]], "binary")
    assert Outcome(empty, Choice.of("dice", "Keras 3")).value == 1


def test_a_loss_of_the_whole_batch_takes_no_weights() -> None:
    weighted = Study.of([[1, 0]], [[0.5, 0.5]], sample_weight=[1])
    assert "whole batch" in str(Outcome(weighted, Choice.of("dice", "Keras 3")).refusal)
    assert Choice.of("dice", "Keras 3").reduction is None
    with pytest.raises(ValueError, match="Class weights do not apply"):
        dice().with_class_weight()


@pytest.mark.parametrize(
    ("label", "prediction", "slope"),
    # Of keras.losses.binary_focal_crossentropy (Keras 3.15.1, float64), times the classes of its row.
    [
        (1.0, 0.1, -12.244653167389284),
        (0.0, 0.41326779345540293, 3 * 0.24392836595843637),
        (1.0, 0.7672963521891667, 3 * -0.06461728501124105),
        (1.0, 0.9999105602190651, 4 * -5.999963572546633e-09),
        # Beyond the clip the logarithm stands still, and the weight does not.
        (1.0, 2.026183673001338e-08, 4 * -8.059047662188048),
        (0.0, 0.9999999999749157, 4 * 8.059047825540183),
    ],
)
def test_the_slope_of_focal_is_that_of_keras(label: float, prediction: float, slope: float) -> None:
    outcome = Outcome(Study.of([[label]], [[prediction]], "binary"), Choice.of("focal", "Keras 3"))
    assert outcome.gradient()[0, 0] == pytest.approx(slope, rel=1e-10)


def test_the_values_of_focal_are_those_of_keras() -> None:
    labels = [[1.0, 0.0, 1.0], [1.0, 1.0, 1.0]]
    predictions = [
        [0.6275007803443269, 0.5519911378588586, 0.5471945658529477],
        [0.1402866159569029, 0.6535760012994966, 0.39835647661202644],
    ]
    outcome = Outcome(Study.of(labels, predictions, "binary"), Choice.of("focal", "Keras 3"))
    np.testing.assert_allclose(outcome.per_sample(), [0.14431270674398475, 0.6119535518886424], rtol=1e-14)
    near = Study.of(
        [[1.0, 0.0, 0.0, 0.0]],
        [[2.026183673001338e-08, 2.5524902683821405e-09, 3.040661166126384e-09, 2.2752046701388172e-08]],
        "binary",
    )
    assert Outcome(near, outcome.choice).value == pytest.approx(4.029523749448471, rel=1e-14)


def test_focal_without_a_gamma_is_binary_cross_entropy() -> None:
    plain = Outcome(study(), Choice.of("binary_crossentropy", "Keras 3")).value
    assert Outcome(study(), Choice.of("focal", "Keras 3", {"gamma": 0})).value == pytest.approx(
        plain, rel=1e-14
    )


def test_a_written_function_is_a_loss() -> None:
    made = Study.of([[0.0, 1.0]], [[2.0, 1.0]], "real", "values")
    assert Outcome(made, Choice.of("log_cosh", "Keras 3")).value == pytest.approx(np.log(np.cosh(2)) / 2)


@pytest.mark.parametrize("name", ["dice", "focal", "log_cosh"])
@pytest.mark.parametrize("seed", range(3))
def test_gradients_of_what_was_added_are_right(name: str, seed: int) -> None:
    choice = Choice.of(name, "Keras 3")
    assert_gradient_is_right(study(seed), choice)
    assert_gradient_is_right(cut(study(seed), 2), choice)


@pytest.mark.parametrize("name", ["dice", "focal", "log_cosh"])
@pytest.mark.parametrize("block_rows", [1, 3, 100])
def test_contributions_of_what_was_added_add_up(name: str, block_rows: int) -> None:
    outcome = Outcome(cut(study(), block_rows), Choice.of(name, "Keras 3"))
    parts = outcome.contributions
    assert parts is not None and outcome.value is not None
    rows = np.array([outcome.row_contributions(row) for row in range(7)])
    assert parts.total == pytest.approx(outcome.value, rel=1e-13)
    assert rows.sum() + parts.remainder == pytest.approx(outcome.value, rel=1e-13)
    assert outcome.value == pytest.approx(Outcome(study(), outcome.choice).value, rel=1e-13)
