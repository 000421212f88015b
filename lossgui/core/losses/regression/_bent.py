"""Terms that are a parabola near 0 and a straight line beyond, as each framework writes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from lossgui.core import text
from lossgui.core.losses.regression._errors import Branched, either
from lossgui.core.table import Array
from lossgui.core.where import where

OfError = Callable[[Array, Any], Array]
"""A function of the errors and of where the parabola ends, in the errors' type."""


# Values


def parabola_or_line(e: Array, d: Any) -> Array:
    """Return half the square up to d, and d(|e| − d/2) beyond."""
    half, size = e.dtype.type(0.5), np.abs(e)
    result: Array = where(size <= d, half * e * e, d * (size - half * d))
    return result


def two_branches(e: Array, d: Any) -> Array:
    """Return the same as Keras writes it."""
    half = e.dtype.type(0.5)
    result: Array = where(np.abs(e) <= d, half * (e * e), d * np.abs(e) - half * (d * d))
    return result


def cut_off(e: Array, d: Any) -> Array:
    """Return the same as TensorFlow 1 and optax write it: of the size of the error, cut off at d."""
    size = np.abs(e)
    near = np.minimum(size, d)
    result: Array = e.dtype.type(0.5) * (near * near) + d * (size - near)
    return result


# Derivatives


def within(e: Array, d: Any) -> Array:
    """Return the error, −d at least and d at most; NaN stays."""
    return np.clip(e, -d, d)


def of_two_branches(e: Array, d: Any) -> Array:
    """Return the derivative of both branches, the one that is not meant times 0, as TensorFlow finds it."""
    return either(np.abs(e) <= d, e, d * np.sign(e))


def of_cut_off(e: Array, d: Any) -> Array:
    """Return the derivative of what is cut off at d."""
    return back_of_cut_off(np.ones_like(e), e, d)


def back_of_cut_off(upstream: Array, e: Array, d: Any) -> Array:
    """Return the same times what comes back, added up as TensorFlow and JAX find it."""
    size, line = np.abs(e), upstream * d
    near = where(size <= d, upstream * np.minimum(size, d) - line, 0 * line)
    result: Array = np.sign(e) * (line + near)
    return result


def of_sklearn(e: Array, d: Any) -> Array:
    """Return the derivative as scikit-learn has it: −d where the error is undefined."""
    return where(np.abs(e) <= d, e, where(e >= 0, d, -d))


HUBER = (
    r"\begin{cases} \tfrac12 e^2 & |e| \le \delta \\ \delta (|e| - \tfrac12 \delta) & |e| > \delta"
    r" \end{cases},\quad e = \hat y_k - y_k"
)


def huber(
    value: OfError, slope: OfError, delta: float, back: Callable[[Array, Array, Any], Array] | None = None
) -> Branched:
    """Return the stage of Huber's terms."""
    (d,), (half,) = text.inputs([delta]), text.inputs([delta / 2])
    times = "" if delta == 1 else d
    return Branched(
        name="terms",
        reads=("predictions", "labels"),
        writes="terms",
        function=lambda p, y: value(p - y, p.dtype.type(delta)),
        derivatives=(lambda p, y: slope(p - y, p.dtype.type(delta)), None),
        back=back and (lambda upstream, p, y: back(upstream, p - y, p.dtype.type(delta))),
        near=lambda p, y: np.abs(p - y) <= delta,
        formula=HUBER,
        words="Half the squared error up to a size of δ, and a straight line beyond.",
        entry=lambda p, y: f"½({p} − {text.signed(y)})²",
        beyond=lambda p, y: f"{times}(|{p} − {text.signed(y)}| − {half})",
        chip=f"δ = {d}",
    )
