"""The regimes of inputs in which accuracy is measured: small, large, near one another, confident, wide apart.

`draw(dtype)` gives the arrays of each regime, by 'loss/regime': y the labels, p the predictions, v variances.
One stream of random numbers runs through all of them, in this order, so nothing here may change its place:
the frameworks' figures in tests/data/accuracy.json were measured on the same arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Array = np.ndarray
Inputs = Mapping[str, Array]
Rows = dict[str, Inputs]

SEED, SAMPLES, CLASSES = 424242, 800, 10
GAMMAS = (2, 5)


class Draws:
    """Random numbers from one stream; every method takes the next ones."""

    def __init__(self, dtype: Any) -> None:
        self.narrow = dtype == np.float32
        self.epsilon = float(np.finfo(dtype).eps)
        self.dtype = dtype
        stream = np.random.PCG64([SEED, 32 if self.narrow else 64])
        self.numbers = np.random.Generator(stream)

    def normal(self, middle: float = 0, spread: float = 1) -> Array:
        return self.numbers.normal(middle, spread, SAMPLES)

    def rows(self, middle: float = 0, spread: float = 1) -> Array:
        return self.numbers.normal(middle, spread, (SAMPLES, CLASSES))

    def evenly(self, low: float, high: float) -> Array:
        return self.numbers.uniform(low, high, SAMPLES)

    def sizes(self, low: float, high: float) -> Array:
        """Return powers of ten, evenly between two exponents."""
        return 10.0 ** self.evenly(low, high)

    def signed(self, sizes: Array) -> Array:
        return sizes * self.numbers.choice([-1.0, 1.0], SAMPLES)

    def gamma(self) -> Array:
        return self.numbers.gamma(2, 1, SAMPLES)

    def binary(self) -> Array:
        return self.numbers.integers(0, 2, SAMPLES).astype(float)

    def one_hot(self) -> Array:
        return np.eye(CLASSES)[self.numbers.integers(0, CLASSES, SAMPLES)]

    def distributions(self, spread: float = 1.5) -> Array:
        return softmax(self.rows(0, spread))

    def rounded(self, numbers: Array) -> Array:
        """Return what the numbers are in the type that is measured."""
        return numbers.astype(self.dtype).astype(float)


def softmax(logits: Array) -> Array:
    powers = np.exp(logits - logits.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def normalised(rows: Array) -> Array:
    return rows / rows.sum(-1, keepdims=True)


def draw(dtype: Any) -> Rows:
    """Return the inputs of every regime, rounded to a type."""
    draws = Draws(dtype)
    rows: Rows = {}
    for family in FAMILIES:
        rows |= family(draws)
    return {row: {name: array.astype(dtype) for name, array in given.items()} for row, given in rows.items()}


def regression(draw: Draws) -> Rows:
    zeros = np.zeros(SAMPLES)
    return {
        "mse/typical": {"y": draw.normal(), "p": draw.normal()},
        "huber/typical": {"y": draw.normal(), "p": draw.normal(0, 2)},
        "mape/typical": {"y": draw.normal(), "p": draw.normal()},
        "log_cosh/typical |x|~3": {"y": draw.normal(), "p": draw.normal(0, 3)},
        "log_cosh/small |x| 1e-6..1e-1": {"y": zeros, "p": draw.signed(draw.sizes(-6, -1))},
        "log_cosh/large |x| 20..1e4": {"y": zeros, "p": draw.signed(draw.sizes(1.3, 4))},
        "log_cosh_grad/typical |x|~3": {"y": draw.normal(), "p": draw.normal(0, 3)},
        "log_cosh_grad/small |x| 1e-6..1e-1": {"y": zeros, "p": draw.signed(draw.sizes(-6, -1))},
        "msle/typical": {"y": draw.gamma(), "p": draw.gamma()},
        "msle/tiny values 1e-6..1e-2": {"y": draw.sizes(-6, -2), "p": draw.sizes(-6, -2)},
    }


def near_equal_and_counts(draw: Draws) -> Rows:
    # In the type itself, so that its products are rounded as its own are.
    labels = draw.gamma().astype(draw.dtype)
    return {
        "msle/near-equal (1e-4 rel.)": {"y": labels, "p": labels * (1 + 1e-4 * draw.normal())},
        "log_poisson/typical": {
            "y": draw.numbers.poisson(3, SAMPLES).astype(float),
            "p": draw.normal(1, 1),
        },
    }


def divergence(draw: Draws) -> Rows:
    rows = {"kl/typical": {"y": draw.distributions(), "p": draw.distributions()}}
    labels = draw.rounded(draw.distributions())
    rows["kl/close (1e-3 rel.)"] = {"y": labels, "p": normalised(labels * (1 + 1e-3 * draw.rows()))}
    rows["kl/near-equal (30 eps)"] = {"y": labels, "p": labels * (1 + 30 * draw.epsilon * draw.rows())}
    rows["js/typical"] = {"y": draw.distributions(), "p": draw.distributions()}
    rows["js/close (1e-3 rel.)"] = {"y": labels, "p": normalised(labels * (1 + 1e-3 * draw.rows()))}
    rows["entropy/typical"] = {"p": draw.distributions()}
    return rows


def binary_crossentropy(draw: Draws) -> Rows:
    return {
        "bce_prob/typical": {"y": draw.binary(), "p": draw.evenly(0.02, 0.98)},
        "bce_prob/p near 0 (1e-6..1e-2)": {"y": draw.binary(), "p": draw.sizes(-6, -2)},
        "bce_prob/p near 1 (1-p 1e-6..1e-2)": {"y": draw.binary(), "p": 1 - draw.sizes(-6, -2)},
        "bce_prob/soft y, typical": {"y": draw.evenly(0, 1), "p": draw.evenly(0.02, 0.98)},
        **sigmoid_crossentropy(draw, "bce_logits"),
        **sigmoid_crossentropy(draw, "wbce_logits"),
        "bce_logits_grad/typical |x|~3": {"y": draw.binary(), "p": draw.normal(0, 3)},
        "bce_logits_grad/|x| 5..80": {"y": draw.binary(), "p": draw.signed(draw.evenly(5, 80))},
    }


def sigmoid_crossentropy(draw: Draws, loss: str) -> Rows:
    return {
        f"{loss}/typical |x|~3": {"y": draw.binary(), "p": draw.normal(0, 3)},
        f"{loss}/|x| 5..80": {"y": draw.binary(), "p": draw.signed(draw.evenly(5, 80))},
        f"{loss}/|x| 80..1e4": {"y": draw.binary(), "p": draw.signed(draw.sizes(1.91, 4))},
        f"{loss}/small |x| 1e-8..1e-2": {"y": draw.binary(), "p": draw.signed(draw.sizes(-8, -2))},
        f"{loss}/soft y": {"y": draw.evenly(0, 1), "p": draw.normal(0, 3)},
    }


def crossentropy(draw: Draws) -> Rows:
    rows: Rows = {}
    for loss in ("softmax_ce", "sparse_ce"):
        rows[f"{loss}/typical N(0,3)"] = {"y": draw.one_hot(), "p": draw.rows(0, 3)}
        rows[f"{loss}/large N(0,1e3)"] = {"y": draw.one_hot(), "p": draw.rows(0, 1e3)}
        rows[f"{loss}/confident, margin 8..35"] = confident(draw)
        rows[f"{loss}/offset 1e4 + N(0,3)"] = {"y": draw.one_hot(), "p": 1e4 + draw.rows(0, 3)}
    soft = draw.numbers.dirichlet(np.ones(CLASSES), SAMPLES)
    rows["softmax_ce/soft labels"] = {"y": soft, "p": draw.rows(0, 3)}
    sure = confident(draw)
    rows["softmax_ce_grad/typical N(0,3)"] = {"y": draw.one_hot(), "p": draw.rows(0, 3)}
    rows["softmax_ce_grad/confident, margin 8..35"] = sure
    rows["cce_prob/typical"] = {"y": draw.one_hot(), "p": draw.distributions()}
    rows["cce_prob/sharp"] = {"y": draw.one_hot(), "p": np.maximum(draw.distributions(4), 2e-7)}
    rows["scce_prob/typical"] = {"y": draw.one_hot(), "p": draw.distributions()}
    return rows


def confident(draw: Draws) -> Inputs:
    labels = draw.one_hot()
    logits = draw.rows() + labels * draw.numbers.uniform(8, 35, (SAMPLES, 1))
    return {"y": labels, "p": logits}


def focal(draw: Draws) -> Rows:
    rows: Rows = {}
    for gamma in GAMMAS:
        rows[f"bfocal_prob g={gamma}/typical"] = {"y": draw.binary(), "p": draw.evenly(0.02, 0.98)}
        rows[f"bfocal_prob g={gamma}/p_t near 1"] = sided(
            draw.binary(), draw.sizes(-6, -1), lambda wrong: (1 - wrong, wrong)
        )
        rows[f"bfocal_logits g={gamma}/typical |x|~3"] = {"y": draw.binary(), "p": draw.normal(0, 3)}
        rows[f"bfocal_logits g={gamma}/confident"] = sided(
            draw.binary(), draw.evenly(3, 12 if draw.narrow else 30), lambda margin: (margin, -margin)
        )
        rows[f"cfocal_prob g={gamma}/typical"] = {"y": draw.one_hot(), "p": draw.distributions()}
    return rows


def sided(labels: Array, numbers: Array, sides: Callable[[Array], tuple[Array, Array]]) -> Inputs:
    """Return predictions that are one side of the numbers for label 1, the other for label 0."""
    return {"y": labels, "p": np.where(labels == 1, *sides(numbers))}


def cosine(draw: Draws) -> Rows:
    rows: Rows = {"cosine/typical dim 10": {"y": draw.rows(), "p": draw.rows()}}
    labels = draw.rounded(draw.rows())
    rows["cosine/near-parallel"] = {"y": labels, "p": labels * 2 + 1e-3 * draw.rows()}
    across = draw.rows()
    length = (labels * labels).sum(-1, keepdims=True)
    across -= labels * (across * labels).sum(-1, keepdims=True) / length
    rows["cosine/near-orthogonal"] = {"y": labels, "p": across + 1e-4 * labels}
    return rows


def gaussian(draw: Draws) -> Rows:
    return {"gaussian_nll/typical": {"y": draw.normal(), "p": draw.normal(), "v": draw.gamma()}}


def activations(draw: Draws) -> Rows:
    rows: Rows = {}
    for name in ("sigmoid", "log_sigmoid"):
        rows[f"{name}/typical |x|~3"] = {"p": draw.normal(0, 3)}
        rows[f"{name}/|x| 5..80"] = {"p": draw.signed(draw.evenly(5, 80))}
    for name in ("softmax", "log_softmax"):
        rows[f"{name}/typical N(0,3)"] = {"p": draw.rows(0, 3)}
        rows[f"{name}/spread N(0,20)"] = {"p": draw.rows(0, 20)}
    return rows


FAMILIES = (
    regression,
    near_equal_and_counts,
    divergence,
    binary_crossentropy,
    crossentropy,
    focal,
    cosine,
    gaussian,
    activations,
)
