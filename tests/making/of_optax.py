"""optax, and the activations of JAX, with 64 bits switched on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
from making.real import Given, Real

jax.config.update("jax_enable_x64", True)

VERSION = optax.__version__

Arrays = dict[str, Any]
Function = Callable[[Any, Any, dict[str, Any]], Any]


def _of(family: str, **parameters: Any) -> Given:
    return family, parameters


def _real(loss: str, function: Function, *given: Given) -> Real:
    return Real(loss, f"optax.losses.{loss}", function, given)


def _plain(name: str) -> Function:
    return lambda x, y, p: getattr(optax.losses, name)(x, y, **p)


def _smoothed(x: Any, y: Any, p: dict[str, Any]) -> Any:
    return optax.losses.softmax_cross_entropy(x, optax.smooth_labels(y, p["alpha"]))


REALS = (
    _real("squared_error", _plain("squared_error"), _of("regression")),
    _real("l2_loss", _plain("l2_loss"), _of("regression")),
    _real("huber_loss", _plain("huber_loss"), _of("regression"), _of("regression", delta=0.75)),
    _real("log_cosh", _plain("log_cosh"), _of("regression")),
    _real("hinge_loss", _plain("hinge_loss"), _of("hinge")),
    _real("perceptron_loss", _plain("perceptron_loss"), _of("hinge")),
    _real("multiclass_perceptron_loss", _plain("multiclass_perceptron_loss"), _of("sparse_scores")),
    _real(
        "binary_dice_loss", _plain("binary_dice_loss"), _of("mask_logits"), _of("mask_logits", smooth=1e-3)
    ),
    _real(
        "multiclass_generalized_dice_loss",
        _plain("multiclass_generalized_dice_loss"),
        _of("segmentation"),
        _of("segmentation", smooth=1e-3, ignore_background=True),
    ),
    _real("multiclass_hinge_loss", _plain("multiclass_hinge_loss"), _of("sparse_scores"), _of("label_oob")),
    _real(
        "cosine_similarity",
        _plain("cosine_similarity"),
        _of("vectors"),
        _of("vectors", epsilon=1e-12),
        _of("vectors", epsilon=1e-3),
        _of("vectors", axis=0),
    ),
    _real("cosine_distance", _plain("cosine_distance"), _of("vectors"), _of("vectors", epsilon=1e-3)),
    _real(
        "dice_loss",
        _plain("dice_loss"),
        _of("segmentation"),
        _of("segmentation", alpha=0.3, beta=0.7, smooth=1e-3),
        _of("segmentation", reduction="sum", ignore_background=True),
    ),
    _real("sigmoid_binary_cross_entropy", _plain("sigmoid_binary_cross_entropy"), _of("binary_logit")),
    _real(
        "sigmoid_focal_loss",
        _plain("sigmoid_focal_loss"),
        _of("binary_logit"),
        _of("binary_logit", alpha=0.25, gamma=3.0),
    ),
    _real(
        "softmax_cross_entropy", _plain("softmax_cross_entropy"), _of("cat_logit"), _of("cat_logit", axis=0)
    ),
    _real("safe_softmax_cross_entropy", _plain("safe_softmax_cross_entropy"), _of("cat_logit")),
    _real("smooth_labels_softmax_cross_entropy", _smoothed, _of("cat_logit", alpha=0.1)),
    _real(
        "poly_loss_cross_entropy",
        _plain("poly_loss_cross_entropy"),
        _of("cat_logit"),
        _of("cat_logit", epsilon=0.5),
        _of("cat_logit", epsilon=-1.0),
    ),
    _real(
        "softmax_cross_entropy_with_integer_labels",
        _plain("softmax_cross_entropy_with_integer_labels"),
        _of("sparse_logit"),
        _of("label_oob"),
    ),
    _real("kl_divergence", _plain("kl_divergence"), _of("dist_pair_logq")),
    _real("convex_kl_divergence", _plain("generalized_kl_divergence"), _of("dist_pair_logq")),
    *(
        _real(f"jax_{name}", lambda x, y, p, name=name: getattr(jax.nn, name)(x), _of("activations"))
        for name in ("sigmoid", "log_sigmoid", "softplus", "softmax", "log_softmax")
    ),
)


def expected(real: Real, inputs: dict[str, np.ndarray], parameters: dict[str, Any]) -> dict[str, Any]:
    """Return what optax gives."""
    labels = jnp.asarray(inputs["y_true"]) if "y_true" in inputs else None
    predictions = jnp.asarray(inputs["y_pred"])

    def unreduced(x: Any) -> Any:
        return real.function(x, labels, parameters)

    values = unreduced(predictions)
    if labels is None:
        index = jnp.arange(1, predictions.shape[-1] + 1)
        gradient = jax.grad(lambda x: (unreduced(x) * index).sum())(predictions)
        return {"values": np.asarray(values), "grad": {"values_dot_index": np.asarray(gradient)}}
    reduced = {"mean": np.asarray(values.mean()), "sum": np.asarray(values.sum())} if values.ndim else {}
    gradient = jax.grad(lambda x: unreduced(x).sum())(predictions)
    return {"values": np.asarray(values), "reduced": reduced, "grad": {"values_sum": np.asarray(gradient)}}
