"""The working as LaTeX: read from its plain text, with the same numbers, for every loss of the catalogue."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from core.drawn import CASES, Case, drawn, weightings
from hypothesis import given
from hypothesis import strategies as st

from lossgui.core import notation
from lossgui.core.evaluate import Outcome
from lossgui.core.losses import LOSSES


def workings(case: Case) -> Iterator[str]:
    """Yield every line of the working of a case: of one class, of a few and of many, weighed and not."""
    for classes in (2 if case.encoding == "soft" else 1, 3, 12):
        weights = weightings(3, classes) if LOSSES[case.loss].reduction else [{}]
        for more in weights:
            outcome = Outcome(drawn(case, 3, classes, **more), case.choice())
            if outcome.refusal is None:
                yield from (step.text for row in range(3) for step in outcome.working(row))
                yield outcome.batch_working()


def plain_numbers(text: str) -> Counter[str]:
    text = text.replace("−", "-").replace("½", " 1/2 ").replace("log₂", " ").replace("²", " 2 ")
    return Counter(re.findall(r"\d+(?:\.\d+)?(?:e-?\d+)?", text))


def latex_numbers(latex: str) -> Counter[str]:
    latex = latex.replace(r"\log_2", " ")
    # A long sum is divided by its number of terms in front of it.
    latex = re.sub(r"\\frac\{1\}\{([^{}]*)\}(?= (?:[(\[]|\\Big))", r"\1", latex)
    latex = re.sub(r"(\d+(?:\.\d+)?) \\cdot 10\^\{(-?\d+)\}", r"\1e\2", latex)
    latex = re.sub(r"10\^\{(-?\d+)\}", r"1e\1", latex)
    return Counter(re.findall(r"\d+(?:\.\d+)?(?:e-?\d+)?", latex))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_latex_holds_the_numbers_of_the_plain_text(case: Case) -> None:
    lines = list(workings(case))
    assert lines
    for line in lines:
        assert latex_numbers(notation.latex(line)) == plain_numbers(line), line


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_line_is_read_as_a_formula_but_for_its_words(case: Case) -> None:
    for line in workings(case):
        for piece in notation.pieces(line):
            if piece.kind == "text":
                assert re.fullmatch(r"class|each sample by itself:|.*unchanged", piece.latex), line


def test_a_step_has_its_latex() -> None:
    (case,) = (c for c in CASES if str(c) == "categorical_crossentropy-Textbook-from_logits=0-one-hot")
    (step,) = Outcome(drawn(case, 1), case.choice()).working(0)
    assert step.latex == notation.latex(step.text)
    assert re.fullmatch(r"-\((?:[01] \\ln 0\.\d+(?: \+ )?){3}\) = \d\.\d+", step.latex)


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("−(0 ln 0.05 + 1 ln 0.95) = 0.0513", r"-(0 \ln 0.05 + 1 \ln 0.95) = 0.0513"),
        ("(0.0513 + 2.3026) / 2 = 1.1769", r"\frac{0.0513 + 2.3026}{2} = 1.1769"),
        ("(0.0513 + −0.48 + …) / 5", r"\frac{0.0513 + (-0.48) + \dots}{5}"),
        ("((1.3 − 0)² + (−2.3 − 1)²) / 3", r"\frac{1}{3} ((1.3 - 0)^2 + (-2.3 - 1)^2)"),
        ("−(ln 0.1 + ln(1 − 0.2)) / 2", r"-\frac{1}{2} (\ln 0.1 + \ln (1 - 0.2))"),
        ("½((1 − 0)² + 2)", r"\tfrac{1}{2} ((1 - 0)^2 + 2)"),
        ("√1.4650 = 1.2104", r"\sqrt{1.4650} = 1.2104"),
        ("√(1 + 2)", r"\sqrt{1 + 2}"),
        ("[0.05, 0] → [0.05, 1e−7]", r"[0.05, 0] \to [0.05, 10^{-7}]"),
        ("[1, 2] / 3 = [0.3333, 0.6667]", r"\frac{[1, 2]}{3} = [0.3333, 0.6667]"),
        ("[1, 2, 3, 4, 5, 6] / 21", r"\frac{1}{21} [1, 2, 3, 4, 5, 6]"),
        ("ln softmax [1, −2]", r"\ln \mathrm{softmax} [1, -2]"),
        ("1 ln(1 / 0.5) + 0 ln(0 / 9.5e−8)", r"1 \ln \frac{1}{0.5} + 0 \ln \frac{0}{9.5 \cdot 10^{-8}}"),
        ("(1 ln(1 / 0.5) + 2 · 3) / 2", r"\frac{1}{2} \Bigl(1 \ln \frac{1}{0.5} + 2 \cdot 3\Bigr)"),
        ("max(0, 1 − (−1) · 0.4)", r"\max (0, 1 - (-1) \cdot 0.4)"),
        ("|−1 − 0| = 1", r"\left|-1 - 0\right| = 1"),
        ("2 · −0.5 = −1", r"2 \cdot (-0.5) = -1"),
        ("−(0.2 log₂ 0.2) = ∞", r"-(0.2 \log_2 0.2) = \infty"),
        ("1.5 · 0.5 ln σ(−0.1)", r"1.5 \cdot 0.5 \ln \sigma (-0.1)"),
        ("ln(0.1 + 1e−7)", r"\ln (0.1 + 10^{-7})"),
        ("undefined", r"\mathrm{undefined}"),
        ("the row sums to 1: unchanged", r"\text{the row sums to 1: unchanged}"),
        ("[0, 1] unchanged", r"[0, 1]\ \text{unchanged}"),
        ("class 2", r"\text{class}\ 2"),
        ("each sample by itself: 0.1, 2 …", r"\text{each sample by itself:}\ 0.1, 2 \dots"),
        ("50 % of it_", r"\text{50 \% of it\_}"),
        ("一 = 1", r"\text{一 = 1}"),
        ("((1", r"\text{((1}"),
        ("", ""),
    ],
)
def test_the_latex_of_a_line(text: str, latex: str) -> None:
    assert notation.latex(text) == latex


def test_pieces_say_where_they_stand_and_what_they_are() -> None:
    text = "−(0 ln 0.05 + 1 ln 0.95) = 0.0513"
    found = [(text[piece.begin : piece.end], piece.kind) for piece in notation.pieces(text)]
    assert found == [
        ("−(", "open"),
        ("0 ln 0.05", "ord"),
        ("+", "bin"),
        ("1 ln 0.95", "ord"),
        (")", "close"),
        ("=", "rel"),
        ("0.0513", "ord"),
    ]


@given(st.text() | st.text("0123456789.e−+·/()[]|,=→√½²…∞ lnmaxσ"))
def test_nothing_that_is_said_can_fail(text: str) -> None:
    latex = notation.latex(text)
    if "\\" not in text:
        assert latex.count("{") == latex.count("}") or not {"{", "}"}.isdisjoint(text)


def test_brackets_within_brackets_have_an_end() -> None:
    assert notation.latex("(" * 5000 + "1" + ")" * 5000).startswith(r"\text{")


@pytest.mark.parametrize(
    "words", ["÷ row sum", "Σ classes", "clip 1e−7", "√ of the batch", "50 % & more", "ŷ_1"]
)
def test_words_are_written_for_text_mode(words: str) -> None:
    written = notation.in_words(words)
    assert written.startswith(r"\text{") and written.isascii()
    assert not re.search(r"(?<!\\)[%&_#]", written.replace("$_2$", ""))
