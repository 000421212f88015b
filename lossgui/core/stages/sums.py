"""The stage that adds up or averages the terms of the classes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossgui.core import text
from lossgui.core.stages.stage import Stage
from lossgui.core.table import Array


class SumClasses(Stage):
    """Terms of the classes -> the loss of each sample, as their sum or their mean."""

    name: str = "sum over classes"
    reads: tuple[str, ...] = ("terms",)
    writes: str = "loss"
    formula: str = r"\sum_k"
    words: str = "The terms of the classes are added up."
    chip: str = "Σ classes"
    mean: bool = False

    def scale(self, classes: int) -> float:
        """Return what a term counts for in the sample's loss."""
        return 1 / classes if self.mean and classes else 1.0

    def value(self, *inputs: Array) -> Array:
        (terms,) = inputs
        total: Array = terms.sum(axis=-1)
        return total / terms.dtype.type(terms.shape[-1]) if self.mean else total

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        (terms,) = inputs
        share = upstream / terms.dtype.type(terms.shape[-1]) if self.mean else upstream
        return [np.broadcast_to(share[..., None], terms.shape)]

    def working(self, output: Array, *inputs: Array) -> str:
        (terms,) = inputs
        return self.framed(text.inputs(np.ravel(terms)), "{}", output, terms)

    def framed(self, entries: Sequence[str], frame: str, output: Array, terms: Array) -> str:
        """Return '−(0 ln 0.05 + 1 ln 0.95) = 0.0513'."""
        largest = np.argsort(-np.abs(np.ravel(terms)), kind="stable")
        added = " + ".join(text.shortened(entries, (int(place) for place in largest)))
        if self.mean and len(entries) > 1:
            whole = f"({added})" if frame == "{}" else frame.format(added)
            return f"{whole} / {len(entries)} = {text.number(float(np.squeeze(output)))}"
        return f"{frame.format(added)} = {text.number(float(np.squeeze(output)))}"


def mean_over_classes() -> SumClasses:
    """Return the stage that averages the terms of the classes."""
    return SumClasses(
        name="mean over classes",
        formula=r"\frac{1}{K}\sum_k",
        words="The terms of the classes are averaged.",
        chip="mean of classes",
        mean=True,
    )
