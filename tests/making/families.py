"""All families of inputs by name, and parts of them by the shape of the predictions."""

from __future__ import annotations

from collections.abc import Callable

from making import classes, numbers, scores
from making.draws import Arrays, Cases, Draws

FAMILIES = {**classes.FAMILIES, **scores.FAMILIES, **numbers.FAMILIES}


def _flat(case: Arrays) -> Arrays:
    return {name: array.ravel() for name, array in case.items()}


PARTS: dict[str, tuple[Callable[[Arrays], bool], Callable[[Arrays], Arrays]]] = {
    "flat": (lambda case: True, _flat),
    "rows": (lambda case: case["y_pred"].ndim == 2, lambda case: case),
    "some": (lambda case: case["y_pred"].size > 0, lambda case: case),
    "cubes": (lambda case: case["y_pred"].ndim == 3, lambda case: case),
}
"""By the end of a family's name: which of its cases without weights it keeps, and what it makes of them."""


def cases_of(family: str, seed: int, dtype: str) -> Cases:
    """Return the cases of a family, such as 'regression' or 'regression_flat'."""
    if family in FAMILIES:
        return FAMILIES[family](Draws(seed, family, dtype))
    name, _, part = family.rpartition("_")
    keeps, makes = PARTS[part]
    plain = {
        case: arrays for case, arrays in cases_of(name, seed, dtype).items() if "sample_weight" not in arrays
    }
    return {case: makes(arrays) for case, arrays in plain.items() if keeps(arrays)}
