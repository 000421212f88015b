"""Negative log-likelihood of log-probabilities."""

from __future__ import annotations

from dataclasses import replace

from lossgui.core import needs
from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses import checks
from lossgui.core.losses.probability._labels import IGNORE_INDEX
from lossgui.core.losses.probability._softmax import log_terms
from lossgui.core.losses.probability._targets import of_targets, weighed_by_target
from lossgui.core.losses.probability.sparse import IGNORED
from lossgui.core.profiles import PYTORCH, TEXTBOOK
from lossgui.core.stages import SumClasses

LOGARITHMS = needs.predictions("that are logarithms of probabilities, 0 at most", lambda x: x <= 0)
TERMS = log_terms(guarded=True).but(reads=("labels", "predictions"), chip="−log p")


def exact() -> Chain:
    """Return minus the logarithm given for the sample's own class."""
    return Chain((TERMS, SumClasses()), needs=(LOGARITHMS,))


def torch(ignore_index: float | None = IGNORED) -> Chain:
    """Return what PyTorch's nll_loss does: it does not look whether what it is given are logarithms."""
    return of_targets((), TERMS, 0.0, ignore_index)


def torch_weighted(ignore_index: float | None = IGNORED) -> Chain:
    """Return the same with a weight for every class."""
    return weighed_by_target(torch(ignore_index), "weight")


def torch_shown(ignore_index: float) -> Chain:
    """Return the same where no class is negative."""
    return torch(None if ignore_index < 0 else ignore_index)


CALL = Call(
    ("nll_loss",),
    torch,
    indexed=True,
    checks=(checks.whole_labels, checks.classes("ignore_index", IGNORED)),
)

LOSSES = (
    Loss(
        name="nll_loss",
        title="Negative log-likelihood",
        family="probability",
        latex=r"-x_t",
        plain="−xₜ",
        words="Cross-entropy for predictions that are logarithms of probabilities already.",
        forms={
            TEXTBOOK: Form(exact),
            PYTORCH: Form(
                torch_shown,
                (IGNORE_INDEX,),
                ("torch.nn.functional.nll_loss", "torch.nn.NLLLoss"),
                (CALL, replace(CALL, chain=torch_weighted, takes=("weight",))),
                weighed=weighed_by_target,
            ),
        },
        encodings=("index",),
        kinds=("values",),
        reference="torch.nn.NLLLoss",
        gradient=r"-[k = t]",
        domain="The index of a class, counted from 0; logarithms of probabilities, 0 at most.",
        range="From 0 to ∞ for logarithms of probabilities; anything for other numbers.",
        use="The model ends in log_softmax.",
        avoid="The model ends in probabilities or logits: they give a number all the same.",
        pitfall="With probabilities it is a negative loss, −ŷ, that trains badly: no error is raised.",
    ),
)
