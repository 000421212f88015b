"""Cross-entropy of two distributions, as they are."""

from __future__ import annotations

from lossgui.core.chain import Chain
from lossgui.core.loss import Call, Form, Loss
from lossgui.core.losses._steps import log_terms
from lossgui.core.losses.information._distributions import DISTRIBUTIONS
from lossgui.core.profiles import NUMPY, TEXTBOOK
from lossgui.core.stages import SumClasses


def cross_entropy() -> Chain:
    """Return the cross-entropy of each row; a label of 0 adds nothing."""
    return Chain((log_terms(), SumClasses()), needs=DISTRIBUTIONS)


LOSSES = (
    Loss(
        name="cross_entropy",
        title="Cross-entropy H(p, q)",
        family="information",
        latex=r"-\sum_k y_k \ln \hat y_k",
        plain="−Σ y ln ŷ",
        words="The labels' own entropy plus the divergence from them: at least that entropy, not 0.",
        forms={
            TEXTBOOK: Form(cross_entropy),
            NUMPY: Form(
                cross_entropy,
                called=("-np.sum(p * np.log(q), axis=-1)",),
                calls=(Call(("cross_entropy_H",)),),
            ),
        },
        encodings=("soft", "one-hot"),
        kinds=("probabilities",),
        reference="Cover and Thomas, Elements of Information Theory, 2006",
        gradient=r"-\frac{y_k}{\hat y_k}",
        domain="Two distributions over the same classes.",
        range="From the entropy of the labels to ∞.",
        use="To compare two distributions where the first is fixed.",
        avoid="To ask whether two distributions are equal: it is then the entropy, not 0.",
        pitfall="It is not symmetric: H(p, q) and H(q, p) differ.",
    ),
)
