"""What the frameworks' modules have in common: a callable, and what it is called with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Given = tuple[str, dict[str, Any]]
"""A family of inputs, and parameters."""

RANGES = {
    "alpha": (0.05, 0.95),
    "beta": (0.1, 2.5),
    "delta": (0.2, 3.0),
    "eps": (1e-7, 1e-2),
    "gamma": (0.3, 4.0),
    "label_smoothing": (0.02, 0.4),
    "margin": (0.1, 1.6),
    "pos_weight": (0.2, 6.0),
    "q": (0.05, 0.95),
    "quantile": (0.05, 0.95),
    "smooth": (1e-3, 2.0),
    "temperature": (0.3, 4.0),
}
"""Between what constants are drawn; those of other names stay as they are."""


@dataclass(frozen=True)
class Real:
    """A callable of a framework.

    Parameters
    ----------
    loss
        As the files of the vectors name it.
    called
        What is called, for people.
    function
        As the framework's module takes it.
    given
        Inputs and constants; a constant that is a float is drawn anew.
    reductions
        By the framework's names; None: all that it has.
    weighs
        Whether it takes weights of samples.
    dtypes
        Types of the inputs.
    """

    loss: str
    called: str
    function: Callable[..., Any]
    given: tuple[Given, ...]
    reductions: tuple[str, ...] | None = None
    weighs: bool = False
    dtypes: tuple[str, ...] = ("float32", "float64")


def drawn(parameters: dict[str, Any], rng: np.random.Generator) -> dict[str, Any]:
    """Return parameters with other constants."""

    def one(name: str, value: Any) -> Any:
        if name not in RANGES or not isinstance(value, float) or value == 0:
            return value
        return round(float(rng.uniform(*RANGES[name])), 3)

    return {name: one(name, value) for name, value in parameters.items()}


def resolved(parameters: dict[str, Any], like: np.ndarray) -> dict[str, Any]:
    """Return parameters with vectors in the place of 'linspace(low,high,C)'."""

    def one(value: Any) -> Any:
        if not (isinstance(value, str) and value.startswith("linspace(")):
            return value
        low, high, _ = value[len("linspace(") : -1].split(",")
        return np.linspace(float(low), float(high), like.shape[-1]).astype(like.dtype)

    return {name: one(value) for name, value in parameters.items()}
