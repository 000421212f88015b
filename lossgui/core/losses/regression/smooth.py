"""Kin of Huber's loss: divided by where it bends, and without a seam."""

from __future__ import annotations

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses.regression import _bent
from lossgui.core.losses.regression._errors import ENCODINGS, averaged, of_error, single
from lossgui.core.losses.regression.distances import sign_or_0
from lossgui.core.losses.regression.huber import DELTA
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import PYTORCH, SCIPY, TEXTBOOK
from lossgui.core.shapes import broadcast
from lossgui.core.stages import Map
from lossgui.core.table import Array
from lossgui.core.where import where

# Smooth L1


def smooth(beta: float) -> Map:
    """Return the stage of PyTorch's smooth L1: Huber's terms over β; with β of 0, absolute errors."""

    def value(e: Array, b: Array) -> Array:
        half, size = e.dtype.type(0.5), np.abs(e)
        result: Array = where(size < b, half * e * e / b, size - half * b)
        return result

    def slope(e: Array, b: Array) -> Array:
        return np.clip(e / b, -1, 1) if beta else sign_or_0(e)

    b, twice, half = (text.inputs([number])[0] for number in (beta, 2 * beta, beta / 2))
    return _bent.huber(value, slope, beta).but(
        formula=r"\begin{cases} e^2 / (2\beta) & |e| < \beta \\ |e| - \tfrac12 \beta & |e| \ge \beta"
        r" \end{cases},\quad e = \hat y_k - y_k",
        words="The squared error over 2β below a size of β, and the size of the error less β/2 beyond.",
        near=lambda p, y: np.abs(p - y) < beta,
        entry=lambda p, y: f"({p} − {text.signed(y)})² / {twice}",
        beyond=lambda p, y: f"(|{p} − {text.signed(y)}| − {half})",
        chip=f"β = {b}",
    )


def smooth_l1(beta: float = 1.0) -> Chain:
    """Return the mean of smooth L1 of a sample."""
    return averaged(smooth(beta))


def smooth_l1_torch(beta: float = 1.0) -> Chain:
    """Return smooth L1 of single entries."""
    return single(smooth(beta))


# Pseudo-Huber


def rounded(delta: float) -> Map:
    """Return the stage of pseudo-Huber: no digit is lost where the error is small."""

    def value(e: Array) -> Array:
        d = e.dtype.type(delta)
        ratio = e / d
        result: Array = d * d * np.expm1(e.dtype.type(0.5) * np.log1p(ratio * ratio))
        return result

    def slope(e: Array) -> Array:
        ratio = e / e.dtype.type(delta)
        result: Array = e / np.sqrt(1 + ratio * ratio)
        return result

    (d,), (squared,) = text.inputs([delta]), text.inputs([delta * delta])
    times = "" if delta == 1 else squared
    return of_error(
        value,
        slope,
        r"\delta^2 \left(\sqrt{1 + (\hat y_k - y_k)^2 / \delta^2} - 1\right)",
        "A parabola near 0 that bends into straight lines without a seam.",
        f"{times}(√(1 + (({{p}} − {{y}}) / {d})²) − 1)",
        chip=f"δ = {d}",
    )


def pseudo_huber(delta: float = 1.0) -> Chain:
    """Return the mean of pseudo-Huber of a sample."""
    return averaged(rounded(delta))


def pseudo_huber_scipy(delta: float) -> Chain:
    """Return SciPy's pseudo-Huber of single entries: infinite for a δ below 0, 0 for one of 0."""
    if delta > 0:
        return single(rounded(delta))
    flat = of_error(
        lambda e: np.full_like(e, np.inf if delta < 0 else 0),
        lambda e: 0 * e,
        r"\infty" if delta < 0 else "0",
        "A δ below 0 makes it infinite." if delta < 0 else "A δ of 0 makes it 0.",
    )
    return single(flat)


BETA = Parameter("beta", "β", 1.0, "The size of an error at which the parabola becomes a line.", 0, 100)

SMOOTH_L1 = Loss(
    name="smooth_l1",
    title="Smooth L1",
    family="regression",
    latex=r"\frac{1}{K}\sum_k \begin{cases} e_k^2 / (2\beta) & |e_k| < \beta \\"
    r" |e_k| - \tfrac12 \beta & |e_k| \ge \beta \end{cases}",
    plain="¹⁄K Σ (e² / 2β if |e| < β, else |e| − ½ β), e = ŷ − y",
    words="Huber's loss divided by its δ: whatever β is, its slope far from 0 is 1.",
    forms={
        TEXTBOOK: Form(smooth_l1, (BETA,)),
        PYTORCH: Form(
            smooth_l1_torch,
            (BETA,),
            called=("torch.nn.functional.smooth_l1_loss", "torch.nn.SmoothL1Loss"),
            calls=(Call(("smooth_l1_loss",), checks=(checks.not_below_0("beta"),), fit=broadcast),),
        ),
    },
    encodings=ENCODINGS,
    reference="Girshick, Fast R-CNN, ICCV 2015, eq. 3",
    gradient=r"\frac{1}{K} \min(\max((\hat y_k - y_k) / \beta, -1), 1)",
    domain="Labels and predictions are any numbers; β is 0 or more.",
    range="0 or more; 0 only where every prediction is its label.",
    use="Take it for the corners of boxes in object detection, where it is the custom.",
    avoid="Leave it to compare with Huber's loss of another framework: they agree only where β is 1.",
    pitfall="It is Huber's loss over β: for an error of 5 and β of 2 it is 4, and Huber's is 8.",
)

PSEUDO_HUBER = Loss(
    name="pseudo_huber",
    title="Pseudo-Huber",
    family="regression",
    latex=r"\frac{1}{K}\sum_k \delta^2 \left(\sqrt{1 + (\hat y_k - y_k)^2 / \delta^2} - 1\right)",
    plain="¹⁄K Σ δ²(√(1 + ((ŷ − y) / δ)²) − 1)",
    words="Huber's loss without its seam: all derivatives exist everywhere.",
    forms={
        TEXTBOOK: Form(pseudo_huber, (DELTA,)),
        SCIPY: Form(
            pseudo_huber_scipy,
            (DELTA,),
            called=("scipy.special.pseudo_huber",),
            calls=(Call(("pseudo_huber",), computes_in="float64", fit=broadcast),),
        ),
    },
    encodings=ENCODINGS,
    reference="https://docs.scipy.org/doc/scipy/reference/generated/scipy.special.pseudo_huber.html",
    gradient=r"\frac{1}{K} \frac{\hat y_k - y_k}{\sqrt{1 + (\hat y_k - y_k)^2 / \delta^2}}",
    domain="Labels and predictions are any numbers; δ is above 0.",
    range="0 or more; 0 only where every prediction is its label.",
    use="Take it instead of Huber's loss where a method asks for second derivatives.",
    avoid="Leave it where its value is compared with Huber's: it lies below it by up to half of δ².",
    pitfall="The factor δ² is left out in some books and programs.",
)

LOSSES = (SMOOTH_L1, PSEUDO_HUBER)
