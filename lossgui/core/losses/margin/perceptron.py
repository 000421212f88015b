"""The perceptron losses: hinges without a margin."""

from __future__ import annotations

import numpy as np

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses.checks import one_label_a_row
from lossgui.core.losses.margin._scores import LargestScore, OwnScore, difference
from lossgui.core.losses.margin._steps import lacking
from lossgui.core.profiles import OPTAX, TEXTBOOK
from lossgui.core.stages import SumClasses, mean_over_classes


def textbook() -> Chain:
    """Return the mean of what scores lack to have the signs of their labels."""
    return Chain((lacking(margin=0.0), mean_over_classes()))


def optax() -> Chain:
    """Return optax' perceptron loss of single entries."""
    return Chain((lacking(margin=0.0, at_margin=0.5), SumClasses()), elementwise=True)


def several() -> Chain:
    """Return how far the strongest class is ahead of the true one."""
    largest = LargestScore(
        left=lambda y, p: p,
        slope=np.ones_like,
        formula=r"\max_k \hat y_k",
        words="The strongest of all scores, the true class's own among them.",
    )
    return Chain((OwnScore(multiplied=True), largest, difference(r"\max_k \hat y_k - \hat y_t")), terms=None)


LOSSES = (
    Loss(
        name="perceptron",
        title="Perceptron",
        family="margin",
        latex=r"\frac{1}{K}\sum_k \max(0, -y_k \hat y_k)",
        plain="¹⁄K Σ max(0, −y ŷ)",
        words="Nothing for a score of the right sign, and its size for one of the wrong sign.",
        forms={
            TEXTBOOK: Form(textbook),
            OPTAX: Form(optax, called=("optax.losses.perceptron_loss",), calls=(Call(("perceptron_loss",)),)),
        },
        encodings=("signed", "binary", "one-hot"),
        reference="Rosenblatt, The Perceptron, Psychological Review 65, 1958",
        gradient=r"-\frac{y_k}{K} \text{ where } y_k \hat y_k < 0, \text{ else } 0",
        domain="Labels −1 and +1; scores: any number.",
        range="0 and above; 0 once every score has the right sign.",
        use="To show what the margin of the hinge adds, or for the perceptron's own rule of learning.",
        avoid="Where the size of a score matters: scores that are all 0 cost nothing.",
        pitfall="A label of 0 costs nothing, whatever the score.",
    ),
    Loss(
        name="multiclass_perceptron",
        title="Multiclass perceptron",
        family="margin",
        latex=r"\max_k \hat y_k - \hat y_t",
        plain="max ŷₖ − ŷₜ",
        words="How far the strongest class is ahead of the true one; nothing where it is the true one.",
        forms={
            TEXTBOOK: Form(several),
            OPTAX: Form(
                several,
                called=("optax.losses.multiclass_perceptron_loss",),
                calls=(
                    Call(
                        ("multiclass_perceptron_loss",),
                        indexed=True,
                        returns="float64",
                        checks=(one_label_a_row,),
                    ),
                ),
                encodings=("index",),
            ),
        },
        encodings=("one-hot", "index"),
        reference="Collins, Discriminative Training Methods for Hidden Markov Models, EMNLP 2002",
        gradient=r"-1 \text{ at the true class, } +1 \text{ at the strongest, or } 0",
        domain="One true class a sample; scores: any number.",
        range="0 and above; 0 where the true class is the strongest.",
        use="To tell a classifier which class was taken for the true one.",
        avoid="Where the true class is to be ahead by some margin: here a tie costs nothing.",
        pitfall="Scores that are all alike cost nothing: a model that says nothing is a perfect one.",
    ),
)
