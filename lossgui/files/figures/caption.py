"""The caption of a figure: what it shows, and all that its numbers depend on, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lossgui.core import text
from lossgui.core.choice import Choice
from lossgui.core.encodings import ENCODINGS
from lossgui.core.evaluate import Outcome, evaluate
from lossgui.core.figures import Figure
from lossgui.core.formula import OVER, read
from lossgui.core.parameter import Value
from lossgui.core.reductions import words_of
from lossgui.core.study import Study

WHOLE_BATCH = "one number for the whole batch"

SUBJECTS = {"contributions": "What adds to the headline", "gradient": "Derivative of the headline"}
"""What figures without curves show, by their names."""


def caption(study: Study, figure: Figure | None = None, choices: Sequence[int] | None = None) -> str:
    """Return what a figure shows: each loss with all its settings, and the data, in sentences of plain text.

    Parameters
    ----------
    study
        The study that the figure shows.
    figure
        The figure; without one, losses and data alone are said.
    choices
        The places of the chosen losses that the figure shows; by default all that have a number.
    """
    outcomes = evaluate(study).outcomes
    shown = outcomes if choices is None else [outcomes[place] for place in choices]
    losses = "; ".join(_loss(outcome) for outcome in shown if outcome.refusal is None)
    parts = [_subject(figure) if figure is not None else "", losses, _data(study)]
    return " ".join(_sentence(part) for part in parts if part)


def _subject(figure: Figure) -> str:
    """Return what is drawn: of curves the axes, else what stands above."""
    if figure.series:
        return f"{figure.y.label}, against {figure.x.label}"
    about = [figure.subtitle.partition("\n")[0], figure.title]
    return ": ".join(part for part in (SUBJECTS.get(figure.name, ""), *about) if part)


def _loss(outcome: Outcome) -> str:
    choice = outcome.choice
    settings = [f"{name} = {_written(value)}" for name, value in choice.parameters]
    alone = outcome.study.class_weight is not None and choice.entry.reduction is None
    unweighed = "without class weights" if alone else ""
    parts = [choice.profile, ", ".join(settings), _over(choice), _reduction(choice), unweighed]
    return f"{_title(choice)} ({'; '.join(part for part in parts if part)})"


def _title(choice: Choice) -> str:
    if choice.own is None:
        return choice.entry.title
    return f"{choice.entry.title}, {choice.own.formula}"


def _over(choice: Choice) -> str:
    """Return what a person's own formula makes of the classes, if it is computed for each of them."""
    own = choice.own
    return OVER[own.over] if own is not None and read(own.formula).tree.by_class else ""


def _reduction(choice: Choice) -> str:
    return WHOLE_BATCH if choice.reduction is None else words_of(choice.kind, choice.by_entry)


def _written(value: Value) -> str:
    return str(value) if isinstance(value, bool) else text.exact(value)


def _data(study: Study) -> str:
    encoding = ENCODINGS[study.encoding].title.replace(" ", "-")
    labels = f"{encoding} labels" if study.labels is not None else "no labels"
    size = f"{_samples(study)} of {text.counted(len(study.classes), 'class')}"
    parts = [size, labels, study.kind, study.predictions.dtype.name, *_weights(study)]
    return ", ".join(parts)


def _samples(study: Study) -> str:
    if study.outer is None:
        return text.counted(study.samples, "sample")
    return " × ".join(f"{side:,}" for side in study.outer) + " samples"


def _weights(study: Study) -> Iterable[str]:
    """Yield what some samples or classes count for more or less."""
    if study.sample_weight is not None:
        yield "weighted by sample"
    if study.class_weight is not None:
        yield f"class weights {text.listed(study.class_weight)}"
    if study.mask is not None:
        yield f"{study.samples - study.counted:,} of them masked"


def _sentence(words: str) -> str:
    words = words[:1].upper() + words[1:]
    return words if words.endswith((".", "!", "?")) else f"{words}."
