"""Links: how predictions come of logits. A chain with a link in front has its derivative by the logits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lossgui.core.run import Run
from lossgui.core.stages import Softmax, Stage
from lossgui.core.study import Study
from lossgui.core.table import Array

PREDICTION, LOGIT = "prediction", "logit"
"""By what there can be a derivative."""

REFUSED = {
    "logits": {PREDICTION: "These predictions are logits: the derivative by them is the one by logit."},
    "log-probabilities": {LOGIT: "These predictions are logarithms: choose ‘by prediction’."},
    "values": {LOGIT: "These predictions are values: no softmax and no sigmoid has made them of logits."},
}
"""For kinds of predictions, why there is no derivative by something, in words."""


class Sigmoid(Stage):
    """Logits -> probabilities, each by itself."""

    name: str = "the sigmoid"
    reads: tuple[str, ...] = ("predictions",)
    writes: str = "predictions"
    formula: str = r"\hat y_k = 1 / (1 + e^{-z_k})"
    words: str = "The sigmoid turns each logit into a probability of its own."
    chip: str = "sigmoid"
    level: str = "saturated"

    def value(self, *inputs: Array) -> Array:
        """Return the probabilities."""
        result: Array = np.exp(-np.logaddexp(0, -inputs[0]))
        return result

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        """Return the derivative by the logits, from the probabilities."""
        return [upstream * output * (1 - output)]


def refused(study: Study) -> dict[str, str]:
    """Return by what the predictions of a study have no derivative, and why not, in words."""
    return REFUSED.get(study.kind, {})


def possible(study: Study, by: str) -> str:
    """Return by what there is a derivative: what is asked for, or else the other."""
    return (LOGIT if by == PREDICTION else PREDICTION) if by in refused(study) else by


def link_of(study: Study) -> Stage | None:
    """Return what makes the predictions of a study of logits; None where they are no probabilities."""
    if study.kind != "probabilities":
        return None
    return Softmax() if study.sums_to_one else Sigmoid()


def linked(run: Run, link: Stage, predictions: Array) -> Run:
    """Return the run as if its predictions had come through a link, whose backward step needs no logits."""
    first = len(run.values) - len(run.chain.stages)
    chain = replace(run.chain, stages=(link, *run.chain.stages))
    return Run(chain, (*run.values[:first], predictions, *run.values[first:]))
