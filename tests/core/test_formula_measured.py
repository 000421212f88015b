"""What is found out about a formula: where it is defined, how far it goes, its corners; never for long."""

from __future__ import annotations

import time

import pytest

from lossgui.core.formula import read
from lossgui.core.formula.derivative import gradient
from lossgui.core.formula.found import Found, found
from lossgui.core.formula.own import Own
from lossgui.core.formula.scripts import latex, plain
from lossgui.core.formula.shown import Written, shown
from lossgui.core.formula.tree import Name

AGREES = "The derivative agrees with central differences at 99 places"


def of(
    text: str, kind: str = "probabilities", labels: tuple[float, ...] = (0.0, 1.0), **values: float
) -> Found:
    formula = read(text)
    return found(formula, "mean", {**dict.fromkeys(formula.parameters, 1.0), **values}, kind, labels)


@pytest.mark.parametrize(
    ("text", "kind", "domain", "range_"),
    [
        ("(y-p)^2", "probabilities", "Defined for ŷ from 0 to 1.", "Values from 0 to 1."),
        (
            "-y*log(p)",
            "probabilities",
            "Defined for ŷ from 0 to 1, but infinite at ŷ = 0 if y = 1.",
            "Values from 0 to ∞.",
        ),
        (
            "-(y*log(p) + (1-y)*log(1-p))",
            "probabilities",
            "Defined for ŷ from 0 to 1, but infinite at ŷ = 1 if y = 0, at ŷ = 0 if y = 1.",
            "Values from 0 to ∞.",
        ),
        (
            "log(p)",
            "values",
            "Defined for ŷ from −10 to 10, but undefined for ŷ < 0 and infinite at ŷ = 0.",
            "Values from −∞ to 2.303.",
        ),
        (
            "sqrt(p - 0.5)",
            "probabilities",
            "Defined for ŷ from 0 to 1, but undefined for ŷ < 0.5.",
            "Values from 0 to 0.7071.",
        ),
        (
            "1/(p - 0.3)",
            "probabilities",
            "Defined for ŷ from 0 to 1, but infinite at ŷ = 0.3.",
            "Values from −∞ to ∞.",
        ),
        (
            "1/(3*p - 1)^2",
            "probabilities",
            "Defined for ŷ from 0 to 1, but infinite at ŷ = 0.3333.",
            "Values from 0.25 to ∞.",
        ),
        (
            "where(p < 0.5, sqrt(-1), p)",
            "probabilities",
            "Defined for ŷ from 0 to 1, but undefined for ŷ < 0.5.",
            "Values from 0.5 to 1.",
        ),
        (
            "where(p <= 0.5, sqrt(-1), p)",
            "probabilities",
            "Defined for ŷ from 0 to 1, but undefined for ŷ ≤ 0.5.",
            "Values from 0.5017 to 1.",
        ),
        ("sqrt(-1)*p", "probabilities", "Undefined everywhere.", "It has no value."),
        ("p + 9**9**9", "probabilities", "Infinite everywhere.", "Always ∞."),
        (
            "p*9**9**9",
            "probabilities",
            "Defined for ŷ from 0 to 1, but undefined at ŷ = 0 and infinite for ŷ > 0.",
            "Always ∞.",
        ),
        ("softplus(z) - y*z", "logits", "Defined for z from −10 to 10.", "Values from 4.540e−5 to 10."),
        ("exp(z)/sum(exp(z))", "logits", "Defined for z from −10 to 10.", "Always 0.3333."),
        (
            "sqrt((p-0.25)*(0.75-p))",
            "probabilities",
            "Defined for ŷ from 0 to 1, but undefined for ŷ < 0.25, for ŷ > 0.75.",
            "Values from 0 to 0.25.",
        ),
    ],
)
def test_domain_and_range(text: str, kind: str, domain: str, range_: str) -> None:
    facts = of(text, kind)
    assert (facts.domain, facts.range) == (domain, range_)


@pytest.mark.parametrize(
    ("text", "kind", "corners"),
    [
        ("(y-p)^2", "values", "No corner and no jump in between."),
        ("abs(y-p)", "values", "A corner at ŷ = 0 if y = 0, at ŷ = 1 if y = 1."),
        ("abs(p-0.5)", "probabilities", "A corner at ŷ = 0.5."),
        ("where(abs(y-p) <= d, (y-p)**2/2, d*(abs(y-p)-d/2))", "values", "No corner and no jump in between."),
        ("where(abs(p) <= d, p**2 + y, y)", "values", "A jump at ŷ = −1, at ŷ = 1."),
        ("max(0, 1 - y*p)", "values", "A corner at ŷ = 1 if y = 1."),
        ("clip(p, 0.1, 0.9)", "probabilities", "A corner at ŷ = 0.1, at ŷ = 0.9."),
        ("sign(p - 0.25)", "probabilities", "A jump at ŷ = 0.25."),
        ("(p > 0.5) != y", "probabilities", "A jump at ŷ = 0.5."),
        ("max(p)", "probabilities", "A corner at ŷ = 0.3333."),
        ("abs(p-0.5)^3", "probabilities", "No corner and no jump in between."),
        ("1/(p-0.5)", "probabilities", "No corner and no jump in between."),
        (
            "abs(sin(20*p))",
            "probabilities",
            "A corner at ŷ = 0.1571, at ŷ = 0.3142, at ŷ = 0.4712, at ŷ = 0.6283, and at 2 more places.",
        ),
    ],
)  # fmt: skip
def test_corners_and_jumps(text: str, kind: str, corners: str) -> None:
    facts = of(text, kind)
    assert facts.corners == corners
    assert facts.checked.startswith(AGREES)


def test_parameters_move_the_corners() -> None:
    assert of("max(0, m - y*p)", "values", m=3).corners == "A corner at ŷ = 3 if y = 1."
    assert of("abs(p - m)", "values", labels=(-1.0, 1.0), m=-2.5).corners == "A corner at ŷ = −2.5."


def test_a_derivative_that_is_wrong_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lossgui.core.formula.along.gradient", lambda tree, by: by)
    assert "differ by" in of("(y-p)^2").checked


def test_where_nothing_is_finite_nothing_is_checked() -> None:
    assert "no finite value" in of("p + 9**9**9").checked


LONG = {
    "a sum": "+".join(["p"] * 99),
    "a product": "*".join(["(p+1)"] * 70),
    "quotients": "/".join(["(p+1)"] * 70),
    "a tower": "^".join(["p"] * 38),
    "powers": "+".join(["(p+1)^(p+2)^(p+3)"] * 25),
    "corners": "+".join(f"abs(p-0.{k:03d})" for k in range(1, 50)),
    "corners of waves": "+".join(f"abs(sin({20 * k}*p))" for k in range(1, 30)),
    "poles": "+".join(f"tan({k}*p)" for k in range(1, 60)),
    "roots of waves": "sqrt(sin(50*p))+" * 20 + "p",
    "cases": "where(p<0.5,p*p," * 35 + "p" + ")" * 35,
    "softmax in softmax": "softmax(" * 19 + "z" + ")" * 19,
    "softmax of softmax": "+".join(["softmax(softmax(z))"] * 20),
    "sums of sums": "*".join(["sum(p*sum(p))"] * 20),
    "largest": "+".join(["max(p)*min(p)"] * 25),
    "clips": "clip(" * 37 + "p" + ",0.1,0.9)" * 37,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_the_longest_formulas_are_quick(text: str) -> None:
    # Some 0.1 s at most on two cores; ten times that is still no freeze.
    start = time.perf_counter()
    lines = shown(Own(text), "probabilities", (0.0, 1.0), {})
    assert time.perf_counter() - start < 2
    assert all(len(line.plain) < 10_000 for line in lines)
    assert lines[-1].plain.startswith(AGREES)


def test_what_is_shown_of_a_formula() -> None:
    lines = shown(Own("-a*y*log(p)", "sum"), "probabilities", (0.0, 1.0), {"a": 2.0})
    assert [(line.title, line.plain) for line in lines] == [
        ("formula", "ℓ = −a y ln ŷ"),
        ("derivative", "∂ℓ / ∂ŷ = −a y / ŷ"),
        ("classes", "One value for each, added up over the classes."),
        ("convention", "0 · ln 0 = 0, also in the derivative."),
        ("parameters", "a: on the card, with a slider."),
        ("domain", "Defined for ŷ from 0 to 1, but infinite at ŷ = 0 if y = 1."),
        ("values", "Values from 0 to ∞."),
        ("corners", "No corner and no jump in between."),
        ("checked", lines[-1].plain),
    ]
    assert [piece.latex for piece in lines[0].pieces] == [r"\ell_k", "=", r"{-}a y_k \ln \hat y_k"]
    assert not any(line.pieces for line in lines[2:])


def test_a_derivative_that_is_too_long_is_not_written() -> None:
    lines = shown(Own("softmax(" * 19 + "z" + ")" * 19), "logits", (0.0, 1.0), {})
    assert lines[1] == Written("derivative", "Too long to be shown; it is computed all the same.")


# How formulas are written

CASES = r"\begin{{cases}} \hat y_k & {} \\ 0 & \text{{otherwise}} \end{{cases}}"


@pytest.mark.parametrize(
    ("text", "line", "typeset"),
    [
        ("y*(1-p)", "y (1 − ŷ)", r"y_k (1 - \hat y_k)"),
        ("2*3*p", "2 · 3 ŷ", r"2 \cdot 3 \hat y_k"),
        ("p/2/y", "ŷ / (2 y)", r"\frac{\hat y_k}{2 y_k}"),
        ("p/(y/2)", "ŷ · 2 / y", r"\frac{\hat y_k \cdot 2}{y_k}"),
        ("p - (y - 1)", "ŷ − (y − 1)", r"\hat y_k - (y_k - 1)"),
        ("p + (y - 1)", "ŷ + y − 1", r"\hat y_k + y_k - 1"),
        ("-(p + y)", "−(ŷ + y)", r"{-}(\hat y_k + y_k)"),
        ("p - -y", "ŷ + y", r"\hat y_k + y_k"),
        ("(-p)^2", "(−ŷ)²", r"(-\hat y_k)^{2}"),
        ("-p^2", "−ŷ²", r"{-}\hat y_k^{2}"),
        ("(p^2)^3", "(ŷ²)³", r"\bigl(\hat y_k^{2}\bigr)^{3}"),
        ("p^(a+1)", "ŷ^(a + 1)", r"\hat y_k^{a + 1}"),
        ("log(p)^2", "(ln ŷ)²", r"(\ln \hat y_k)^{2}"),
        ("log(p/y)*a", "a ln(ŷ / y)", r"a \ln \frac{\hat y_k}{y_k}"),
        ("exp(p)*p", "exp(ŷ) ŷ", r"e^{\hat y_k} \hat y_k"),
        ("tanh(p)*p", "tanh ŷ · ŷ", r"\tanh \hat y_k \cdot \hat y_k"),
        ("sqrt(p+1)", "√(ŷ + 1)", r"\sqrt{\hat y_k + 1}"),
        ("1e-7*p", "1e−7 ŷ", r"10^{-7} \hat y_k"),
        ("2.5e9*p", "2500000000 ŷ", r"2500000000 \hat y_k"),
        ("alpha_1*p*Lr", "α_1 ŷ Lr", r"\alpha_{1} \hat y_k \, \mathrm{Lr}"),
        ("mean(p*y)", "¹⁄K Σ ŷ y", r"\frac{1}{K} \sum_j \hat y_j y_j"),
        ("sum(p)*y", "(Σ ŷ) y", r"\biggl(\sum_j \hat y_j\biggr) y_k"),
        ("sum(p*sum(y))", "Σ ŷ Σ y", r"\sum_i \hat y_i \sum_j y_j"),
        ("max(p)", "max over classes of ŷ", r"\max_j \hat y_j"),
        ("p > y", "[ŷ > y]", r"[\hat y_k > y_k]"),
        ("where(0 < p <= 1, p, 0)", "ŷ if 0 < ŷ ≤ 1; 0 otherwise", CASES.format(r"0 < \hat y_k \le 1")),
        (
            "where(p > 0 and 0 < y, p, 0)",
            "ŷ if (ŷ > 0) and (0 < y); 0 otherwise",
            CASES.format(r"(\hat y_k > 0) \;\land\; (0 < y_k)"),
        ),
        (
            "where(p > 0 and not y == 1, p, 2*p)",
            "ŷ if (ŷ > 0) and (not (y = 1)); 2 ŷ otherwise",
            r"\begin{cases} \hat y_k & (\hat y_k > 0) \;\land\; (\lnot (y_k = 1)) \\"
            r" 2 \hat y_k & \text{otherwise} \end{cases}",
        ),
    ],
)
def test_formulas_are_written_as_people_write_them(text: str, line: str, typeset: str) -> None:
    tree = read(text).tree
    assert (plain(tree), latex(tree)) == (line, typeset)


def test_cases_in_cases_are_one_table() -> None:
    tree = read("where(p > 0, where(p > 1, a, b), where(y, c, d))").tree
    assert plain(tree) == "a if (ŷ > 0) and (ŷ > 1); b if ŷ > 0; c if y ≠ 0; d otherwise"
    assert latex(tree).count("cases") == 2


def test_a_gradient_can_be_written_too() -> None:
    formula = read("-y*log(softmax(z))")
    slope = gradient(formula.tree, Name("z"))
    assert latex(slope) == r"\biggl(\sum_j y_j\biggr) \, \mathrm{softmax}(z)_k - y_k"
