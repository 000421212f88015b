"""The functions that a formula may call, and how closely its signs bind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

from lossgui.core.formula.functions import COMPARISONS
from lossgui.core.formula.tree import Node, Number

IF, OR, AND, NOT, COMPARE, ADD, MULTIPLY, NEGATE, RAISE, SUPERSCRIPT = range(1, 11)
BINDS = {
    **{"if": IF, "or": OR, "and": AND, "+": ADD, "-": ADD, "*": MULTIPLY, "/": MULTIPLY, "^": RAISE},
    **dict.fromkeys(COMPARISONS, COMPARE),
    **dict.fromkeys("²³", SUPERSCRIPT),
}
"""How closely the signs between things bind."""

Make = Callable[..., Node]


@dataclass(frozen=True)
class Rule:
    """How a function is written.

    Parameters
    ----------
    make
        Makes the tree; it is given what makes a call, and the arguments.
    least, most
        How many arguments.
    condition
        Whether the first is a condition.
    """

    make: Make
    least: int = 1
    most: int = 1
    condition: bool = False

    @property
    def takes(self) -> str:
        """How many arguments, in words."""
        count = str(self.least) if self.least == self.most else f"{self.least} to {self.most}"
        return f"{count} argument" + ("s" if self.most > 1 else "")


def _plain(function: str, count: int = 1) -> Rule:
    return Rule(lambda made, *parts: made(function, *parts), count, count, function == "where")


def _extreme(of_two: str, over_classes: str) -> Rule:
    def make(made: Make, *parts: Node) -> Node:
        return (
            reduce(lambda a, b: made(of_two, a, b), parts) if len(parts) > 1 else made(over_classes, *parts)
        )

    return Rule(make, 1, 8)


FUNCTIONS: dict[str, Rule] = {
    **{
        name: _plain(name)
        for name in ("log", "log2", "log10", "log1p", "exp", "expm1", "sqrt", "abs", "sign")
    },
    **{name: _plain(name) for name in ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh")},
    **{name: _plain(name) for name in ("sigmoid", "softplus", "sum", "mean", "logsumexp")},
    "square": Rule(lambda made, x: made("^", x, Number(2.0))),
    "relu": Rule(lambda made, x: made("max", Number(0.0), x)),
    "pow": _plain("^", 2),
    "where": _plain("where", 3),
    "clip": _plain("clip", 3),
    "max": _extreme("max", "largest"),
    "min": _extreme("min", "smallest"),
    "softmax": Rule(lambda made, x: made("softmax", x, made("logsumexp", x))),
    "log_softmax": Rule(lambda made, x: made("-", x, made("logsumexp", x))),
}
"""The functions that a formula may call."""
