"""Stages of focal losses: how likely what happened was, what it counts for, and the product."""

from __future__ import annotations

import numpy as np

from lossgui.core.losses.probability._sigmoid import jax_sigmoid, softplus
from lossgui.core.stages import Map
from lossgui.core.table import Array
from lossgui.core.where import where

Balance = float | Array


def likely(of: str = "predictions") -> Map:
    """Return the stage p_t = y p + (1 - y)(1 - p)."""
    return Map(
        name="probability of what happened",
        reads=("labels", of, of),
        writes="p_t",
        function=lambda y, p, q: y * p + (1 - y) * (1 - q),
        derivatives=(None, lambda y, p, q: y, lambda y, p, q: y - 1),
        formula=r"p_t = y_k \hat y_k + (1 - y_k)(1 - \hat y_k)",
        words="The probability that the model gave to what the label says.",
    )


def focus(gamma: float, of: str = "p_t") -> Map:
    """Return the stage (1 - p)^gamma."""

    def value(p: Array) -> Array:
        result: Array = np.power(1 - p, p.dtype.type(gamma))
        return result

    def slope(p: Array) -> Array:
        result: Array = -p.dtype.type(gamma) * np.power(1 - p, p.dtype.type(gamma - 1))
        return result

    return Map(
        name="focus",
        reads=(of,),
        writes="focus",
        function=value,
        derivatives=(slope,),
        formula=rf"(1 - p)^{{{gamma:g}}}",
        words="What the model is sure of counts less: one less its probability, to the power γ.",
        chip="(1 − p)^γ",
    )


def focused(balance: Balance = 1.0) -> Map:
    """Return the stage that multiplies the cross-entropy by the focus, and both by a constant."""

    def constant(value: Array) -> Array:
        return np.asarray(balance, value.dtype)

    known = np.ndim(balance) == 0
    weight = f"{balance:g} · " if known and balance != 1 else ""
    return Map(
        name="terms",
        reads=("focus", "crossentropy"),
        writes="terms",
        function=lambda focus, loss: (focus * constant(focus)) * loss,
        derivatives=(
            lambda focus, loss: constant(focus) * loss,
            lambda focus, loss: constant(focus) * focus,
        ),
        formula=r"\alpha\,(1 - p)^\gamma\, \ell_k" if weight or not known else r"(1 - p)^\gamma\, \ell_k",
        words="The cross-entropy of each class, times its focus"
        + (" and α." if weight or not known else "."),
        chip="· α" if weight or not known else "",
        entry=lambda focus, loss: f"{weight}{focus} · {loss}",
    )


def balance(alpha: Balance) -> Map:
    """Return the stage that weighs what is labelled 1 by alpha, and what is labelled 0 by 1 - alpha."""

    def weight(y: Array) -> Array:
        a = np.asarray(alpha, y.dtype)
        result: Array = y * a + (1 - y) * (1 - a)
        return result

    return Map(
        name="class balancing",
        reads=("terms", "labels"),
        writes="terms",
        function=lambda term, y: weight(y) * term,
        derivatives=(lambda term, y: weight(y), None),
        formula=r"\left(\alpha y_k + (1 - \alpha)(1 - y_k)\right) \ell_k",
        words="What is labelled 1 counts α times, what is labelled 0 counts 1 − α times.",
        chip="α, 1 − α",
    )


def sigmoid() -> Map:
    """Return the stage that makes probabilities of logits, beside them."""

    def value(z: Array) -> Array:
        power = np.exp(z)
        return where(np.isinf(power), 1, power / (1 + power))

    return Map(
        name="sigmoid",
        reads=("predictions",),
        writes="p",
        function=value,
        derivatives=(lambda z: value(z) * (1 - value(z)),),
        formula=r"\sigma(z_k)",
        words="The sigmoid turns each logit into a probability of its own.",
        chip="sigmoid",
    )


def log_rest() -> Map:
    """Return optax's logarithm of 1 - p_t, which loses no digits however sure the model is."""

    def logarithm(y: Array, z: Array) -> tuple[Array, Array, Array]:
        yes = where(y == 1, -np.inf, -softplus(-z))
        no = where(y == 0, -np.inf, -softplus(z))
        largest = np.maximum(yes, no)
        largest = where(np.isfinite(largest), largest, 0)
        return (1 - y) * np.exp(yes - largest), y * np.exp(no - largest), largest

    def value(y: Array, z: Array) -> Array:
        yes, no, largest = logarithm(y, z)
        result: Array = np.log(yes + no) + largest
        return result

    def slope(y: Array, z: Array) -> Array:
        yes, no, _ = logarithm(y, z)
        result: Array = (yes * jax_sigmoid(-z) - no * jax_sigmoid(z)) / (yes + no)
        return result

    return Map(
        name="logarithm of the rest",
        reads=("labels", "predictions"),
        writes="log rest",
        function=value,
        derivatives=(None, slope),
        formula=r"\ln(1 - p_t)",
        words="The logarithm of what is missing to certainty, from the logit directly.",
    )


def log_focus(gamma: float) -> Map:
    """Return the stage e^(gamma ln(1 - p_t))."""

    def value(rest: Array) -> Array:
        result: Array = np.exp(rest.dtype.type(gamma) * rest)
        return result

    return Map(
        name="focus",
        reads=("log rest",),
        writes="focus",
        function=value,
        derivatives=(lambda rest: rest.dtype.type(gamma) * value(rest),),
        formula=rf"(1 - p_t)^{{{gamma:g}}}",
        words="What the model is sure of counts less: one less its probability, to the power γ.",
        chip="(1 − p)^γ",
    )
