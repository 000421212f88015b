"""Stages of the softmax and its logarithm as frameworks compute them, in their order of operations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lossgui.core import text
from lossgui.core.encodings import one_hot
from lossgui.core.exact.pairs import two_product
from lossgui.core.stages import FusedSoftmaxTerms, LogSoftmax, Map, OneHot, Softmax, Stage
from lossgui.core.table import Array
from lossgui.core.where import where


class FrameworkSoftmax(Softmax):
    """Softmax of logits that are shifted by the largest of their row."""

    words: str = "Softmax turns each row of logits into a distribution; the largest is taken away first."

    def value(self, *inputs: Array) -> Array:
        """Return e^(z - max) over its sum."""
        (z,) = inputs
        powers = np.exp(z - z.max(axis=-1, keepdims=True))
        result: Array = powers / powers.sum(axis=-1, keepdims=True)
        return result


class TensorflowSoftmax(FrameworkSoftmax):
    """TensorFlow's, whose processor code takes numbers below the smallest normal one for 0."""

    def value(self, *inputs: Array) -> Array:
        """Return softmax without subnormal numbers."""
        shares = super().value(*inputs)
        return where(shares < np.finfo(shares.dtype).tiny, 0, shares)


class FrameworkLogSoftmax(LogSoftmax):
    """The logarithm of softmax: z - max - ln sum e^(z - max)."""

    formula: str = r"\ln \hat y_k = (z_k - m) - \ln \sum_j e^{z_j - m},\quad m = \max_j z_j"
    words: str = (
        "The logarithm of softmax, from logits shifted by the largest. What a row that is very sure "
        "lacks to certainty is lost beside the 1 of its largest logit."
    )

    def value(self, *inputs: Array) -> Array:
        """Return the shifted logits less the logarithm of the sum of their powers."""
        (z,) = inputs
        shifted = z - z.max(axis=-1, keepdims=True)
        result: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
        return result

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        """Return upstream less softmax times its sum."""
        return [upstream - np.exp(output) * upstream.sum(axis=-1, keepdims=True)]


def _shares(z: Array) -> tuple[Array, Array]:
    """Return powers of the shifted logits, and the sum of each row."""
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    return powers, powers.sum(axis=-1, keepdims=True)


class JaxSoftmax(FrameworkSoftmax):
    """JAX's, which goes back through the quotient step by step."""

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        """Return the derivative of powers over their sum, then that of the powers."""
        powers, total = _shares(inputs[0])
        along = (upstream * (1 / (total * total)) * powers).sum(axis=-1, keepdims=True)
        return [(upstream / total - along) * powers]


class JaxLogSoftmax(FrameworkLogSoftmax):
    """JAX's, which goes back through the logarithm step by step."""

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        """Return upstream less powers times the share of each in the sum."""
        powers, total = _shares(inputs[0])
        return [upstream - powers * (upstream.sum(axis=-1, keepdims=True) / total)]


class TorchLogSoftmax(FrameworkLogSoftmax):
    """PyTorch's, whose way back is compiled to instructions that multiply and subtract with one rounding."""

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        """Return upstream less softmax times its sum, rounded once."""
        return [less_product(upstream, np.exp(output), upstream.sum(axis=-1, keepdims=True))]


def less_product(x: Array, a: Array, b: Array) -> Array:
    """Return x - a b, rounded once."""
    if x.dtype == np.float32:
        # A product of two float32 is exact in float64.
        single: Array = x.astype(np.float64) - a.astype(np.float64) * b.astype(np.float64)
        return single.astype(x.dtype)
    wide = [value.astype(np.float64) for value in np.broadcast_arrays(a, b)]
    product, rest = two_product(*wide)
    difference = x.astype(np.float64) - product
    return where(np.isfinite(rest), difference - rest, difference).astype(x.dtype)


class PickedSoftmaxTerms(FusedSoftmaxTerms):
    """TensorFlow's sparse softmax cross-entropy: only the sample's own class is looked at."""

    words: str = (
        "Softmax and logarithm in one step, of the sample's own class alone, so that nothing overflows. "
        "The derivative is softmax − y."
    )

    def forward(self, *inputs: Array) -> tuple[Array, Any]:
        """Return the terms, 0 where the label is 0 whatever the logit."""
        terms, kept = super().forward(*inputs)
        return where(inputs[0] == 0, 0, terms), kept


def log_terms(guarded: bool) -> Map:
    """Return -y log p of given logarithms; guarded, 0 where y is 0 whatever the logarithm."""

    def value(y: Array, log_p: Array) -> Array:
        result: Array = -(log_p * y)
        return where(y == 0, 0, result) if guarded else result

    return Map(
        name="terms",
        reads=("labels", "log p"),
        writes="terms",
        function=value,
        derivatives=(None, lambda y, log_p: -y),
        formula=r"-y_k \ln \hat y_k",
        words="Minus y times the logarithm of the prediction"
        + ("; where y is 0 the term is 0." if guarded else ": undefined where that is 0 times infinity."),
        chip="ln",
        entry=lambda y, log_p: f"{y} · {text.signed(log_p)}",
        frame="−({})",
    )


def logarithm() -> Map:
    """Return the stage that takes the logarithms of probabilities."""
    return Map(
        name="logarithm",
        reads=("predictions",),
        writes="predictions",
        function=np.log,
        derivatives=(lambda p: 1 / p,),
        formula=r"\ln \hat y_k",
        words="Logarithms of the probabilities serve as logits: softmax divides them by the row's sum.",
        chip="ln",
    )


class WrappedOneHot(OneHot):
    """Class indices, of which negative ones count from the end; beyond the classes rows are undefined."""

    words: str = "The class index picks its class; −1 is the last one, and beyond all classes is nothing."

    def value(self, *inputs: Array) -> Array:
        """Return a row for each index."""
        labels, predictions = inputs
        classes = predictions.shape[-1]
        wrapped = where(labels < 0, labels + classes, labels)
        rows = one_hot(wrapped, classes, predictions.dtype)
        return where((wrapped >= 0) & (wrapped < classes), rows, np.nan).astype(predictions.dtype)


class LogSumTerms(Stage):
    """The logarithm of the sum of powers, less the logit of the sample's own class.

    Parameters
    ----------
    wide
        Whether the powers are added up in float64, as scikit-learn does; then a largest logit that is
        infinite is taken away all the same.
    """

    name: str = "terms"
    reads: tuple[str, ...] = ("labels", "predictions")
    writes: str = "terms"
    formula: str = r"y_k \left(\ln \sum_j e^{z_j} - z_k\right)"
    words: str = (
        "The logarithm of the sum of powers, less the logit of the sample's own class. "
        "Logits that share a large offset lose digits, since the difference is taken at the end."
    )
    chip: str = "ln Σ exp − own logit"
    wide: bool = False

    def _powers(self, z: Array) -> tuple[Array, Array]:
        largest = z.max(axis=-1, keepdims=True)
        shift = largest if self.wide else where(np.isfinite(largest), largest, 0)
        return np.exp(z - shift), shift

    def _total(self, z: Array) -> Array:
        powers, shift = self._powers(z)
        wide = np.float64 if self.wide else z.dtype
        whole = powers.sum(axis=-1, keepdims=True, dtype=wide).astype(z.dtype)
        total: Array = (np.log(whole.astype(wide)) + shift).astype(z.dtype)
        return total

    def value(self, *inputs: Array) -> Array:
        """Return the difference for the own class, and 0 for all others."""
        labels, z = inputs
        return where(labels == 0, 0, labels * (self._total(z) - z))

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        """Return softmax times what all terms count for, less what the own class does."""
        labels, z = inputs
        beyond = np.isnan(labels)
        own = where(beyond, 0, upstream * labels)
        total = where(beyond, upstream / z.shape[-1], own).sum(axis=-1, keepdims=True)
        powers, _ = self._powers(z)
        return [None, powers / powers.sum(axis=-1, keepdims=True) * total - own]

    def entries(self, *inputs: Array) -> list[str]:
        """Return 'y · (total − z)' of each class."""
        labels, z = (np.ravel(value) for value in inputs)
        total = text.number(float(np.squeeze(self._total(z[None]))))
        pairs = zip(text.inputs(labels), text.inputs(z), strict=True)
        return [f"{y} · ({total} − {text.signed(logit)})" for y, logit in pairs]
