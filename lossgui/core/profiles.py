"""Profiles: who computes a loss, and what they always do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """A way to compute losses: a framework, or the mathematics themselves."""

    name: str
    words: str


TEXTBOOK = "Textbook"
KERAS_3 = "Keras 3"
KERAS_2 = "Keras 2"

PROFILES = {
    profile.name: profile
    for profile in (
        Profile(TEXTBOOK, "The mathematical loss: nothing is clipped, nothing renormalised, 0 · ln 0 is 0."),
        Profile(KERAS_3, "Keras 3 on TensorFlow: probabilities are clipped to 1e-7 … 1 − 1e-7."),
        Profile(KERAS_2, "Keras 2 (tf-keras): clips as Keras 3 does, and adds 1e-7 inside some logarithms."),
    )
}

EPSILON = 1e-7
"""keras.backend.epsilon()."""
