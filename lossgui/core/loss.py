"""What a loss is: its names, words, parameters, what it takes, and a chain for each profile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from lossgui.core.chain import Chain
from lossgui.core.encodings import ENCODINGS
from lossgui.core.profiles import TEXTBOOK
from lossgui.core.stages import OneHot

Value = float | bool

REDUCTIONS = {
    "mean": "mean of the samples",
    "sum": "sum of the samples",
    "weighted mean": "sum over the sum of weights",
    "none": "none: each sample by itself",
}
"""Reductions by name, with words."""

KINDS = ("probabilities", "logits", "values")
"""What predictions can be."""


@dataclass(frozen=True)
class Parameter:
    """A number or a yes-or-no that a loss asks for.

    Parameters
    ----------
    name
        As in code.
    title
        As in the window.
    default
        A float, or a bool for a yes-or-no.
    low, high
        The range, ends included.
    words
        What it means.
    """

    name: str
    title: str
    default: Value
    words: str
    low: float = 0.0
    high: float = 1.0

    def checked(self, value: Value) -> Value:
        """Return the value, as the parameter's type.

        Raises
        ------
        ValueError
            If it lies outside the range.
        """
        if isinstance(self.default, bool):
            return bool(value)
        if not self.low <= float(value) <= self.high:
            raise ValueError(f"{self.title} must lie between {self.low:g} and {self.high:g}.")
        return float(value)


FROM_LOGITS = Parameter(
    "from_logits",
    "from logits",
    False,
    "Whether the predictions are logits, to which the loss itself applies softmax or the sigmoid.",
)


@dataclass(frozen=True, eq=False)
class Loss:
    """A mathematical loss, and how each profile computes it.

    Parameters
    ----------
    name, title, family
        As in code, as in the window, and the group it is listed in.
    latex, plain
        The formula of one sample, for typesetting and for a line of text.
    words
        What it measures, in a sentence.
    chains
        For each profile, a function of the parameters by name that gives the chain.
    encodings
        The labels it takes; empty for a loss without labels.
    kinds
        The predictions it takes, when it is not asked to take logits.
    parameters
        What the person may set.
    reduction
        The one a new choice begins with; None for a loss of the whole batch, which is not reduced.
    reference
        Where it is defined.
    """

    name: str
    title: str
    family: str
    latex: str
    plain: str
    words: str
    chains: Mapping[str, Callable[..., Chain]]
    encodings: tuple[str, ...] = ("one-hot", "soft", "binary", "signed", "real")
    kinds: tuple[str, ...] = KINDS
    parameters: tuple[Parameter, ...] = ()
    reduction: str | None = "mean"
    reference: str = ""

    @property
    def profiles(self) -> tuple[str, ...]:
        """The profiles that compute it."""
        return tuple(self.chains)

    @property
    def reductions(self) -> tuple[str, ...]:
        """The reductions it can be asked for."""
        return tuple(REDUCTIONS) if self.reduction else ()

    def parameter(self, name: str) -> Parameter:
        """Return one of its parameters.

        Raises
        ------
        ValueError
            If it has none of that name.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        raise ValueError(f"{self.title} has no parameter {name}.")

    def settled(self, parameters: Mapping[str, Value]) -> tuple[tuple[str, Value], ...]:
        """Return a value for every parameter: the given ones, checked, and the defaults.

        Raises
        ------
        ValueError
            If a name is unknown or a value lies outside its range.
        """
        given = {name: self.parameter(name).checked(value) for name, value in parameters.items()}
        return tuple((p.name, given.get(p.name, p.default)) for p in self.parameters)

    def chain(
        self,
        profile: str = TEXTBOOK,
        parameters: tuple[tuple[str, Value], ...] = (),
        encoding: str = "",
        class_weighted: bool = False,
    ) -> Chain:
        """Return the chain under a profile; asked for again, it is the same object.

        Parameters
        ----------
        profile
            One of `profiles`.
        parameters
            As `settled` gives them.
        encoding
            How labels are written: class indices get a stage that makes rows of them.
        class_weighted
            Whether the terms of each class are multiplied by its weight.

        Raises
        ------
        ValueError
            If the profile does not compute this loss, or class weights do not apply.
        """
        if profile not in self.chains:
            raise ValueError(f"{self.title} is not computed by {profile}.")
        indexed = bool(encoding) and ENCODINGS[encoding].indexed
        return _chain(self, profile, parameters, indexed, class_weighted)


@lru_cache(maxsize=4096)
def _chain(
    loss: Loss, profile: str, parameters: tuple[tuple[str, Value], ...], indexed: bool, class_weighted: bool
) -> Chain:
    chain = loss.chains[profile](**dict(parameters))
    if indexed:
        chain = replace(chain, stages=(OneHot(), *chain.stages))
    return chain.with_class_weight() if class_weighted else chain
