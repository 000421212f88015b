"""Terms of a yes or no given by a logit: one mathematics, and each framework its own digits."""

from __future__ import annotations

import numpy as np

from lossgui.core.losses.probability._two_sided import written
from lossgui.core.stages import Function, Map
from lossgui.core.table import Array
from lossgui.core.where import where

Weight = float | Array
FORMULA = r"-\left(y_k \ln \sigma(z_k) + (1 - y_k) \ln(1 - \sigma(z_k))\right)"
WEIGHTED = r"-\left(q\, y_k \ln \sigma(z_k) + (1 - y_k) \ln(1 - \sigma(z_k))\right)"


def softplus(x: Array) -> Array:
    """Return ln(1 + e^x) without overflow."""
    result: Array = np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))
    return result


def sigmoid(x: Array) -> Array:
    """Return 1 / (1 + e^-x) without overflow."""
    small = np.exp(-np.abs(x))
    result: Array = where(x >= 0, 1, small) / (1 + small)
    return result


def log_sigmoid(x: Array) -> Array:
    """Return -ln(1 + e^-x) as PyTorch does."""
    result: Array = np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x)))
    return result


def exact_terms(pos_weight: float = 1.0) -> Map:
    """Return y q softplus(-z) + (1 - y) softplus(z): no digit is lost on either side."""

    def value(y: Array, z: Array) -> Array:
        q, rest = z.dtype.type(pos_weight), np.log1p(np.exp(-np.abs(z)))
        yes, no = np.maximum(-z, 0) + rest, np.maximum(z, 0) + rest
        return where(y == 0, 0 * y, q * y * yes) + where(y == 1, 0 * y, (1 - y) * no)

    def slope(y: Array, z: Array) -> Array:
        small = np.exp(-np.abs(z))
        larger, smaller = 1 / (1 + small), small / (1 + small)
        yes, no = where(z >= 0, larger, smaller), where(z > 0, smaller, larger)
        result: Array = (1 - y) * yes - z.dtype.type(pos_weight) * y * no
        return result

    words = "The sigmoid and the logarithm in one step, so that nothing overflows."
    return _terms(value, slope, words, pos_weight)


def tensorflow_terms() -> Map:
    """Return max(z, 0) - z y + ln(1 + e^-|z|)."""

    def value(y: Array, z: Array) -> Array:
        result: Array = where(z >= 0, z, 0) - z * y + np.log1p(np.exp(where(z >= 0, -z, z)))
        return result

    def slope(y: Array, z: Array) -> Array:
        small = np.exp(where(z >= 0, -z, z))
        rest = small * (1 / (1 + small))
        result: Array = ((z >= 0) - y) + where(z >= 0, -rest, rest)
        return result

    words = "max(z, 0) − z y + ln(1 + e^−|z|): the sigmoid and the logarithm in one step without overflow."
    return _terms(value, slope, words)


def tensorflow_weighted_terms(pos_weight: Weight) -> Map:
    """Return (1 - y) z + (1 + (q - 1) y) (ln(1 + e^-|z|) + max(-z, 0))."""

    def weight(y: Array, z: Array) -> Array:
        result: Array = 1 + (np.asarray(pos_weight, z.dtype) - 1) * y
        return result

    def value(y: Array, z: Array) -> Array:
        result: Array = (1 - y) * z + weight(y, z) * (np.log1p(np.exp(-np.abs(z))) + np.maximum(-z, 0))
        return result

    def slope(y: Array, z: Array) -> Array:
        small, q = np.exp(-np.abs(z)), weight(y, z)
        result: Array = ((1 - y) - q * (z < 0)) - q * (np.sign(z) * (small / (1 + small)))
        return result

    words = (
        "z and softplus(−z) are added: a confident right no loses its digits. At z = 0 the slope is 1 − y."
    )
    return _terms(value, slope, words, pos_weight)


def torch_terms(pos_weight: Weight | None = None) -> Map:
    """Return (1 - y) z - (1 + (q - 1) y) ln sigmoid(z)."""

    def value(y: Array, z: Array) -> Array:
        weight = 1 if pos_weight is None else (np.asarray(pos_weight, z.dtype) - 1) * y + 1
        result: Array = (1 - y) * z - weight * log_sigmoid(z)
        return result

    def slope(y: Array, z: Array) -> Array:
        likely = 1 / (1 + np.exp(-z))
        t = y if pos_weight is None else np.asarray(pos_weight, z.dtype) * y
        result: Array = likely - y if pos_weight is None else (t + 1 - y) * likely - t
        return result

    words = "(1 − y) z − ln σ(z): exact for a right yes, while a confident right no loses its digits."
    return _terms(value, slope, words, 1.0 if pos_weight is None else pos_weight)


def both_sides() -> Map:
    """Return -(y ln sigmoid(z) + (1 - y) ln sigmoid(-z)), as PyTorch's multilabel loss has it."""

    def value(y: Array, z: Array) -> Array:
        result: Array = -(y * log_sigmoid(z) + (1 - y) * log_sigmoid(-z))
        return result

    def slope(y: Array, z: Array) -> Array:
        small = np.exp(-np.abs(z))
        likely, unlikely = 1 / (1 + small), small / (1 + small)
        yes, no = where(z < 0, likely, unlikely), where(z > 0, likely, unlikely)
        result: Array = (1 - y) * no - y * yes
        return result

    words = "The logarithms of σ(z) and of σ(−z), each by itself, so that neither side loses digits."
    return _terms(value, slope, words)


def optax_terms() -> Map:
    """Return -y ln sigmoid(z) - (1 - y) ln sigmoid(-z)."""

    def value(y: Array, z: Array) -> Array:
        result: Array = y * softplus(-z) + (1 - y) * softplus(z)
        return result

    def slope(y: Array, z: Array) -> Array:
        result: Array = (1 - y) * jax_sigmoid(z) - y * jax_sigmoid(-z)
        return result

    words = "The logarithms of σ(z) and of σ(−z), each by itself, so that neither side loses digits."
    return _terms(value, slope, words)


def jax_sigmoid(x: Array) -> Array:
    """Return the derivative of softplus as JAX takes it, e^(x - softplus(x))."""
    return where(x == np.inf, 1, np.exp(x - softplus(x)))


def sklearn_terms() -> Map:
    """Return ln(1 + e^z) - y z."""

    def value(y: Array, z: Array) -> Array:
        result: Array = sklearn_softplus(z) - y * z
        return result

    def slope(y: Array, z: Array) -> Array:
        small = np.exp(-z)
        result: Array = where(z > -37, ((1 - y) - y * small) / (1 + small), np.exp(z) - y)
        return result

    words = "softplus(z) − y z: exact for a right no, while a confident right yes loses its digits."
    return _terms(value, slope, words)


def sklearn_softplus(x: Array) -> Array:
    """Return ln(1 + e^x) by pieces, each with the fewest steps that are exact there."""
    pieces = [
        (x <= -37, np.exp(x)),
        (x <= -2, np.log1p(np.exp(x))),
        (x <= 18, np.log(1 + np.exp(x))),
        (x <= 33.3, x + np.exp(-x)),
    ]
    conditions, values = zip(*pieces, strict=True)
    return np.select(conditions, values, default=x)


def _terms(value: Function, slope: Function, words: str, pos_weight: Weight = 1.0) -> Map:
    weighted = np.ndim(pos_weight) > 0 or pos_weight != 1
    weight = f"{pos_weight:g} · " if weighted and np.ndim(pos_weight) == 0 else ""
    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, slope),
        formula=WEIGHTED if weighted else FORMULA,
        words=words + (" What is labelled 1 counts by its weight." if weighted else ""),
        chip="sigmoid · ln",
        entry=lambda y, z: _written(y, z, weight),
        frame="−({})",
    )


def _written(y: str, z: str, weight: str) -> str:
    return weight * (y.strip("0.") != "") + written(y, f"ln σ({z})", f"ln(1 − σ({z}))")
