"""Focal cross-entropies: what the model is already sure of counts less."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses._steps import clip
from lossgui.core.losses.probability import _exact_focal, _focal, _keras, _sigmoid, _softmax, _two_sided
from lossgui.core.losses.probability._labels import LABEL_SMOOTHING, over_last_axis, smooth, smooth_by_half
from lossgui.core.parameter import FROM_LOGITS, Parameter
from lossgui.core.profiles import EPSILON, KERAS_2, KERAS_3, OPTAX, TEXTBOOK, of_keras_2
from lossgui.core.shapes import broadcast
from lossgui.core.stages import LogSoftmax, Map, Normalise, Stage, SumClasses, mean_over_classes

GAMMA = Parameter("gamma", "γ", 2.0, "How much less what is sure already counts; 0 is cross-entropy.", 0, 10)
ALPHA = Parameter("alpha", "α", 0.25, "What every term is multiplied by, whatever γ.")
BALANCING = Parameter(
    "apply_class_balancing", "class balancing", False, "Whether α counts at all: without it, it does nothing."
)
BALANCE = replace(ALPHA, words="What an entry with label 1 counts for; one with label 0 counts for 1 − α.")
NO_ALPHA = replace(
    BALANCE,
    default=-1.0,
    low=-1,
    words="What an entry labelled 1 counts for; one labelled 0 for 1 − α. −1, as optax' None: both for 1.",
)


def _as_crossentropy(stage: Map) -> Map:
    return stage.but(name="cross-entropy", writes="crossentropy")


def exact_binary(gamma: float = 2.0, from_logits: bool = False) -> Chain:
    """Return the mean of (1 - p_t)^gamma times -ln p_t over the classes."""
    terms = _exact_focal.binary_terms_of_logits if from_logits else _exact_focal.binary_terms
    return Chain((terms(gamma), mean_over_classes()))


def exact_categorical(gamma: float = 2.0, from_logits: bool = False) -> Chain:
    """Return -sum y (1 - p)^gamma ln p."""
    if from_logits:
        return Chain((LogSoftmax(), _exact_focal.categorical_terms_of_logarithms(gamma), SumClasses()))
    return Chain((_exact_focal.categorical_terms(gamma), SumClasses()))


def keras_3_binary(
    apply_class_balancing: bool = False,
    alpha: float = 0.25,
    gamma: float = 2.0,
    from_logits: bool = False,
    label_smoothing: float = 0.0,
    axis: int = -1,
) -> Chain:
    """Return Keras 3's: the weight reads probabilities as they are, the logarithms clipped ones."""
    logs = _two_sided.plain_terms()
    return _keras_binary(logs, apply_class_balancing, alpha, gamma, from_logits, label_smoothing)


def keras_2_binary(
    apply_class_balancing: bool = False,
    alpha: float = 0.25,
    gamma: float = 2.0,
    from_logits: bool = False,
    label_smoothing: float = 0.0,
    axis: int = -1,
) -> Chain:
    """Return Keras 2's, with 1e-7 inside the logarithms."""
    logs = _two_sided.plain_terms(EPSILON)
    return _keras_binary(logs, apply_class_balancing, alpha, gamma, from_logits, label_smoothing)


def _keras_binary(
    logs: Map, balanced: bool, alpha: float, gamma: float, from_logits: bool, smoothing: float
) -> Chain:
    steps: tuple[Stage, ...] = (_focal.likely(), _focal.focus(gamma), clip(), _as_crossentropy(logs))
    if from_logits:
        loss = _as_crossentropy(_sigmoid.tensorflow_terms())
        steps = (_focal.sigmoid(), _focal.likely("p"), _focal.focus(gamma), loss)
    ends = (_focal.focused(), *((_focal.balance(alpha),) if balanced else ()), mean_over_classes())
    return Chain((*smooth_by_half(smoothing), *steps, *ends))


def keras_categorical(
    alpha: _focal.Balance = 0.25,
    gamma: float = 2.0,
    from_logits: bool = False,
    label_smoothing: float = 0.0,
    axis: int = -1,
    parts: int | None = None,
) -> Chain:
    """Return Keras': normalised, clipped, focused, and multiplied by alpha whatever gamma is.

    Parameters
    ----------
    parts
        Among how many classes the labels are smoothed, where those are not all.
    """
    start = (_softmax.FrameworkSoftmax(),) if from_logits else ()
    steps = Normalise(), clip(), _focal.focus(gamma, "predictions"), _as_crossentropy(_keras.log_terms())
    return Chain((*smooth(label_smoothing, parts), *start, *steps, _focal.focused(alpha), SumClasses()))


def keras_3_categorical(
    alpha: _focal.Balance | list[float] = 0.25,
    gamma: float = 2.0,
    from_logits: bool = False,
    label_smoothing: float = 0.0,
    axis: int = -1,
    parts: int | None = None,
) -> Chain:
    """Return Keras 3's, in which a list of alphas is one of float32."""
    known = np.asarray(alpha, np.float32) if isinstance(alpha, list) else alpha
    return keras_categorical(known, gamma, from_logits, label_smoothing, axis, parts)


def optax(alpha: float | None = None, gamma: float = 2.0) -> Chain:
    """Return what optax.sigmoid_focal_loss does."""
    loss = _as_crossentropy(_sigmoid.optax_terms())
    ends = () if alpha is None else (_focal.balance(alpha),)
    steps = _focal.log_rest(), _focal.log_focus(gamma), loss, _focal.focused()
    return Chain((*steps, *ends, SumClasses()), elementwise=True)


def optax_shown(alpha: float, gamma: float) -> Chain:
    """Return the same where no weight is negative."""
    return optax(None if alpha < 0 else alpha, gamma)


BINARY_PARAMETERS = (GAMMA, BALANCING, BALANCE, FROM_LOGITS, LABEL_SMOOTHING)
BINARY = ("keras.losses.BinaryFocalCrossentropy", "keras.losses.binary_focal_crossentropy")
BINARY_CALL = Call(("binary_focal_crossentropy",), checks=(checks.an_axis,))
CATEGORICAL_PARAMETERS = (GAMMA, ALPHA, FROM_LOGITS, LABEL_SMOOTHING)
CATEGORICAL = ("keras.losses.CategoricalFocalCrossentropy", "keras.losses.categorical_focal_crossentropy")
CATEGORICAL_CALL = Call(("categorical_focal_crossentropy",), checks=(checks.an_axis,), about=over_last_axis)

LOSSES = (
    Loss(
        name="categorical_focal_crossentropy",
        title="Categorical focal cross-entropy",
        family="probability",
        latex=r"-\sum_k y_k (1 - \hat y_k)^\gamma \ln \hat y_k",
        plain="−Σ y (1 − ŷ)^γ ln ŷ",
        words="Cross-entropy in which samples that are already right with certainty hardly count.",
        forms={
            TEXTBOOK: Form(exact_categorical, (GAMMA, FROM_LOGITS)),
            KERAS_3: Form(
                keras_categorical,
                CATEGORICAL_PARAMETERS,
                CATEGORICAL,
                (replace(CATEGORICAL_CALL, chain=keras_3_categorical),),
            ),
            KERAS_2: Form(
                keras_categorical, CATEGORICAL_PARAMETERS, of_keras_2(CATEGORICAL), (CATEGORICAL_CALL,)
            ),
        },
        encodings=("one-hot", "soft", "binary"),
        kinds=("probabilities",),
        reference="keras.losses.CategoricalFocalCrossentropy; Lin et al., 2017, arXiv:1708.02002",
        gradient=r"y_k \left(\gamma (1 - \hat y_k)^{\gamma - 1} \ln \hat y_k "
        r"- \frac{(1 - \hat y_k)^\gamma}{\hat y_k}\right)",
        domain="Labels from 0 to 1 that add up to 1 in each row; probabilities that do, or any logits.",
        range="From 0, a certain and right prediction, to ∞; never above cross-entropy without α.",
        use="A few classes, or a few hard samples, drown in many easy ones.",
        avoid="Labels are wrong at times: it dwells on the very samples that are mislabelled.",
        pitfall="Keras multiplies by α = 0.25 always, so that γ = 0 gives a quarter of cross-entropy.",
    ),
    Loss(
        name="binary_focal_crossentropy",
        title="Binary focal cross-entropy",
        family="probability",
        latex=r"-\frac{1}{K}\sum_k \left(y_k (1 - \hat y_k)^\gamma \ln \hat y_k "
        r"+ (1 - y_k)\, \hat y_k^\gamma \ln(1 - \hat y_k)\right)",
        plain="−¹⁄K Σ (y (1 − ŷ)^γ ln ŷ + (1 − y) ŷ^γ ln(1 − ŷ))",
        words="Binary cross-entropy in which what is already right with certainty hardly counts.",
        forms={
            TEXTBOOK: Form(exact_binary, (GAMMA, FROM_LOGITS), encodings=("binary", "one-hot")),
            KERAS_3: Form(keras_3_binary, BINARY_PARAMETERS, BINARY, (BINARY_CALL,)),
            KERAS_2: Form(
                keras_2_binary,
                BINARY_PARAMETERS,
                of_keras_2(BINARY),
                (replace(BINARY_CALL, fit=broadcast),),
            ),
            OPTAX: Form(
                optax_shown,
                (GAMMA, NO_ALPHA),
                ("optax.losses.sigmoid_focal_loss",),
                (Call(("sigmoid_focal_loss",), optax, fit=broadcast),),
                kinds=("logits",),
            ),
        },
        encodings=("binary", "one-hot", "soft"),
        kinds=("probabilities",),
        reference="keras.losses.BinaryFocalCrossentropy; Lin et al., 2017, arXiv:1708.02002",
        gradient=r"\frac{2 y_k - 1}{K}\left(\gamma (1 - p_t)^{\gamma - 1} \ln p_t "
        r"- \frac{(1 - p_t)^\gamma}{p_t}\right),\quad p_t = y_k \hat y_k + (1 - y_k)(1 - \hat y_k)",
        domain="Labels 0 and 1, each class by itself; probabilities from 0 to 1, or any logits.",
        range="From 0, certain and right everywhere, to ∞; never above binary cross-entropy.",
        use="Most entries are easy noes, as in detection, and would drown the few that matter.",
        avoid="Probabilities must be true to frequencies: focus pulls them towards one half.",
        pitfall="Keras' α does nothing without class balancing, and with it 0.25 makes positives count less.",
    ),
)
