"""The margin of the true class over each of the others."""

from __future__ import annotations

from dataclasses import replace

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.given import Given
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses.margin._scores import BehindOwn, OwnScore
from lossgui.core.losses.margin._steps import above_zero, above_zero_or_unknown
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import PYTORCH, TEXTBOOK
from lossgui.core.stages import Function, Map, SumClasses, mean_over_classes
from lossgui.core.table import Array
from lossgui.core.where import where

MARGIN = Parameter("margin", "margin", 1.0, "How far the true class is to be ahead of every other.", 0, 10)
POWER = Parameter("p", "power", 1.0, "1 or 2: whether what is lacking is squared.", 1, 2, whole=True)


def _shortfalls(margin: float, p: float = 1, lacks: Function = above_zero) -> Map:
    """Return the stage of what the true class lacks to each other class.

    Parameters
    ----------
    lacks
        How far it is from being ahead -> whether that counts.
    """
    squared, added, power = p == 2, text.inputs([margin])[0], "²" if p == 2 else ""

    def value(y: Array, x: Array, own: Array) -> Array:
        short = margin - own + x
        short = where((y != 1) & lacks(short), short, 0)
        return short * short if squared else short

    def slope(y: Array, x: Array, own: Array) -> Array:
        short = margin - own + x
        steep = (y != 1) & (short > 0)
        return where(steep, 2 * short, 0) if squared else steep.astype(x.dtype)

    def entry(y: str, x: str, own: str) -> str:
        return "0" if float(y) else f"max(0, {added} − {text.signed(own)} + {text.signed(x)}){power}"

    return BehindOwn(
        name="terms",
        reads=("labels", "predictions", "own"),
        writes="terms",
        function=value,
        derivatives=(None, slope, lambda y, x, own: -slope(y, x, own)),
        formula=rf"\max(0, {margin:g} - \hat y_t + \hat y_j){'^2' if squared else ''}",
        words="What the true class lacks to be ahead of each other class by the margin.",
        chip="squared" if squared else "",
        entry=entry,
        level="far enough ahead",
    )


def _weigh(weights: str) -> Map:
    """Return the stage that multiplies all terms of a row by the weight of its true class."""

    def own(y: Array, weight: Array) -> Array:
        result: Array = (y * weight).sum(axis=-1, keepdims=True)
        return result

    return Map(
        name="weight of the true class",
        reads=("terms", "labels", weights),
        writes="terms",
        function=lambda terms, y, weight: terms * own(y, weight),
        derivatives=(lambda terms, y, weight: own(y, weight), None, None),
        formula=r"w_t \ell_j",
        words="All terms of a sample are multiplied by the weight of its true class.",
        chip="class weights",
    )


def _weighed(chain: Chain, weights: str = "class_weight") -> Chain:
    *before, mean = chain.stages
    return replace(chain, stages=(*before, _weigh(weights), mean))


def textbook(margin: float) -> Chain:
    """Return the hinge of Weston and Watkins: what is lacking to each other class, added up."""
    terms = _shortfalls(margin, lacks=above_zero_or_unknown)
    return Chain((OwnScore(column=True), terms, SumClasses()))


def torch(p: float = 1, margin: float = 1.0) -> Chain:
    """Return PyTorch's, which divides by the number of classes; NaN is taken for nothing lacking."""
    words = "The terms are divided by the number of classes, the true one counted too."
    mean = mean_over_classes().but(words=words)
    return Chain((OwnScore(column=True), _shortfalls(margin, p), mean))


def torch_weighed(p: float = 1, margin: float = 1.0) -> Chain:
    """Return PyTorch's with the weights of the true classes."""
    return _weighed(torch(p, margin), "weight")


def _one_or_two(given: Given) -> None:
    if given.parameters.get("p", 1) not in (1, 2):
        raise ValueError("p must be 1 or 2.")


def _rows(given: Given) -> None:
    if given.predictions.ndim > 2 or not given.predictions.shape[-1:]:
        raise ValueError("It takes scores of the shape (samples, classes) or (classes,).")


def _one_label_a_row(given: Given) -> None:
    if given.labels is not None and given.labels.shape != given.predictions.shape[:-1]:
        raise ValueError("It takes one class index for each row of scores.")


def _one_weight_a_class(given: Given) -> None:
    weight = given.others.get("weight")
    if weight is not None and weight.shape != given.predictions.shape[-1:]:
        raise ValueError("It takes one weight for each class.")


CHECKS = (_one_or_two, _rows, _one_label_a_row, _one_weight_a_class, checks.whole_labels, checks.classes())

LOSSES = (
    Loss(
        name="multi_margin",
        title="Multi-margin",
        family="margin",
        latex=r"\sum_{j \ne t} \max(0, m - \hat y_t + \hat y_j)",
        plain="Σ max(0, m − ŷₜ + ŷⱼ)",
        words="What the true class lacks to be ahead of each of the other classes by the margin, added up.",
        forms={
            TEXTBOOK: Form(textbook, (MARGIN,)),
            PYTORCH: Form(
                torch,
                (MARGIN, POWER),
                called=("torch.nn.functional.multi_margin_loss", "torch.nn.MultiMarginLoss"),
                calls=(
                    Call(("multi_margin_loss",), indexed=True, checks=CHECKS),
                    Call(
                        ("multi_margin_loss",), torch_weighed, indexed=True, checks=CHECKS, takes=("weight",)
                    ),
                ),
                encodings=("index",),
                weighed=_weighed,
            ),
        },
        encodings=("one-hot", "index"),
        reference="Weston and Watkins, Support Vector Machines for Multi-class Pattern Recognition, 1999",
        gradient=r"+1 \text{ at each class too near, minus their number at the true class}",
        domain="One true class a sample; scores: any number.",
        range="0 and above; 0 once the true class is ahead of all others by the margin.",
        use="For classifiers of several classes in which every other class is to be kept away.",
        avoid="With very many classes: most of the sum comes from classes that hardly matter.",
        pitfall="PyTorch divides by the number of classes, so its number is smaller than the formula's.",
    ),
)
