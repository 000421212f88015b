"""Stages in which the entries of a row depend on one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lossgui.core import text
from lossgui.core.encodings import one_hot
from lossgui.core.stages.along import Axes
from lossgui.core.stages.lanes import added_in_lanes
from lossgui.core.stages.stage import Stage
from lossgui.core.table import Array
from lossgui.core.where import where


class OneHot(Stage):
    """Class indices -> one row of zeros and a one for each; exists inside a block only."""

    name: str = "one-hot"
    reads: tuple[str, ...] = ("labels", "predictions")
    writes: str = "labels"
    formula: str = r"y_k = [k = t]"
    words: str = "The class index picks its class: its y is 1, all others are 0."

    def value(self, *inputs: Array) -> Array:
        labels, predictions = inputs
        return one_hot(labels, predictions.shape[-1], predictions.dtype)

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        return [None, None]

    def working(self, output: Array, *inputs: Array) -> str:
        return f"class {int(np.squeeze(inputs[0]))}"


class Normalise(Stage):
    """Rows divided by their sum."""

    name: str = "normalise rows"
    reads: tuple[str, ...] = ("predictions",)
    writes: str = "predictions"
    formula: str = r"\hat y_k / \sum_j \hat y_j"
    words: str = "Each row is divided by its sum, so that it becomes a distribution."
    chip: str = "÷ row sum"

    def value(self, *inputs: Array) -> Array:
        (p,) = inputs
        shares: Array = p / p.sum(axis=-1, keepdims=True)
        return shares

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        (p,) = inputs
        total = p.sum(axis=-1, keepdims=True)
        return [(upstream - (upstream * output).sum(axis=-1, keepdims=True)) / total]

    def working(self, output: Array, *inputs: Array) -> str:
        if np.array_equal(output, inputs[0]):
            return "the row sums to 1: unchanged"
        (total,) = text.inputs([float(np.sum(inputs[0]))])
        return f"{text.listed(np.ravel(inputs[0]))} / {total} = {text.listed(np.ravel(output))}"


class Softmax(Stage):
    """Logits -> probabilities."""

    name: str = "softmax"
    reads: tuple[str, ...] = ("predictions",)
    writes: str = "predictions"
    formula: str = r"\hat y_k = e^{z_k} / \sum_j e^{z_j}"
    words: str = "Softmax turns each row of logits into a distribution."
    chip: str = "softmax"
    level: str = "saturated"

    def value(self, *inputs: Array) -> Array:
        (z,) = inputs
        powers = np.exp(z - z.max(axis=-1, keepdims=True))
        result: Array = powers / powers.sum(axis=-1, keepdims=True)
        return result

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        return [output * (upstream - (upstream * output).sum(axis=-1, keepdims=True))]

    def working(self, output: Array, *inputs: Array) -> str:
        return f"softmax {text.listed(np.ravel(inputs[0]))} = {text.listed(np.ravel(output))}"


class LogSoftmax(Stage):
    """Logits -> logarithms of their softmax, without forming it."""

    name: str = "log-softmax"
    reads: tuple[str, ...] = ("predictions",)
    writes: str = "log p"
    formula: str = r"\ln \hat y_k = z_k - \ln \sum_j e^{z_j}"
    words: str = "The logarithm of softmax, computed from the logits directly, so that nothing overflows."
    chip: str = "softmax"

    def value(self, *inputs: Array) -> Array:
        (z,) = inputs
        shifted = z - z.max(axis=-1, keepdims=True)
        # The largest is not added as 1: what the others have beside it would be lost.
        largest = shifted == 0
        others = where(largest, 0, np.exp(shifted)).sum(axis=-1, keepdims=True)
        ties = largest.sum(axis=-1, keepdims=True) - 1
        result: Array = shifted - np.log1p(others + ties.astype(z.dtype))
        return result

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        total = upstream.sum(axis=-1, keepdims=True)
        # A probability near 1 is written as 1 less what it lacks, so that a label of 1 leaves just that.
        lacking = (upstream - total) - np.expm1(output) * total
        return [where(output > -0.5, lacking, upstream - np.exp(output) * total)]

    def working(self, output: Array, *inputs: Array) -> str:
        return f"ln softmax {text.listed(np.ravel(inputs[0]))} = {text.listed(np.ravel(output))}"


class UnitLength(Stage):
    """Rows scaled to length one.

    Parameters
    ----------
    measure
        Squared length -> (what rows are divided by, 1 where that is the length and 0 where it is a bound).
    multiplies
        Whether rows are multiplied by what it gives instead.
    axis
        Along which entries make a vector.
    scaled
        Whether entries are divided by the largest first, so that no square overflows.
    """

    measure: Callable[[Array], tuple[Array, Array]]
    multiplies: bool = False
    axis: Axes = -1
    scaled: bool = False

    def value(self, *inputs: Array) -> Array:
        x, _, size, _ = self._parts(*inputs)
        return x * size if self.multiplies else x / size

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        _, largest, size, follows = self._parts(*inputs)
        along = follows * (upstream * output).sum(axis=self.axis, keepdims=True)
        if self.multiplies:
            return [upstream * size - along * output * size]
        return [(upstream - along * output) / (largest * size)]

    def _parts(self, x: Array) -> tuple[Array, Any, Array, Array]:
        largest = np.abs(x).max(axis=self.axis, keepdims=True) if self.scaled else 1
        x = x / largest if self.scaled else x
        return x, largest, *self.measure((x * x).sum(axis=self.axis, keepdims=True))

    def working(self, output: Array, *inputs: Array) -> str:
        length = float(np.sqrt((inputs[0] ** 2).sum()))
        return f"{text.listed(np.ravel(inputs[0]))} / {text.number(length)} = {text.listed(np.ravel(output))}"


class FusedSoftmaxTerms(Stage):
    """TensorFlow's softmax cross-entropy: its derivative takes for granted that labels sum to one.

    Source: tensorflow/core/kernels/xent_op.h, where the derivative by the logits is softmax(z) - y.
    """

    name: str = "softmax cross-entropy"
    reads: tuple[str, ...] = ("labels", "predictions")
    writes: str = "terms"
    formula: str = r"y_k \left(\ln \sum_j e^{z_j} - z_k\right)"
    words: str = (
        "Softmax and logarithm in one step, so that nothing overflows. "
        "The derivative is softmax − y, which is right only where the labels sum to 1."
    )
    chip: str = "softmax · ln"
    frame: str = "−({})"
    shown: bool = True

    def value(self, *inputs: Array) -> Array:
        return self.forward(*inputs)[0]

    def forward(self, *inputs: Array) -> tuple[Array, Any]:
        labels, z = inputs
        terms = z - z.max(axis=-1, keepdims=True)
        powers = np.exp(terms)
        total = added_in_lanes(powers)
        np.subtract(np.log(total), terms, out=terms)
        terms *= labels
        return terms, (powers, total)

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        return self.pulled(self.forward(*inputs)[1], upstream, output, *inputs)

    def pulled(self, kept: Any, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        labels, (powers, total) = inputs[0], kept
        softmax: Array = powers / total
        softmax -= labels
        if upstream.strides[-1] == 0:
            # All terms of a row count alike: what follows comes to no more than this.
            softmax *= upstream[..., :1]
            return [None, softmax]
        whole = labels.sum(axis=-1, keepdims=True)
        weighed = (upstream * labels).sum(axis=-1, keepdims=True) / where(whole == 0, 1, whole)
        scale = where(whole == 0, upstream.mean(axis=-1, keepdims=True), weighed)
        return [None, scale * softmax - (upstream - scale) * labels]

    def entries(self, *inputs: Array) -> list[str]:
        labels, z = (np.ravel(value) for value in inputs)
        powers = Softmax().value(z)
        return [f"{y} ln {p}" for y, p in zip(text.inputs(labels), text.inputs(powers), strict=True)]

    def working(self, output: Array, *inputs: Array) -> str:
        powers = Softmax().value(inputs[1])
        return f"softmax {text.listed(np.ravel(inputs[1]))} = {text.listed(np.ravel(powers))}"
