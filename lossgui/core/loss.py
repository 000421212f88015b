"""What a loss is: its names and words, what it takes, and how each profile computes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lossgui.core.chain import Chain
from lossgui.core.encodings import ENCODINGS
from lossgui.core.given import Check, Fit, Given
from lossgui.core.parameter import Parameter, Value
from lossgui.core.profiles import PROFILES, TEXTBOOK
from lossgui.core.reductions import Reduction, of_kind

KINDS = ("probabilities", "logits", "log-probabilities", "values")
"""What predictions can be."""


@dataclass(frozen=True, eq=False)
class Call:
    """A callable of a framework, as `lossgui.call` does what it does.

    Parameters
    ----------
    names
        What `lossgui.call` names it; the first is its own, the others are shared with callables of which the
        labels tell which is meant.
    chain
        The parameters by name -> the chain; None: as the form that lists the call.
    indexed
        Whether labels are class indices.
    reductions
        Its reductions by the framework's names; None: as the framework has them.
    checks
        What the framework refuses: each is given what the callable is given, and raises a ValueError.
    computes_in
        The type in which the framework computes, whatever it is given; None: as the predictions.
    returns
        The type of the values; None: that of the predictions.
    takes
        Arrays that it needs besides labels and predictions, such as 'weight': of several callables of one
        name, the one that takes what is given is meant.
    fit
        What it does about shapes that differ; None: labels and predictions must have the same.
    strict
        Whether it refuses numbers that are not what its chain needs, as scikit-learn does; others return NaN.
    as_given
        Whether its stages see arrays in the shape in which they are given, and not as rows.
    about
        What is given -> what its chain depends on besides the parameters, by name; None: on nothing.
    """

    names: tuple[str, ...]
    chain: Callable[..., Chain] | None = None
    indexed: bool = False
    reductions: Mapping[str, Reduction] | None = None
    checks: tuple[Check, ...] = ()
    computes_in: str | None = None
    returns: str | None = None
    takes: tuple[str, ...] = ()
    fit: Fit | None = None
    strict: bool = False
    as_given: bool = False
    about: Callable[[Given], Mapping[str, Any]] | None = None


@dataclass(frozen=True, eq=False)
class Form:
    """How one profile computes a loss.

    Parameters
    ----------
    chain
        The parameters by name -> the chain.
    parameters
        What the person may set, by the framework's own names.
    called
        The framework's callables, such as 'keras.losses.Hinge'.
    calls
        The same for `lossgui.call`.
    encodings, kinds
        The labels and predictions it takes; None: as the loss.
    weighed
        A chain -> the chain that multiplies by class weights.
    """

    chain: Callable[..., Chain]
    parameters: tuple[Parameter, ...] = ()
    called: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()
    encodings: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    weighed: Callable[[Chain], Chain] = Chain.with_class_weight


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
    forms
        How each profile computes it.
    encodings
        The labels it takes; empty for a loss without labels.
    kinds
        The predictions it takes, when it is not asked to take logits.
    reduction
        The kind a new choice begins with, "mean" where that is the profile's own default; None for a loss of
        the whole batch, which is not reduced.
    reference
        Where it is defined.
    gradient
        LaTeX of its derivative by one prediction.
    domain, range
        What labels and predictions may be, and what values it has, in words.
    use, avoid, pitfall
        When it is the right one, when it is not, and what goes wrong with it, a sentence each.
    """

    name: str
    title: str
    family: str
    latex: str
    plain: str
    words: str
    forms: Mapping[str, Form]
    encodings: tuple[str, ...] = ("one-hot", "soft", "binary", "signed", "real")
    kinds: tuple[str, ...] = KINDS
    reduction: str | None = "mean"
    reference: str = ""
    gradient: str = ""
    domain: str = ""
    range: str = ""
    use: str = ""
    avoid: str = ""
    pitfall: str = ""

    @property
    def profiles(self) -> tuple[str, ...]:
        """The profiles that compute it."""
        return tuple(self.forms)

    def own_reductions(self, profile: str) -> Mapping[str, Reduction]:
        """Return the reductions that the profile itself has for it, by its names, its default first.

        Raises
        ------
        ValueError
            If the profile does not compute it.
        """
        return _reductions(self.form(profile), profile) if self.reduction else {}

    def reductions(self, profile: str) -> Mapping[str, Reduction]:
        """Return all reductions it can be asked for: the profile's own, and the textbook's of other kinds.

        Raises
        ------
        ValueError
            If the profile does not compute it.
        """
        own = self.own_reductions(profile)
        return {**own, **_lacking(frozenset(each.kind for each in own.values()))} if own else own

    def usual_reduction(self, profile: str) -> str | None:
        """Return the reduction that a new choice begins with; None for a loss of the whole batch."""
        usual = next(iter(self.own_reductions(profile)), None)
        if self.reduction in (None, "mean"):
            return usual
        return of_kind(self.reductions(profile), self.reduction)

    def form(self, profile: str) -> Form:
        """Return how a profile computes it.

        Raises
        ------
        ValueError
            If the profile does not.
        """
        if profile not in self.forms:
            raise ValueError(f"{self.title} is not computed by {profile}.")
        return self.forms[profile]

    def parameter(self, profile: str, name: str) -> Parameter:
        """Return one of its parameters under a profile.

        Raises
        ------
        ValueError
            If the profile does not compute it, or has no parameter of that name.
        """
        for parameter in self.form(profile).parameters:
            if parameter.name == name:
                return parameter
        raise ValueError(f"{self.title} has no parameter {name} under {profile}.")

    def settled(self, profile: str, parameters: Mapping[str, Value]) -> tuple[tuple[str, Value], ...]:
        """Return a value for every parameter of a profile: the given ones, checked, and the defaults.

        Raises
        ------
        ValueError
            If a name is unknown or a value lies outside its range.
        """
        given = {name: self.parameter(profile, name).checked(value) for name, value in parameters.items()}
        return tuple((p.name, given.get(p.name, p.default)) for p in self.form(profile).parameters)

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
        indexed = bool(encoding) and ENCODINGS[encoding].indexed
        return _chain(self.form(profile), parameters, indexed, class_weighted)


@lru_cache(maxsize=4096)
def _chain(
    form: Form, parameters: tuple[tuple[str, Value], ...], indexed: bool, class_weighted: bool
) -> Chain:
    chain = form.chain(**dict(parameters))
    if indexed:
        chain = chain.of_indices()
    return form.weighed(chain) if class_weighted else chain


@lru_cache(maxsize=1024)
def _reductions(form: Form, profile: str) -> Mapping[str, Reduction]:
    usual = PROFILES[profile].reductions
    own: dict[str, Reduction] = {}
    for call in form.calls:
        offered = usual if call.reductions is None else call.reductions
        # Of several calls the first is the form's own: what it has, another does not redefine.
        own |= {name: each for name, each in offered.items() if each.kind and name not in own}
    return own or usual


@lru_cache
def _lacking(kinds: frozenset[str]) -> Mapping[str, Reduction]:
    """Return the textbook's reductions of other kinds, by names that say whose they are."""
    offered = PROFILES[TEXTBOOK].reductions.items()
    return {f"{TEXTBOOK} {name}": each for name, each in offered if each.kind not in kinds}
