"""Every chain of the Textbook profile against the same stages in 110 digits: no more than 4 ulp anywhere.

A constant that a stage rounds is rounded in both; those of the losses in tests/accuracy.py are held there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from core.digits import Digits
from core.drawn import CASES, Case, drawn

from lossgui.core.exact import Twofold
from lossgui.core.run import Run

TEXTBOOK = [case for case in CASES if case.profile == "Textbook"]
MOST = 4.0
LEAST = -1000
"""The binary exponent below which low words lose digits, and with them the result."""

Array = np.ndarray
Regime = Callable[[Case, Any, Array, np.random.Generator], Array | None]


def tiny(case: Case, labels: Any, predictions: Array, rng: np.random.Generator) -> Array | None:
    return predictions * 10.0 ** rng.uniform(-8, -1, predictions.shape)


def sure(case: Case, labels: Any, predictions: Array, rng: np.random.Generator) -> Array | None:
    if case.kind != "probabilities":
        return None
    return 1 - predictions * 10.0 ** rng.uniform(-8, -1, predictions.shape)


def large(case: Case, labels: Any, predictions: Array, rng: np.random.Generator) -> Array | None:
    return None if case.kind == "probabilities" else 30 * predictions


def near(case: Case, labels: Any, predictions: Array, rng: np.random.Generator) -> Array | None:
    if labels is None or labels.shape != predictions.shape or case.kind == "logits":
        return None
    close = labels * (1 + 1e-7 * rng.normal(size=labels.shape))
    inside = (labels > 0) & ((labels < 1) | (case.kind != "probabilities"))
    return np.where(inside, close, predictions)


def usual(case: Case, labels: Any, predictions: Array, rng: np.random.Generator) -> Array | None:
    return predictions


@pytest.mark.parametrize("regime", [usual, tiny, sure, large, near], ids=lambda regime: regime.__name__)
@pytest.mark.parametrize("case", TEXTBOOK, ids=str)
def test_values_and_gradients_are_the_mathematical_ones(case: Case, regime: Regime) -> None:
    study = drawn(case, samples=3, classes=4)
    labels = None if study.labels is None else study.labels.to_array()
    predictions = regime(case, labels, study.predictions.to_array(), np.random.default_rng(5))
    if predictions is None:
        return
    chain = case.chain.of_indices() if case.encoding == "index" else case.chain
    given = {"predictions": predictions, "labels": labels, **chain.known(study.labels)}
    ours, truth = chain._run(given, Twofold.of_floats), chain._run(given, Digits.of)
    assert furthest(ours.statistics, truth.statistics) <= MOST
    assert furthest(slope(ours), slope(truth)) <= MOST


def slope(run: Run) -> Any:
    name = run.chain.statistics[0]
    return run.gradient({name: np.ones_like(run[name])})


def furthest(figures: Any, truths: Any) -> float:
    """Return the largest error in ulps, of those that are finite and no less than LEAST."""
    found = figures.rounded() if isinstance(figures, Twofold) else figures
    expected = truths.numbers if isinstance(truths, Digits) else truths
    worst = 0.0
    for figure, truth in zip(np.ravel(found).tolist(), np.ravel(expected), strict=True):
        truth = mp.mpf(truth)
        exponent = mp.frexp(truth)[1] if mp.isnormal(truth) else LEAST
        if exponent > LEAST:
            worst = max(worst, float(abs(figure - truth) / mp.ldexp(1, exponent - 53)))
        elif truth == 0:
            assert figure == 0
    return worst
