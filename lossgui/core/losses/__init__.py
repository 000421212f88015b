"""The catalogue: every loss, by name. A loss is one entry in one family file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module

from lossgui.core.loss import Loss

FAMILIES = ("regression", "probability", "margin", "similarity", "overlap", "information")
"""The families, each a package beside this file, in the order in which a list shows them."""


class Catalogue(Mapping[str, Loss]):
    """Every loss by its name; a family is imported once one of its losses may be asked for."""

    def __init__(self) -> None:
        self._known: dict[str, Loss] = {}

    def __getitem__(self, name: str) -> Loss:
        families = iter(FAMILIES)
        while name not in self._known:
            try:
                self._take_in(next(families))
            except StopIteration:
                raise KeyError(name) from None
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @cached_property
    def _all(self) -> dict[str, Loss]:
        for family in FAMILIES:
            self._take_in(family)
        return self._known

    def _take_in(self, family: str) -> None:
        losses: tuple[Loss, ...] = import_module(f"{__name__}.{family}").LOSSES
        self._known |= {loss.name: loss for loss in losses if loss.name not in self._known}


LOSSES = Catalogue()
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
