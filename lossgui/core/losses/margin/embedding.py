"""Hinge embedding: distances that are to be small, or larger than a margin."""

from __future__ import annotations

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import PYTORCH, TEXTBOOK
from lossgui.core.shapes import broadcast
from lossgui.core.stages import Map, SumClasses, mean_over_classes
from lossgui.core.table import Array
from lossgui.core.where import where

MARGIN = Parameter(
    "margin", "margin", 1.0, "The distance from which on what is labelled −1 costs nothing.", 0, 10
)


def _terms(margin: float) -> Map:
    """Return x for labels 1, max(0, m − x) for labels −1, and both for any other."""
    added = text.inputs([margin])[0]

    def value(y: Array, x: Array) -> Array:
        pushed: Array = where(y != 1, np.maximum(margin - x, 0), 0)
        return pushed + where(y != -1, x, 0)

    def slope(y: Array, x: Array) -> Array:
        pushed, pulled = (y != 1) & (margin - x >= 0), y != -1
        result: Array = pulled.astype(x.dtype) - pushed.astype(x.dtype)
        return result

    def entry(y: str, x: str) -> str:
        far, near = f"max(0, {added} − {text.signed(x)})", text.signed(x)
        return {"1": near, f"{text.MINUS}1": far}.get(y, f"({far} + {near})")

    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, slope),
        formula=rf"\hat y_k \text{{ or }} \max(0, {margin:g} - \hat y_k)",
        words="The distance where the label is 1, what it lacks to the margin where the label is −1, and "
        "both where it is anything else.",
        entry=entry,
        level="beyond the margin",
    )


def textbook(margin: float) -> Chain:
    """Return the mean over the entries of a sample."""
    return Chain((_terms(margin), mean_over_classes()))


def torch(margin: float = 1.0) -> Chain:
    """Return PyTorch's single entries."""
    return Chain((_terms(margin), SumClasses()), elementwise=True)


LOSSES = (
    Loss(
        name="hinge_embedding",
        title="Hinge embedding",
        family="margin",
        latex=r"\frac{1}{K}\left(\sum_{y_k = 1} \hat y_k + \sum_{y_k = -1} \max(0, m - \hat y_k)\right)",
        plain="¹⁄K Σ (ŷ where y = 1, max(0, m − ŷ) where y = −1)",
        words="Distances of what belongs together are to be small, those of what does not at least a margin.",
        forms={
            TEXTBOOK: Form(textbook, (MARGIN,), encodings=("signed",)),
            PYTORCH: Form(
                torch,
                (MARGIN,),
                called=("torch.nn.functional.hinge_embedding_loss", "torch.nn.HingeEmbeddingLoss"),
                calls=(Call(("hinge_embedding_loss",), fit=broadcast),),
            ),
        },
        encodings=("signed", "binary", "one-hot"),
        kinds=("values",),
        reference="torch.nn.HingeEmbeddingLoss",
        gradient=r"+1 \text{ where } y_k = 1, \; -1 \text{ where } y_k = -1 \text{ and } \hat y_k < m",
        domain="Labels 1 (alike) and −1 (not alike); predictions are distances.",
        range="0 and above for distances of 0 and above.",
        use="To learn distances from pairs that are known to be alike or not.",
        avoid="For scores of a classifier: in spite of its name it is not the hinge.",
        pitfall="A label of 0 is taken for both at once and costs the sum, without a warning.",
    ),
)
