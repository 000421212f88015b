"""Poly-1 cross-entropy: cross-entropy with one more weight for its first term."""

from __future__ import annotations

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses.probability import _softmax
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import OPTAX, TEXTBOOK
from lossgui.core.shapes import broadcast
from lossgui.core.stages import LogSoftmax, Map, SumClasses
from lossgui.core.table import Array
from lossgui.core.where import where

EPSILON = Parameter("epsilon", "ε", 2.0, "How much 1 − ŷ counts besides; 0 is cross-entropy.", -1, 10)


def exact(epsilon: float) -> Chain:
    """Return sum y (-ln p + epsilon (1 - p))."""

    def value(y: Array, log_p: Array) -> Array:
        return where(y == 0, 0 * y, y * (-epsilon * np.expm1(log_p) - log_p))

    terms = Map(
        name="terms",
        reads=("labels", "log p"),
        writes="terms",
        function=value,
        derivatives=(None, lambda y, log_p: -y * (1 + epsilon * np.exp(log_p))),
        formula=r"y_k \left(-\ln \hat y_k + \epsilon (1 - \hat y_k)\right)",
        words="The cross-entropy of each class, and what it lacks to certainty.",
        chip="ln, ε (1 − ŷ)",
        entry=lambda y, log_p: f"{y} · ({_shown(epsilon)} (1 − exp({log_p})) − {text.signed(log_p)})",
    )
    return Chain((LogSoftmax(), terms, SumClasses()))


def optax(epsilon: float = 2.0, axis: int = -1) -> Chain:
    """Return what optax.poly_loss_cross_entropy does: both parts by themselves."""
    part = Map(
        name="both terms",
        reads=("terms", "labels", "p"),
        writes="terms",
        function=lambda term, y, p: term + p.dtype.type(epsilon) * (y * (1 - p)),
        derivatives=(
            lambda term, y, p: np.ones_like(term),
            None,
            lambda term, y, p: -p.dtype.type(epsilon) * y,
        ),
        formula=r"\ell_k + \epsilon\, y_k (1 - \hat y_k)",
        words="What each class lacks to certainty counts besides.",
        chip="+ ε (1 − ŷ)",
        entry=lambda term, y, p: f"{term} + {_shown(epsilon)} · {y} (1 − {p})",
    )
    softmax = _softmax.JaxSoftmax(writes="p")
    logs = _softmax.JaxLogSoftmax(), _softmax.log_terms(guarded=False)
    return Chain((softmax, *logs, part, SumClasses()))


def _shown(epsilon: float) -> str:
    return text.signed(text.inputs([epsilon])[0])


LOSSES = (
    Loss(
        name="poly_crossentropy",
        title="Poly-1 cross-entropy",
        family="probability",
        latex=r"\sum_k y_k \left(-\ln \hat y_k + \epsilon (1 - \hat y_k)\right),\quad "
        r"\hat y = \mathrm{softmax}(z)",
        plain="Σ y (−ln ŷ + ε (1 − ŷ))",
        words="Cross-entropy as a power series of 1 − ŷ whose first coefficient is larger by ε.",
        forms={
            TEXTBOOK: Form(exact, (EPSILON,)),
            OPTAX: Form(
                optax,
                (EPSILON,),
                ("optax.losses.poly_loss_cross_entropy",),
                (Call(("poly_loss_cross_entropy",), checks=(checks.float_labels,), fit=broadcast),),
            ),
        },
        encodings=("one-hot", "soft", "binary"),
        kinds=("logits",),
        reference="optax.losses.poly_loss_cross_entropy; Leng et al., 2022, arXiv:2204.12511",
        gradient=r"\left(\textstyle\sum_j y_j + \epsilon \sum_j y_j \hat y_j\right) \hat y_k "
        r"- y_k (1 + \epsilon \hat y_k)",
        domain="Labels from 0 to 1 that add up to 1 in each row; any finite logits.",
        range="From 0, a certain and right prediction, to ∞.",
        use="Cross-entropy works, and a second number to tune may bring a little more.",
        avoid="The loss must be a likelihood: with ε other than 0 it is none.",
        pitfall="optax' ε of 2 suits ImageNet; for detection its authors recommend −1.",
    ),
)
