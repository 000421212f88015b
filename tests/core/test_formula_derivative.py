"""Derivatives of formulas: exact, as a textbook would write them, and the same in the chain and on show."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from core.formula_lists import GOOD
from core.formulas import any_kind, over_classes, smooth
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from lossgui.core.formula import own_loss, read
from lossgui.core.formula.derivative import derivative, gradient
from lossgui.core.formula.functions import evaluate
from lossgui.core.formula.own import of_sample
from lossgui.core.formula.scripts import plain
from lossgui.core.formula.tree import LOGITS, Name, Node, in_order
from lossgui.core.own import Own

PLACES = np.linspace(0.05, 0.95, 19)[:, None]

ROUNDED = 1e-7
"""What rounding may come to in a formula of many steps that cancel; a wrong rule is off by all of it."""


def at(tree: Node, p: Any, y: Any = 1.0, symbol: str = "p", a: float = 1.0) -> Any:
    """Return what a tree comes to, in the type of the predictions."""
    given = {symbol: p, "y": np.broadcast_to(np.asarray(y, p.dtype), p.shape), "k": float(p.shape[1])}
    with np.errstate(all="ignore"):
        found = evaluate(tree, {**given, "a": a}, p.dtype)
    return np.broadcast_to(found, (len(p), np.shape(found)[-1] if np.ndim(found) else 1))


def largest(tree: Node, p: Any, y: Any) -> float:
    """Return the largest number on the way to what a tree comes to; infinity where it is not finite."""
    found = max(float(np.abs(at(node, p, y)).max()) for node in in_order(tree))
    return found if np.isfinite(found) else np.inf


@pytest.mark.parametrize(
    ("text", "slope"),
    [
        ("-(y*log(p) + (1-y)*log(1-p))", "(1 − y) / (1 − ŷ) − y / ŷ"),
        ("-y*log(p)", "−y / ŷ"),
        ("(y-p)^2", "2 (ŷ − y)"),
        ("(y-p)^2/2", "ŷ − y"),
        ("0.5*(y-p)^2", "ŷ − y"),
        ("abs(y-p)", "sign(ŷ − y)"),
        (
            "where(abs(y-p) <= d, (y-p)^2/2, d*(abs(y-p)-d/2))",
            "ŷ − y if |y − ŷ| ≤ d; d sign(ŷ − y) otherwise",
        ),
        ("log(cosh(p-y))", "tanh(ŷ − y)"),
        ("max(0, 1 - y*p)", "0 if 0 ≥ 1 − y ŷ; −y otherwise"),
        ("exp(-y*p)", "−y exp(−y ŷ)"),
        ("log(1 + exp(-y*z))", "−y exp(−y z) / (1 + exp(−y z))"),
        ("softplus(z) - y*z", "σ(z) − y"),
        ("logsumexp(z) - sum(y*z)", "softmax(z) − y"),
        ("-y*log(softmax(z))", "(Σ y) softmax(z) − y"),
        ("sqrt(sum((p-y)^2))", "(ŷ − y) / √(Σ (ŷ − y)²)"),
        ("p*log(p/y)", "ln(ŷ / y) + 1"),
        ("p^3", "3 ŷ²"),
        ("(1-p)^gamma", "−γ (1 − ŷ)^(γ − 1)"),
        ("2*p - y", "2"),
        ("y + 0*p", "0"),
        ("clip(p, 0.1, 0.9)", "[0.1 ≤ ŷ ≤ 0.9]"),
    ],
)
def test_derivatives_read_as_in_a_textbook(text: str, slope: str) -> None:
    formula = read(text)
    assert plain(gradient(formula.tree, Name(formula.symbol))) == slope


@settings(deadline=None)
@given(smooth(), st.sampled_from([0.0, 1.0, 0.25]))
@example("p*(log(p))^a + p^p - (1-p)^a/p", 0.25)
def test_the_derivative_is_that_of_a_step_into_the_complex_plane(text: str, y: float) -> None:
    # Where all is smooth this differs from the derivative by rounding alone.
    assume("sigmoid" not in text and "softplus" not in text)
    tree = read(text).tree
    slope, value = at(derivative(tree, Name("p")), PLACES, y, a=1.5), at(tree, PLACES, y, a=1.5)
    stepped = at(tree, PLACES + 1e-150j, y, a=1.5)
    known = np.isfinite(slope) & np.isfinite(value) & np.isclose(stepped.real, value, rtol=1e-9)
    scale = np.maximum(np.abs(slope), np.abs(value)) + 1
    np.testing.assert_allclose(
        (stepped.imag / 1e-150)[known], slope[known], atol=ROUNDED * scale[known].max(initial=1)
    )


@settings(deadline=None)
@given(any_kind(), st.sampled_from([0.0, 1.0]))
def test_the_derivative_is_that_of_central_differences_but_at_corners(text: str, y: float) -> None:
    tree = read(text).tree
    slope, step = at(derivative(tree, Name("p")), PLACES, y), 1e-5
    at_ = {k: at(tree, PLACES + k * step, y) for k in (-2, -1, 0, 1, 2)}
    with np.errstate(all="ignore"):
        central = (at_[-2] - 8 * at_[-1] + 8 * at_[1] - at_[2]) / (12 * step)
        rise, fall = (at_[1] - at_[0]) / step, (at_[0] - at_[-1]) / step
        size = 1 + np.abs(slope)
        smooth_there = np.abs(rise - fall) < 0.01 * size
        large = sum(np.abs(value) for value in at_.values()) > 1e4
    known = smooth_there & np.isfinite(central) & np.isfinite(slope) & ~large
    assert (np.abs(slope - central)[known] < 1e-3 * size[known]).all()


@settings(deadline=None)
@given(over_classes(), st.integers(0, 2**32 - 1), st.sampled_from(["mean", "sum"]))
@example("p*softmax(p + exp(3^3)) + softmax(p + exp(3^3))", 0, "mean")
def test_the_gradient_on_show_is_that_of_the_chain_and_of_differences(
    text: str, seed: int, over: str
) -> None:
    rng = np.random.default_rng(seed)
    p, y = rng.uniform(0.1, 0.9, (4, 3)), np.eye(3)[[0, 1, 2, 0]]
    entry, formula = own_loss(Own(text, over)), read(text)
    chain = entry.chain("Textbook", entry.settled("Textbook", {}))
    run = chain.run(y, p)
    computed = run.gradient({"loss": np.ones(4)})
    shown = np.broadcast_to(at(gradient(of_sample(formula, over), Name("p")), p, y), p.shape)
    known = np.isfinite(computed) & np.isfinite(shown)
    scale = 1 + np.abs(computed[known]).max(initial=0)
    np.testing.assert_allclose(shown[known], computed[known], rtol=0, atol=ROUNDED * scale)
    # What is added to a large number loses the digits in which its steps differ.
    assume(scale < 1e4 and known.all() and largest(formula.tree, p, y) < 1e4)
    for column in range(3):
        moved = np.zeros_like(p)
        moved[:, column] = 1e-5
        near, far = (
            (chain.run(y, p + k * moved)["loss"] - chain.run(y, p - k * moved)["loss"]) / (2e-5 * k)
            for k in (1, 2)
        )
        # Where both disagree there is a corner within them, or they are too coarse.
        told = np.abs(near - far) < 1e-5 * scale
        np.testing.assert_allclose(computed[told, column], near[told], rtol=0, atol=1e-4 * scale)


@pytest.mark.parametrize("text", [text for text, _ in GOOD])
@pytest.mark.parametrize("dtype", [float, np.float32])
def test_the_chain_keeps_the_type_and_the_gradient_is_that_of_the_tree(text: str, dtype: Any) -> None:
    p = np.random.default_rng(0).uniform(0.1, 0.9, (5, 3)).astype(dtype)
    y = np.eye(3, dtype=dtype)[[0, 1, 2, 0, 1]]
    entry, formula = own_loss(Own(text, "sum")), read(text)
    run = entry.chain("Textbook", entry.settled("Textbook", {})).run(y, p)
    slope = run.gradient({"loss": np.ones_like(run["loss"])})
    assert (run["loss"].dtype, run["loss"].shape, slope.dtype) == (p.dtype, (5,), p.dtype)
    values = dict.fromkeys(formula.parameters, 1.0)
    given = {"p": p.astype(float), "y": y.astype(float), "k": 3.0, **values}
    with np.errstate(all="ignore"):
        exact = np.broadcast_to(evaluate(gradient(formula.tree, Name("p")), given, np.dtype(float)), p.shape)
    np.testing.assert_allclose(
        slope, exact, rtol=1e-12 if dtype is float else 1e-3, atol=1e-12 if dtype is float else 1e-4
    )


def test_nothing_is_lost_where_softmax_and_its_sum_are_out_of_range() -> None:
    logits, labels = np.array([[1000.0, 0.0], [-1000.0, -999.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])
    entry = own_loss(Own("-y*log_softmax(z)", "sum"))
    assert entry.kinds == ("logits",)
    run = entry.chain().run(labels, logits)
    np.testing.assert_allclose(run["loss"], [1000.0, np.log1p(np.e)])
    np.testing.assert_allclose(run.gradient({"loss": np.ones(2)})[0], [1, -1])


def test_a_factor_of_zero_makes_its_logarithm_nothing_and_its_derivative_too() -> None:
    entry = own_loss(Own("-(y*log(p) + (1-y)*log(1-p))", "sum"))
    run = entry.chain().run(np.array([[0.0, 1.0]]), np.array([[0.0, 1.0]]))
    assert run["loss"] == 0 and (run.gradient({"loss": np.ones(1)}) == [[1, -1]]).all()
    assert "0 · ln 0 = 0" in [stage.chip for stage in entry.chain().stages]
    # By the letter: no logarithm is a factor here.
    plain_quotient = own_loss(Own("y*(1/p)", "sum")).chain()
    assert np.isnan(plain_quotient.run(np.array([[0.0]]), np.array([[0.0]]))["loss"]).all()


@pytest.mark.parametrize("text", ["(1-p)^g", "g^p", "p^g*y"])
def test_powers_of_nothing(text: str) -> None:
    # With an exponent of 0 nothing changes, at 0 either.
    entry = own_loss(Own(text))
    chain = entry.chain("Textbook", entry.settled("Textbook", {"g": 0.0 if text != "g^p" else 1.0}))
    run = chain.run(np.ones((1, 1)), np.array([[1.0 if text != "p^g*y" else 0.0]]))
    assert (run.gradient({"loss": np.ones(1)}) == 0).all()


def test_logits_are_called_z() -> None:
    formula = read("(z - y)^2")
    assert formula.symbol == LOGITS
    assert plain(gradient(formula.tree, Name("z"))) == "2 (z − y)"
