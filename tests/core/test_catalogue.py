"""The catalogue: every loss says all that there is to know, and one that is added is found everywhere."""

from __future__ import annotations

from collections.abc import Iterator

import losses
import numpy as np
import pytest
from core.drawn import cases_of

from lossgui import LOSSES, PROFILES, Study, call
from lossgui.core.chain import Chain
from lossgui.core.choice import Choice
from lossgui.core.frameworks import FRAMEWORKS
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.outcome import Outcome
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import PYTORCH, TEXTBOOK
from lossgui.core.stages import Map, SumClasses, mean_over_classes
from lossgui.files.report import report

EVERY = pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
SENTENCES = ("words", "domain", "range", "use", "avoid", "pitfall")


@EVERY
def test_every_loss_says_all_that_there_is_to_know(loss: Loss) -> None:
    assert all((loss.title, loss.latex, loss.plain, loss.gradient, loss.reference, loss.family))
    for name in SENTENCES:
        said = getattr(loss, name)
        assert not said[0].islower() or said.startswith("optax"), name
        assert said.endswith(".") and 8 <= len(said) <= 200, name


@EVERY
def test_every_form_is_of_a_profile_and_names_its_callables(loss: Loss) -> None:
    assert set(loss.forms) <= set(PROFILES)
    for profile, form in loss.forms.items():
        assert bool(form.called) == (profile != TEXTBOOK)
        assert all(name.strip() == name for name in form.called)
        for parameter in form.parameters:
            assert parameter.title and parameter.words.endswith(".")
            assert parameter.takes(parameter.default) and parameter.checked(parameter.default) is not None


@EVERY
def test_parameters_are_arguments_of_the_chain(loss: Loss) -> None:
    for profile, form in loss.forms.items():
        chain = loss.chain(profile, loss.settled(profile, {}))
        assert chain.stages and all(stage.words.endswith(".") for stage in chain.stages if stage.words)
        assert form.chain(**dict(loss.settled(profile, {}))).statistics == chain.statistics


def test_the_readme_lists_the_catalogue() -> None:
    readme = losses.README.read_text(encoding="utf-8")
    assert losses.written(readme) == readme


# One that is added


def cubes(exponent: float = 3.0) -> Chain:
    terms = Map(
        name="terms",
        reads=("predictions", "labels"),
        writes="terms",
        function=lambda p, y: np.abs(p - y) ** exponent,
        derivatives=(lambda p, y: exponent * np.sign(p - y) * np.abs(p - y) ** (exponent - 1), None),
        formula=r"|\hat y_k - y_k|^3",
        words="The third power of the error's size.",
        entry=lambda p, y: f"|{p} − {y}|³",
    )
    return Chain((terms, mean_over_classes()))


def cubes_torch() -> Chain:
    return Chain((*cubes().stages[:1], SumClasses()), elementwise=True)


ADDED = Loss(
    name="cubic",
    title="Cubic error",
    family="regression",
    latex=r"\frac{1}{K}\sum_k |\hat y_k - y_k|^3",
    plain="¹⁄K Σ |ŷ − y|³",
    words="A loss that this test has made.",
    forms={
        TEXTBOOK: Form(cubes, (Parameter("exponent", "exponent", 3.0, "The power of the error.", 1, 9),)),
        PYTORCH: Form(cubes_torch, called=("cubic.torch.loss",), calls=(Call(("cubic_loss",)),)),
    },
)


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loss]:
    monkeypatch.setitem(LOSSES._all, ADDED.name, ADDED)
    for framework in FRAMEWORKS.values():
        framework.__dict__.pop("calls", None)
    yield ADDED
    for framework in FRAMEWORKS.values():
        framework.__dict__.pop("calls", None)


def test_a_loss_that_is_added_in_one_place_is_found_everywhere(added: Loss) -> None:
    study = Study.of([[0.0, 1.0]], [[2.0, 0.0]], "real", "values")
    outcome = Outcome(study, Choice.of("cubic"))
    assert outcome.value == 4.5 and outcome.gradient().tolist() == [[6.0, -1.5]]
    assert outcome.working(0)[-1].text.endswith("= 4.5000")
    assert "| Cubic error | regression | • |" in losses.table()
    assert [case.profile for case in cases_of(added)][:1] == [TEXTBOOK]
    (printed,) = report(study.with_choice(Choice.of("cubic")))["losses"]
    assert (printed["loss"], printed["value"], printed["parameters"]) == ("cubic", 4.5, {"exponent": 3.0})
    called = call("torch", "cubic_loss", [[0.0, 1.0]], [[2.0, 0.0]])
    assert called.values.tolist() == [[8.0, 1.0]] and float(called.reduced("mean")) == 4.5
