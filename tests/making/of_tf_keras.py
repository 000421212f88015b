"""Keras 2: tf-keras."""

from __future__ import annotations

from functools import partial

from making import _keras  # before Keras, to which it says how to run

import tf_keras  # isort: skip

VERSION = tf_keras.__version__
REALS = _keras.reals("tf_keras", _keras.BOTH)
expected = partial(_keras.expected, tf_keras, ("sum_over_batch_size", "sum", "none"))
