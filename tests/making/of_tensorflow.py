"""TensorFlow: tf.nn, the tutorials' own formulas, and tf.compat.v1.losses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from making._tf import tf
from making.real import Given, Real, resolved

VERSION = tf.__version__
V1 = tf.compat.v1.losses
REDUCTIONS = {
    "none": V1.Reduction.NONE,
    "weighted_sum": V1.Reduction.SUM,
    "weighted_mean": V1.Reduction.MEAN,
    "weighted_sum_over_batch_size": V1.Reduction.SUM_OVER_BATCH_SIZE,
    "weighted_sum_by_nonzero_weights": V1.Reduction.SUM_BY_NONZERO_WEIGHTS,
}

Function = Callable[[Any, Any, dict[str, Any]], Any]


def _of(family: str, **parameters: Any) -> Given:
    return family, parameters


def _real(
    loss: str, function: Function, *given: Given, reductions: tuple[str, ...] = ("reduce_mean", "reduce_sum")
) -> Real:
    first = loss.startswith("v1_")
    dtypes = ("float32",) if first else ("float32", "float64")
    return Real(loss, f"tensorflow {loss}", function, given, reductions, weighs=first, dtypes=dtypes)


def _activation(function: Any) -> Function:
    return lambda y, x, p: function(x / tf.constant(p["temperature"], x.dtype) if "temperature" in p else x)


def _norm_form(y: Any, x: Any, p: dict[str, Any]) -> Any:
    return tf.square(tf.norm(y - x)) / tf.cast(tf.size(y), y.dtype)


def _bits(y: Any, a: Any, p: dict[str, Any]) -> Any:
    return -tf.reduce_sum(a * tf.math.log(a) / tf.math.log(tf.constant(2.0, a.dtype)), -1)


def _first(name: str) -> Callable[..., Any]:
    usual = {"axis": -1} if name == "cosine_distance" else {}
    return lambda y, x, p, **more: getattr(V1, name)(y, x, **{**usual, **p}, **more)


REALS = (
    _real("l2_loss", lambda y, x, p: tf.nn.l2_loss(y - x), _of("regression"), reductions=()),
    _real("l2_norm", lambda y, x, p: tf.norm(y - x), _of("regression"), reductions=()),
    _real("mean_square_norm_form", _norm_form, _of("regression"), reductions=()),
    _real(
        "log_poisson_loss",
        lambda y, x, p: tf.nn.log_poisson_loss(y, x, **p),
        _of("log_poisson"),
        _of("log_poisson", compute_full_loss=True),
    ),
    _real(
        "sigmoid_cross_entropy_with_logits",
        lambda y, x, p: tf.nn.sigmoid_cross_entropy_with_logits(y, x),
        _of("binary_logit"),
    ),
    _real(
        "weighted_cross_entropy_with_logits",
        lambda y, x, p: tf.nn.weighted_cross_entropy_with_logits(y, x, tf.constant(p["pos_weight"], x.dtype)),
        _of("binary_logit", pos_weight=0.5),
        _of("binary_logit", pos_weight="linspace(0.25,4,C)"),
    ),
    _real(
        "softmax_cross_entropy_with_logits",
        lambda y, x, p: tf.nn.softmax_cross_entropy_with_logits(y, x, **p),
        _of("cat_logit"),
        _of("cat_logit_cubes", axis=1),
    ),
    _real(
        "sparse_softmax_cross_entropy_with_logits",
        lambda y, x, p: tf.nn.sparse_softmax_cross_entropy_with_logits(y, x),
        _of("sparse_logit"),
        _of("label_oob"),
    ),
    _real(
        "manual_softmax_cross_entropy",
        lambda y, x, p: -tf.reduce_sum(y * tf.math.log(tf.nn.softmax(x)), -1),
        _of("cat_logit"),
    ),
    _real("entropy_nats", lambda y, a, p: -tf.reduce_sum(a * tf.math.log(a), -1), _of("entropy")),
    _real("entropy_bits", _bits, _of("entropy")),
    *(
        _real(loss, _activation(function), *given)
        for loss, function, given in (
            ("sigmoid", tf.sigmoid, (_of("activations"),)),
            ("log_sigmoid", tf.math.log_sigmoid, (_of("activations"),)),
            ("softplus", tf.nn.softplus, (_of("activations"),)),
            ("softmax", tf.nn.softmax, (_of("activations"), _of("activations", temperature=2.5))),
            ("log_softmax", tf.nn.log_softmax, (_of("activations"), _of("activations", temperature=2.5))),
        )
    ),
    *(
        _real(f"v1_{name}", _first(name), *given)
        for name, given in {
            "absolute_difference": (_of("regression"),),
            "mean_squared_error": (_of("regression"),),
            "huber_loss": (_of("regression"), _of("regression", delta=0.75)),
            "log_loss": (_of("binary_prob"),),
            "hinge_loss": (_of("hinge"),),
            "cosine_distance": (_of("vectors"),),
            "sigmoid_cross_entropy": (_of("binary_logit"), _of("binary_logit", label_smoothing=0.1)),
            "softmax_cross_entropy": (_of("cat_logit"), _of("cat_logit", label_smoothing=0.1)),
            "sparse_softmax_cross_entropy": (_of("sparse_logit"),),
        }.items()
    ),
)


def _gradient(of: Any, predictions: np.ndarray) -> np.ndarray:
    x = tf.Variable(predictions)
    with tf.GradientTape() as tape:
        total = of(x)
    return np.asarray(tape.gradient(total, x))


def expected(real: Real, inputs: dict[str, np.ndarray], parameters: dict[str, Any]) -> dict[str, Any]:
    """Return what TensorFlow gives."""
    labels = tf.constant(inputs["y_true"]) if "y_true" in inputs else None
    own, predictions = resolved(parameters, inputs["y_pred"]), inputs["y_pred"]
    if real.loss.startswith("v1_"):
        return _first_version(real, labels, inputs, own)

    def values(x: Any) -> Any:
        return real.function(labels, x, own)

    unreduced = np.asarray(values(tf.constant(predictions)))
    if labels is None and not real.loss.startswith("entropy"):
        index = tf.constant(np.arange(1, predictions.shape[-1] + 1), predictions.dtype)
        gradient = _gradient(lambda x: tf.reduce_sum(values(x) * index), predictions)
        return {"values": unreduced, "grad": {"values_dot_index": gradient}}
    reductions = {"reduce_mean": tf.reduce_mean, "reduce_sum": tf.reduce_sum}
    reduced = {name: np.asarray(reductions[name](unreduced)) for name in real.reductions or ()}
    gradient = _gradient(lambda x: tf.reduce_sum(values(x)), predictions)
    return {"values": unreduced, "reduced": reduced, "grad": {"values_sum": gradient}}


def _first_version(
    real: Real, labels: Any, inputs: dict[str, np.ndarray], own: dict[str, Any]
) -> dict[str, Any]:
    def of(x: Any, reduction: str, weights: Any = 1.0) -> Any:
        return real.function(labels, x, own, weights=weights, reduction=REDUCTIONS[reduction])

    predictions = tf.constant(inputs["y_pred"])
    values = of(predictions, "none")
    weights: Any = inputs.get("sample_weight", 1.0)
    if isinstance(weights, np.ndarray):
        weights = tf.constant(weights.reshape(weights.shape + (1,) * (values.ndim - weights.ndim)))
    main = "weighted_sum_by_nonzero_weights"
    return {
        "values": np.asarray(values),
        "reduced": {name: np.asarray(of(predictions, name, weights)) for name in REDUCTIONS},
        "grad": {main: _gradient(lambda x: of(x, main, weights), inputs["y_pred"])},
    }
