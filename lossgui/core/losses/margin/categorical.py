"""The hinge of several classes: the true class against the strongest of the others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses.margin._labels import a_name_a_column, ranks
from lossgui.core.losses.margin._scores import LargestScore, OwnScore, difference
from lossgui.core.needs import FINITE, Need
from lossgui.core.profiles import KERAS_2, KERAS_3, OPTAX, SKLEARN, TEXTBOOK
from lossgui.core.reductions import SKLEARN_MEAN
from lossgui.core.shapes import broadcast
from lossgui.core.stages import Map, OneHot
from lossgui.core.table import Array
from lossgui.core.where import where

TWO_CLASSES = Need(
    "predictions",
    lambda p: np.full(len(p), p.shape[-1] > 1),
    "It compares classes, of which it takes two or more",
)
THREE_CLASSES = Need(
    "predictions",
    lambda p: np.full(len(p), p.shape[-1] > 2),
    "Of three classes or more it takes a score each, of two classes a single score",
)


def _others() -> LargestScore:
    return LargestScore(
        left=lambda y, p: where(y == 1, -np.inf, p),
        slope=lambda y: (y != 1).astype(y.dtype),
        formula=r"\max_{j \ne t} \hat y_j",
        words="The strongest score of the other classes.",
        chip="strongest other",
    )


def _others_and_zero() -> LargestScore:
    return LargestScore(
        left=lambda y, p: (1 - y) * p,
        slope=lambda y: 1 - y,
        formula=r"\max_k (1 - y_k) \hat y_k",
        words="The strongest score of the other classes, but never less than 0: Keras puts a 0 in the place "
        "of the true class.",
        chip="strongest other, or 0",
    )


def _all_and_one(wide: bool = False) -> LargestScore:
    """Return the stage of optax.

    Parameters
    ----------
    wide
        Whether rows made of class indices are of 64 bits, as they are once JAX is told to use these at all.
    """
    return LargestScore(
        left=lambda y, p: (p + 1).astype(np.float64 if wide else p.dtype) - y,
        slope=lambda y: np.ones_like(y),
        formula=r"\max_k (\hat y_k + 1 - y_k)",
        words="The strongest of all scores, to which 1 is added but for the true class; so the loss is never "
        "below 0.",
        chip="strongest + 1",
    )


def _shortfall() -> Map:
    def reached(rival: Array, own: Array) -> Array:
        short: Array = where(rival - own + 1 >= 0, 1, 0).astype(own.dtype)
        return short

    return Map(
        name="loss",
        reads=("rival", "own"),
        writes="loss",
        function=lambda rival, own: np.maximum(rival - own + 1, 0),
        derivatives=(reached, lambda rival, own: -reached(rival, own)),
        formula=r"\max(0, 1 + \max_{j \ne t} \hat y_j - \hat y_t)",
        words="What the true class lacks to be ahead by 1.",
        entry=lambda rival, own: f"max(0, 1 + {text.signed(rival)} − {text.signed(own)})",
        level="ahead by 1",
    )


def textbook() -> Chain:
    """Return the hinge of Crammer and Singer: the true class against the strongest other."""
    return Chain((OwnScore(), _others(), _shortfall()), terms=None, needs=(TWO_CLASSES,))


def keras() -> Chain:
    """Return Keras' categorical hinge, in which 0 stands for the true class among the others."""
    own = OwnScore(multiplied=True, words="The scores times the labels, added up.")
    return Chain((own, _others_and_zero(), _shortfall()), terms=None)


def sklearn() -> Chain:
    """Return scikit-learn's hinge of three or more classes."""
    return Chain((OwnScore(), _others(), _shortfall()), terms=None, needs=(THREE_CLASSES, FINITE))


def sklearn_called(labels: Sequence[float] | None = None) -> Chain:
    """Return it for labels that are names of the classes, in their order; None: 0, 1, 2 and so on."""
    named = () if labels is None else (ranks(labels), OneHot())
    return Chain((*named, OwnScore(), _others(), _shortfall()), terms=None, needs=(FINITE,))


def optax(wide: bool = False) -> Chain:
    """Return optax' multiclass hinge."""
    return Chain(
        (
            OwnScore(multiplied=True),
            _all_and_one(wide),
            difference(r"\max_k (\hat y_k + 1 - y_k) - \hat y_t"),
        ),
        terms=None,
    )


def optax_called() -> Chain:
    """Return it as optax computes it with 64 bits switched on."""
    return optax(wide=True)


LOSSES = (
    Loss(
        name="categorical_hinge",
        title="Categorical hinge",
        family="margin",
        latex=r"\max\left(0, 1 + \max_{j \ne t} \hat y_j - \hat y_t\right)",
        plain="max(0, 1 + max ŷⱼ − ŷₜ)",
        words="What the true class lacks to be ahead of the strongest other class by 1.",
        forms={
            TEXTBOOK: Form(textbook),
            KERAS_3: Form(
                keras,
                called=("keras.losses.CategoricalHinge", "keras.losses.categorical_hinge"),
                calls=(
                    Call(("categorical_hinge",), fit=broadcast, checks=(checks.an_axis, checks.some_numbers)),
                ),
                encodings=("one-hot", "soft", "binary"),
            ),
            KERAS_2: Form(
                keras,
                called=("tf_keras.losses.CategoricalHinge", "tf_keras.losses.categorical_hinge"),
                calls=(Call(("categorical_hinge",), fit=broadcast, checks=(checks.an_axis,)),),
                encodings=("one-hot", "soft", "binary"),
            ),
            SKLEARN: Form(
                sklearn,
                called=("sklearn.metrics.hinge_loss",),
                calls=(
                    Call(
                        ("hinge_loss",),
                        sklearn_called,
                        indexed=True,
                        reductions={"mean": SKLEARN_MEAN},
                        checks=(checks.some_samples, checks.weight_for_each_sample, a_name_a_column),
                        strict=True,
                    ),
                ),
                encodings=("index",),
            ),
            OPTAX: Form(
                optax,
                called=("optax.losses.multiclass_hinge_loss",),
                calls=(
                    Call(
                        ("multiclass_hinge_loss",),
                        optax_called,
                        indexed=True,
                        returns="float64",
                        checks=(checks.one_label_a_row,),
                    ),
                ),
                encodings=("index",),
            ),
        },
        encodings=("one-hot", "index"),
        reference="Crammer and Singer, Multiclass Kernel-based Vector Machines, JMLR 2, 2001",
        gradient=r"-1 \text{ at the true class, } +1 \text{ at the strongest other, or } 0",
        domain="One true class a sample; scores: any number.",
        range="0 and above; 0 once the true class is ahead of all others by 1.",
        use="For classifiers of several classes with a margin.",
        avoid="Where the other classes should all be pushed down: it looks at the strongest alone.",
        pitfall="Keras compares with 0 too: where all other scores are below 0, its number is larger.",
    ),
)
