"""What Keras 2 and 3 have in common: a function, and a class whose reductions are stored."""

from __future__ import annotations

from typing import Any

import numpy as np
from making._tf import tf
from making.real import Given, Real


def _of(family: str, **parameters: Any) -> Given:
    return family, parameters


FOCAL = {"alpha": 0.4, "apply_class_balancing": True, "gamma": 3.0}
BOTH = {
    ("mean_squared_error", "MeanSquaredError"): (_of("regression"),),
    ("mean_absolute_error", "MeanAbsoluteError"): (_of("regression"),),
    ("mean_absolute_percentage_error", "MeanAbsolutePercentageError"): (_of("regression"),),
    ("mean_squared_logarithmic_error", "MeanSquaredLogarithmicError"): (_of("positive"),),
    ("huber", "Huber"): (_of("regression"), _of("regression", delta=0.75)),
    ("log_cosh", "LogCosh"): (_of("regression"),),
    ("poisson", "Poisson"): (_of("positive"),),
    ("kl_divergence", "KLDivergence"): (_of("dist_pair"),),
    ("hinge", "Hinge"): (_of("hinge"),),
    ("squared_hinge", "SquaredHinge"): (_of("hinge"),),
    ("categorical_hinge", "CategoricalHinge"): (_of("onehot_scores"),),
    ("cosine_similarity", "CosineSimilarity"): (_of("vectors"), _of("vectors_rows", axis=0)),
    ("binary_crossentropy", "BinaryCrossentropy"): (
        _of("binary_prob"),
        _of("binary_prob", label_smoothing=0.1),
        _of("binary_logit", from_logits=True),
        _of("binary_logit", from_logits=True, label_smoothing=0.1),
    ),
    ("binary_focal_crossentropy", "BinaryFocalCrossentropy"): (
        _of("binary_prob"),
        _of("binary_prob", **FOCAL),
        _of("binary_logit", from_logits=True),
        _of("binary_logit", from_logits=True, gamma=3.0, label_smoothing=0.1),
    ),
    ("categorical_crossentropy", "CategoricalCrossentropy"): (
        _of("cat_prob"),
        _of("cat_prob", label_smoothing=0.1),
        _of("cat_prob_cubes", axis=1),
        _of("cat_logit", from_logits=True),
        _of("cat_logit", from_logits=True, label_smoothing=0.1),
    ),
    ("categorical_focal_crossentropy", "CategoricalFocalCrossentropy"): (
        _of("cat_prob"),
        _of("cat_prob", alpha=0.6, gamma=3.0),
        _of("cat_logit", from_logits=True),
        _of("cat_logit", from_logits=True, gamma=0.5, label_smoothing=0.1),
    ),
    ("sparse_categorical_crossentropy", "SparseCategoricalCrossentropy"): (
        _of("sparse_prob"),
        _of("sparse_logit", from_logits=True),
        _of("label_oob"),
        _of("label_oob", from_logits=True),
        _of("sparse_logit_ignore", from_logits=True, ignore_class=1),
        _of("sparse_prob_ignore", ignore_class=-1),
    ),
}


def reals(name: str, losses: dict[tuple[str, str], tuple[Given, ...]]) -> tuple[Real, ...]:
    """Return the callables; `function` is the name of the class."""
    return tuple(
        Real(function, f"{name}.losses.{function}", lambda whole=whole: whole, given, weighs=True)
        for (function, whole), given in losses.items()
    )


def expected(
    library: Any,
    reductions: tuple[str, ...],
    real: Real,
    inputs: dict[str, np.ndarray],
    parameters: dict[str, Any],
) -> dict[str, Any]:
    """Return what Keras gives: the function's values, the class's reductions, and gradients of both."""
    labels, weight = tf.constant(inputs["y_true"]), inputs.get("sample_weight")
    dtype = str(inputs["y_pred"].dtype)

    def values(x: tf.Tensor) -> tf.Tensor:
        return getattr(library.losses, real.loss)(labels, x, **parameters)

    def reduced(x: tf.Tensor, reduction: str) -> tf.Tensor:
        typed = {"dtype": dtype} if "mean_with_sample_weight" in reductions else {}
        loss = getattr(library.losses, real.function())(**parameters, reduction=reduction, **typed)
        return loss(labels, x, sample_weight=None if weight is None else tf.constant(weight))

    def gradient(of: Any) -> np.ndarray:
        x = tf.Variable(inputs["y_pred"])
        with tf.GradientTape() as tape:
            total = of(x)
        return np.asarray(tape.gradient(total, x))

    x = tf.constant(inputs["y_pred"])
    names = ("sum_over_batch_size", "sum") if weight is None else reductions
    found = {name: np.asarray(reduced(x, name)) for name in names}
    gradients = {"values_sum": gradient(lambda x: tf.reduce_sum(values(x)))}
    for name in ("sum_over_batch_size", "mean_with_sample_weight"):
        if name in found and found[name].ndim == 0:
            gradients[name] = gradient(lambda x, name=name: reduced(x, name))
    return {"values": np.asarray(values(x)), "reduced": found, "grad": gradients}
