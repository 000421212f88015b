"""Stages of optax' Dice, which takes each class by itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossgui.core import text
from lossgui.core.stages import Axes, Softmax, Stage
from lossgui.core.table import Array


class Shares(Stage):
    """Logits -> the share of each class, or the sigmoid of the only one."""

    name: str = "softmax"
    reads: tuple[str, ...] = ("predictions",)
    writes: str = "predictions"
    formula: str = r"\hat y_k = e^{z_k} / \sum_j e^{z_j}"
    words: str = "Softmax turns each row of logits into a distribution; a single logit gets the sigmoid."
    chip: str = "softmax"
    level: str = "saturated"

    def value(self, *inputs: Array) -> Array:
        (z,) = inputs
        return Softmax().value(z) if z.shape[-1] != 1 else 1 / (1 + np.exp(-z))

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        if output.shape[-1] == 1:
            return [upstream * output * (1 - output)]
        # In JAX' order, which tells where classes are sure.
        weighed = upstream * output
        return [weighed - output * weighed.sum(axis=-1, keepdims=True)]

    def working(self, output: Array, *inputs: Array) -> str:
        if output.shape[-1] == 1:
            return super().working(output, *inputs)
        return Softmax().working(output, *inputs)


class OneLessShares(Stage):
    """1 - (I + s) / (I + a (P - I) + b (T - I) + s) for each class.

    I, P and T are sums of both, of predictions and of labels over the axes between the first and the last.
    """

    smooth: float
    alpha: float
    beta: float
    axis: Axes = None
    name: str = "terms"
    reads: tuple[str, ...] = ("labels", "predictions")
    writes: str = "terms"
    formula: str = (
        r"1 - \frac{y_k \hat y_k + s}{y_k \hat y_k + \alpha (1 - y_k) \hat y_k "
        r"+ \beta y_k (1 - \hat y_k) + s}"
    )
    words: str = (
        "One less the overlap over the sizes, for each class. optax adds up over the axes between the first "
        "and the last: a table has none, so that each entry is compared by itself."
    )
    chip: str = "each entry by itself"

    def value(self, *inputs: Array) -> Array:
        above, below = self._line(*inputs)
        return 1 - above / below

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        # In JAX' order, since softmax takes differences of these.
        above, below = self._line(*inputs)
        by_below = upstream * above * below**-2
        by_both = by_below * (1 - self.alpha - self.beta) - upstream / below
        y, axes = inputs[0], self._axes(inputs[0])
        return [None, np.expand_dims(by_both, axes) * y + np.expand_dims(by_below * self.alpha, axes)]

    def entries(self, *inputs: Array) -> list[str]:
        lines = zip(
            *(map(text.number, map(float, np.ravel(line))) for line in self._line(*inputs)), strict=True
        )
        return [f"(1 − {above} / {below})" for above, below in lines]

    def _axes(self, array: Array) -> int | tuple[int, ...]:
        return tuple(range(1, array.ndim - 1)) if self.axis is None else self.axis

    def _line(self, y: Array, p: Array) -> tuple[Array, Array]:
        axes = self._axes(p)
        both, predicted, labelled = (part.sum(axis=axes) for part in (p * y, p, y))
        below = both + self.alpha * (predicted - both) + self.beta * (labelled - both) + self.smooth
        return both + self.smooth, below


class WithoutFirst(Stage):
    """The classes but the first, unless it is the only one."""

    name: str = "without background"
    reads: tuple[str, ...] = ("terms",)
    writes: str = "terms"
    words: str = "The first class is the background, and does not count."

    def value(self, *inputs: Array) -> Array:
        (terms,) = inputs
        return terms if terms.shape[-1] == 1 else terms[..., 1:]

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        (terms,) = inputs
        before = terms.shape[-1] - upstream.shape[-1]
        return [np.concatenate([np.zeros_like(terms[..., :before]), upstream], axis=-1)]
