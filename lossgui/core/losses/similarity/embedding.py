"""PyTorch's cosine embedding loss, which compares two vectors by a label of their own."""

from __future__ import annotations

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.given import Given
from lossgui.core.loss import Call
from lossgui.core.losses.similarity._steps import Cosine
from lossgui.core.stages import Map
from lossgui.core.table import Array
from lossgui.core.where import where


def chain(margin: float = 0) -> Chain:
    """Return 1 - cos for labels 1, max(0, cos - m) for labels -1, and 0 for any other."""

    def value(y: Array, cosine: Array) -> Array:
        result: Array = where(y == 1, 1 - cosine, 0) + where(y == -1, np.maximum(cosine - margin, 0), 0)
        return result

    def slope(y: Array, cosine: Array) -> Array:
        apart = (y == -1) & (cosine - margin >= 0)
        return where(apart, 1, where(y == 1, -1, 0)).astype(cosine.dtype)

    loss = Map(
        name="loss",
        reads=("labels", "cosine"),
        writes="loss",
        function=value,
        derivatives=(None, slope),
        formula=rf"1 - \cos \text{{ or }} \max(0, \cos - {margin:g})",
        words="One less the cosine where the label is 1, what it has above the margin where the label is −1, "
        "and nothing where it is anything else.",
    )
    return Chain((Cosine(), loss), terms=None)


def _one_label_a_row(given: Given) -> None:
    axes = given.predictions.ndim - 1
    if axes not in (0, 1) or (given.labels is not None and given.labels.ndim != axes):
        raise ValueError("It takes two vectors and a label, or rows of vectors and a label for each.")


CALLS = (Call(("cosine_embedding_loss",), chain, takes=("x2",), checks=(_one_label_a_row,), as_given=True),)
