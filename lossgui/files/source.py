"""What a file of numbers holds, and the names by which its parts are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lossgui.core.table import Array
from lossgui.files.numbers import quoted
from lossgui.files.unreadable import UnreadableError

LABELS = ("label", "labels", "target", "targets", "y_true")
"""Names of labels, in a header or in an archive."""

LABELS_OF_ARCHIVES = (*LABELS, "y")
"""Names that are labels beside another array; a column called y may be a class."""

PREDICTIONS = {
    "predictions": None,
    "prediction": None,
    "preds": None,
    "pred": None,
    "y_pred": None,
    "yhat": None,
    "y_hat": None,
    "outputs": None,
    "scores": None,
    "y_score": None,
    "probabilities": "probabilities",
    "probs": "probabilities",
    "proba": "probabilities",
    "y_prob": "probabilities",
    "y_proba": "probabilities",
    "logits": "logits",
    "log_probs": "log-probabilities",
    "log_probabilities": "log-probabilities",
}
"""Names of predictions in an archive, with what they then are, where the name says it."""

WEIGHTS = ("sample_weight", "sample_weights")
"""Names of sample weights."""

MOST_CLASSES = 100_000
"""Columns of predictions; more are most likely samples."""


SHOWN = 20


@dataclass(frozen=True)
class Source:
    """The parts of a file of numbers, before they are a study.

    Parameters
    ----------
    predictions
        Shape (..., classes), or (samples,); None in a file of labels.
    labels
        Numbers, shape (...) or (..., classes); None where the file says nothing of labels.
    kind
        What predictions are, where their name says it.
    classes
        Names of the columns of the predictions, or in a file of labels of their columns.
    sample_weight
        Shape (...).
    """

    predictions: Array | None = None
    labels: Array | None = None
    kind: str | None = None
    classes: tuple[str, ...] | None = None
    sample_weight: Array | None = None


def listed(names: Sequence[str]) -> str:
    """Return names in quotation marks, apart by commas; of many only the first."""
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return ", ".join(quoted(name) for name in names[:SHOWN]) + more


def refuse_other_order(labels: Sequence[str] | None, predictions: Sequence[str] | None) -> None:
    """Raise an error if a class has its labels in another place than its predictions.

    Parameters
    ----------
    labels, predictions
        Names of their columns; None where they have none.

    Raises
    ------
    UnreadableError
        If so; the message lists both.
    """
    if not labels or not predictions or len(labels) != len(predictions):
        return
    if any(name != other and name in predictions for name, other in zip(labels, predictions, strict=True)):
        raise UnreadableError(
            f"The columns of labels are {listed(labels)}, and those of the predictions {listed(predictions)}."
        )
