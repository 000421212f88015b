"""PyTorch's losses that compare predictions with a second input: which ranks higher, which is nearer."""

from __future__ import annotations

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.given import Given
from lossgui.core.loss import Call
from lossgui.core.losses.checks import above_0
from lossgui.core.losses.margin._distance import Distance
from lossgui.core.stages import Map, SumClasses
from lossgui.core.table import Array
from lossgui.core.where import where


def margin_ranking(margin: float = 0) -> Chain:
    """Return max(0, m - y (x1 - x2)) of single entries; the predictions are x1."""

    def lacking(y: Array, x1: Array, x2: Array) -> Array:
        result: Array = -y * (x1 - x2) + margin
        return result

    terms = Map(
        name="terms",
        reads=("labels", "predictions", "x2"),
        writes="terms",
        function=lambda *inputs: np.maximum(lacking(*inputs), 0),
        derivatives=(None, lambda y, x1, x2: where(lacking(y, x1, x2) >= 0, -y, 0), None),
        formula=rf"\max(0, -y_k (\hat y_k - x_k) + {margin:g})",
        words="What the difference lacks to have the sign of the label and the size of the margin.",
    )
    return Chain((terms, SumClasses()), elementwise=True)


def triplet_margin(margin: float = 1.0, p: float = 2.0, eps: float = 1e-6, swap: bool = False) -> Chain:
    """Return max(0, m + d(anchor, positive) - d(anchor, negative)).

    The predictions are the anchor, the labels the positive example.

    Parameters
    ----------
    swap
        Whether the negative is compared with the positive instead, where that is nearer to it.
    """

    def distance(a: str, b: str, writes: str) -> Distance:
        return Distance(name=writes, reads=(a, b), writes=writes, p=p, added=eps)

    def lacking(near: Array, far: Array) -> Array:
        result: Array = margin + near - far
        return result

    def reached(near: Array, far: Array) -> Array:
        return where(lacking(near, far) >= 0, 1, 0).astype(near.dtype)

    loss = Map(
        name="loss",
        reads=("distance of the positive", "distance of the negative"),
        writes="loss",
        function=lambda near, far: np.maximum(lacking(near, far), 0),
        derivatives=(reached, lambda near, far: -reached(near, far)),
        formula=rf"\max(0, {margin:g} + d_+ - d_-)",
        words="What the negative lacks to be farther away than the positive by the margin.",
    )
    near = distance("predictions", "labels", "distance of the positive")
    far = distance("predictions", "negative", "distance of the negative")
    across = (distance("labels", "negative", "distance of both"), _nearer()) if swap else ()
    return Chain((near, far, *across, loss), terms=None)


def _nearer() -> Map:
    def share(far: Array, across: Array) -> Array:
        return where(far < across, 1, where(far == across, 0.5, 0)).astype(far.dtype)

    return Map(
        name="nearer negative",
        reads=("distance of the negative", "distance of both"),
        writes="distance of the negative",
        function=np.minimum,
        derivatives=(share, None),
        formula=r"\min(d_-, d_{+-})",
        words="The negative counts from the anchor or from the positive, whichever is nearer to it.",
    )


def _of_one_rank(given: Given) -> None:
    arrays = (given.predictions, given.labels, *given.others.values())
    if len({array.ndim for array in arrays if array is not None}) > 1:
        raise ValueError("All inputs must have the same number of axes.")


CALLS = (
    Call(("margin_ranking_loss",), margin_ranking, takes=("x2",), checks=(_of_one_rank,), as_given=True),
    Call(
        ("triplet_margin_loss",),
        triplet_margin,
        takes=("negative",),
        checks=(_of_one_rank, above_0("margin"), above_0("p")),
        as_given=True,
    ),
)
