"""The catalogue: every loss, by name. A loss is one entry in one family file."""

from __future__ import annotations

from lossgui.core.loss import Loss
from lossgui.core.losses import information, margin, overlap, probability, regression, similarity

FAMILIES = (regression, probability, margin, similarity, overlap, information)

LOSSES: dict[str, Loss] = {loss.name: loss for family in FAMILIES for loss in family.LOSSES}
"""Every loss by its name, in the order in which a list shows them."""


def loss_named(name: str) -> Loss:
    """Return a loss of the catalogue.

    Raises
    ------
    ValueError
        If there is none of that name.
    """
    if name not in LOSSES:
        raise ValueError(f"There is no loss called {name}.")
    return LOSSES[name]
