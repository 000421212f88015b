"""Edits of what labels and predictions are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lossgui.core.contents import RefusedError, Some
from lossgui.core.encodings import convert
from lossgui.core.stages import Normalise, Softmax


def with_encoding(study: Some, encoding: str) -> Some:
    """Return the study with its labels converted to another encoding.

    Raises
    ------
    RefusedError
        If a row cannot say the same in that encoding; the message names it.
    """
    if study.labels is None:
        return replace(study, encoding=encoding)
    try:
        labels = convert(study.labels, study.encoding, encoding, len(study.classes), study.sample_name)
    except ValueError as error:
        raise RefusedError(str(error)) from None
    return replace(study, labels=labels, encoding=encoding)


def with_kind(study: Some, kind: str) -> Some:
    """Return the study with the same predictions, said to be something else.

    Raises
    ------
    RefusedError
        If they cannot be that; the message names the first that is not.
    """
    changed = replace(study, kind=kind)
    changed.check_predictions(changed.predictions)
    return changed


def softmaxed(study: Some) -> Some:
    """Return the study with softmax applied to each row of predictions, which are probabilities then.

    Raises
    ------
    RefusedError
        If a row has no softmax, since a number in it is not finite.
    """
    with np.errstate(all="ignore"):
        softmax = study.predictions.mapped(Softmax().value)
    changed = replace(study, predictions=softmax, kind="probabilities")
    changed.check_predictions(softmax)
    return changed


def normalised(study: Some) -> Some:
    """Return the study with each row of predictions divided by its sum.

    Raises
    ------
    RefusedError
        If a row sums to 0, or to less.
    """
    for block, start in zip(study.predictions.blocks, study.predictions.starts, strict=False):
        sums = block.array.sum(axis=1)
        divides = (sums > 0) & np.isfinite(sums)
        if not divides.all():
            name = study.sample_name(start + int(np.argmin(divides)))
            raise RefusedError(f"Sample {name} has no positive sum to divide by.")
    changed = replace(study, predictions=study.predictions.mapped(Normalise().value))
    changed.check_predictions(changed.predictions)
    return changed
