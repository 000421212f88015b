"""Deviances of the Tweedie family: of counts, of positive sizes, and of what lies between."""

from __future__ import annotations

import numpy as np

from lossgui.core import needs, text
from lossgui.core.chain import Chain
from lossgui.core.loss import Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses.regression._errors import averaged, single, terms
from lossgui.core.losses.regression._sklearn import METRIC_NEEDS, loss_call, metric_call
from lossgui.core.losses.regression.counts import of_log_rates
from lossgui.core.needs import Need
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import SKLEARN, TEXTBOOK
from lossgui.core.stages import Map
from lossgui.core.table import Array
from lossgui.core.where import where

NO_SUCH_POWER = needs.never("There is no Tweedie distribution with a power between 0 and 1")


def _xlogy(x: Array, y: Array) -> Array:
    return where(x == 0, 0 * x, x * np.log(where(x == 0, 1, y)))


def _deviance(p: Array, y: Array, power: float) -> Array:
    """Return the deviance as scikit-learn writes it for each power."""
    one, two = 1 - power, 2 - power
    if power == 0:
        result: Array = np.square(y - p)
        return result
    if power == 1:
        return 2 * (_xlogy(y, y / p) - y + p)
    if power == 2:
        return 2 * (np.log(p / y) + y / p - 1)
    base = where(y > 0, y, 0 * y) if power < 0 else y
    return 2 * (base**two / (one * two) - y * p**one / one + p**two / two)


WRITTEN: dict[float, tuple[str, str]] = {
    0: (r"(\hat y_k - y_k)^2", "({p} − {y})²"),
    1: (r"2 (y_k \ln(y_k / \hat y_k) - y_k + \hat y_k)", "2({y} ln({y} / {p}) − {y} + {p})"),
    2: (r"2 (\ln(\hat y_k / y_k) + y_k / \hat y_k - 1)", "2(ln({p} / {y}) + {y} / {p} − 1)"),
}
GENERAL = (
    r"2 \left(\frac{y_k^{2 - p}}{(1 - p)(2 - p)} - \frac{y_k \hat y_k^{1 - p}}{1 - p}"
    r" + \frac{\hat y_k^{2 - p}}{2 - p}\right)"
)


def deviances(power: float) -> Map:
    """Return the stage of deviances of single entries."""
    formula, entry = WRITTEN.get(power, (GENERAL, ""))
    return terms(
        lambda p, y: _deviance(p, y, power),
        lambda p, y: 2 * (p - y) * p ** p.dtype.type(-power) if power else 2 * (p - y),
        formula,
        "How much less likely the label is under the prediction than under itself, twice its logarithm.",
        entry,
        chip=f"power {text.inputs([power])[0]}",
    )


def domain(power: float) -> tuple[Need, ...]:
    """Return what the deviance of a power needs."""
    if 0 < power < 1:
        return (NO_SUCH_POWER,)
    if power == 0:
        return ()
    if power < 0:
        return (needs.POSITIVE,)
    return (needs.LABELS_NOT_NEGATIVE if power < 2 else needs.LABELS_POSITIVE, needs.POSITIVE)


def tweedie(power: float = 0.0) -> Chain:
    """Return the mean of the deviances of a sample."""
    return averaged(deviances(power), needs=domain(power))


def tweedie_metric(power: float = 0.0) -> Chain:
    """Return the same for numbers that scikit-learn takes."""
    return averaged(deviances(power), needs=(*METRIC_NEEDS, *domain(power)))


# From the logarithm of the mean, without what depends on labels alone


def gamma_terms() -> Map:
    """Return the stage x + y e^-x."""
    return terms(
        lambda x, y: x + y * np.exp(-x),
        lambda x, y: 1 - y * np.exp(-x),
        r"x_k + y_k e^{-x_k}",
        "The prediction is the logarithm of the mean: it is added to the label over that mean.",
        lambda x, y: f"({x} + {y} exp(−{text.signed(x)}))",
        chip="e⁻ˣ",
    )


def half_terms(power: float) -> Map:
    """Return the stage of half the deviance, as scikit-learn writes it for each power."""
    if power == 0:
        return terms(
            lambda x, y: x.dtype.type(0.5) * (np.exp(x) - y) * (np.exp(x) - y),
            lambda x, y: np.exp(x) * (np.exp(x) - y),
            r"\tfrac12 (e^{x_k} - y_k)^2",
            "Half the squared error of the mean, of which the prediction is the logarithm.",
            "½(exp({p}) − {y})²",
            chip="eˣ",
        )
    if power in (1, 2):
        return of_log_rates() if power == 1 else gamma_terms()

    def powers(x: Array, y: Array) -> tuple[Array, Array]:
        one, two = x.dtype.type(1 - power), x.dtype.type(2 - power)
        return y * np.exp(one * x), np.exp(two * x)

    def value(x: Array, y: Array) -> Array:
        low, high = powers(x, y)
        result: Array = high / x.dtype.type(2 - power) - low / x.dtype.type(1 - power)
        return result

    one, two = text.inputs([1 - power, 2 - power])
    return terms(
        value,
        lambda x, y: powers(x, y)[1] - powers(x, y)[0],
        r"\frac{e^{(2 - p) x_k}}{2 - p} - \frac{y_k e^{(1 - p) x_k}}{1 - p}",
        "Half the deviance of the mean, of which the prediction is the logarithm.",
        lambda x, y: (
            f"(exp({two} · {text.signed(x)}) / {text.signed(two)}"
            f" − {y} exp({one} · {text.signed(x)}) / {text.signed(one)})"
        ),
        chip=f"power {text.inputs([power])[0]}",
    )


def _of_labels(power: float) -> tuple[Need, ...]:
    return () if power <= 0 else (needs.LABELS_NOT_NEGATIVE if power < 2 else needs.LABELS_POSITIVE,)


def half_tweedie(power: float = 1.5) -> Chain:
    """Return the mean of half the deviances of a sample, from logarithms of means."""
    return averaged(half_terms(power), needs=_of_labels(power))


def half_tweedie_sklearn(power: float = 1.5) -> Chain:
    """Return half the deviances of single entries, from logarithms of means."""
    return single(half_terms(power), needs=_of_labels(power))


def half_gamma() -> Chain:
    """Return the mean of half the gamma deviances of a sample, from logarithms of means."""
    return averaged(gamma_terms(), needs=(needs.LABELS_POSITIVE,))


def half_gamma_sklearn() -> Chain:
    """Return half the gamma deviances of single entries, from logarithms of means."""
    return single(gamma_terms(), needs=(needs.LABELS_POSITIVE,))


POWER = Parameter(
    "power",
    "power p",
    0.0,
    "How the noise grows with the mean: 0 not at all, 1 as of counts, 2 as of sizes, 3 faster still.",
    -3,
    3,
)
LINKED_POWER = Parameter("power", "power p", 1.5, POWER.words, 0, 3)

TWEEDIE = Loss(
    name="tweedie_deviance",
    title="Tweedie deviance",
    family="regression",
    latex=GENERAL.replace(r"2 \left(", r"\frac{2}{K} \sum_k \left("),
    plain="²⁄K Σ (y²⁻ᵖ / ((1 − p)(2 − p)) − y ŷ¹⁻ᵖ / (1 − p) + ŷ²⁻ᵖ / (2 − p))",
    words="One family: the squared error with power 0, the deviance of counts with 1, of sizes with 2.",
    forms={
        TEXTBOOK: Form(tweedie, (POWER,)),
        SKLEARN: Form(
            tweedie_metric,
            (POWER,),
            called=(
                "sklearn.metrics.mean_tweedie_deviance",
                "sklearn.metrics.mean_poisson_deviance",
                "sklearn.metrics.mean_gamma_deviance",
            ),
            calls=(
                metric_call("mean_tweedie_deviance", reductions=None, also=(checks.one_output,)),
                metric_call(
                    "mean_poisson_deviance", lambda: tweedie_metric(1), None, also=(checks.one_output,)
                ),
                metric_call(
                    "mean_gamma_deviance", lambda: tweedie_metric(2), None, also=(checks.one_output,)
                ),
            ),
        ),
    },
    encodings=("real", "soft"),
    reference="https://scikit-learn.org/stable/modules/model_evaluation.html#mean-tweedie-deviance",
    gradient=r"\frac{2}{K} \frac{\hat y_k - y_k}{\hat y_k^p}",
    domain="From power 1 on labels are 0 or more and predictions above 0; from 2 on labels are above 0 too.",
    range="0 or more; 0 only where every prediction is its label.",
    use="Take it with a power between 1 and 2 for sums that are often 0, such as a year's claims.",
    avoid="Leave it for labels that may be negative, but with power 0, where it is the squared error.",
    pitfall="There is no such distribution for a power between 0 and 1.",
)

GAMMA = Loss(
    name="half_gamma",
    title="Gamma, from the log of the mean",
    family="regression",
    latex=r"\frac{1}{K} \sum_k (x_k + y_k e^{-x_k})",
    plain="¹⁄K Σ (x + y e⁻ˣ)",
    words="Half the gamma deviance but for a constant, where x is the log of the mean: errors are ratios.",
    forms={
        TEXTBOOK: Form(half_gamma),
        SKLEARN: Form(
            half_gamma_sklearn, called=("sklearn._loss.HalfGammaLoss",), calls=(loss_call("HalfGammaLoss"),)
        ),
    },
    encodings=("real", "soft"),
    reference="McCullagh and Nelder, Generalized Linear Models, 1989, chapter 8",
    gradient=r"\frac{1}{K} (1 - y_k e^{-x_k})",
    domain="Labels are above 0; predictions, logarithms of means, are any numbers.",
    range="1 + ln y or more, which is negative for small labels.",
    use="Take it for positive sizes whose scatter is a share of their mean, such as costs of claims.",
    avoid="Leave it where labels may be 0: such a label pulls the prediction to minus infinity.",
    pitfall="Predictions are logarithms: a prediction of 3 stands for a mean of 20.",
)

HALF_TWEEDIE = Loss(
    name="half_tweedie",
    title="Tweedie, from the log of the mean",
    family="regression",
    latex=r"\frac{1}{K} \sum_k \left(\frac{e^{(2 - p) x_k}}{2 - p}"
    r" - \frac{y_k e^{(1 - p) x_k}}{1 - p}\right)",
    plain="¹⁄K Σ (e⁽²⁻ᵖ⁾ˣ / (2 − p) − y e⁽¹⁻ᵖ⁾ˣ / (1 − p))",
    words="Half the Tweedie deviance but for a constant, where x is the logarithm of the mean.",
    forms={
        TEXTBOOK: Form(half_tweedie, (LINKED_POWER,)),
        SKLEARN: Form(
            half_tweedie_sklearn,
            (LINKED_POWER,),
            called=("sklearn._loss.HalfTweedieLoss",),
            calls=(loss_call("HalfTweedieLoss"),),
        ),
    },
    encodings=("real", "soft"),
    reference="Jørgensen, The Theory of Dispersion Models, 1997",
    gradient=r"\frac{1}{K} \left(e^{(2 - p) x_k} - y_k e^{(1 - p) x_k}\right)",
    domain="Labels are 0 or more with a power from 1 on, above 0 from 2 on; predictions are any numbers.",
    range="Any number.",
    use="Take it to fit sums that are often 0: the logarithm keeps the mean above 0.",
    avoid="Leave it to compare powers: the constants that are left out differ from one to the next.",
    pitfall="Predictions are logarithms: a prediction of 3 stands for a mean of 20.",
)

LOSSES = (TWEEDIE, GAMMA, HALF_TWEEDIE)
