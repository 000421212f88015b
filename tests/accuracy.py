"""How far the Textbook profile is from 110 digits, in ulps: `python3 tests accuracy [PART OF A NAME ...]`.

A row is a loss, or its gradient, in a regime of inputs. Each cell is the worst error and the median one; the
frameworks' are as they were measured, against their own conventions. Status 1 if a row is further off than is
asked, or has no loss. Rows that may be are in EXCUSED, each with its reason.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import mpmath as mp
import numpy as np
from regimes import GAMMAS, Array, Inputs, draw
from truths import TRUTHS

from lossgui.core.choice import Choice
from lossgui.core.exact import Twofold
from lossgui.core.losses import LOSSES
from lossgui.core.losses.probability._sigmoid import sigmoid, softplus
from lossgui.core.reference import Reference
from lossgui.core.stages import LogSoftmax, Softmax
from lossgui.core.study import Study

FIGURES = Path(__file__).resolve().parent / "data" / "accuracy.json"
FRAMEWORKS = ("keras", "tf_keras", "tensorflow", "torch", "optax", "sklearn", "scipy")
ASKED = {"float64": 4.0, "float32": 0.5001}
MOST_EXCUSED = 2
EXCUSED: dict[tuple[str, str], str] = {}
"""(type, row) -> why it may be further off."""


@dataclass(frozen=True)
class Way:
    """How inputs become a figure of ours: a loss of the catalogue, and what labels and predictions are.

    Parameters
    ----------
    gradient
        Whether the figure is the gradient by the predictions, not the loss of each sample.
    """

    loss: str
    kind: str = "values"
    encoding: str = "real"
    parameters: Mapping[str, Any] = field(default_factory=dict)
    gradient: bool = False

    @property
    def exists(self) -> bool:
        return self.loss in LOSSES

    def __call__(self, given: Inputs) -> Array:
        return self.of(given.get("y"), given["p"])

    def of(self, labels: Array | None, predictions: Array) -> Array:
        """Return the figure of all samples."""
        choice = Choice.of(self.loss, "Textbook", self.parameters, "sum")
        if labels is not None:
            labels = labels.argmax(axis=1) if self.encoding == "index" else in_rows(labels)
        outcome = Reference(Study.of(labels, in_rows(predictions), self.encoding, self.kind), choice)
        assert outcome.refusal is None, outcome.refusal
        return outcome.gradient() if self.gradient else outcome.per_sample()


class Gaussian(Way):
    """The way of a loss with a variance, which is the same for all samples of a study."""

    def __call__(self, given: Inputs) -> Array:
        found = [
            replace(self, parameters={"var": float(variance)}).of(given["y"][[k]], given["p"][[k]])
            for k, variance in enumerate(given["v"])
        ]
        return np.concatenate(found)


@dataclass(frozen=True)
class Stagewise:
    """A stage or a function by itself."""

    function: Callable[[Any], Any]
    exists: bool = True

    def __call__(self, given: Inputs) -> Array:
        with np.errstate(all="ignore"):
            return self.function(Twofold.of(in_rows(given["p"]))).rounded(given["p"].dtype)


def in_rows(numbers: Array) -> Array:
    return numbers[:, None] if numbers.ndim == 1 else numbers


FOCAL = (
    ("bfocal_prob", "binary_focal_crossentropy", "probabilities", "binary"),
    ("bfocal_logits", "binary_focal_crossentropy", "logits", "binary"),
    ("cfocal_prob", "categorical_focal_crossentropy", "probabilities", "one-hot"),
)
LOGITS: dict[str, Any] = {"kind": "logits", "parameters": {"from_logits": True}}
VALUES = {
    "mse": Way("mean_squared_error"),
    "huber": Way("huber"),
    "mape": Way("mean_absolute_percentage_error"),
    "log_cosh": Way("log_cosh"),
    "msle": Way("mean_squared_logarithmic_error"),
    "log_poisson": Way("poisson", parameters={"log_input": True}),
    "kl": Way("kl_divergence", "probabilities", "soft"),
    "js": Way("jensen_shannon", "probabilities", "soft"),
    "gaussian_nll": Gaussian("gaussian_nll"),
    "entropy": Way("entropy", "probabilities"),
    "bce_prob": Way("binary_crossentropy", "probabilities", "soft"),
    "bce_logits": Way("binary_crossentropy", encoding="soft", **LOGITS),
    "wbce_logits": Way("weighted_sigmoid_crossentropy", "logits", "soft", {"pos_weight": 3}),
    "softmax_ce": Way("categorical_crossentropy", encoding="soft", **LOGITS),
    "sparse_ce": Way("sparse_categorical_crossentropy", encoding="index", **LOGITS),
    "cce_prob": Way("categorical_crossentropy", "probabilities", "one-hot"),
    "scce_prob": Way("sparse_categorical_crossentropy", "probabilities", "index"),
    **{
        f"{short} g={gamma}": Way(loss, kind, encoding, {"gamma": gamma, "from_logits": kind == "logits"})
        for gamma in GAMMAS
        for short, loss, kind, encoding in FOCAL
    },
    "cosine": Way("cosine_similarity"),
    "sigmoid": Stagewise(sigmoid),
    "log_sigmoid": Stagewise(lambda x: -softplus(-x)),
    "softmax": Stagewise(Softmax().value),
    "log_softmax": Stagewise(LogSoftmax().value),
}
GRADIENTS = ("log_cosh", "log_poisson", "bce_logits", "softmax_ce", "cosine")
WAYS: dict[str, Any] = {
    **VALUES,
    **{f"{loss}_grad": replace(VALUES[loss], gradient=True) for loss in GRADIENTS},
}
"""By the name that is before the '/' of a regime."""


@dataclass(frozen=True)
class Row:
    """A line of the table: the regime, and errors in ulps; none where there is no loss yet."""

    name: str
    errors: Array | None

    def cell(self) -> str:
        if self.errors is None:
            return "no loss yet"
        return f"{self.errors.max():.4g} / {np.median(self.errors):.2f}"

    def exceeds(self, asked: float) -> bool:
        return self.errors is None or not self.errors.max() <= asked


def rows(dtype: Any, wanted: Sequence[str] = (), samples: int | None = None) -> Iterator[Row]:
    """Yield the rows whose names hold what is wanted, all if nothing is; of so many samples, all if None."""
    for name, given in with_gradients(draw(dtype)):
        if not wanted or any(part in name for part in wanted):
            loss = name.split("/")[0]
            way = WAYS.get(loss)
            some = {array: numbers[:samples] for array, numbers in given.items()}
            known = way is not None and way.exists
            yield Row(name, errors(way(some), truths(loss, some), np.finfo(dtype)) if known else None)


def with_gradients(drawn: Mapping[str, Inputs]) -> Iterator[tuple[str, Inputs]]:
    """Yield the regimes, and for gradients without one of their own those of their loss."""
    for name, given in drawn.items():
        yield name, given
        loss, regime = name.split("/", 1)
        if loss in GRADIENTS and f"{loss}_grad/{regime}" not in drawn:
            yield f"{loss}_grad/{regime}", given


def truths(loss: str, given: Inputs) -> list[Any]:
    """Return the figure in 110 digits, all samples in one list."""
    count = len(given["p"])
    columns = [[numbers(row) for row in given[name]] if name in given else [None] * count for name in "ypv"]
    return [number for y, p, v in zip(*columns, strict=True) for number in TRUTHS[loss](y, p, v)]


def numbers(row: Array) -> list[Any]:
    return [mp.mpf(float(number)) for number in np.ravel(row)]


def errors(figures: Array, expected: Sequence[Any], info: Any) -> Array:
    """Return the errors in ulps of the truth, of those figures whose truth is a normal number or 0."""
    found = []
    for figure, truth in zip(np.ravel(figures).tolist(), expected, strict=True):
        exponent = mp.frexp(truth)[1]
        if truth == 0:
            found.append(0.0 if figure == 0 else np.inf)
        elif exponent > info.minexp:
            ulp = mp.ldexp(1, exponent - info.nmant - 1)
            found.append(float(abs(figure - truth) / ulp) if np.isfinite(figure) else np.inf)
    return np.array(found)


def printed(dtype: Any, wanted: Sequence[str]) -> bool:
    """Print the table of one type; tell whether all rows are as good as is asked."""
    name = np.dtype(dtype).name
    measured = json.loads(FIGURES.read_text())[name]
    good, worst = True, 0.0
    print(f"\n{name}\n{'':42}{'Textbook':18}" + "".join(f"{framework:16}" for framework in FRAMEWORKS))
    for row in rows(dtype, wanted):
        theirs = measured.get(row.name, {})
        exceeds, reason = row.exceeds(ASKED[name]), EXCUSED.get((name, row.name))
        good &= not exceeds or reason is not None
        worst = max(worst, np.inf if row.errors is None else row.errors.max())
        told = f"  ! above {ASKED[name]}{f': {reason}' if reason else ''}" if exceeds else ""
        cells = "".join(f"{theirs.get(framework, '-'):16}" for framework in FRAMEWORKS)
        print(f"{row.name:42}{row.cell():18}{cells}{told}".rstrip(), flush=True)
    print(f"The worst of {name} is {worst:.4g}, asked {ASKED[name]}.")
    return good


def main(wanted: Sequence[str]) -> int:
    """Print the tables of both types; return the status."""
    print("Errors in ulps, worst / median, of 800 samples a row. '-': the framework has no such loss.")
    print("Of losses that give probabilities, divergences and focal terms frameworks clip or renormalise;")
    print("each is measured against its own convention.")
    good = [printed(dtype, wanted) for dtype in (np.float64, np.float32)]
    return int(not all(good) or len(EXCUSED) > MOST_EXCUSED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
