"""Cosine similarity: the cosine of the angle between label and prediction, with the sign that each has."""

from __future__ import annotations

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses.checks import float_labels, float_predictions
from lossgui.core.losses.similarity import _steps
from lossgui.core.losses.similarity._steps import Length, at_least, products, square_at_least, unit
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import KERAS_2, KERAS_3, OPTAX, PYTORCH, TEXTBOOK
from lossgui.core.shapes import at_one_rank, broadcast
from lossgui.core.stages import Axes, SumAlong, SumClasses, axes_of

EPS = Parameter("eps", "least length", 1e-8, "A shorter vector counts as one of this length.", 0, 1)
EPSILON = Parameter("epsilon", "least squared length", 0.0, "A smaller squared length counts as this.", 0, 1)


def similar(length: Length, axis: Axes = -1, sign: int = -1) -> Chain:
    """Return the sum of the products of two rows of length one, times a sign."""
    axis = axes_of(axis)
    rows = (unit(name, length, axis) for name in ("labels", "predictions"))
    added = SumClasses(chip="") if axis == -1 else SumAlong(axis=axis)
    return Chain((*rows, products(sign), added))


def textbook() -> Chain:
    """Return minus the cosine of the angle."""
    return similar(_steps.PLAIN)


def keras_3(axis: Axes = -1) -> Chain:
    """Return Keras 3's: a length below 1e-7 counts as 1e-7."""
    return similar(_steps.KERAS_3, axis)


def keras_2(axis: Axes = -1) -> Chain:
    """Return Keras 2's: a length below 1e-6 counts as 1e-6."""
    return similar(_steps.KERAS_2, axis)


def torch(eps: float = 1e-8, dim: int = -1) -> Chain:
    """Return PyTorch's: plus the cosine; a length below `eps` counts as `eps`."""
    return similar(at_least(eps), dim, sign=1)


def optax(epsilon: float = 0.0, axis: Axes = -1) -> Chain:
    """Return optax': plus the cosine; a squared length below `epsilon` counts as that."""
    return similar(square_at_least(epsilon), axis, sign=1)


LOSSES = (
    Loss(
        name="cosine_similarity",
        title="Cosine similarity",
        family="similarity",
        latex=r"-\sum_k \frac{y_k}{\|y\|} \frac{\hat y_k}{\|\hat y\|}",
        plain="−Σ y ŷ / (‖y‖ ‖ŷ‖)",
        words="Minus the cosine of the angle between both: −1 for the same direction, 1 for the opposite.",
        forms={
            TEXTBOOK: Form(textbook),
            KERAS_3: Form(
                keras_3,
                called=("keras.losses.CosineSimilarity", "keras.losses.cosine_similarity"),
                calls=(Call(("cosine_similarity",), as_given=True, fit=at_one_rank),),
            ),
            KERAS_2: Form(
                keras_2,
                called=("tf_keras.losses.CosineSimilarity", "tf_keras.losses.cosine_similarity"),
                calls=(Call(("cosine_similarity",), as_given=True),),
            ),
            PYTORCH: Form(
                torch,
                (EPS,),
                called=("torch.nn.functional.cosine_similarity", "torch.nn.CosineSimilarity"),
                calls=(Call(("cosine_similarity",), as_given=True, fit=broadcast),),
            ),
            OPTAX: Form(
                optax,
                (EPSILON,),
                called=("optax.losses.cosine_similarity",),
                calls=(
                    Call(("cosine_similarity",), as_given=True, checks=(float_predictions, float_labels)),
                ),
            ),
        },
        reference="keras.losses.CosineSimilarity",
        gradient=r"-\frac{1}{\|\hat y\|}\left(\frac{y_k}{\|y\|} "
        r"- \cos \cdot \frac{\hat y_k}{\|\hat y\|}\right)",
        domain="Labels and predictions: any numbers, but not all of a row 0.",
        range="−1 to 1.",
        use="Where the direction counts and the length does not: embeddings, sentences, features.",
        avoid="Where the size of a prediction means something: twice the vector costs the same.",
        pitfall="Keras returns minus the cosine, PyTorch and optax the cosine itself: less is better here, "
        "more there.",
    ),
)
