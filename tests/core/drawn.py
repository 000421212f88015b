"""Studies drawn at random for every loss of the catalogue, under every convention it knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.choice import Choice
from lossgui.core.encodings import ENCODINGS
from lossgui.core.evaluate import Outcome
from lossgui.core.loss import Form, Loss
from lossgui.core.losses import LOSSES
from lossgui.core.parameter import Parameter, Value
from lossgui.core.stages import FusedSoftmaxTerms
from lossgui.core.study import Study
from lossgui.core.table import Table


@dataclass(frozen=True)
class Case:
    """A loss under a profile, with parameters, for labels of one encoding and predictions of one kind."""

    loss: str
    profile: str
    parameters: tuple[tuple[str, Value], ...]
    encoding: str
    kind: str

    def __str__(self) -> str:
        settings = [f"{name}={value:g}" for name, value in self.parameters]
        return "-".join([self.loss, self.profile.replace(" ", ""), *settings, self.encoding])

    def choice(self, reduction: str | None = None) -> Choice:
        return Choice.of(self.loss, self.profile, dict(self.parameters), reduction)

    @property
    def chain(self) -> Chain:
        return LOSSES[self.loss].chain(self.profile, self.parameters)

    @property
    def reductions(self) -> tuple[str | None, ...]:
        """One of each kind, by its name."""
        offered = LOSSES[self.loss].reductions(self.profile)
        return tuple({each.kind: name for name, each in reversed(offered.items())}.values()) or (None,)

    @property
    def fused(self) -> bool:
        """Whether the derivative takes for granted that labels sum to 1."""
        return any(isinstance(stage, FusedSoftmaxTerms) for stage in self.chain.stages)


def extremes(parameter: Parameter) -> tuple[Value, ...]:
    if isinstance(parameter.default, bool):
        return (False, True)
    if parameter.whole:
        return (parameter.default, 1.0)  # one of the classes
    return tuple(dict.fromkeys((parameter.low, parameter.default, parameter.high)))


MOST_ENCODINGS = 3


def cases_of(loss: Loss) -> Iterator[Case]:
    """Yield every profile with its defaults and with each setting changed.

    Of labels that may be written in more than three ways, a profile after the first takes two, in turn.
    """
    for number, (profile, form) in enumerate(loss.forms.items()):
        encodings = (form.encodings or loss.encodings) if loss.encodings else ("one-hot",)
        defaults, *others = settings_of(form)
        turned = [encodings[(number + place) % len(encodings)] for place in range(2)]
        tried = turned if number and len(encodings) > MOST_ENCODINGS else encodings
        cases = [(defaults, encoding) for encoding in tried]
        cases += [(settings, encodings[0]) for settings in others]
        for parameters, encoding in cases:
            kind = "logits" if dict(parameters).get("from_logits") else (form.kinds or loss.kinds)[-1]
            yield Case(loss.name, profile, parameters, encoding, kind)


def settings_of(form: Form) -> list[tuple[tuple[str, Value], ...]]:
    """Return the defaults, and each parameter at its extremes while the others are at their defaults."""
    defaults = {p.name: p.default for p in form.parameters}
    changed = [{**defaults, p.name: value} for p in form.parameters for value in extremes(p)]
    return list(dict.fromkeys(tuple(settings.items()) for settings in [defaults, *changed]))


MOVES: tuple[Callable[[np.ndarray], np.ndarray], ...] = (
    lambda drawn: drawn,
    lambda drawn: np.abs(drawn) + 0.05,
    lambda drawn: -np.abs(drawn) - 0.05,
    lambda drawn: 0.05 + 0.9 / (1 + np.exp(-drawn)),
)
"""What is drawn, and where a loss needs other numbers: above 0, below 0, or between 0 and 1."""


def needed(case: Case, of: str, array: np.ndarray) -> np.ndarray:
    """Return numbers as the case needs them."""
    needs = [need for need in case.chain.needs if need.of == of]
    if not needs:
        return array
    for move in MOVES:
        moved = move(array)
        wrong = of == "labels" and ENCODINGS[case.encoding].wrong_rows(moved, moved.shape[-1]).any()
        if not wrong and all(need.met(moved) for need in needs):
            return moved
    raise AssertionError(f"no {of} are drawn that fit {case}")


def width(case: Case, classes: int) -> int:
    """Return so many classes, or as many as the case takes."""
    needs = [need for need in case.chain.needs if need.of == "predictions"]
    fitting = (n for n in (classes, 1, 3) if all(need.met(np.full((1, n), 1 / n)) for need in needs))
    return next(fitting, classes)


CASES = [case for loss in LOSSES.values() for case in cases_of(loss)]
"""Every form with its parameters at their defaults and every encoding, and with each parameter changed."""

DEFAULTS = [
    case for case in CASES if all(case.choice().described(n).default == v for n, v in case.parameters)
]
"""Every form and encoding, with the parameters at their defaults."""


def one_of_each_form() -> Iterator[Case]:
    """Take one of the encodings of each form, in turn."""
    for turn, form in enumerate(dict.fromkeys((case.loss, case.profile) for case in DEFAULTS)):
        same = [case for case in DEFAULTS if (case.loss, case.profile) == form]
        yield same[turn % len(same)]


FORMS = list(one_of_each_form())
"""Every form once."""

WIDE = [case for case in FORMS if width(case, 3) == 3]
"""Every form that takes several classes, once."""


def labels_of(case: Case, rng: np.random.Generator, samples: int, classes: int) -> np.ndarray:
    chosen = rng.integers(0, classes, samples)
    if case.encoding == "index":
        return chosen
    if case.encoding == "one-hot" or (case.fused and case.encoding == "binary"):
        return np.eye(classes)[chosen]
    if case.encoding == "soft":
        soft = rng.uniform(0, 1, (samples, classes))
        soft[0, 0] = 0
        return soft / soft.sum(axis=1, keepdims=True) if case.fused else soft
    either = rng.integers(0, 2, (samples, classes)).astype(float)
    either[~either.any(axis=1), 0] = 1  # a row of zeros has no direction
    return {"binary": either, "signed": 2 * either - 1}.get(case.encoding, rng.normal(0, 3, either.shape))


def drawn(
    case: Case, samples: int = 5, classes: int = 3, dtype: Any = float, seed: int = 0, **more: Any
) -> Study:
    """Return a study that fits the case, its numbers clear of clip bounds and, almost surely, of kinks."""
    rng, classes = np.random.default_rng(seed), width(case, classes)
    if "class_weight" in more:
        more["class_weight"] = np.resize(more["class_weight"], classes)
    low, high = (0.05, 0.95) if case.kind == "probabilities" else (-5, 5)
    predictions = needed(case, "predictions", rng.uniform(low, high, (samples, classes))).astype(dtype)
    labels = needed(case, "labels", labels_of(case, rng, samples, classes))
    return Study.of(labels, predictions, case.encoding, case.kind, **more)


def weightings_of(case: Case, samples: int, classes: int) -> list[dict[str, Any]]:
    """Return the weights that a case takes: arguments of `drawn`."""
    if LOSSES[case.loss].reduction is None:
        return [{}]
    return weightings(samples, classes)[: 4 if case.chain.weighable else 2]


def weightings(samples: int, classes: int) -> list[dict[str, Any]]:
    """Return no weights, weights of the samples, of the classes, and both: arguments of `drawn`."""
    rng = np.random.default_rng(1)
    sample = {"sample_weight": np.r_[0.0, rng.uniform(0.1, 3, samples - 1)]}
    of_class = {"class_weight": tuple(rng.uniform(0.1, 3, classes))}
    return [{}, sample, of_class, {**sample, **of_class}]


def masked(samples: int) -> dict[str, Any]:
    """Return a mask that leaves out some samples, the first and the last too: an argument of `drawn`."""
    mask = np.random.default_rng(2).random(samples) < 0.6
    mask[[0, -1]] = False
    mask[1] = True
    return {"mask": mask}


def cut(study: Study, block_rows: int) -> Study:
    """Return the same study with its tables cut into blocks of so many rows."""

    def again(table: Table | None) -> Table | None:
        return None if table is None else Table.from_array(table.to_array(), block_rows)

    return replace(
        study,
        predictions=Table.from_array(study.predictions.to_array(), block_rows),
        labels=again(study.labels),
        sample_weight=again(study.sample_weight),
        mask=again(study.mask),
    )


def headline(study: Study, choice: Choice) -> float:
    """Return the value; where each sample stands by itself, the sum of all that count."""
    outcome = Outcome(study, choice)
    if outcome.value is not None:
        return outcome.value
    return float(sum(loss for row, loss in enumerate(outcome.per_sample()) if study.counts(row)))


def central_differences(study: Study, choice: Choice, step: float = 1e-5) -> np.ndarray:
    """Return the derivative of the headline by each prediction, found by moving it up and down."""
    table = study.predictions
    slopes = np.empty(table.shape)
    for row, column in np.ndindex(table.shape):
        above, below = (
            headline(
                replace(study, predictions=table.with_cell(row, column, table[row, column] + moved)), choice
            )
            for moved in (step, -step)
        )
        slopes[row, column] = (above - below) / (2 * step)
    return slopes


def assert_gradient_is_right(study: Study, choice: Choice) -> None:
    """Hold the gradient to central differences, to a millionth of its largest entry."""
    gradient = Outcome(study, choice).gradient()
    expected = central_differences(study, choice)
    assert gradient.shape == expected.shape
    np.testing.assert_allclose(gradient, expected, rtol=0, atol=1e-6 * np.abs(expected).max())
