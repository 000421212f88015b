"""Arrays as a chain takes them: classes last."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.given import Given
from lossgui.core.loss import Call
from lossgui.core.stages import Map


def arranged(call: Call, given: Given) -> tuple[Given, int | None]:
    """Return what is given with the axis of the classes last, and which axis it was; None if it was the last.

    Raises
    ------
    ValueError
        If labels and predictions do not fit one another.
    """
    axis = given.parameters.get("axis", -1)
    if not isinstance(axis, int) or axis % max(given.predictions.ndim, 1) == given.predictions.ndim - 1:
        return _fitting(call, given), None
    labels = given.labels
    moved = replace(
        given,
        predictions=np.moveaxis(given.predictions, axis, -1),
        labels=labels if labels is None or call.indexed else np.moveaxis(labels, axis, -1),
    )
    return _fitting(call, moved), axis


def _fitting(call: Call, given: Given) -> Given:
    if given.labels is None:
        return given
    wanted = given.predictions.shape[:-1] if call.indexed else given.predictions.shape
    if given.labels.shape == wanted:
        return given
    if given.labels.shape == (*wanted, 1) and call.indexed:
        return replace(given, labels=given.labels[..., 0])
    raise ValueError(
        f"{call.names[0]}: labels of the shape {given.labels.shape} do not fit predictions of the shape "
        f"{given.predictions.shape}."
    )


def tempered(chain: Chain, temperature: float | None) -> Chain:
    """Return the chain with its predictions divided by a temperature first."""
    if temperature is None:
        return chain
    divide = Map(
        name="temperature",
        reads=("predictions",),
        writes="predictions",
        function=lambda z: z / z.dtype.type(temperature),
        derivatives=(lambda z: 1 / z.dtype.type(temperature),),
        formula=r"z_k / T",
        words="The logits are divided by the temperature.",
        chip="÷ T",
    )
    return chain.after(divide)
