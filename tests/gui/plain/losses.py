"""The numbers of some losses, computed term by term with `math`."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from gui.plain.study import Chosen, Plain

Row = list[float]
EPSILON = 1e-7


def over(a: float, b: float) -> float:
    """Divide as floating-point numbers are divided: by 0 too."""
    if b:
        return a / b
    return math.nan if a == 0 or math.isnan(a) else math.copysign(math.inf, a)


def minus_log(p: float) -> float:
    return math.inf if p == 0 else math.nan if math.isnan(p) else -math.log(p)


def categorical(y: Row, p: Row, choice: Chosen) -> Row:
    smoothing = float(dict(choice.parameters).get("label_smoothing", 0.0))
    y = [y_k * (1 - smoothing) + smoothing / len(y) for y_k in y]
    if dict(choice.parameters)["from_logits"]:
        top = max(p)
        whole = math.log(sum(math.exp(z - top) for z in p))
        return [y_k * (whole - (z - top)) for y_k, z in zip(y, p, strict=True)]
    if choice.profile == "Textbook":
        return [y_k * minus_log(p_k) if y_k else 0.0 for y_k, p_k in zip(y, p, strict=True)]
    shares = [over(p_k, sum(p)) for p_k in p]
    clipped = [q if math.isnan(q) else min(max(q, EPSILON), 1 - EPSILON) for q in shares]
    return [y_k * minus_log(p_k) for y_k, p_k in zip(y, clipped, strict=True)]


def with_delta(y: Row, p: Row, choice: Chosen) -> Row:
    delta = float(dict(choice.parameters)["delta"])
    return [y_k * minus_log(p_k + delta) for y_k, p_k in zip(y, p, strict=True)]


def weighted_sigmoid(y: Row, z: Row, choice: Chosen) -> Row:
    q = float(dict(choice.parameters)["pos_weight"])
    return [
        (q * y_k * _softplus(-z_k) if y_k else 0.0) + ((1 - y_k) * _softplus(z_k) if y_k != 1 else 0.0)
        for y_k, z_k in zip(y, z, strict=True)
    ]


def _softplus(x: float) -> float:
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def squares(y: Row, p: Row, choice: Chosen) -> Row:
    return [(p_k - y_k) * (p_k - y_k) for y_k, p_k in zip(y, p, strict=True)]


def half_squares(y: Row, p: Row, choice: Chosen) -> Row:
    return [0.5 * square for square in squares(y, p, choice)]


def distances(y: Row, p: Row, choice: Chosen) -> Row:
    return [abs(p_k - y_k) for y_k, p_k in zip(y, p, strict=True)]


def hinge(y: Row, p: Row, choice: Chosen) -> Row:
    return [max(1 - y_k * p_k, 0.0) for y_k, p_k in zip(y, p, strict=True)]


@dataclass(frozen=True)
class Known:
    """A loss: the terms of its classes, averaged or added up, and the labels and predictions it takes."""

    terms: Callable[[Row, Row, Chosen], Row]
    mean: bool
    encodings: tuple[str, ...]
    kinds: tuple[str, ...] = ("probabilities", "logits", "log-probabilities", "values")
    profiles: tuple[str, ...] = ("Textbook", "Keras 3", "Keras 2")


DISTRIBUTED = ("one-hot", "soft", "binary")
ANY = (*DISTRIBUTED, "signed", "real")
SHARES, TEXTBOOK = ("probabilities",), ("Textbook",)
KNOWN = {
    "categorical_crossentropy": Known(categorical, False, DISTRIBUTED, SHARES),
    "crossentropy_with_delta": Known(with_delta, False, (*DISTRIBUTED, "index"), SHARES, ("NumPy",)),
    "weighted_sigmoid_crossentropy": Known(weighted_sigmoid, True, DISTRIBUTED, ("logits",), TEXTBOOK),
    "mean_squared_error": Known(squares, True, ANY),
    "mean_absolute_error": Known(distances, True, ANY),
    "half_sum_of_squares": Known(half_squares, False, ANY, profiles=TEXTBOOK),
    "hinge": Known(hinge, True, ("signed", "binary", "one-hot")),
}


UNWEIGHTED = ("mean", "sum_over_batch_size", "auto")
"""Reductions, as profiles call them, that divide by the number of samples, whatever their weights."""


def is_known(choice: Chosen) -> bool:
    """Tell whether a loss is computed here too."""
    return choice.loss in KNOWN and choice.profile in KNOWN[choice.loss].profiles


def headline(plain: Plain, choice: Chosen, focus: int) -> float | None:
    """Return the number of a loss, or that of the sample in focus; None if it has none for the study."""
    known = KNOWN[choice.loss]
    takes = dict(choice.parameters).get("from_logits") or plain.kind in known.kinds
    if plain.encoding not in known.encodings or not takes:
        return None
    reduction = choice.reduction or ""
    if reduction.endswith("none"):
        return _of_sample(plain, choice, focus)
    rows = [row for row in range(plain.samples) if plain.counts(row)]
    total = sum((_of_sample(plain, choice, row) for row in rows), 0.0)
    if reduction.endswith("sum"):
        return total
    if reduction in UNWEIGHTED:
        return over(total, len(rows))
    of_nothing = math.inf if rows and choice.profile == "Keras 3" else 0.0  # there that mean is 0
    return over(total, sum(plain.weight(row) for row in rows) or of_nothing)


def _of_sample(plain: Plain, choice: Chosen, row: int) -> float:
    known, labels, classes = KNOWN[choice.loss], plain.rows("labels"), len(plain.classes)
    y = labels[row]
    if plain.encoding == "index":
        y = [float(k == y[0]) for k in range(classes)]
    if choice.loss == "hinge" and choice.profile != "Textbook":
        # Keras looks at all labels, also at those that count nowhere.
        zero_one = all(each in (0, 1) for line in labels for each in line)
        y = [2 * y_k - 1 for y_k in y] if zero_one else y
    terms = known.terms(y, plain.rows("predictions")[row], choice)
    if plain.tables["class_weight"] is not None:
        terms = [weight * term for weight, term in zip(plain.rows("class_weight")[0], terms, strict=True)]
    return plain.weight(row) * sum(terms) / (classes if known.mean else 1)
