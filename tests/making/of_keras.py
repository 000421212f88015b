"""Keras 3, on TensorFlow."""

from __future__ import annotations

from functools import partial

from making import _keras  # before Keras, to which it says how to run

import keras  # isort: skip

VERSION = keras.__version__
MORE = {
    ("dice", "Dice"): (("mask_pair", {}), ("mask_pair", {"axis": -1})),
    ("tversky", "Tversky"): (("mask_pair", {}), ("mask_pair", {"alpha": 0.3, "beta": 0.7, "axis": -1})),
    ("categorical_generalized_cross_entropy", "CategoricalGeneralizedCrossEntropy"): (
        ("sparse_prob", {"q": 0.5}),
    ),
}
REALS = _keras.reals("keras", {**_keras.BOTH, **MORE})
expected = partial(_keras.expected, keras, ("sum_over_batch_size", "sum", "mean_with_sample_weight", "none"))
