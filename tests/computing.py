"""First evaluation of a large batch: sums by class and gradient, against plain NumPy and PyTorch.

Softmax cross-entropy of 1,000,000 x 10 logits in float32. Each side gives the mean, the sums by the sample's
class and the term's class, and the gradient, of which it adds up a column: what nobody reads is not computed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from lossgui import Choice, Study
from lossgui.core.outcome import Outcome

Side = Callable[[], tuple[float, float]]
"""Computes, and returns a sum of the gradient and the seconds that all took."""

SAMPLES, CLASSES, ROUNDS = 1_000_000, 10, 9
CHOICE = Choice.of("categorical_crossentropy", "Keras 3", {"from_logits": True})


@cache
def batch() -> tuple[np.ndarray, np.ndarray]:
    """Return labels and logits."""
    generator = np.random.default_rng(7)
    logits = generator.normal(size=(SAMPLES, CLASSES)).astype(np.float32)
    return np.eye(CLASSES, dtype=np.float32)[generator.integers(0, CLASSES, SAMPLES)], logits


def ours() -> tuple[float, float]:
    """Return a sum of the gradient of a study that remembers nothing, and the seconds that all took."""
    return evaluated(Study.of(*batch(), kind="logits"), CHOICE)


def evaluated(study: Study, choice: Choice) -> tuple[float, float]:
    """Evaluate a study for the first time: value, contributions and gradient."""
    outcome = Outcome(study, choice)
    if outcome.refusal:
        raise RuntimeError(outcome.refusal)
    start = perf_counter()
    added = sum(float(block[:, 0].sum()) for _, block in outcome.gradients())
    assert outcome.value is not None and outcome.contributions is not None
    return added, perf_counter() - start


def plain() -> tuple[float, float]:
    """Do it with NumPy on whole arrays."""
    labels, logits = batch()
    start = perf_counter()
    shifted = logits - logits.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    total = powers.sum(axis=1, keepdims=True)
    terms = labels * (np.log(total) - shifted)
    terms.sum(axis=1).mean()
    labels.T @ terms
    gradient = (powers / total - labels) / np.float32(SAMPLES)
    return float(gradient[:, 0].sum()), perf_counter() - start


def torch() -> tuple[float, float]:
    """Do it with PyTorch, on two threads."""
    labels, logits = tensors()
    start = perf_counter()
    leaf = logits.detach().requires_grad_(True)
    terms = -labels * leaf.log_softmax(dim=1)
    terms.sum(dim=1).mean().backward()
    _ = labels.T @ terms.detach()
    return float(leaf.grad[:, 0].sum()), perf_counter() - start


@cache
def tensors() -> Any:
    """Return labels and logits as PyTorch holds them."""
    import torch

    torch.set_num_threads(2)
    return tuple(torch.from_numpy(array) for array in batch())


def ratio(mine: Side, theirs: Side) -> float:
    """Return our median time over that of a peer, of rounds in which both take turns.

    Raises
    ------
    RuntimeError
        If they do not come to the same gradient.
    """
    times: list[tuple[float, float]] = []
    for turn in range(ROUNDS + 1):
        (our_sum, our_time), (their_sum, their_time) = mine(), theirs()
        if abs(our_sum - their_sum) > 1e-6 * max(1.0, abs(their_sum)):
            raise RuntimeError(f"the gradients differ: {our_sum} and {their_sum}")
        if turn:
            times.append((our_time, their_time))
    return median(time for time, _ in times) / median(time for _, time in times)


def against(peer: str, mine: Side, theirs: Side) -> float | None:
    """Return the ratio to a peer; None where it is not installed."""
    return ratio(mine, theirs) if find_spec(peer) else None


def of_numpy() -> float:
    """Return the ratio to plain NumPy."""
    return ratio(ours, plain)


def of_torch() -> float | None:
    """Return the ratio to PyTorch; None where it is not installed."""
    return against("torch", ours, torch)
