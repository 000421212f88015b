"""Kullback-Leibler divergence, from probabilities and from their logarithms."""

from __future__ import annotations

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.divisors import Values
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import _eigen, _xla
from lossgui.core.losses._steps import clip, over, rounded
from lossgui.core.losses.information._distributions import (
    BASE,
    DISTRIBUTIONS,
    REL_ENTR,
    in_base,
    log_of_ratio,
    normalised,
    only_valid,
)
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import KERAS_2, KERAS_3, OPTAX, PYTORCH, SCIPY, TEXTBOOK, of_keras_2
from lossgui.core.reductions import USUAL, Reduction
from lossgui.core.stages import Function, Map, SumClasses
from lossgui.core.table import Array
from lossgui.core.where import where

LOG_TARGET = Parameter("log_target", "labels are logarithms", False, "Whether labels are logarithms too.")


def _ratios(value: Function, words: str) -> Map:
    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, lambda y, p: -over(y, p)),
        formula=r"y_k \ln (y_k / \hat y_k)",
        words=words,
        chip="ln",
        entry=lambda y, p: f"{y} ln({y} / {p})",
    )


def _exact_ratio(y: Array, p: Array) -> Array:
    return where(y == 0, 0 * y, y * log_of_ratio(where(y == 0, 1, y), where(y == 0, 1, p)))


PLAIN = "The label's probability times the logarithm of its ratio to the prediction; 0 where it is 0."


def kl_divergence() -> Chain:
    """Return the divergence of the predictions from the labels, as they are."""
    return Chain((_ratios(_exact_ratio, PLAIN), SumClasses()), needs=DISTRIBUTIONS)


def kl_divergence_keras() -> Chain:
    """Return Keras' divergence: both sides clipped to 1e-7 … 1, none renormalised."""
    ratios = _ratios(lambda y, p: y * _eigen.log(y / p), PLAIN)
    return Chain((clip("labels", high=1), clip(high=1), ratios, SumClasses()))


# SciPy


KL_DIV = only_valid(lambda x, y: x * np.log(x / y) - x + y, lambda y: y)
INFINITE = "As SciPy has it: 0 where the label is 0, and infinite where only the prediction is."


def entropy_of_two(base: float | None = None) -> Chain:
    """Return the divergence of two rows, each divided by its sum."""
    stages = (normalised("labels"), normalised("predictions"), _ratios(REL_ENTR, INFINITE))
    return Chain((*stages, *in_base(base), SumClasses()))


def rel_entr() -> Chain:
    """Return the terms of single entries."""
    return Chain((_ratios(REL_ENTR, INFINITE), SumClasses()), elementwise=True)


def kl_div() -> Chain:
    """Return the terms of single entries, less the label, plus the prediction: none is below 0."""
    terms = Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=KL_DIV,
        derivatives=(None, lambda y, p: 1 - over(y, p)),
        formula=r"y_k \ln (y_k / \hat y_k) - y_k + \hat y_k",
        words="Less the label and plus the prediction, no term is below 0; over distributions both cancel.",
        entry=lambda y, p: f"{y} ln({y} / {p}) − {y} + {p}",
    )
    return Chain((terms, SumClasses()), elementwise=True)


# From logarithms


_log, _exp = rounded(np.log), rounded(np.exp)


def _from_logs(value: Function, slope: Function, words: str, **more: str) -> Map:
    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes=more.get("writes", "terms"),
        function=value,
        derivatives=(None, slope),
        formula=more.get("formula", r"y_k (\ln y_k - \ln \hat y_k)"),
        words=words,
        chip=more.get("chip", "from ln ŷ"),
        entry=lambda y, z: more.get("entry", "{y} (ln {y} − {z})").format(y=y, z=text.signed(z)),
    )


def kl_div_torch(log_target: bool = False) -> Chain:
    """Return PyTorch's terms of single entries: predictions are logarithms, and so are labels if asked."""
    if log_target:
        terms = _from_logs(
            lambda t, x: _exp(t) * (t - x),
            lambda t, x: -_exp(t),
            "Both sides are logarithms: e to the label times what it is above the prediction.",
            formula=r"e^{t_k} (t_k - \ln \hat y_k)",
            chip="from logarithms",
            entry="exp({y}) · ({y} − {z})",
        )
    else:
        terms = _from_logs(
            lambda y, x: y * _log(where(y == 0, 1, y)) - y * x,
            lambda y, x: -y,
            "PyTorch takes ln ŷ for its input; y ln y is 0 at 0, and 0 times −∞ is not a number.",
        )
    return Chain((terms, SumClasses()), elementwise=True)


def _optax_terms(writes: str = "terms") -> Map:
    return _from_logs(
        lambda y, x: y * (where(y == 0, 0, _xla.log(where(y == 0, 1, y))) - x),
        lambda y, x: -y,
        "optax takes ln ŷ for its input; a label of 0 counts 0, but 0 times −∞ is not a number.",
        writes=writes,
    )


def kl_divergence_optax() -> Chain:
    """Return optax's divergence from logarithms."""
    return Chain((_optax_terms(), SumClasses()))


def generalised_optax() -> Chain:
    """Return optax's divergence plus the sum of the predictions less that of the labels: never below 0."""
    surplus = _from_logs(
        lambda y, x: _xla.exp(x) - y,
        lambda y, x: _xla.exp(x),
        "The predicted probability less the label's.",
        writes="surplus",
        formula=r"\hat y_k - y_k",
        chip="",
        entry="exp({z}) − {y}",
    )
    both = Map(
        name="both",
        reads=("divergence", "sum of surplus"),
        writes="loss",
        function=np.add,
        derivatives=(lambda a, b: np.ones_like(a), lambda a, b: np.ones_like(b)),
        formula=r"d + s",
        words="What predictions sum to beyond the labels is added, so that the whole is never below 0.",
    )
    stages = (
        _optax_terms(),
        SumClasses(writes="divergence"),
        surplus,
        SumClasses(name="sum of surplus", reads=("surplus",), writes="sum of surplus"),
        both,
    )
    return Chain(stages, terms=None)


def _samples(values: Values) -> Array:
    """Return how many samples there are, whatever each of them holds."""
    return np.asarray(float(len(values.array)))


OF_TORCH = {**USUAL, "batchmean": Reduction(_samples, "mean of rows")}
KERAS = ("keras.losses.KLDivergence", "keras.losses.kl_divergence")

LOSSES = (
    Loss(
        name="kl_divergence",
        title="Kullback-Leibler divergence",
        family="information",
        latex=r"\sum_k y_k \ln \frac{y_k}{\hat y_k}",
        plain="Σ y ln(y / ŷ)",
        words="What is lost by taking predictions for the labels' distribution: 0 only if both are the same.",
        forms={
            TEXTBOOK: Form(kl_divergence),
            KERAS_3: Form(kl_divergence_keras, called=KERAS, calls=(Call(("kl_divergence",)),)),
            KERAS_2: Form(kl_divergence_keras, called=of_keras_2(KERAS), calls=(Call(("kl_divergence",)),)),
            PYTORCH: Form(
                kl_div_torch,
                (LOG_TARGET,),
                called=("torch.nn.functional.kl_div", "torch.nn.KLDivLoss"),
                calls=(Call(("kl_div",), reductions=OF_TORCH),),
                kinds=("log-probabilities",),
            ),
            SCIPY: Form(
                entropy_of_two,
                (BASE,),
                called=("scipy.stats.entropy", "scipy.special.rel_entr", "scipy.special.kl_div"),
                calls=(
                    Call(("entropy_kl",)),
                    Call(("rel_entr",), rel_entr),
                    Call(("kl_div",), kl_div),
                ),
            ),
            OPTAX: Form(
                kl_divergence_optax,
                called=("optax.losses.kl_divergence", "optax.losses.generalized_kl_divergence"),
                calls=(
                    Call(("kl_divergence",)),
                    Call(("convex_kl_divergence", "generalized_kl_divergence"), generalised_optax),
                ),
                kinds=("log-probabilities",),
            ),
        },
        encodings=("soft", "one-hot"),
        kinds=("probabilities",),
        reference="Kullback and Leibler, 1951",
        gradient=r"-\frac{y_k}{\hat y_k}",
        domain="Two distributions over the same classes.",
        range="From 0 (the same) to ∞; a term by itself may be below 0.",
        use="To fit a distribution to another one, as in distillation or variational inference.",
        avoid="Where a label is positive and its prediction 0: it is infinite.",
        pitfall="PyTorch and optax take ln ŷ, and PyTorch's mean divides by all entries: ask for batchmean.",
    ),
)
