"""What the functions of a formula come to: NumPy's own, of arrays or of anything that takes their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from lossgui.core.formula.tree import CONSTANTS, Name, Node, Number, fold_all

Function = Callable[..., Any]

COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
LOGIC = ("and", "or", "not")
LOGARITHMS = ("log", "log2", "log10", "log1p")


def sigmoid(x: Any) -> Any:
    """Return 1 / (1 + e^-x) without overflow."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + small), small / (1 + small))


def softplus(x: Any) -> Any:
    """Return ln(1 + e^x) without overflow."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def times_log(factor: Any, log: Any) -> Any:
    """Return the product, and 0 where the factor is 0: 0 · ln 0 is 0."""
    return np.where(factor == 0, factor, factor * log)


def clip(x: Any, low: Any, high: Any) -> Any:
    """Return what lies outside as the bound."""
    return np.minimum(np.maximum(x, low), high)


def sum_over(x: Any) -> Any:
    """Return the sum over the classes, the axis kept."""
    return np.sum(x, axis=-1, keepdims=True)


def mean_over(x: Any) -> Any:
    """Return the mean over the classes, the axis kept."""
    return sum_over(x) / x.dtype.type(x.shape[-1])


def largest(x: Any) -> Any:
    """Return the largest of the classes, the axis kept."""
    return np.max(x, axis=-1, keepdims=True)


def smallest(x: Any) -> Any:
    """Return the smallest of the classes, the axis kept."""
    return np.min(x, axis=-1, keepdims=True)


def logsumexp(x: Any) -> Any:
    """Return ln of the sum of e^x over the classes without overflow, the axis kept."""
    most = largest(x)
    most = np.where(np.isfinite(most), most, 0)
    return most + np.log(sum_over(np.exp(x - most)))


VALUES: dict[str, Function] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "*0": times_log,
    "/": np.divide,
    "^": np.power,
    "neg": np.negative,
    "==": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "and": np.logical_and,
    "or": np.logical_or,
    "not": np.logical_not,
    "where": np.where,
    "abs": np.abs,
    "sign": np.sign,
    "sqrt": np.sqrt,
    "exp": np.exp,
    "expm1": np.expm1,
    "log": np.log,
    "log2": np.log2,
    "log10": np.log10,
    "log1p": np.log1p,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "sigmoid": sigmoid,
    "softplus": softplus,
    "max": np.maximum,
    "min": np.minimum,
    "clip": clip,
    "softmax": lambda x, log_of_sum: np.exp(x - log_of_sum),
    "sum": sum_over,
    "mean": mean_over,
    "largest": largest,
    "smallest": smallest,
    "logsumexp": logsumexp,
}
"""Each function; 'softmax' is given the logarithm of its sum besides."""


def evaluate(tree: Node, values: Mapping[str, Any], dtype: np.dtype[Any]) -> Any:
    """Return what a formula comes to, computed in a type.

    Parameters
    ----------
    values
        By name: labels and predictions of shape (..., classes), numbers of samples (..., 1), parameters.
    """
    return evaluate_all([tree], values, dtype)[0]


def evaluate_all(trees: Sequence[Node], values: Mapping[str, Any], dtype: np.dtype[Any]) -> list[Any]:
    """Return what formulas come to, what they share computed once."""

    def of(node: Node, arguments: list[Any]) -> Any:
        if isinstance(node, Number):
            return dtype.type(node.value)
        if isinstance(node, Name):
            value = values[node.name] if node.name in values else CONSTANTS[node.name]
            return dtype.type(value) if isinstance(value, int | float) else value
        return VALUES[node.function](*arguments)

    return fold_all(trees, of)
