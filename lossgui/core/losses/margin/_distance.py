"""The distance of two vectors, as PyTorch has it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossgui.core.stages import Stage
from lossgui.core.stages.stage import fitted
from lossgui.core.table import Array
from lossgui.core.where import where


class Distance(Stage):
    """The length of the difference of two vectors, to each entry of which a little is added.

    Parameters
    ----------
    p
        The power of the norm.
    added
        What is added to each entry of the difference.
    """

    p: float = 2.0
    added: float = 1e-6
    formula: str = r"\|a - b + \epsilon\|_p"
    words: str = "The distance of both; PyTorch adds a little to every difference, so that none is 0."

    def value(self, *inputs: Array) -> Array:
        sizes = np.abs(self._difference(*inputs))
        length: Array
        if self.p == np.inf:
            length = sizes.max(axis=-1)
        elif self.p == 2:
            length = np.sqrt((sizes * sizes).sum(axis=-1))
        else:
            length = (sizes**self.p).sum(axis=-1) ** (1 / self.p)
        return length

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        difference, length = self._difference(*inputs), output[..., None]
        sizes = np.abs(difference)
        if self.p == np.inf:
            largest = sizes == length
            along = largest / largest.sum(axis=-1, keepdims=True).astype(length.dtype)
        else:
            along = (sizes / where(length == 0, 1, length)) ** (self.p - 1)
        slope = where(difference == 0, 0, np.sign(difference) * along) * upstream[..., None]
        return [fitted(slope, inputs[0]), fitted(-slope, inputs[1])]

    def _difference(self, a: Array, b: Array) -> Array:
        difference: Array = a - b + a.dtype.type(self.added)
        return difference
