"""The margin of each true class over each other class, where several classes are true."""

from __future__ import annotations

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.given import Given
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses.margin._pairs import Shortfalls
from lossgui.core.losses.margin._steps import above_zero, above_zero_or_unknown
from lossgui.core.profiles import PYTORCH, TEXTBOOK
from lossgui.core.stages import Map, SumClasses, mean_over_classes
from lossgui.core.table import Array
from lossgui.core.where import where


def _listed(y: Array) -> Array:
    """Return 1 for each class in a list of class indices that ends before the first negative one."""
    counted = np.cumprod(y >= 0, axis=-1)
    found: Array = np.zeros_like(y)
    for place in range(y.shape[-1]):
        here = (y[..., place : place + 1] == np.arange(y.shape[-1])) & (counted[..., place : place + 1] == 1)
        found = where(here, 1, found)
    return found


def textbook() -> Chain:
    """Return what is lacking over all pairs of a true class and another, added up."""
    return Chain((Shortfalls(lacks=above_zero_or_unknown), SumClasses()))


def torch() -> Chain:
    """Return PyTorch's, which divides by the number of classes; NaN is taken for nothing lacking."""
    words = "The terms are divided by the number of all classes."
    return Chain((Shortfalls(lacks=above_zero), mean_over_classes().but(words=words)))


def torch_called() -> Chain:
    """Return it for lists of class indices, each of which ends before its first −1."""
    listed = Map(
        name="classes in the list",
        reads=("labels",),
        writes="labels",
        function=_listed,
        derivatives=(None,),
        formula=r"y_k \in \{0, 1\}",
        words="PyTorch takes a list of class indices for each sample, filled up with −1.",
        chip="list → 0/1",
    )
    return torch().after(listed)


def _lists_of_classes(given: Given) -> None:
    labels, classes = given.labels, given.predictions.shape[-1:]
    if given.predictions.ndim not in (1, 2):
        raise ValueError("It takes scores of the shape (samples, classes) or (classes,).")
    if labels is not None and ((labels < -1) | (labels >= classes[0])).any():
        raise ValueError(f"There are {classes[0]} classes, counted from 0; −1 ends a list of them.")


LOSSES = (
    Loss(
        name="multilabel_margin",
        title="Multilabel margin",
        family="margin",
        latex=r"\sum_{j:\, y_j = 1} \sum_{k:\, y_k = 0} \max(0, 1 - \hat y_j + \hat y_k)",
        plain="Σ Σ max(0, 1 − ŷⱼ + ŷₖ), j true and k not",
        words="What each true class lacks to be ahead of each other class by 1, added up.",
        forms={
            TEXTBOOK: Form(textbook),
            PYTORCH: Form(
                torch,
                called=("torch.nn.functional.multilabel_margin_loss", "torch.nn.MultiLabelMarginLoss"),
                calls=(
                    Call(
                        ("multilabel_margin_loss",),
                        torch_called,
                        checks=(checks.whole_labels, checks.same_shape, _lists_of_classes),
                    ),
                ),
            ),
        },
        encodings=("binary", "one-hot"),
        reference="torch.nn.MultiLabelMarginLoss",
        gradient=r"+1 \text{ for each true class too near, } -1 \text{ for each other class too near}",
        domain="Any number of true classes a sample; scores: any number.",
        range="0 and above; 0 once all true classes are ahead of all others by 1.",
        use="For several true classes a sample that are to be ranked above the others.",
        avoid="Where all classes of a sample may be true, or none: it has nothing to compare then.",
        pitfall="PyTorch takes lists of class indices filled up with −1, and not a 0 or 1 for each class.",
    ),
)
