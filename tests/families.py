"""First evaluation of a large batch by a loss of each family as PyTorch has it, against PyTorch.

1,000,000 x 10 in float32. Each side gives the mean, sums by class and the gradient, and adds up one column.
Losses of overlap are missing: PyTorch has no function for any of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from time import perf_counter
from typing import Any

import numpy as np
from computing import CLASSES, SAMPLES, against, evaluated

from lossgui import Choice, Study


@dataclass(frozen=True)
class Rival:
    """A loss, the arrays it is given, what they are, and PyTorch's function of predictions and labels."""

    loss: str
    labels: str
    predictions: str
    encoding: str
    kind: str
    function: Callable[[Any, Any, Any], Any]


FAMILIES = {
    "regression": Rival(
        "mean_squared_error",
        *("one-hot", "logits", "real", "values"),
        lambda f, x, y: f.mse_loss(x, y, reduction="none"),
    ),
    "probability": Rival(
        "sparse_categorical_crossentropy",
        *("index", "logits", "index", "logits"),
        lambda f, x, y: f.cross_entropy(x, y, reduction="none"),
    ),
    "margin": Rival(
        "multi_margin",
        *("index", "logits", "index", "values"),
        lambda f, x, y: f.multi_margin_loss(x, y, reduction="none"),
    ),
    "similarity": Rival(
        "cosine_similarity",
        *("one-hot", "logits", "real", "values"),
        lambda f, x, y: f.cosine_similarity(x, y, dim=1),
    ),
    "information": Rival(
        "kl_divergence",
        *("soft", "logarithms", "soft", "log-probabilities"),
        lambda f, x, y: f.kl_div(x, y, reduction="none"),
    ),
}


@cache
def arrays() -> dict[str, np.ndarray]:
    """Return labels and predictions by name."""
    generator = np.random.default_rng(7)
    logits = generator.normal(size=(SAMPLES, CLASSES)).astype(np.float32)
    index = generator.integers(0, CLASSES, SAMPLES)
    powers = np.exp(logits)
    return {
        "logits": logits,
        "logarithms": logits - np.log(powers.sum(axis=1, keepdims=True)),
        "index": index,
        "one-hot": np.eye(CLASSES, dtype=np.float32)[index],
        "soft": generator.dirichlet(np.ones(CLASSES), SAMPLES).astype(np.float32),
    }


def ours(rival: Rival) -> tuple[float, float]:
    """Return a sum of the gradient of a study that remembers nothing, and the seconds that all took."""
    labels, predictions = arrays()[rival.labels], arrays()[rival.predictions]
    study = Study.of(labels, predictions, rival.encoding, rival.kind)
    return evaluated(study, Choice.of(rival.loss, "PyTorch"))


def theirs(rival: Rival) -> tuple[float, float]:
    """Do it with PyTorch, on two threads."""
    import torch

    torch.set_num_threads(2)
    labels, predictions, index = (
        torch.from_numpy(arrays()[name]) for name in (rival.labels, rival.predictions, "index")
    )
    start = perf_counter()
    leaf = predictions.detach().requires_grad_(True)
    values = rival.function(torch.nn.functional, leaf, labels)
    values.mean().backward()
    _ = (
        values.detach().sum(dim=0)
        if values.ndim == 2
        else torch.zeros(CLASSES).index_add_(0, index, values.detach())
    )
    return float(leaf.grad[:, 0].sum()), perf_counter() - start


def of_torch(family: str) -> float | None:
    """Return the ratio to PyTorch; None where it is not installed."""
    rival = FAMILIES[family]
    return against("torch", partial(ours, rival), partial(theirs, rival))
