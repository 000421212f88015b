"""Stages of a row of scores: that of the true class, and the strongest of the others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossgui.core import text
from lossgui.core.stages import Function, Map, Stage
from lossgui.core.table import Array
from lossgui.core.where import where


class OwnScore(Stage):
    """The score of the true class of each row.

    Parameters
    ----------
    multiplied
        Whether it is the sum of labels times scores; else the score is picked where the label is 1.
    column
        Whether it is kept as a column beside the scores.
    """

    name: str = "own score"
    reads: tuple[str, ...] = ("labels", "predictions")
    writes: str = "own"
    formula: str = r"\hat y_t = \sum_k y_k \hat y_k"
    words: str = "The score of the true class."
    multiplied: bool = False
    column: bool = False

    def value(self, *inputs: Array) -> Array:
        y, p = inputs
        own = y * p if self.multiplied else where(y == 1, p, 0)
        result: Array = own.sum(axis=-1, keepdims=self.column)
        return result

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        y, along = inputs[0], upstream if self.column else upstream[..., None]
        return [None, along * y if self.multiplied else where(y == 1, along, 0)]

    def working(self, output: Array, *inputs: Array) -> str:
        labels, scores = (np.ravel(value) for value in inputs)
        pairs = zip(text.inputs(labels), text.inputs(scores), strict=True)
        products = [f"{y} · {text.signed(p)}" for y, p in pairs]
        kept = [product for product, label in zip(products, labels, strict=True) if label]
        added = " + ".join(text.shortened(kept)) or "0"
        return f"{added} = {text.number(float(np.squeeze(output)))}"


class BehindOwn(Map):
    """A function of how far each score is behind that of the true class, which is read last.

    A score that grows does what the true one does that falls, so that one derivative is enough for both.
    """

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        slope = self.derivatives[1]
        assert slope is not None
        by_score: Array = upstream * slope(*inputs)
        return [None, by_score, -by_score.sum(axis=-1, keepdims=True)]


class LargestScore(Stage):
    """The largest of what is left of the scores; where several are, the derivative is shared among them.

    Parameters
    ----------
    left
        (labels, predictions) -> what is left of each score.
    slope
        The labels -> its derivative by the prediction.
    """

    name: str = "largest score"
    reads: tuple[str, ...] = ("labels", "predictions")
    writes: str = "rival"
    left: Function
    slope: Function

    def value(self, *inputs: Array) -> Array:
        result: Array = self.left(*inputs).max(axis=-1)
        return result

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        largest = self.left(*inputs) == output[..., None]
        share = largest / largest.sum(axis=-1, keepdims=True).astype(upstream.dtype)
        return [None, upstream[..., None] * share * self.slope(inputs[0])]

    def working(self, output: Array, *inputs: Array) -> str:
        left = np.ravel(self.left(*inputs))
        return f"max {text.listed(left[left > -np.inf])} = {text.number(float(np.squeeze(output)))}"


def difference(formula: str) -> Map:
    """Return the stage that takes the score of the true class from the largest."""
    return Map(
        name="loss",
        reads=("rival", "own"),
        writes="loss",
        function=np.subtract,
        derivatives=(lambda rival, own: np.ones_like(own), lambda rival, own: -np.ones_like(own)),
        formula=formula,
        words="The score of the true class is taken from it.",
        entry=lambda rival, own: f"{rival} − {text.signed(own)}",
    )
