"""Profiles: who computes a loss, and what they always do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lossgui.core import reductions
from lossgui.core.reductions import Reduction


@dataclass(frozen=True)
class Profile:
    """A way to compute losses: a framework, or the mathematics themselves.

    Parameters
    ----------
    name, words
        What it is called, and what it always does.
    reductions
        What it offers, by its own names, its default first.
    """

    name: str
    words: str
    reductions: Mapping[str, Reduction]


TEXTBOOK = "Textbook"
KERAS_3 = "Keras 3"
KERAS_2 = "Keras 2"
TENSORFLOW = "TensorFlow"
PYTORCH = "PyTorch"
SKLEARN = "scikit-learn"
SCIPY = "SciPy"
OPTAX = "optax"
NUMPY = "NumPy"

PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            TEXTBOOK,
            "The mathematical loss: nothing is clipped, nothing renormalised, 0 · ln 0 is 0.",
            reductions.TEXTBOOK,
        ),
        Profile(
            KERAS_3,
            "Keras 3 on TensorFlow: probabilities are clipped to 1e-7 … 1 − 1e-7.",
            reductions.KERAS_3,
        ),
        Profile(
            KERAS_2,
            "Keras 2 (tf-keras): clips as Keras 3 does, and adds 1e-7 inside some logarithms.",
            reductions.KERAS_2,
        ),
        Profile(
            TENSORFLOW,
            "TensorFlow itself: tf.nn from logits, and tf.compat.v1.losses in float32.",
            reductions.TENSORFLOW,
        ),
        Profile(
            PYTORCH,
            "PyTorch: values of single entries, so that a mean divides by their number.",
            reductions.USUAL,
        ),
        Profile(
            SKLEARN,
            "scikit-learn: metrics averaged by the weights of the samples.",
            reductions.SKLEARN,
        ),
        Profile(
            SCIPY,
            "SciPy: functions of single entries or rows, nothing clipped.",
            reductions.USUAL,
        ),
        Profile(
            OPTAX,
            "optax on JAX: nothing is clipped; what is not finite stays so.",
            reductions.USUAL,
        ),
        Profile(
            NUMPY,
            "The NumPy code of many a first course: a small δ inside the logarithm.",
            reductions.USUAL,
        ),
    )
}

EPSILON = 1e-7
"""keras.backend.epsilon()."""


def of_keras_2(called: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of Keras' callables as Keras 2 has them, which is installed as tf_keras."""
    return tuple(f"tf_{name}" for name in called)
