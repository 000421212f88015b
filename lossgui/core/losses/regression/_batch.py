"""Losses of the whole batch that are a function of sums of squared errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lossgui.core import text
from lossgui.core.losses.regression._errors import Known
from lossgui.core.table import Array
from lossgui.core.where import where


@dataclass(frozen=True)
class OfSums:
    """A function of the sums of the statistics, the first of which holds the terms.

    Parameters
    ----------
    function, slopes
        Sums, shape (..., statistics) -> the value; sums, shape (statistics,) -> its derivative by each.
    written
        The texts of the sums -> the step as `notation` reads it.
    """

    formula: str
    words: str
    chip: str
    function: Callable[[Array], Array]
    slopes: Callable[[Array], Array]
    written: Callable[..., str]

    def value(self, sums: Array) -> Array:
        """Return the value."""
        return self.function(sums)

    def derivative(self, sums: Array) -> Array:
        """Return its derivative by each sum."""
        return self.slopes(sums)

    def split(self, sums: Array) -> tuple[float, float]:
        """Return the value over the first sum: the terms times it add up to the value."""
        return (float(self.value(sums) / sums[0]) if sums[0] else 0.0), 0.0

    def working(self, sums: Array) -> str:
        """Return the step with its numbers."""
        numbers = [_written(float(number)) for number in sums]
        return f"{self.written(*numbers)} = {text.number(float(self.value(sums)))}"


def _written(number: float) -> str:
    return text.inputs([number])[0] if number.is_integer() else text.number(number)


COUNT = Known(
    name="count",
    reads=("predictions",),
    writes="count",
    function=lambda p: np.full(p.shape[:-1], p.shape[-1], p.dtype),
    derivatives=(None,),
    formula=r"K",
    words="How many entries the sample has.",
)
"""The stage that counts the entries of a row."""

ROOT = OfSums(
    r"\sqrt{\sum_{i,k} (\hat y_{ik} - y_{ik})^2}",
    "The square root of the sum over all entries of the batch.",
    "√ of the batch",
    lambda sums: np.sqrt(sums[..., 0]),
    lambda sums: 0.5 / np.sqrt(sums),
    lambda squares: f"√{squares}",
)

TOTAL = OfSums(
    r"\sum_i \ell_i",
    "The losses of all samples are added up.",
    "Σ batch",
    lambda sums: sums[..., 0],
    np.ones_like,
    lambda losses: losses,
)


def _pair(first: Array, second: Array) -> Array:
    return np.stack([first, second], axis=-1)


MEAN = OfSums(
    r"\frac{1}{NK} \sum_{i,k} (\hat y_{ik} - y_{ik})^2",
    "The sum over all entries of the batch, divided by how many there are.",
    "mean of the batch",
    lambda sums: sums[..., 0] / sums[..., 1],
    lambda sums: _pair(1 / sums[..., 1], 0 * sums[..., 1]),
    lambda squares, count: f"{squares} / {count}",
)

ROOT_OF_MEAN = OfSums(
    r"\sqrt{\frac{1}{NK} \sum_{i,k} (\hat y_{ik} - y_{ik})^2}",
    "The square root of the mean over all entries of the batch.",
    "√ of the mean",
    lambda sums: np.sqrt(sums[..., 0] / sums[..., 1]),
    lambda sums: _pair(0.5 / np.sqrt(sums[..., 0] * sums[..., 1]), 0 * sums[..., 1]),
    lambda squares, count: f"√({squares} / {count})",
)


def _slopes_of_square(sums: Array) -> Array:
    root, count = np.sqrt(sums[..., 0]), sums[..., 1]
    back = 2 * root / count
    return _pair(where(back == 0, 0 * back, 0.5 * back / root), 0 * count)


SQUARE_OF_ROOT = OfSums(
    r"\frac{1}{NK} \left(\sqrt{\sum_{i,k} (\hat y_{ik} - y_{ik})^2}\right)^2",
    "The length of all errors, squared again and divided by how many there are.",
    "√ and ²",
    lambda sums: np.square(np.sqrt(sums[..., 0])) / sums[..., 1],
    _slopes_of_square,
    lambda squares, count: f"(√{squares})² / {count}",
)
