"""Objects that are told by name what their classes declare, as dataclasses are."""

from __future__ import annotations

from typing import Any, Self, dataclass_transform


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=False)
class Declared:
    """Base of classes that declare what they are told, in annotated lines, and what is usual.

    They are no dataclasses, which compile methods anew for each class: 20 stages took a thirtieth of the
    program's start.

    Raises
    ------
    TypeError
        If something is told that no class declares, or not told that is needed.
    """

    def __init__(self, **told: Any) -> None:
        declared: set[str] = set()
        usual: dict[str, Any] = {}
        for kind in reversed(type(self).__mro__):
            names = getattr(kind, "__annotations__", {}).keys()
            declared |= names
            usual |= {name: vars(kind)[name] for name in names & vars(kind).keys()}
        if unknown := told.keys() - declared:
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}")
        if lacking := declared - told.keys() - usual.keys():
            raise TypeError(f"{type(self).__name__} needs {', '.join(sorted(lacking))}")
        vars(self).update(usual | told)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} does not change: {name}")

    def but(self, **told: Any) -> Self:
        """Return the same, told something else."""
        return type(self)(**{**vars(self), **told})
