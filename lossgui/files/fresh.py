"""The losses that a study of plain numbers begins with."""

from __future__ import annotations

import numpy as np

from lossgui.core.choice import Choice
from lossgui.core.fit import refusal
from lossgui.core.profiles import KERAS_3, TEXTBOOK
from lossgui.core.study import Study

CROSS_ENTROPY = {
    "index": "sparse_categorical_crossentropy",
    "one-hot": "categorical_crossentropy",
    "binary": "binary_crossentropy",
    "soft": "categorical_crossentropy",
}
SQUARES = "mean_squared_error"


def fresh_choices(study: Study) -> tuple[Choice, ...]:
    """Return the first usual loss for such labels that fits; where none fits, one that says why."""
    usual = _usual(study)
    return (next((choice for choice in usual if refusal(study, choice) is None), usual[0]),)


def _usual(study: Study) -> list[Choice]:
    if study.labels is None:
        return [Choice.of("entropy" if study.kind == "probabilities" else SQUARES, TEXTBOOK)]
    squares = [Choice.of(SQUARES, TEXTBOOK)]
    if study.encoding == "signed":
        return [Choice.of("hinge", KERAS_3), *squares]
    name = CROSS_ENTROPY.get(study.encoding)
    if name is None or (study.encoding == "soft" and len(study.classes) == 1):
        return squares
    cross_entropy = [Choice.of(name, KERAS_3)]
    if study.kind == "logits" or (study.kind == "values" and not _within_one(study)):
        cross_entropy.append(Choice.of(name, KERAS_3, {"from_logits": True}))
    return cross_entropy + squares


def _within_one(study: Study) -> bool:
    """Tell whether all predictions lie in 0 to 1: a softmax of such is most likely a second one."""
    return all(bool(np.all((b.array >= 0) & (b.array <= 1))) for b in study.predictions.blocks)
