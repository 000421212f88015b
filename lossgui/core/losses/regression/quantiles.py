"""The loss whose best guess is a quantile."""

from __future__ import annotations

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.loss import Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses.regression._errors import ENCODINGS, Branched, averaged, single
from lossgui.core.losses.regression._sklearn import METRIC_NEEDS, loss_call, metric_call
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import SKLEARN, TEXTBOOK
from lossgui.core.stages import Map
from lossgui.core.table import Array
from lossgui.core.where import where


def tilted(quantile: float) -> Map:
    """Return the stage q (y - p) above the prediction and (1 - q) (p - y) below it."""

    def value(p: Array, y: Array) -> Array:
        q, rest = p.dtype.type(quantile), p.dtype.type(1 - quantile)
        result: Array = where(y >= p, q * (y - p), rest * (p - y))
        return result

    def slope(p: Array, y: Array) -> Array:
        result: Array = where(y >= p, p.dtype.type(-quantile), p.dtype.type(1 - quantile))
        return result

    above, below = (text.inputs([share])[0] for share in (quantile, 1 - quantile))
    return Branched(
        name="terms",
        reads=("predictions", "labels"),
        writes="terms",
        function=value,
        derivatives=(slope, None),
        near=lambda p, y: y >= p,
        formula=r"\max(q (y_k - \hat y_k), (q - 1)(y_k - \hat y_k))",
        words="A label above the prediction costs q times how far, one below it 1 − q times.",
        entry=lambda p, y: f"{above}({y} − {text.signed(p)})",
        beyond=lambda p, y: f"{below}({p} − {text.signed(y)})",
        chip=f"q = {above}",
    )


def pinball(quantile: float = 0.5) -> Chain:
    """Return the mean of the tilted errors of a sample."""
    return averaged(tilted(quantile))


def metric_pinball(alpha: float = 0.5) -> Chain:
    """Return the mean of the tilted errors of a sample, for numbers that scikit-learn takes."""
    return averaged(tilted(alpha), needs=METRIC_NEEDS)


def single_pinball(quantile: float = 0.5) -> Chain:
    """Return the tilted errors of single entries."""
    return single(tilted(quantile))


QUANTILE = Parameter(
    "quantile", "quantile q", 0.5, "The share of labels that are to lie below the prediction."
)
ALPHA = Parameter("alpha", "quantile α", 0.5, QUANTILE.words)

PINBALL = Loss(
    name="pinball",
    title="Quantile (pinball)",
    family="regression",
    latex=r"\frac{1}{K}\sum_k \max(q (y_k - \hat y_k), (q - 1)(y_k - \hat y_k))",
    plain="¹⁄K Σ max(q(y − ŷ), (q − 1)(y − ŷ))",
    words="An error upwards costs q times its size, one downwards 1 − q times: the best guess is a quantile.",
    forms={
        TEXTBOOK: Form(pinball, (QUANTILE,)),
        SKLEARN: Form(
            metric_pinball,
            (ALPHA,),
            called=("sklearn.metrics.mean_pinball_loss", "sklearn._loss.PinballLoss"),
            calls=(
                metric_call("mean_pinball_loss", also=(checks.within("alpha", 0, 1),)),
                loss_call("PinballLoss", single_pinball, (checks.within("quantile", 0, 1, ends=False),)),
            ),
        ),
    },
    encodings=ENCODINGS,
    reference="https://scikit-learn.org/stable/modules/model_evaluation.html#pinball-loss",
    gradient=r"\frac{1}{K}\left([\hat y_k > y_k] - q\right)",
    domain="Labels and predictions are any numbers; q lies between 0 and 1.",
    range="0 or more; 0 only where every prediction is its label.",
    use="Take two of them, with q of 0.05 and 0.95, to predict a range that holds nine labels in ten.",
    avoid="Leave it to predict the mean: q of 0.5 leads to the median, and other q to neither.",
    pitfall="With q of 0.5 it is half the mean absolute error.",
)

LOSSES = (PINBALL,)
