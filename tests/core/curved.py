"""A study of two samples and three classes, and what is asked of its curves."""

from __future__ import annotations

from typing import Any

import numpy as np

from lossgui.core.evaluate import Outcome, evaluate
from lossgui.core.figures import Figure, Series, curve
from lossgui.core.study import Choice, Study

CCE, MSE = "categorical_crossentropy", "mean_squared_error"
LABELS, PREDICTIONS = [[0, 1, 0], [0, 0, 1]], [[0.05, 0.95, 0.0], [0.1, 0.8, 0.1]]
THREE = (Choice.of(CCE, "Keras 3"), Choice.of(CCE, colour=1), Choice.of(MSE, colour=2))
BIRD = (1, 2)


def start(*choices: Choice) -> Study:
    return Study.of(LABELS, PREDICTIONS, classes=["cat", "dog", "bird"], choices=choices or THREE)


def shown(study: Study, focus: tuple[int, int] = BIRD, **how: Any) -> Figure:
    return curve(evaluate(study, focus), **how)


def at(series: Series, x: float) -> float:
    return float(series.y[int(np.argmin(np.abs(series.x - x)))])


def there(study: Study, x: float, rescale: bool) -> float:
    """Return what the only chosen loss is with another prediction: of the sample, or of the batch.

    NaN where it does not take that prediction.
    """
    study = study.with_prediction(*BIRD, x, rescale and study.kind == "probabilities")
    outcome = Outcome(study, study.choices[0])
    if outcome.refusal:
        return float("nan")
    if outcome.chain.finish is not None:
        assert outcome.value is not None
        return outcome.value
    return float(outcome.rows(1, 2).statistics[0, 0])


def said(figure: Figure) -> list[str]:
    return [note.text + {"up": " ↑", "down": " ↓", "": ""}[note.arrow] for note in figure.notes]
