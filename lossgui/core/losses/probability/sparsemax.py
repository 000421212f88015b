"""Sparsemax losses: distributions in which unlikely classes have a probability of exactly 0."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.profiles import OPTAX, TEXTBOOK
from lossgui.core.shapes import broadcast
from lossgui.core.stages import Map, Stage, SumClasses, mean_over_classes
from lossgui.core.table import Array
from lossgui.core.where import where


class Sparsemax(Stage):
    """Scores -> the nearest distribution: a threshold is taken away, and what is below it is 0."""

    name: str = "sparsemax"
    reads: tuple[str, ...] = ("predictions",)
    writes: str = "p"
    formula: str = r"\hat y_k = \max(0, z_k - \tau),\quad \sum_k \hat y_k = 1"
    words: str = "The distribution nearest to the scores: what lies below a threshold has the probability 0."
    chip: str = "sparsemax"
    level: str = "left out"

    def value(self, *inputs: Array) -> Array:
        """Return the scores less the threshold, 0 at least."""
        (z,) = inputs
        kept = np.ones(z.shape, bool)
        while True:
            # What is above the threshold of those that are left; each round can only leave out more.
            count = kept.sum(axis=-1, keepdims=True).astype(z.dtype)
            above = 1 / count + (z - where(kept, z, 0).sum(axis=-1, keepdims=True) / count)
            fewer = kept & ((above > 0) | np.isnan(above))
            if (fewer == kept).all():
                shares: Array = np.maximum(above, 0)
                return shares
            kept = fewer

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        """Return what is upstream of the classes that are left, less its mean over them."""
        kept = output > 0
        inside = where(kept, upstream, 0)
        share = inside.sum(axis=-1, keepdims=True) / kept.sum(axis=-1, keepdims=True, dtype=output.dtype)
        return [where(kept, inside - share, 0)]

    def working(self, output: Array, *inputs: Array) -> str:
        """Return the scores and their distribution."""
        return f"sparsemax {text.listed(np.ravel(inputs[0]))} = {text.listed(np.ravel(output))}"


class SparsemaxTerms(Stage):
    """What each class adds: how far its score lies above that of the true one, and its own uncertainty."""

    name: str = "terms"
    reads: tuple[str, ...] = ("labels", "predictions", "p")
    writes: str = "terms"
    formula: str = r"\hat y_k (z_k - z_t) + \tfrac12\, \hat y_k (1 - \hat y_k)"
    words: str = "The lead over the true class, and half of what each probability lacks, by its share."

    def value(self, *inputs: Array) -> Array:
        """Return the terms; a class of the probability 0 adds nothing, whatever its score."""
        _, _, p = inputs
        half = p.dtype.type(0.5)
        terms: Array = where(p == 0, 0, p * self._lead(*inputs)) + half * p * (1 - p)
        return terms

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        """Return the derivatives by the scores and by the probabilities."""
        labels, _, p = inputs
        own = (upstream * p).sum(axis=-1, keepdims=True)
        lead = where(p == 0, 0, self._lead(*inputs))
        return [None, upstream * p - labels * own, upstream * (lead + p.dtype.type(0.5) - p)]

    def entries(self, *inputs: Array) -> list[str]:
        """Return the term of each class."""
        p = np.ravel(inputs[2])
        leads = text.inputs(np.ravel(self._lead(*inputs)))
        return [
            f"{share} · {text.signed(lead)} + ½ {share} (1 − {share})"
            for share, lead in zip(text.inputs(p), leads, strict=True)
        ]

    @staticmethod
    def _lead(labels: Array, z: Array, p: Array) -> Array:
        result: Array = z - where(labels == 0, 0, labels * z).sum(axis=-1, keepdims=True)
        return result


def multiclass() -> Chain:
    """Return the loss whose derivative is sparsemax(z) less the one-hot label."""
    return Chain((Sparsemax(), SparsemaxTerms(), SumClasses()))


def _binary_terms() -> Map:
    def wrong(y: Array, z: Array) -> Array:
        return where(y != 0, -z, z)

    def value(y: Array, z: Array) -> Array:
        x = wrong(y, z)
        return where(x <= -1, 0 * x, where(x >= 1, x, (x + 1) * (x + 1) / 4))

    def slope(y: Array, z: Array) -> Array:
        x = wrong(y, z)
        rise = where(x <= -1, 0 * x, where(x >= 1, 1 + 0 * x, (x + 1) / 2))
        return where(y != 0, -rise, rise)

    return Map(
        name="terms",
        reads=("labels", "predictions"),
        writes="terms",
        function=value,
        derivatives=(None, slope),
        formula=r"\tfrac14 (x + 1)^2,\quad x = \pm z_k",
        words="0 from 1 on the right side on, a line from 1 on the wrong side on, a parabola between.",
        level="right by 1 or more",
    )


def binary() -> Chain:
    """Return the mean of the terms over the classes."""
    return Chain((_binary_terms(), mean_over_classes()))


def binary_optax() -> Chain:
    """Return what optax.sparsemax_loss does."""
    return Chain((_binary_terms(), SumClasses()), elementwise=True)


LOSSES = (
    Loss(
        name="multiclass_sparsemax",
        title="Sparsemax",
        family="probability",
        latex=r"\sum_k \hat y_k (z_k - z_t) + \tfrac12 \left(1 - \sum_k \hat y_k^2\right),\quad "
        r"\hat y = \mathrm{sparsemax}(z)",
        plain="Σ ŷ (z − zₜ) + ½ (1 − Σ ŷ²)",
        words="What cross-entropy is to softmax, for a distribution that leaves unlikely classes out.",
        forms={
            TEXTBOOK: Form(multiclass),
            OPTAX: Form(
                multiclass,
                called=("optax.losses.multiclass_sparsemax_loss",),
                calls=(
                    Call(
                        ("multiclass_sparsemax_loss",),
                        indexed=True,
                        checks=(checks.whole_labels, checks.table, checks.one_label_a_row),
                    ),
                ),
            ),
        },
        encodings=("index", "one-hot"),
        kinds=("logits", "values"),
        reference="optax.losses.multiclass_sparsemax_loss; Martins and Astudillo, 2016, arXiv:1602.02068",
        gradient=r"\mathrm{sparsemax}(z)_k - [k = t]",
        domain="One class of each sample; any finite scores.",
        range="From 0, a lead of 1 over every other class, to ∞.",
        use="Only a few classes should have a probability at all, as in attention.",
        avoid="Probabilities must be true to frequencies: one of 0 says that it cannot be.",
        pitfall="A class that was left out has no gradient but for the true one's, and comes back slowly.",
    ),
    Loss(
        name="sparsemax",
        title="Binary sparsemax",
        family="probability",
        latex=r"\frac{1}{K}\sum_k s(\pm z_k),\quad s(x) = 0,\ \tfrac14 (x + 1)^2,\ x",
        plain="¹⁄K Σ s(±z)",
        words="A hinge that is rounded off between −1 and 1: the loss of a yes or no under sparsemax.",
        forms={
            TEXTBOOK: Form(binary),
            OPTAX: Form(
                binary_optax,
                called=("optax.losses.sparsemax_loss",),
                calls=(Call(("sparsemax_loss",), fit=broadcast),),
            ),
        },
        encodings=("binary", "one-hot"),
        kinds=("logits", "values"),
        reference="optax.losses.sparsemax_loss; Blondel, Martins, Niculae, 2020",
        gradient=r"\mp \frac{1}{K} \min\left(\max\left(\tfrac12 (1 \mp z_k), 0\right), 1\right)",
        domain="Labels 0 and 1, each class by itself; any finite scores.",
        range="From 0, a score of 1 or more on the right side, to ∞.",
        use="Scores on the right side are to be left alone once they are clear.",
        avoid="Scores are to become probabilities: use sigmoid cross-entropy.",
        pitfall="Any label that is not 0 counts as a 1, whatever share it says.",
    ),
)
