"""Formulas are read or refused: what is refused says why and where, and does no harm."""

from __future__ import annotations

import re
import time
import tracemalloc
from itertools import product

import numpy as np
import pytest
from core.formula_lists import GOOD, HOSTILE, MARKED, Value
from core.formulas import alike, any_kind, over_classes, source
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lossgui.core.formula import FormulaError, own_loss, read
from lossgui.core.formula.functions import evaluate
from lossgui.core.formula.parser import DEEPEST, MOST_NODES, TALLEST
from lossgui.core.formula.tokens import MOST_LETTERS
from lossgui.core.own import Own

REFUSED = [
    pytest.param(text, id=f"{kind}-{place}")
    for kind, texts in HOSTILE.items()
    for place, text in enumerate(texts)
]
FLOAT = np.dtype(float)


def worth(text: str, y: float, p: float) -> float:
    """Return what a formula comes to for one entry, every parameter 1."""
    formula = read(text)
    given = {formula.symbol: np.array([[p]]), "y": np.array([[y]]), "k": 1.0}
    with np.errstate(all="ignore"):
        found = evaluate(formula.tree, {**given, **dict.fromkeys(formula.parameters, 1.0)}, FLOAT)
    return float(np.squeeze(found))


def test_there_are_enough_of_them() -> None:
    assert len(REFUSED) >= 165
    assert len(GOOD) >= 27


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_hostile_is_refused_with_its_place_at_once_and_without_memory(text: str) -> None:
    tracemalloc.start()
    start = time.perf_counter()
    with pytest.raises(FormulaError) as refused:
        own_loss(Own(text))
    taken, (_, most) = time.perf_counter() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    error = refused.value
    assert 0 <= error.place <= min(len(text), MOST_LETTERS)
    assert str(error).startswith(f"Position {error.place + 1}: ") and error.why.endswith((".", "…)."))
    assert str(error).isprintable() and len(str(error)) < 200
    line, mark = error.marked(text).split("\n")
    assert line.isprintable() and mark.endswith("^") and len(mark) <= 82
    assert taken < 1 and most < 20e6


@pytest.mark.parametrize("text", MARKED)
def test_what_is_only_infinite_is_read_and_said_to_be(text: str) -> None:
    start = time.perf_counter()
    entry = own_loss(Own(text))
    assert not np.isfinite(worth(text, 1, 0.3))
    assert "nfinite" in entry.domain or "ndefined" in entry.domain
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(("text", "value"), GOOD, ids=[text for text, _ in GOOD])
def test_what_is_good_comes_to_what_python_says(text: str, value: Value) -> None:
    for y, p in product((0.0, 1.0), (0.1, 0.3, 0.5, 0.75, 0.999)):
        assert worth(text, y, p) == pytest.approx(value(y, p), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("p + foo(y)", "Position 5: There is no function ‘foo’."),
        ("y(1-p)", "Position 1: Write * between ‘y’ and ‘(’."),
        ("2p", "Position 2: Write * between ‘2’ and ‘p’."),
        ("log p", "Position 1: ‘log’ is a function: write log(…)."),
        ("log(p, y)", "Position 1: log(…) takes 1 argument, and here are 2."),
        ("max()", "Position 5: ‘)’ is not expected here."),
        ("sum(1)*p", "Position 1: What is in sum(…) is the same for all classes."),
        ("y - 1", "Position 1: There is no prediction in it: write p, or z for logits."),
        ("p + z", "Position 5: A formula takes either p, probabilities or values, or z, logits: not both."),
        ("р + p", "Position 1: ‘р’ (U+0440, cyrillic small letter er) has no meaning in a formula."),
        ("(p + 1", "Position 1: ‘)’ is missing for the ‘(’ here."),
        ("p +", "Position 4: Something is missing at the end."),
        ("p = y", "Position 3: Only a comparison has a sign of equality, which is written ==."),
        (
            "p.T",
            "Position 2: A dot stands only in numbers: "
            "formulas have functions, such as log(p), no attributes.",
        ),
        ("", "Position 1: There is no formula yet."),
    ],
)
def test_the_message_helps(text: str, why: str) -> None:
    with pytest.raises(FormulaError) as refused:
        read(text)
    assert str(refused.value) == why


def test_the_bounds_are_those_that_are_said() -> None:
    assert read("(" * (DEEPEST - 1) + "p" + ")" * (DEEPEST - 1))
    assert read("+".join(["p"] * (TALLEST - 1)))
    assert read("p" + " " * (MOST_LETTERS - 1))
    with pytest.raises(FormulaError, match=f"at most {MOST_NODES} steps"):
        read("+".join(["(" + "+".join(["p"] * 40) + ")"] * 9))


def test_names_are_those_that_were_left_open_in_their_order() -> None:
    formula = read("b*p + a*y + b*k + pi + e + γ + δ_2 + lambda")
    assert formula.parameters == ("b", "a", "gamma", "delta_2", "lambda")
    assert read("α + p").parameters == read("alpha + p").parameters
    assert (read("z").symbol, read("ŷ").symbol) == ("z", "p")


@settings(deadline=None)
@given(any_kind() | over_classes())
def test_what_is_written_out_is_read_the_same_again(text: str) -> None:
    formula = read(text)
    again = source(formula.tree)
    assert alike(read(again).tree, formula.tree)
    assert source(read(again).tree) == again


@settings(deadline=None)
@given(any_kind(), st.floats(0.05, 0.95), st.sampled_from([0.0, 1.0]))
def test_formulas_come_to_what_python_says(text: str, p: float, y: float) -> None:
    names = {
        name: getattr(np, name)
        for name in ("exp", "tanh", "sin", "cos", "log1p", "sqrt", "log", "cosh", "abs", "sign")
    }
    names |= {"atan": np.arctan, "max": np.maximum, "min": np.minimum, "where": np.where, "clip": np.clip}
    names |= {"sigmoid": lambda x: 1 / (1 + np.exp(-x)), "softplus": lambda x: np.logaddexp(0, x)}
    code = re.sub(r"(?<![a-z\d.])[\d.]+", r"number(\g<0>)", text.replace("^", "**"))
    with np.errstate(all="ignore"):
        known = {name: np.float64(value) for name, value in {"p": p, "y": y, "a": 1}.items()}
        expected = eval(code, {**names, **known, "number": np.float64})
        # 0 · ln 0 is 0 here, and no number there.
        assume(np.isfinite(expected))
        np.testing.assert_allclose(worth(text, y, p), float(expected), rtol=1e-9, atol=1e-12)


@settings(deadline=None)
@given(st.text(max_size=60) | st.text("py0189.+-*/^()<>=|, aelogxsumwhr", max_size=60))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    try:
        own_loss(Own(text))
    except FormulaError as error:
        assert 0 <= error.place <= len(text) and error.why
