"""What labels, predictions and weights are, changed in plain Python."""

from __future__ import annotations

import math
from copy import deepcopy
from dataclasses import replace

from gui.plain.study import RULES, Chosen, Plain, Refused, Rows

NOTHING = 1e-12
"""What a row has left of its sum and is rounding alone."""


def with_encoding(plain: Plain, new: str) -> Plain:
    """Write the labels otherwise, if they can say the same."""
    old, classes = plain.encoding, len(plain.classes)
    rows = [list(row) for row in plain.rows("labels")]
    if old == new:
        return plain
    if old == "index":
        rows = [[float(k == row[0]) for k in range(classes)] for row in rows]
    if old == "signed" and new != "real":
        rows = [[(y + 1) / 2 for y in row] for row in rows]
    if new == "signed" and old != "real":
        _require(rows, "binary", classes)
        rows = [[2 * y - 1 for y in row] for row in rows]
    if new == "index":
        _require(rows, "one-hot", classes)
        rows = [[float(row.index(1))] for row in rows]
    _require(rows, new, classes)
    changed = deepcopy(plain)
    changed.encoding, changed.tables["labels"] = new, rows
    return changed


def _require(rows: Rows, rule: str, classes: int) -> None:
    if not all(RULES[rule](row, classes) for row in rows):
        raise Refused


def with_kind(plain: Plain, kind: str) -> Plain:
    return plain if kind == plain.kind else replace(deepcopy(plain), kind=kind).checked()


def softmaxed(plain: Plain) -> Plain:
    changed = replace(deepcopy(plain), kind="probabilities")
    changed.tables["predictions"] = [_softmax(row) for row in plain.rows("predictions")]
    return changed


def _softmax(row: list[float]) -> list[float]:
    powers = [math.exp(z - max(row)) for z in row]
    return [power / sum(powers) for power in powers]


def normalised(plain: Plain) -> Plain:
    if any(sum(row) <= 0 for row in plain.rows("predictions")):
        raise Refused
    changed = deepcopy(plain)
    changed.tables["predictions"] = [[p / sum(row) for p in row] for row in plain.rows("predictions")]
    return changed.checked()


def weighing(plain: Plain, which: str, there: bool) -> Plain:
    """Give each sample or class a weight of 1, or let each sample count; or take all that away."""
    if (plain.tables[which] is not None) == there:
        return plain
    changed = deepcopy(plain)
    ones = [[1.0] * len(plain.classes)] if which == "class_weight" else [[1.0] for _ in plain.names]
    changed.tables[which] = ones if there else None
    return changed


# The rest of a row


def can_rescale(plain: Plain, row: int) -> bool:
    return (
        plain.kind == "probabilities" and len(plain.classes) > 1 and sum(plain.rows("predictions")[row]) > 0
    )


def with_prediction(plain: Plain, row: int, column: int, value: float, rescale: bool) -> Plain:
    """Change one prediction, the rest of its row held or rescaled."""
    changed = deepcopy(plain)
    own = changed.rows("predictions")[row]
    changed.rows("predictions")[row] = _rescaled(own, column, value) if rescale else list(own)
    changed.rows("predictions")[row][column] = value
    return changed.checked()


def _rescaled(own: list[float], column: int, value: float) -> list[float]:
    rest = sum(p for k, p in enumerate(own) if k != column)
    left = own[column] + rest - value
    left = 0.0 if abs(left) < NOTHING * max(1.0, abs(sum(own))) else left
    shares = [p / rest if rest > 0 else 1 / (len(own) - 1) for p in own]
    result = [left * share for share in shares]
    return [min(max(p, 0.0), 1.0) for p in result] if all(0 <= p <= 1 for p in own) else result


def bounds(plain: Plain, row: int, column: int, rescale: bool) -> tuple[float, float]:
    """Return between which values a prediction is moved in steps."""
    if plain.kind != "probabilities":
        return -math.inf, math.inf
    own = plain.rows("predictions")[row]
    low, high = 0.0, 1.0
    if rescale:
        others = [p for k, p in enumerate(own) if k != column]
        most = sum(others) / max(others) if max(others) > 0 else len(others)
        low, high = max(0.0, sum(own) - most + NOTHING), min(1.0, sum(own))
    return min(low, own[column]), max(high, own[column])


# Chosen losses


def with_choice(plain: Plain, at: int, choice: Chosen) -> Plain:
    if at < len(plain.choices) and plain.choices[at] == choice:
        return plain
    changed = deepcopy(plain)
    changed.choices[at : at + 1] = [choice]
    return changed


def without_choice(plain: Plain, at: int) -> Plain:
    changed = deepcopy(plain)
    del changed.choices[at]
    return changed
