"""Stages of the cosine: rows of length one, as everybody makes them, and their products."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from lossgui.core import text
from lossgui.core.stages import Axes, Map, Stage, UnitLength
from lossgui.core.table import Array
from lossgui.core.where import where

DIRECTION = "The row is divided by its length; a row of zeros has no direction."
OR_LESS = "The row is divided by its length, or by {} where it is shorter."


@dataclass(frozen=True)
class Length:
    """How rows are made of length one.

    Parameters
    ----------
    measure
        The squared length of rows -> what they are divided by, and how much of its derivative is followed.
    chip, words
        As stages have them.
    inverse
        Whether rows are multiplied by what `measure` gives.
    scaled
        Whether rows are divided by their largest entry first, so that no square overflows.
    """

    measure: Callable[[Array], tuple[Array, Array]]
    chip: str = "unit length"
    words: str = DIRECTION
    inverse: bool = False
    scaled: bool = False


def _plain(square: Array) -> tuple[Array, Array]:
    return np.sqrt(square), np.ones_like(square)


def _inverse_bounded(square: Array) -> tuple[Array, Array]:
    factor = 1 / np.sqrt(square)
    most = square.dtype.type(1e7)
    return np.minimum(factor, most), (factor <= most).astype(square.dtype)


def _inverse_floored(square: Array) -> tuple[Array, Array]:
    least = square.dtype.type(1e-12)
    return 1 / np.sqrt(np.maximum(square, least)), (square >= least).astype(square.dtype)


PLAIN = Length(_plain, scaled=True)
KERAS_3 = Length(_inverse_bounded, "length ≥ 1e−7", OR_LESS.format("1e−7"), inverse=True)
"""min(1 / length, 1e7): keras/src/ops/nn.py."""
KERAS_2 = Length(_inverse_floored, "length ≥ 1e−6", OR_LESS.format("1e−6"), inverse=True)
"""1 / sqrt(max(squared length, 1e-12)): tf.math.l2_normalize."""


def at_least(least: float) -> Length:
    """Return max(length, least), whose derivative is that of an unbounded length: PyTorch."""

    def measure(square: Array) -> tuple[Array, Array]:
        length = np.sqrt(square)
        kept = np.maximum(length, square.dtype.type(least))
        longer = where(length == 0, 0, kept / where(length == 0, 1, length))
        return kept, where(kept == length, 1, longer)

    (written,) = text.inputs([least])
    return Length(measure, f"length ≥ {written}", OR_LESS.format(written))


def square_at_least(least: float) -> Length:
    """Return sqrt(max(squared length, least)): optax.

    JAX takes subnormal numbers for 0, and multiplies by an inverse where rows are divided by a column.
    """

    def inverse(square: Array) -> tuple[Array, Array]:
        bound = square.dtype.type(least)
        square = where(square < np.finfo(square.dtype).tiny, 0 * square, square)
        follows = where(square > bound, 1, where(square == bound, 0.5, 0)).astype(square.dtype)
        return 1 / np.sqrt(np.maximum(square, bound)), follows

    if not least:
        return Length(inverse, inverse=True)
    (written,) = text.inputs([least])
    words = f"The row is divided by its length; a squared length below {written} counts as {written}."
    return Length(inverse, f"length² ≥ {written}", words, inverse=True)


def unit(reads: str, length: Length, axis: Axes = -1) -> UnitLength:
    """Return the stage that makes rows of length one."""
    return UnitLength(
        name=f"unit {reads}",
        reads=(reads,),
        writes=f"unit {reads}",
        formula=r"x / \|x\|",
        words=length.words,
        chip=length.chip,
        measure=length.measure,
        multiplies=length.inverse,
        scaled=length.scaled,
        axis=axis,
    )


def products(sign: int = -1) -> Map:
    """Return the stage that multiplies labels and predictions of length one, entry by entry."""
    minus = "Minus the" if sign < 0 else "The"
    return Map(
        name="terms",
        reads=("unit labels", "unit predictions"),
        writes="terms",
        function=lambda y, p: sign * y * p,
        derivatives=(None, lambda y, p: sign * y),
        formula=r"-y_k \hat y_k" if sign < 0 else r"y_k \hat y_k",
        words=f"{minus} product of the two unit vectors, entry by entry.",
        chip="−cos" if sign < 0 else "+cos",
        entry=lambda y, p: f"{text.signed(y)} · {text.signed(p)}",
        frame="−({})" if sign < 0 else "{}",
    )


def from_one() -> Map:
    """Return the stage 1 − cos."""
    return Map(
        name="distance",
        reads=("loss",),
        writes="loss",
        function=lambda minus: 1 + minus,
        derivatives=(np.ones_like,),
        formula=r"1 - \cos",
        words="One less the cosine, so that the same direction costs nothing.",
        chip="1 − cos",
        entry=lambda minus: f"1 + {text.signed(minus)}",
    )


ADDED = float(np.float32(1e-12))
"""To the squares of both lengths: a number of 32 bits, in float64 too."""


class Cosine(Stage):
    """The cosine of two rows, with a little added to the square of each length."""

    name: str = "cosine"
    reads: tuple[str, ...] = ("predictions", "x2")
    writes: str = "cosine"
    formula: str = r"\frac{x \cdot x'}{\sqrt{(\|x\|^2 + \epsilon)(\|x'\|^2 + \epsilon)}}"
    words: str = "The cosine of the angle; 1e−12 is added to the squares of both lengths."

    def value(self, *inputs: Array) -> Array:
        product, _, _, length = self._parts(*inputs)
        return product / length

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        x, other = inputs
        _, _, square, length = self._parts(*inputs)
        along = 2 * (upstream * -output / length / (2 * length) * square)
        return [(upstream / length)[..., None] * other + along[..., None] * x, None]

    def _parts(self, x: Array, other: Array) -> tuple[Array, ...]:
        own, its = (self._square(row) for row in (x, other))
        product = (x * other).sum(axis=-1)
        return product, own, its, np.sqrt(own * its)

    @staticmethod
    def _square(x: Array) -> Array:
        result: Array = (x * x).sum(axis=-1) + x.dtype.type(ADDED)
        return result
