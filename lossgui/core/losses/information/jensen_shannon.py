"""Jensen-Shannon: a divergence that is symmetric and never infinite."""

from __future__ import annotations

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses._steps import over
from lossgui.core.losses.information._distributions import (
    BASE,
    DISTRIBUTIONS,
    REL_ENTR,
    in_base,
    log_of_ratio,
    normalised,
)
from lossgui.core.profiles import SCIPY, TEXTBOOK
from lossgui.core.stages import Function, Map, SumClasses
from lossgui.core.table import Array
from lossgui.core.where import where

MIDDLE = r"m = \tfrac12 (y + \hat y)"


def _exact_ratio(x: Array, other: Array) -> Array:
    """Return x ln(x / m), m between x and the other, and 0 where x is 0."""
    some, apart = where(x == 0, 1, x), (x - other) / 2
    return where(x == 0, 0 * x, x * log_of_ratio(some, (some + other) / 2, apart))


def _scipy_ratio(x: Array, other: Array) -> Array:
    return REL_ENTR(x, (x + other) / 2)


def _label_terms(ratio: Function, writes: str = "terms") -> Map:
    """Return y ln(y / m) of each class; `ratio`: of y and p."""
    return Map(
        name="labels to the mean",
        reads=("labels", "predictions"),
        writes=writes,
        function=ratio,
        derivatives=(None, lambda y, p: -over(y, y + p)),
        formula=rf"y_k \ln \frac{{y_k}}{{m_k}},\; {MIDDLE}",
        words="The divergence of the labels from the mean of both.",
        chip="to the mean",
        entry=lambda y, p: f"{y} ln(2 · {y} / ({y} + {p}))",
    )


def _prediction_terms(ratio: Function, writes: str) -> Map:
    """Return p ln(p / m) of each class; `ratio`: of p and y."""
    return Map(
        name="predictions to the mean",
        reads=("labels", "predictions"),
        writes=writes,
        function=lambda y, p: ratio(p, y),
        derivatives=(None, lambda y, p: log_of_ratio(p, (y + p) / 2, (p - y) / 2) + over(y, y + p)),
        formula=rf"\hat y_k \ln \frac{{\hat y_k}}{{m_k}},\; {MIDDLE}",
        words="The divergence of the predictions from the mean of both.",
        chip="",
        entry=lambda y, p: f"{p} ln(2 · {p} / ({y} + {p}))",
    )


def _added(reads: tuple[str, str], writes: str) -> Map:
    return Map(
        name="both",
        reads=reads,
        writes=writes,
        function=np.add,
        derivatives=(lambda a, b: np.ones_like(a), lambda a, b: np.ones_like(b)),
        formula=r"a + b",
        words="Both divergences are added up.",
        entry=lambda a, b: f"{text.signed(a)} + {text.signed(b)}",
    )


def _half(of: str) -> Map:
    return Map(
        name="half",
        reads=(of,),
        writes=of,
        function=lambda x: x / 2,
        derivatives=(lambda x: np.full_like(x, 0.5),),
        formula=r"\tfrac12 x",
        words="Half of both.",
        entry=lambda x: f"½ · {text.signed(x)}",
    )


def _root() -> Map:
    return Map(
        name="root",
        reads=("divergence",),
        writes="loss",
        function=np.sqrt,
        derivatives=(lambda d: 0.5 / np.sqrt(d),),
        formula=r"\sqrt{d}",
        words="SciPy returns the root of the divergence, which is a distance.",
        chip="√",
        entry=lambda d: f"√{d}",
    )


def jensen_shannon() -> Chain:
    """Return half of both divergences from the mean of the two."""
    both = (
        _label_terms(_exact_ratio, "left"),
        _prediction_terms(_exact_ratio, "right"),
        _added(("left", "right"), "terms"),
    )
    return Chain((*both, _half("terms"), SumClasses()), needs=DISTRIBUTIONS)


def jensenshannon_scipy(base: float | None = None) -> Chain:
    """Return SciPy's distance: rows divided by their sums, each divergence added up, and the root of all."""
    stages = (
        normalised("labels"),
        normalised("predictions"),
        _label_terms(_scipy_ratio, "left"),
        _prediction_terms(_scipy_ratio, "right"),
        SumClasses(name="sum of the left", reads=("left",), writes="a"),
        SumClasses(name="sum of the right", reads=("right",), writes="b", chip=""),
        _added(("a", "b"), "divergence"),
    )
    return Chain((*stages, *in_base(base, "divergence"), _half("divergence"), _root()), terms=None)


LOSSES = (
    Loss(
        name="jensen_shannon",
        title="Jensen-Shannon divergence",
        family="information",
        latex=r"\tfrac12 \sum_k \left(y_k \ln \frac{y_k}{m_k} + \hat y_k \ln \frac{\hat y_k}{m_k}\right)",
        plain="½ Σ (y ln(y / m) + ŷ ln(ŷ / m)), m = ½ (y + ŷ)",
        words="The mean divergence of both from their average: symmetric, and never above ln 2.",
        forms={
            TEXTBOOK: Form(jensen_shannon),
            SCIPY: Form(
                jensenshannon_scipy,
                (BASE,),
                called=("scipy.spatial.distance.jensenshannon",),
                calls=(Call(("jensenshannon",)),),
            ),
        },
        encodings=("soft", "one-hot"),
        kinds=("probabilities",),
        reference="Lin, 1991",
        gradient=r"\tfrac12 \ln \frac{\hat y_k}{m_k}",
        domain="Two distributions over the same classes.",
        range="From 0 (the same) to ln 2 (nothing in common).",
        use="To compare distributions that may have zeros, either way round.",
        avoid="As a training loss for labels that are certain: cross-entropy has the steeper slope.",
        pitfall="SciPy's jensenshannon is the distance, the root of this divergence.",
    ),
)
