"""Entropy: how undecided a distribution is."""

from __future__ import annotations

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses._steps import xlogy
from lossgui.core.losses.information._distributions import BASE, in_base, normalised
from lossgui.core.needs import NOT_NEGATIVE
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import NUMPY, SCIPY, TENSORFLOW, TEXTBOOK
from lossgui.core.stages import Function, Map, SumClasses
from lossgui.core.table import Array
from lossgui.core.where import where

BITS = Parameter("bits", "in bits", False, "Whether the logarithm has base 2 (bits) or e (nats).")


def _own_logs(
    value: Function = lambda p: -xlogy(p, p), slope: Function = lambda p: -(np.log(p) + 1), bits: bool = False
) -> Map:
    """Return -p ln p of each class, or with the logarithm the base 2."""
    log = "log₂" if bits else "ln"

    def in_unit(nats: Function) -> Function:
        return (lambda p: nats(p) / np.log(np.full_like(p[..., :1], 2))) if bits else nats

    return Map(
        name="terms",
        reads=("predictions",),
        writes="terms",
        function=in_unit(value),
        derivatives=(in_unit(slope),),
        formula=r"-\hat y_k \log_2 \hat y_k" if bits else r"-\hat y_k \ln \hat y_k",
        words="Minus the probability times its logarithm; 0 where the probability is 0.",
        chip="log₂: bits" if bits else "ln: nats",
        entry=lambda p: f"{p} {log} {p}",
        frame="−({})",
    )


def entropy(bits: bool = False) -> Chain:
    """Return the entropy of each row of predictions."""
    return Chain((_own_logs(bits=bits), SumClasses()), needs=(NOT_NEGATIVE,))


def entropy_numpy(base: float | None = None) -> Chain:
    """Return the entropy of each row, divided by the logarithm of a base."""
    return Chain((_own_logs(), *in_base(base), SumClasses()), needs=(NOT_NEGATIVE,))


def entropy_tensorflow(bits: bool = False) -> Chain:
    """Return the formula as it is written: 0 times the logarithm of 0 is not a number."""

    def slope(p: Array) -> Array:
        result: Array = -(np.log(p) + p * (1 / p))
        return result

    return Chain((_own_logs(lambda p: -(p * np.log(p)), slope, bits), SumClasses()))


def entropy_scipy(base: float | None = None) -> Chain:
    """Return the entropy of each row divided by its sum."""
    return Chain((normalised("predictions"), _own_logs(_entr), *in_base(base), SumClasses()))


def entr_scipy() -> Chain:
    """Return -p ln p of single entries; -inf below 0."""
    return Chain((_own_logs(_entr), SumClasses()), elementwise=True)


def _entr(p: Array) -> Array:
    return where(p < 0, -np.inf, -xlogy(p, p)).astype(p.dtype)


LOSSES = (
    Loss(
        name="entropy",
        title="Entropy",
        family="information",
        latex=r"-\sum_k \hat y_k \ln \hat y_k",
        plain="−Σ ŷ ln ŷ",
        words="How undecided a distribution is: 0 if certain, ln K if uniform. It needs no labels.",
        forms={
            TEXTBOOK: Form(entropy, (BITS,)),
            TENSORFLOW: Form(
                entropy_tensorflow,
                (BITS,),
                called=("-tf.reduce_sum(p * tf.math.log(p), -1)",),
                calls=(
                    Call(("entropy_nats",), entropy_tensorflow),
                    Call(("entropy_bits",), lambda: entropy_tensorflow(bits=True)),
                ),
            ),
            SCIPY: Form(
                entropy_scipy,
                (BASE,),
                called=("scipy.stats.entropy", "scipy.special.entr"),
                calls=(Call(("entropy",)), Call(("entr",), entr_scipy)),
            ),
            NUMPY: Form(
                entropy_numpy,
                (BASE,),
                called=("-np.sum(p * np.log(p), axis=-1)",),
                calls=(Call(("entropy",)),),
            ),
        },
        encodings=(),
        kinds=("probabilities",),
        reference="Shannon, 1948",
        gradient=r"-\ln \hat y_k - 1",
        domain="Predictions of 0 or more that sum to 1 in each row; no labels.",
        range="From 0 (certain) to ln K (uniform), in nats.",
        use="To see how sure a model is, or to keep it from being too sure.",
        avoid="To measure errors: it does not know the labels.",
        pitfall="Nats and bits differ by the factor ln 2; p ln p at 0 is no number unless it is cared for.",
    ),
)
