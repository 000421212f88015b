"""The negative logarithm of the normal distribution."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.given import Given
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses.regression._errors import ENCODINGS, Known, averaged, single
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import PYTORCH, TEXTBOOK
from lossgui.core.shapes import broadcast
from lossgui.core.stages import Map, Stage
from lossgui.core.table import Array


def terms() -> Map:
    """Return the stage of half the logarithm of the variance and half the squared error over it."""

    def value(p: Array, y: Array, v: Array) -> Array:
        result: Array = v.dtype.type(0.5) * (np.log(v) + np.square(p - y) / v)
        return result

    return Map(
        name="terms",
        reads=("predictions", "labels", "variance"),
        writes="terms",
        function=value,
        derivatives=(lambda p, y, v: (p - y) / v, None, None),
        formula=r"\tfrac12 \left(\ln v_k + \frac{(\hat y_k - y_k)^2}{v_k}\right)",
        words="The squared error over the variance, and what a wide distribution costs: ln v.",
        entry=lambda p, y, v: f"½(ln {v} + ({p} − {text.signed(y)})² / {v})",
    )


def constant() -> Map:
    """Return the stage that adds half the logarithm of 2π."""
    added = math.log(2 * math.pi) / 2
    return Map(
        name="constant",
        reads=("terms",),
        writes="terms",
        function=lambda term: term + term.dtype.type(added),
        derivatives=(np.ones_like,),
        formula=r"\ell_k + \tfrac12 \ln(2\pi)",
        words="The constant of the normal distribution is added; no prediction changes it.",
        chip="+ ½ ln 2π",
    )


def bounded(eps: float) -> Map:
    """Return the stage that raises variances to a bound."""
    return Map(
        name="variance",
        reads=("var",),
        writes="variance",
        function=lambda v: np.maximum(v, v.dtype.type(eps)),
        derivatives=(None,),
        formula=r"\max(v_k, \varepsilon)",
        words="A variance below ε is taken as ε; PyTorch's derivative by it takes no notice of that.",
        chip=f"v ≥ {text.inputs([eps])[0]}",
    )


def given(var: float) -> Map:
    """Return the stage that takes the same variance everywhere."""
    return Known(
        name="the same variance",
        reads=("predictions",),
        writes="var",
        function=lambda p: np.full_like(p, var),
        derivatives=(None,),
        formula="v_k = v",
        words="All predictions have the same variance here.",
        chip=f"v = {text.inputs([var])[0]}",
    )


def exact(var: float = 1.0) -> Chain:
    """Return the mean of a sample's losses for one variance, without the constant."""
    return averaged(given(var).but(writes="variance"), terms())


def torch(full: bool = False, eps: float = 1e-6) -> Chain:
    """Return PyTorch's losses of single entries, each with a variance of its own."""
    more: tuple[Stage, ...] = (constant(),) if full else ()
    return single(bounded(eps), terms(), *more)


def torch_of_one(var: float = 1.0, full: bool = False, eps: float = 1e-6) -> Chain:
    """Return PyTorch's losses of single entries, with the same variance for all."""
    return torch(full, eps).after(given(var))


def not_negative(given: Given) -> None:
    """Refuse variances below 0."""
    if (given.others.get("var", np.zeros(0)) < 0).any():
        raise ValueError("A variance is 0 or more; some are below.")


def with_variances(given: Given) -> Given:
    """Return what is given with a variance for each prediction, as PyTorch lets it be left out.

    Raises
    ------
    ValueError
        If there are not as many as predictions, nor one for each row, nor one for all.
    """
    var, shape = given.others["var"].astype(given.predictions.dtype), given.predictions.shape
    if var.shape == shape[:-1] and len(shape):
        var = var[..., None]
    as_long = var.ndim == len(shape)
    differing = [ours for ours, theirs in zip(var.shape, shape, strict=False) if ours != theirs]
    if var.ndim and var.shape != shape and not (as_long and differing == [1]):
        raise ValueError(f"Variances of the shape {var.shape} do not fit predictions of the shape {shape}.")
    whole = broadcast(given)
    fitting = np.broadcast_to(np.broadcast_to(var, shape), whole.predictions.shape)
    return replace(whole, others={**given.others, "var": fitting})


VAR = Parameter("var", "variance v", 1.0, "The variance of all predictions.", 0.01, 100)
FULL = Parameter("full", "with ½ ln 2π", False, "Whether the constant of the distribution is added.")
EPS = Parameter("eps", "ε", 1e-6, "The least variance.", 0, 1)

GAUSSIAN = Loss(
    name="gaussian_nll",
    title="Gaussian negative log-likelihood",
    family="regression",
    latex=r"\frac{1}{2K}\sum_k \left(\ln v_k + \frac{(\hat y_k - y_k)^2}{v_k}\right)",
    plain="¹⁄2K Σ (ln v + (ŷ − y)² / v)",
    words="The squared error in units of a variance, which itself costs its logarithm.",
    forms={
        TEXTBOOK: Form(exact, (VAR,)),
        PYTORCH: Form(
            torch_of_one,
            (VAR, FULL, EPS),
            called=("torch.nn.functional.gaussian_nll_loss", "torch.nn.GaussianNLLLoss"),
            calls=(
                Call(
                    ("gaussian_nll_loss",),
                    torch,
                    takes=("var",),
                    checks=(not_negative,),
                    fit=with_variances,
                ),
            ),
        ),
    },
    encodings=ENCODINGS,
    reference="Nix and Weigend, Estimating the mean and variance of the target distribution, ICNN 1994",
    gradient=r"\frac{1}{K} \frac{\hat y_k - y_k}{v_k}",
    domain="Labels and predictions are any numbers, variances above 0.",
    range="Any number: below 0 where a small variance is right.",
    use="Take it where a model predicts how uncertain it is besides what it expects.",
    avoid="Leave it where the variance is the same for all: it is then the squared error, but for factors.",
    pitfall="A model may make its variance large instead of its error small; here one holds for all.",
)

LOSSES = (GAUSSIAN,)
