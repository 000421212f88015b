"""Cosine distance: one less the cosine."""

from __future__ import annotations

from dataclasses import replace

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses.checks import float_labels, float_predictions, same_shape
from lossgui.core.losses.similarity._steps import PLAIN, from_one, square_at_least
from lossgui.core.losses.similarity.cosine import EPSILON, similar
from lossgui.core.profiles import OPTAX, TENSORFLOW, TEXTBOOK
from lossgui.core.reductions import V1
from lossgui.core.stages import Axes, Map, SumAlong, SumClasses


def _from_one(chain: Chain) -> Chain:
    return replace(chain, stages=(*chain.stages, from_one()), besides=1.0)


def textbook() -> Chain:
    """Return one less the cosine of the angle."""
    return _from_one(similar(PLAIN))


def optax(epsilon: float = 0.0, axis: Axes = -1) -> Chain:
    """Return optax': a squared length below `epsilon` counts as that."""
    return _from_one(similar(square_at_least(epsilon), axis))


def v1(axis: int = -1) -> Chain:
    """Return that of TensorFlow 1, which takes for granted that rows have length one."""
    terms = Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=lambda y, p: -p * y,
        derivatives=(None, lambda y, p: -y),
        formula=r"-y_k \hat y_k",
        words="Minus the products, entry by entry: TensorFlow leaves it to you to make rows of length one.",
        chip="any length",
        entry=lambda y, p: f"{y} · {p}",
        frame="−({})",
    )
    return _from_one(Chain((terms, SumClasses(chip=""))))


def v1_along(axis: int = -1) -> Chain:
    """Return the same along an axis, which is kept with a size of 1."""
    products, _, less = v1().stages
    return Chain((products, SumAlong(axis=axis, keeps=True), less), terms=None)


LOSSES = (
    Loss(
        name="cosine_distance",
        title="Cosine distance",
        family="similarity",
        latex=r"1 - \sum_k \frac{y_k}{\|y\|} \frac{\hat y_k}{\|\hat y\|}",
        plain="1 − Σ y ŷ / (‖y‖ ‖ŷ‖)",
        words="One less the cosine of the angle: 0 for the same direction, 2 for the opposite.",
        forms={
            TEXTBOOK: Form(textbook),
            TENSORFLOW: Form(
                v1,
                called=("tf.compat.v1.losses.cosine_distance",),
                calls=(
                    Call(
                        ("v1_cosine_distance",),
                        v1_along,
                        as_given=True,
                        reductions=V1,
                        checks=(same_shape,),
                        computes_in="float32",
                        returns="float32",
                    ),
                ),
            ),
            OPTAX: Form(
                optax,
                (EPSILON,),
                called=("optax.losses.cosine_distance",),
                calls=(Call(("cosine_distance",), as_given=True, checks=(float_predictions, float_labels)),),
            ),
        },
        reference="optax.losses.cosine_distance",
        gradient=r"-\frac{1}{\|\hat y\|}\left(\frac{y_k}{\|y\|} "
        r"- \cos \cdot \frac{\hat y_k}{\|\hat y\|}\right)",
        domain="Labels and predictions: any numbers, but not all of a row 0.",
        range="0 to 2; TensorFlow's any number.",
        use="Where a cosine is wanted that costs nothing for the same direction.",
        avoid="Where the size of a prediction means something: twice the vector costs the same.",
        pitfall="TensorFlow does not make vectors of length one: [3, 4] against [4, 3] is −23.",
    ),
)
