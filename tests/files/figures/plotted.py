"""The figures of all plots, of all examples."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lossgui.core.evaluate import evaluate, telling_entry
from lossgui.core.figures import LOGIT, PREDICTION, Figure, by_class, by_sample, curve, of_batch, of_sample
from lossgui.core.study import Study
from lossgui.files.examples import examples, load
from lossgui.files.figures.look import Look

EXAMPLES = [example.name for example in examples()]

LOOK = Look(
    ground="#ffffff",
    chip="#efefeb",
    ink="#16181a",
    quiet="#5a5f63",
    line="#e2e2de",
    below="#0067a8",
    above="#c95000",
    losses=("#0072b2", "#d55e00", "#008060", "#b0568a", "#16181a", "#a66f00", "#2f86bd"),
    classes=("#cc6677", "#4a3fa0", "#997700"),
    dashes=((), (5, 3), (1, 2), (7, 2, 1, 2), (10, 3), (3, 3), (1, 3, 1, 6)),
    markers=("circle", "square", "triangle", "diamond", "pentagon", "hexagon", "star"),
)


@cache
def study_of(example: str) -> Study:
    return load(example)


def plots(study: Study) -> Iterator[Figure]:
    """Yield what every plot shows of a study, for its first loss and its last."""
    result = evaluate(study, telling_entry(study))
    yield curve(result)
    yield curve(result, rescale=True, gradient=True)
    for choice in sorted({0, len(study.choices) - 1}):
        yield by_class(result, choice)
        yield by_sample(result, choice)
        yield of_sample(result, choice, PREDICTION)
        yield of_batch(result, choice, LOGIT)


def has_numbers(figure: Figure) -> bool:
    return bool(figure.series) or figure.bars is not None or figure.image is not None
