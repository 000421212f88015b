"""Activations: functions of logits alone, as frameworks offer them beside their losses."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.loss import Call
from lossgui.core.losses import _eigen
from lossgui.core.losses.probability._softmax import (
    FrameworkLogSoftmax,
    JaxLogSoftmax,
)
from lossgui.core.stages import Function, Map, Softmax, Stage, SumClasses
from lossgui.core.stages.lanes import added_in_lanes
from lossgui.core.table import Array
from lossgui.core.where import where

TORCH_THRESHOLD = 20.0
"""Where torch.nn.functional.softplus takes x for itself."""


def _sigmoid(x: Array) -> Array:
    """Return 1 / (1 + e^-x) as it stands: 0 where e^-x overflows."""
    result: Array = 1 / (1 + np.exp(-x))
    return result


def _expit(x: Array) -> Array:
    """Return 1 / (1 + e^-x) without overflow, as scipy.special does."""
    small = np.exp(-np.abs(x))
    result: Array = where(x >= 0, 1, small) / (1 + small)
    return result


def _softplus(x: Array) -> Array:
    result: Array = np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))
    return result


def _softplus_torch(x: Array) -> Array:
    return where(x > TORCH_THRESHOLD, x, np.log1p(np.exp(x)))


def _softplus_torch_slope(x: Array) -> Array:
    return where(x > TORCH_THRESHOLD, 1, _sigmoid(x)).astype(x.dtype)


def _map(name: str, function: Function, slope: Function, formula: str, words: str) -> Map:
    return Map(
        name=name,
        reads=("predictions",),
        writes="terms",
        function=function,
        derivatives=(slope,),
        formula=formula,
        words=words,
        chip=name,
    )


def _sigmoid_stage(sigmoid: Function = _sigmoid) -> Map:
    return _map(
        "sigmoid",
        sigmoid,
        lambda x: sigmoid(x) * (1 - sigmoid(x)),
        r"\frac{1}{1 + e^{-z_k}}",
        "Each logit by itself becomes a probability.",
    )


def _log_sigmoid_stage() -> Map:
    return _map(
        "log-sigmoid",
        lambda x: -_softplus(-x),
        lambda x: _sigmoid(-x),
        r"-\ln(1 + e^{-z_k})",
        "The logarithm of the sigmoid, without forming it.",
    )


def _softplus_stage() -> Map:
    return _map("softplus", _softplus, _sigmoid, r"\ln(1 + e^{z_k})", "A smooth max(0, z).")


def _softplus_torch_stage() -> Map:
    words = "A smooth max(0, z); above 20 PyTorch takes z for itself."
    return _map("softplus", _softplus_torch, _softplus_torch_slope, r"\ln(1 + e^{z_k})", words)


def _parts(z: Array, exp: Function = np.exp) -> tuple[Array, Array, Array]:
    """Return logits less their maximum, the powers of e to them, and the sums of those."""
    shifted = z - z.max(axis=-1, keepdims=True)
    powers = exp(shifted)
    return shifted, powers, powers.sum(axis=-1, keepdims=True)


class LogSoftmaxOfParts(FrameworkLogSoftmax):
    """Log-softmax whose way back divides the powers by their sum."""

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        _, powers, total = _parts(inputs[0])
        return [upstream - powers / total * upstream.sum(axis=-1, keepdims=True)]


class LogSoftmaxOfTensorflow(FrameworkLogSoftmax):
    """Log-softmax with TensorFlow's functions and sums, which goes back from its result."""

    def value(self, *inputs: Array) -> Array:
        shifted, powers, _ = _parts(inputs[0], _eigen.exp)
        return shifted - _eigen.log(added_in_lanes(powers))

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        return [upstream - _eigen.exp(output) * added_in_lanes(upstream)]


class SoftmaxOfTensorflow(Softmax):
    """Softmax with TensorFlow's exponential and sums."""

    def value(self, *inputs: Array) -> Array:
        _, powers, _ = _parts(inputs[0], _eigen.exp)
        return powers / added_in_lanes(powers)

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        return [output * (upstream - added_in_lanes(upstream * output))]


class SoftmaxOfJax(Softmax):
    """Softmax as JAX goes back through its steps."""

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        _, powers, total = _parts(inputs[0])
        through_sum = (upstream * powers).sum(axis=-1, keepdims=True) / total / total
        return [powers * (upstream / total - through_sum)]


class LogSoftmaxOfScipy(FrameworkLogSoftmax):
    """Log-softmax that shifts by 0 where the maximum is not finite."""

    def value(self, *inputs: Array) -> Array:
        (z,) = inputs
        most = z.max(axis=-1, keepdims=True)
        shifted: Array = z - where(np.isfinite(most), most, 0)
        result: Array = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
        return result


STAGES: dict[str, Callable[[], Stage]] = {
    "sigmoid": _sigmoid_stage,
    "sigmoid_tensorflow": lambda: _sigmoid_stage(_eigen.sigmoid),
    "expit": lambda: _sigmoid_stage(_expit),
    "log_sigmoid": _log_sigmoid_stage,
    "softplus": _softplus_stage,
    "softplus_torch": _softplus_torch_stage,
    "softmax": lambda: Softmax(writes="terms"),
    "softmax_tensorflow": lambda: SoftmaxOfTensorflow(writes="terms"),
    "softmax_jax": lambda: SoftmaxOfJax(writes="terms"),
    "log_softmax": lambda: LogSoftmaxOfParts(writes="terms"),
    "log_softmax_tensorflow": lambda: LogSoftmaxOfTensorflow(writes="terms"),
    "log_softmax_jax": lambda: JaxLogSoftmax(writes="terms"),
    "log_softmax_scipy": lambda: LogSoftmaxOfScipy(writes="terms"),
}


def activation(stage: str, *names: str) -> Call:
    """Return the call of an activation.

    Parameters
    ----------
    stage
        A name of `STAGES`.
    names
        What frameworks call it, if not the same.
    """

    def chain() -> Chain:
        return Chain((STAGES[stage](), SumClasses()), elementwise=True)

    return Call(names or (stage,), chain)
