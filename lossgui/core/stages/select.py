"""A stage that lets some of its input through as it is, and none of the rest."""

from __future__ import annotations

from collections.abc import Sequence

from lossgui.core.stages.stage import Map
from lossgui.core.table import Array
from lossgui.core.where import where


class Select(Map):
    """A map that keeps entries or puts a constant in their place, so that its derivative is 1 or 0.

    On the way back it selects and does not multiply: what is undefined behind an entry that was replaced
    stays there.
    """

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        return [
            None if derivative is None else where(derivative(*inputs) != 0, upstream, 0)
            for derivative in self.derivatives
        ]
