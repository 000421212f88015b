"""The tutorials' NumPy code, verbatim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from making.real import Given, Real

VERSION = np.__version__
DELTA = 1e-7

Function = Callable[[np.ndarray, np.ndarray, dict[str, Any]], Any]


def _real(loss: str, function: Function, *given: Given) -> Real:
    return Real(loss, f"textbook {loss}", function, given)


def _entropy(t: Any, p: np.ndarray, parameters: dict[str, Any]) -> Any:
    inside = np.where(p == 0, p.dtype.type(0), p * np.log(np.where(p == 0, p.dtype.type(1), p)))
    total = -np.sum(inside, -1)
    return total / p.dtype.type(np.log(parameters["base"])) if "base" in parameters else total


def _cross(t: np.ndarray, q: np.ndarray, parameters: dict[str, Any]) -> Any:
    inside = np.where(t == 0, q.dtype.type(0), t * np.log(np.where(t == 0, q.dtype.type(1), q)))
    return -np.sum(inside, -1)


def _softmax(z: np.ndarray) -> np.ndarray:
    powers = np.exp(z - z.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def _twice(t: np.ndarray, z: np.ndarray, parameters: dict[str, Any]) -> Any:
    p = _softmax(z)
    shifted = p - p.max(-1, keepdims=True)
    return -np.sum(t * (shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))), -1)


def _size(y: np.ndarray) -> int:
    return 1 if y.ndim == 1 else y.shape[0]


def _labels(t: np.ndarray, y: np.ndarray, parameters: dict[str, Any]) -> Any:
    return -np.sum(np.log(y[np.arange(_size(y)), t] + DELTA)) / _size(y)


REALS = (
    _real("half_sse", lambda t, y, p: 0.5 * np.sum((y - t) ** 2), ("regression", {})),
    _real("l2_norm", lambda t, y, p: np.sqrt(np.sum((y - t) ** 2)), ("regression", {})),
    _real("mean_squared", lambda t, y, p: np.mean((y - t) ** 2), ("regression", {})),
    _real("cross_entropy_delta_sum", lambda t, y, p: -np.sum(t * np.log(y + DELTA)), ("cat_prob", {})),
    _real(
        "cross_entropy_delta_mean",
        lambda t, y, p: -np.sum(t * np.log(y + DELTA)) / _size(y),
        ("cat_prob_rows", {}),
    ),
    _real("cross_entropy_delta_labels", _labels, ("sparse_prob_rows", {}), ("label_oob", {})),
    _real("cross_entropy_H", _cross, ("dist_pair", {})),
    _real("entropy", _entropy, ("entropy", {}), ("entropy", {"base": 2})),
    _real("double_softmax_cross_entropy", _twice, ("cat_logit", {})),
)


def _by_delta(t: np.ndarray, y: np.ndarray) -> np.ndarray:
    return -t / (y + DELTA)


SLOPES: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "half_sse": lambda t, y: y - t,
    "mean_squared": lambda t, y: 2 * (y - t) / y.size,
    "cross_entropy_delta_sum": _by_delta,
    "cross_entropy_delta_mean": lambda t, y: _by_delta(t, y) / _size(y),
}
"""Derivatives of those of which the tutorials have one."""


def expected(real: Real, inputs: dict[str, np.ndarray], parameters: dict[str, Any]) -> dict[str, Any]:
    """Return what the code gives."""
    with np.errstate(all="ignore"):
        labels, predictions = inputs.get("y_true"), inputs["y_pred"]
        found: dict[str, Any] = {"values": np.asarray(real.function(labels, predictions, parameters))}  # type: ignore[arg-type]
        if real.loss in SLOPES:
            found["grad"] = {"values_sum": SLOPES[real.loss](labels, predictions)}  # type: ignore[arg-type]
        return found
