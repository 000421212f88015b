"""A loss as picked in a study, and where a study comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from lossgui.core.loss import Form, Loss
from lossgui.core.losses import loss_named
from lossgui.core.own import OWN, Own
from lossgui.core.parameter import Parameter, Value
from lossgui.core.profiles import TEXTBOOK
from lossgui.core.reductions import NONE, Reduction, of_kind


@dataclass(frozen=True)
class Choice:
    """A loss as picked in a study.

    Parameters
    ----------
    loss, profile
        Names in the catalogue.
    parameters
        A value for each of the loss's parameters, in their order.
    reduction
        A name of the loss's reductions under the profile; None for a loss of the whole batch.
    colour
        Place in the palette of losses.
    own
        The formula, where the loss is a person's own; its name is then `OWN`.
    """

    loss: str
    profile: str = TEXTBOOK
    parameters: tuple[tuple[str, Value], ...] = ()
    reduction: str | None = "mean"
    colour: int = 0
    own: Own | None = None

    @classmethod
    def of(
        cls,
        loss: str,
        profile: str | None = None,
        parameters: Mapping[str, Value] | None = None,
        reduction: str | None = None,
        colour: int = 0,
        own: Own | None = None,
    ) -> Choice:
        """Return a choice with everything that is not given at its default; the loss's first profile is its.

        Parameters
        ----------
        reduction
            A name under the profile, or a kind of reductions.

        Raises
        ------
        ValueError
            If the loss, profile, a parameter or the reduction is not there, or the formula is none.
        """
        entry = _entry(loss, own)
        profile = profile or entry.profiles[0]
        settled = entry.settled(profile, parameters or {})
        named = entry.usual_reduction(profile) if reduction is None else _named(entry, profile, reduction)
        return cls(loss, profile, settled, named, colour, own)

    @classmethod
    def written(cls, own: Own, colour: int = 0) -> Choice:
        """Return a choice of a formula.

        Raises
        ------
        ValueError
            If it is none, a FormulaError that says where.
        """
        return cls.of(OWN, colour=colour, own=own)

    @cached_property
    def entry(self) -> Loss:
        """The loss in the catalogue, or the one that a person has written."""
        return _entry(self.loss, self.own)

    @cached_property
    def form(self) -> Form:
        """How the profile computes the loss."""
        return self.entry.form(self.profile)

    @cached_property
    def reduces(self) -> Reduction | None:
        """What the reduction does; None for a loss of the whole batch."""
        return None if self.reduction is None else self.entry.reductions(self.profile)[self.reduction]

    @cached_property
    def kind(self) -> str:
        """The kind of the reduction, one of `KINDS`; empty for a loss of the whole batch."""
        return "" if self.reduces is None else self.reduces.kind

    @property
    def unreduced(self) -> bool:
        """Whether each sample stands by itself."""
        return self.kind == NONE.kind

    @property
    def by_entry(self) -> bool:
        """Whether its values are those of single entries, so that a mean divides by their number."""
        return self.entry.chain(self.profile, self.parameters).elementwise

    def described(self, name: str) -> Parameter:
        """Return what there is to know of a parameter.

        Raises
        ------
        ValueError
            If the loss has none of that name under this profile.
        """
        return self.entry.parameter(self.profile, name)

    def parameter(self, name: str, default: Value = False) -> Value:
        """Return the value of a parameter; `default` where the loss has none of that name."""
        return dict(self.parameters).get(name, default)

    def with_parameter(self, name: str, value: Value) -> Choice:
        """Return the choice with one parameter changed.

        Raises
        ------
        ValueError
            If the loss has no such parameter, or the value lies outside its range.
        """
        return replace(
            self, parameters=self.entry.settled(self.profile, {**dict(self.parameters), name: value})
        )

    def with_profile(self, profile: str) -> Choice:
        """Return the choice under another profile; parameters that both have keep their values if they can.

        So does the reduction: of the same kind if the profile has one of its own, else its default.

        Raises
        ------
        ValueError
            If that profile does not compute the loss.
        """
        own, kept = self.entry.form(profile).parameters, dict(self.parameters)
        kept = {p.name: kept[p.name] for p in own if p.name in kept and p.takes(kept[p.name])}
        return replace(
            self,
            profile=profile,
            parameters=self.entry.settled(profile, kept),
            reduction=self._reduction_under(profile),
        )

    def with_kind(self, kind: str) -> Choice:
        """Return the choice with a reduction of a kind, if there is one; the same if it is of that kind."""
        found = of_kind(self.entry.reductions(self.profile), kind)
        return self if kind == self.kind or found is None else replace(self, reduction=found)

    def _reduction_under(self, profile: str) -> str | None:
        entry = self.entry
        same = entry.reductions(profile).get(self.reduction or "")
        if same is not None and same.kind == self.kind:
            return self.reduction
        return of_kind(entry.own_reductions(profile), self.kind) or entry.usual_reduction(profile)

    def with_formula(self, own: Own) -> Choice:
        """Return the choice of another formula; parameters that both have keep their values.

        Raises
        ------
        ValueError
            If it is none, a FormulaError that says where.
        """
        return replace(self, own=own).with_profile(self.profile)


def _named(entry: Loss, profile: str, reduction: str) -> str:
    """Return the name of a reduction, given that or its kind."""
    offered = entry.reductions(profile)
    name = reduction if reduction in offered else of_kind(offered, reduction)
    if name is None:
        raise ValueError(f"{entry.title} has no reduction {reduction}.")
    return name


def _entry(loss: str, own: Own | None) -> Loss:
    if loss != OWN:
        return loss_named(loss)
    if own is None:
        raise ValueError("A loss of one's own needs a formula.")
    from lossgui.core.formula import own_loss

    return own_loss(own)


@dataclass(frozen=True)
class Origin:
    """Where an example comes from: its tutorial, what is printed there, and a remark of ours."""

    group: str = ""
    printed: str = ""
    remark: str = ""
