"""Terms of focal losses as the mathematics have them."""

from __future__ import annotations

import numpy as np

from lossgui.core.losses.probability._sigmoid import sigmoid, softplus
from lossgui.core.losses.probability._two_sided import written
from lossgui.core.stages import Function, Map
from lossgui.core.table import Array
from lossgui.core.where import where

BINARY = (
    r"-\left(y_k (1 - \hat y_k)^\gamma \ln \hat y_k + (1 - y_k)\, \hat y_k^\gamma \ln(1 - \hat y_k)\right)"
)
WORDS = "Minus the logarithm of what happened, times what it lacked to certainty to the power γ."


def _cost(log_p: Array, rest: Array, gamma: float) -> Array:
    """Return -(1 - p)^gamma ln p, and 0 where p is 1."""
    return where(log_p == 0, 0 * rest, -np.power(rest, gamma) * log_p)


def _slope(p: Array, log_p: Array, rest: Array, gamma: float) -> Array:
    """Return the derivative of that by p."""
    focus = where(log_p == 0, 0 * rest, gamma * np.power(rest, gamma - 1) * log_p)
    result: Array = focus - np.power(rest, gamma) / p
    return result


def _by_share(y: Array, yes: Array, no: Array) -> Array:
    """Return y yes + (1 - y) no; a side that counts for nothing is 0."""
    return where(y == 0, 0 * y, y * yes) + where(y == 1, 0 * y, (1 - y) * no)


def binary_terms(gamma: float) -> Map:
    """Return the terms of probabilities, each class by itself."""

    def value(y: Array, p: Array) -> Array:
        return _by_share(y, _cost(np.log(p), 1 - p, gamma), _cost(np.log1p(-p), p, gamma))

    def slope(y: Array, p: Array) -> Array:
        yes, no = _slope(p, np.log(p), 1 - p, gamma), _slope(1 - p, np.log1p(-p), p, gamma)
        return _by_share(y, yes, -no)

    def entry(y: str, p: str) -> str:
        return written(y, f"(1 − {p})^{gamma:g} ln {p}", f"{p}^{gamma:g} ln(1 − {p})")

    return _terms(value, slope, entry, BINARY)


def binary_terms_of_logits(gamma: float) -> Map:
    """Return the terms of logits, each class by itself."""

    def cost(z: Array) -> Array:
        result: Array = np.power(sigmoid(-z), gamma) * softplus(-z)
        return result

    def rise(z: Array) -> Array:
        result: Array = -np.power(sigmoid(-z), gamma) * (gamma * sigmoid(z) * softplus(-z) + sigmoid(-z))
        return result

    def entry(y: str, z: str) -> str:
        yes, no = f"σ({z})", f"(1 − σ({z}))"
        return written(y, f"{no}^{gamma:g} ln {yes}", f"{yes}^{gamma:g} ln {no}")

    return _terms(
        lambda y, z: _by_share(y, cost(z), cost(-z)),
        lambda y, z: _by_share(y, rise(z), -rise(-z)),
        entry,
        BINARY.replace(r"\hat y_k", r"\sigma(z_k)"),
    )


def categorical_terms(gamma: float) -> Map:
    """Return -y (1 - p)^gamma ln p of each class."""

    def value(y: Array, p: Array) -> Array:
        return where(y == 0, 0 * y, y * _cost(np.log(p), 1 - p, gamma))

    def slope(y: Array, p: Array) -> Array:
        return where(y == 0, 0 * y, y * _slope(p, np.log(p), 1 - p, gamma))

    formula = r"-y_k (1 - \hat y_k)^\gamma \ln \hat y_k"
    return _terms(value, slope, lambda y, p: f"{y} (1 − {p})^{gamma:g} ln {p}", formula)


def categorical_terms_of_logarithms(gamma: float) -> Map:
    """Return the same of logarithms of probabilities."""

    def value(y: Array, log_p: Array) -> Array:
        return where(y == 0, 0 * y, y * _cost(log_p, -np.expm1(log_p), gamma))

    def slope(y: Array, log_p: Array) -> Array:
        p, rest = np.exp(log_p), -np.expm1(log_p)
        focus = where(log_p == 0, 0 * rest, gamma * np.power(rest, gamma - 1) * (p * log_p))
        return where(y == 0, 0 * y, y * (focus - np.power(rest, gamma)))

    def entry(y: str, log_p: str) -> str:
        return f"{y} (1 − exp({log_p}))^{gamma:g} · ({log_p})"

    formula = r"-y_k (1 - \hat y_k)^\gamma \ln \hat y_k"
    return _terms(value, slope, entry, formula).but(reads=("labels", "log p"))


def _terms(value: Function, slope: Function, entry: Function, formula: str) -> Map:
    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, slope),
        formula=formula,
        words=WORDS,
        chip="(1 − p)^γ ln",
        entry=entry,
        frame="−({})",
    )
