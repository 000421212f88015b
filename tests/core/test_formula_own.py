"""A person's own loss is a loss like any other: chain, gradient, parts, working, choice, saved studies."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from core.drawn import assert_gradient_is_right, cut, weightings

from lossgui import LOSSES, Choice, Study
from lossgui.core import notation
from lossgui.core.encodings import ENCODINGS
from lossgui.core.evaluate import Outcome
from lossgui.core.formula import FormulaError, own_loss
from lossgui.core.own import OWN, Own
from lossgui.core.stages import SumClasses
from lossgui.files.report import report
from lossgui.files.studies import decode, encode, seal
from lossgui.files.unreadable import UnreadableError

CROSS_ENTROPY = "-(y*log(p) + (1-y)*log(1-p))"
HUBER = "where(abs(y-p) <= d, (y-p)**2/2, d*(abs(y-p)-d/2))"
FORMULAS = [
    CROSS_ENTROPY,
    HUBER,
    "-y*log(p)",
    "-sum(y*log(p))/k",
    "2*mean(a*(y-p)^2)",
    "sqrt(sum((y-p)^2))",
    "1 - 2*sum(y*p)/(sum(y) + sum(p))",
    "-y*log(p/sum(p))",
    "max(p) - mean(y*p)",
    "(p - mean(p))^2",
    "-a*(1-p)^gamma*log(p)*y",
]
TEXTBOOK = {
    CROSS_ENTROPY: ("binary_crossentropy", "mean"),
    "-y*log(p)": ("categorical_crossentropy", "sum"),
    "(y-p)^2": ("mean_squared_error", "mean"),
    "abs(y-p)": ("mean_absolute_error", "mean"),
    "max(0, 1 - y*p)": ("hinge", "mean"),
}


def study(*choices: Choice, samples: int = 5, **more: Any) -> Study:
    rng = np.random.default_rng(3)
    predictions = rng.dirichlet([2, 2, 2], samples)
    return Study.of(np.eye(3)[rng.integers(0, 3, samples)], predictions, choices=choices, **more)


def own(text: str, over: str = "mean", **parameters: float) -> Choice:
    return Choice.of(OWN, parameters=parameters, own=Own(text, over))


@pytest.mark.parametrize(("text", "entry"), TEXTBOOK.items())
def test_a_textbook_loss_that_is_typed_is_that_loss(text: str, entry: tuple[str, str]) -> None:
    name, over = entry
    made = study()
    typed, known = Outcome(made, own(text, over)), Outcome(made, Choice.of(name, "Textbook"))
    np.testing.assert_allclose(typed.per_sample(), known.per_sample(), rtol=1e-12)
    np.testing.assert_allclose(typed.gradient(), known.gradient(), rtol=1e-12, atol=1e-15)
    assert typed.contributions is not None and known.contributions is not None
    np.testing.assert_allclose(typed.contributions.by_class, known.contributions.by_class, rtol=1e-12)


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("over", ["mean", "sum"])
@pytest.mark.parametrize("reduction", ["mean", "weighted mean"])
def test_its_gradient_is_that_of_its_headline(text: str, over: str, reduction: str) -> None:
    choice = replace(own(text, over), reduction=reduction)
    for weights in weightings(5, 3):
        made = study(**weights)
        if Outcome(made, choice).refusal is None:
            assert_gradient_is_right(cut(made, 2), choice)


@pytest.mark.parametrize("text", FORMULAS)
def test_what_its_classes_add_is_the_headline_where_it_is_a_sum(text: str) -> None:
    outcome = Outcome(study(), own(text))
    parts, sums = outcome.contributions, any(type(s) is SumClasses for s in outcome.chain.stages)
    assert (parts is None) == (not sums) == (outcome.chain.terms is None)
    if parts is not None:
        assert parts.total == pytest.approx(outcome.value, rel=1e-12)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_it_takes_labels_of_every_encoding(encoding: str) -> None:
    labels = {"index": [1, 0], "signed": [[-1, 1], [1, -1]]}.get(encoding, [[0, 1], [1, 0]])
    made = Study.of(labels, [[0.2, 0.8], [0.3, 0.7]], encoding)
    y = 2 * np.array([[0, 1], [1, 0]]) - 1 if encoding == "signed" else np.array([[0, 1], [1, 0]])
    p = np.array([[0.2, 0.8], [0.3, 0.7]])
    assert Outcome(made, own("(y-p)^2")).value == pytest.approx(((y - p) ** 2).mean())


def test_without_a_label_it_needs_none() -> None:
    made = Study.of(None, [[0.25, 0.75]])
    assert Outcome(made, own("-p*log(p)", "sum")).value == pytest.approx(0.5623351446)
    assert "compares predictions with labels" in str(Outcome(made, own("y*p")).refusal)


def test_p_and_z_say_what_they_are() -> None:
    logits = study().with_kind("logits")
    assert own("z*y").entry.kinds == ("logits",)
    assert own("p*y").entry.kinds == ("probabilities", "values")
    assert "It takes logits" in str(Outcome(study(), own("z*y")).refusal)
    assert logits.kind == "logits" and "It takes probabilities or values" in str(
        Outcome(logits, own("p")).refusal
    )
    assert "z is the logit as it stands in the table" in own("z*y").entry.words
    assert "ŷ is the prediction as it stands in the table" in own("p*y").entry.words


def test_class_weights_go_with_sums_over_classes_only() -> None:
    weighted = study(class_weight=(1.0, 2.0, 3.0))
    assert Outcome(weighted, own(CROSS_ENTROPY)).refusal is None
    assert "Class weights do not apply" in str(Outcome(weighted, own("sqrt(sum((y-p)^2))")).refusal)


def test_parameters_are_the_names_that_are_open() -> None:
    choice = own(HUBER, d=0.1)
    assert choice.parameters == (("d", 0.1),) and own(HUBER).parameters == (("d", 1.0),)
    assert choice.with_parameter("d", -3.5).parameters == (("d", -3.5),)
    with pytest.raises(ValueError, match="no parameter e"):
        choice.with_parameter("e", 1)
    with pytest.raises(ValueError, match="must lie between"):
        choice.with_parameter("d", float("inf"))
    values = {d: Outcome(study(), own(HUBER, d=d)).value for d in (0.1, 1.0)}
    assert values[0.1] < values[1.0]


def test_names_of_parameters_meet_no_names_of_ours() -> None:
    text = "formula*p + over*y + sum_1 + terms*total + shared_1*sum(p) + self + kwargs"
    choice = own(text)
    assert len(choice.parameters) == 8
    assert Outcome(study(), choice).value == pytest.approx(float(1 / 3 + 1 / 3 + 1 + 1 + 1 + 1 + 1))


def test_the_same_formula_is_the_same_loss() -> None:
    assert own_loss(Own(HUBER)) is own_loss(Own(HUBER))
    assert own(HUBER) == own(HUBER) and hash(own(HUBER)) == hash(own(HUBER))
    assert own(HUBER) != own(HUBER, "sum")
    chains = {Outcome(study(), own(HUBER)).chain for _ in range(3)}
    assert len(chains) == 1


def test_another_formula_keeps_the_parameters_that_both_have() -> None:
    choice = replace(own("a*p + b*y", a=2, b=3), colour=4, reduction="sum")
    changed = choice.with_formula(Own("b*p + c*y", "sum", "Mine"))
    assert changed.parameters == (("b", 3.0), ("c", 1.0))
    assert (changed.colour, changed.reduction, changed.entry.title) == (4, "sum", "Mine")
    with pytest.raises(FormulaError):
        choice.with_formula(Own("p +"))


def test_a_choice_of_ones_own_has_a_formula_and_no_other_has() -> None:
    with pytest.raises(ValueError, match="needs a formula"):
        Choice.of(OWN)
    with pytest.raises(ValueError, match=r"averaged \(mean\) or added up"):
        Choice.written(Own("p", "max"))
    with pytest.raises(ValueError, match="A name is one line"):
        Choice.written(Own("p", title="a\nb"))
    assert OWN not in LOSSES


def test_what_the_catalogue_would_say_of_it() -> None:
    entry = own_loss(Own(CROSS_ENTROPY, "mean", "Mine"))
    assert (entry.name, entry.title, entry.family) == (OWN, "Mine", "own")
    assert entry.plain == "−¹⁄K Σ (y ln ŷ + (1 − y) ln(1 − ŷ))"
    assert entry.latex.startswith(r"{-}\frac{1}{K} \sum_j (y_j \ln \hat y_j")
    assert entry.gradient == r"\frac{1}{K} \Bigl(\frac{1 - y_k}{1 - \hat y_k} - \frac{y_k}{\hat y_k}\Bigr)"
    assert entry.domain == "Defined for ŷ from 0 to 1, but infinite at ŷ = 1 if y = 0, at ŷ = 0 if y = 1."
    assert entry.range == "Values from 0 to ∞."
    assert "averaged over the classes" in entry.words and "No corner" in entry.words
    assert "parameters of 1" in own_loss(Own(HUBER)).words
    assert own_loss(Own("softmax(" * 19 + "z" + ")" * 19)).gradient == ""


@pytest.mark.parametrize(
    ("text", "over", "lines"),
    [
        ("-y*log(p)", "sum", ["−(0 ln 0.2 + 1 ln 0.5 + 0 ln 0.3) = 0.6931"]),
        ("(y-p)^2/2", "mean", ["((0 − 0.2)² / 2 + (1 − 0.5)² / 2 + (0 − 0.3)² / 2) / 3 = 0.0633"]),
        (
            "where(p < c, p, 2*p)",
            "sum",
            ["2 · 0.2 + 2 · 0.5 + 2 · 0.3 = 2.0000"],
        ),
        ("p*(y - 0.5)", "sum", ["0.2 (0 − 0.5) + 0.5 (1 − 0.5) + 0.3 (0 − 0.5) = 0"]),
        (
            "sqrt(sum((y-p)^2))",
            "mean",
            ["(0 − 0.2)² + (1 − 0.5)² + (0 − 0.3)² = 0.3800", "√0.3800 = 0.6164"],
        ),
        ("log(sum(exp(p)))", "mean", ["exp(0.2) + exp(0.5) + exp(0.3) = 4.2200", "ln 4.2200 = 1.4398"]),
        ("logsumexp(p)", "mean", ["ln(exp(0.2) + exp(0.5) + exp(0.3)) = 1.4398", "1.4398"]),
        ("-c*y + c*max(p)", "sum", ["max(0.2, 0.5, 0.3) = 0.5000"]),
    ],
)
def test_its_working_has_the_persons_numbers(text: str, over: str, lines: list[str]) -> None:
    made = Study.of([[0, 1, 0]], [[0.2, 0.5, 0.3]])
    parameters = {"c": 0.1} if "c" in text.replace("exp", "") else {}
    shown = [step.text for step in Outcome(made, own(text, over, **parameters)).working(0)]
    assert shown[: len(lines)] == lines


@pytest.mark.parametrize(
    "text", ["p^1.5", "2^-p", "clip(p, 0, 0.5)", "sign(p-y)", "softplus(p)", "sin(p)*atan(p)", "log10(p)"]
)
def test_every_function_in_the_working_is_a_formula(text: str) -> None:
    made = Study.of([[0, 1]], [[0.2, 0.8]])
    for step in Outcome(made, own(text)).working(0):
        assert all(piece.kind != "text" for piece in notation.pieces(step.text))
        assert not re.search("[\u0080-\uffff]", step.latex)


def test_negative_numbers_stand_in_brackets() -> None:
    made = Study.of([[1, 0]], [[-1.5, 2.0]], kind="logits")
    steps = Outcome(made, own("y - z*a", "sum", a=-2.0)).working(0)
    assert steps[0].text == "1 − (−1.5) · (−2) + 0 − 2.0 · (−2) = 2.0000"


def test_large_tables_are_computed_block_by_block() -> None:
    made = study(samples=100_000)
    outcome = Outcome(made, own(HUBER))
    expected = Outcome(made, Choice.of("mean_squared_error", "Textbook")).value
    assert len(made.predictions.blocks) > 1
    assert outcome.value == pytest.approx(expected / 2, rel=1e-12)


# Saved studies


def test_it_is_saved_and_opened() -> None:
    choices = (own(HUBER, "sum", d=0.25), Choice.written(Own("z*γ - y", title="A ‘title’"), colour=3))
    made = study(*choices, Choice.of("hinge"))
    data = encode(made)
    assert decode(data) == made and encode(decode(data)) == data
    assert json.loads(data)["version"] == 3
    # Who knows no formulas still reads studies without any.
    assert json.loads(encode(study(Choice.of("hinge"))))["version"] == 1


def broken(**changes: Any) -> bytes:
    data = json.loads(encode(study(Choice.of("hinge"), own("d*(y-p)^2"))))["study"]
    data["choices"][1].update(changes)
    content = json.dumps(data).encode()
    head = json.dumps({"format": "lossgui study", "version": 3, "sha256": seal(content)})
    return head[:-1].encode() + b', "study": ' + content + b"}"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"own": {"formula": "__import__('os').system('touch canary')"}},
            "Loss 2: Position 1: A name begins",
        ),
        ({"own": {"formula": "p.tofile('x')"}}, "Loss 2: Position 2: A dot stands only in numbers"),
        (
            {"own": {"formula": "(" * 100_000}},
            "Loss 2: Position 2001: A formula has at most 2,000 characters",
        ),
        ({"own": {"formula": "d*p", "over": "max"}}, "Loss 2: Classes are averaged .mean. or added up"),
        ({"own": {"formula": "d*p", "title": "a\nb"}}, "Loss 2: A name is one line"),
        ({"own": {"formula": "e*p"}}, "Loss 2: Own loss has no parameter d"),
        ({"own": None}, "Loss 2: A loss of one's own needs a formula"),
        ({"own": {}}, r"missing required field `formula` - at `\$.choices\[1\].own`"),
        ({"own": "p"}, r"Expected `object \| null`, got `str` - at `\$.choices\[1\].own`"),
        ({"parameters": {"d": "1"}}, r"at `\$.choices\[1\].parameters"),
        ({"profile": "Keras 3"}, "Loss 2: Own loss is not computed by Keras 3"),
    ],
)
def test_a_damaged_or_hostile_formula_in_a_file_is_refused_with_its_place(
    changes: dict[str, Any], message: str
) -> None:
    assert len(decode(broken()).choices) == 2
    with pytest.raises(UnreadableError, match=message):
        decode(broken(**changes))


def test_the_report_names_the_formula() -> None:
    losses = report(study(own(CROSS_ENTROPY, "sum"), own("sqrt(sum((y-p)^2))")))["losses"]
    assert (losses[0]["loss"], losses[0]["over"]) == (CROSS_ENTROPY, "sum")
    assert losses[1]["loss"] == "sqrt(sum((y-p)^2))" and "over" not in losses[1]
    assert losses[0]["value"] == pytest.approx(sum(losses[0]["per_class"]))
