"""Arrays as a chain takes them: classes last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.given import Given
from lossgui.core.loss import Call
from lossgui.core.stages import Stage
from lossgui.core.table import Array


def arranged(call: Call, given: Given) -> tuple[Given, int | None]:
    """Return what is given with the axis of the classes last, and which axis it was; None if it was the last.

    Raises
    ------
    ValueError
        If labels and predictions do not fit one another.
    """
    if call.as_given:
        return (given if call.fit is None else call.fit(given)), None
    axis, axes = given.parameters.get("axis", -1), given.predictions.ndim
    if not isinstance(axis, int) or axes < 2 or axis % axes == axes - 1:
        return _fitting(call, given), None
    labels = given.labels
    moved = replace(
        given,
        predictions=np.moveaxis(given.predictions, axis, -1),
        labels=labels if labels is None or call.indexed else np.moveaxis(labels, axis, -1),
    )
    return _fitting(call, moved), axis


def _fitting(call: Call, given: Given) -> Given:
    if call.fit is not None:
        given = call.fit(given)
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


class Temperature(Stage):
    """Logits divided by a temperature."""

    temperature: float
    name: str = "temperature"
    reads: tuple[str, ...] = ("predictions",)
    writes: str = "predictions"
    formula: str = r"z_k / T"
    words: str = "The logits are divided by the temperature."
    chip: str = "÷ T"

    def value(self, *inputs: Array) -> Array:
        (z,) = inputs
        cooled: Array = z / z.dtype.type(self.temperature)
        return cooled

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        return [upstream / upstream.dtype.type(self.temperature)]


def tempered(chain: Chain, temperature: float | None) -> Chain:
    """Return the chain with its predictions divided by a temperature first."""
    return chain if temperature is None else chain.after(Temperature(temperature=temperature))
