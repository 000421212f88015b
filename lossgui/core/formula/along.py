"""A formula along one prediction: its values, and the places at which something happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from lossgui.core.formula.derivative import gradient
from lossgui.core.formula.functions import COMPARISONS, LOGARITHMS, evaluate_all
from lossgui.core.formula.reading import Read
from lossgui.core.formula.simple import ONE, add, call, neg, sub, where
from lossgui.core.formula.tree import CLASSES, LABELS, OVER_CLASSES, Call, Name, Node, functions, in_order
from lossgui.core.table import Array

INTERVALS = {"probabilities": (0.0, 1.0), "logits": (-10.0, 10.0), "values": (-10.0, 10.0)}
"""From where to where a prediction is followed."""

PLACES, MOST_ROOTS, MOST_CROSSINGS = 600, 24, 96
HALVINGS, DIGITS = 30, 9
"""How often the way to a place is halved, and with how many decimals it is told."""

FLOAT = np.dtype(float)


@dataclass(frozen=True, eq=False)
class Along:
    """A formula along the prediction of the first class, whose label stays the same.

    Parameters
    ----------
    read
        The formula.
    over
        'mean' or 'sum': what is made of its classes.
    parameters
        The value of every name it leaves open.
    kind
        What predictions are.
    label
        The label of the first class; of the others one is 1 where it is not.
    classes
        How many there are, where the formula looks at more than one.
    """

    read: Read
    over: str
    parameters: Mapping[str, float]
    kind: str
    label: float
    classes: int = 3

    @property
    def bounds(self) -> tuple[float, float]:
        """From where to where."""
        return INTERVALS[self.kind]

    @cached_property
    def tree(self) -> Node:
        """The loss of the sample."""
        return call(self.over, self.read.tree) if self.read.tree.by_class else self.read.tree

    @cached_property
    def slope(self) -> Node:
        """Its derivative by each prediction."""
        return gradient(self.tree, Name(self.read.symbol))

    @cached_property
    def columns(self) -> int:
        """Of how many classes rows are made: one where classes do not know of one another."""
        return self.classes if functions(self.read.tree) & set(OVER_CLASSES) else 1

    def rows(self, x: Array) -> Array:
        """Return the rows at places: the other classes share what is left of a probability."""
        rest = (1 - x) / max(1, self.columns - 1) if self.kind == "probabilities" else 0 * x
        return np.stack([x, *[rest] * (self.columns - 1)], axis=1)

    def at(self, trees: Sequence[Node], rows: Array) -> list[Array]:
        """Return what trees come to, each of the shape of the rows."""
        labels = np.zeros(self.columns)
        labels[0] = self.label
        if self.columns > 1 and self.label != 1:
            labels[1] = 1
        given = {
            LABELS: np.broadcast_to(labels, rows.shape),
            self.read.symbol: rows,
            CLASSES: float(self.columns),
        }
        with np.errstate(all="ignore"):
            found = evaluate_all(trees, {**given, **self.parameters}, FLOAT)
        return [np.broadcast_to(values, rows.shape) for values in found]

    def value(self, x: Array) -> Array:
        """Return the loss at places, shape (n,)."""
        return self.at([self.tree], self.rows(x))[0][:, 0]

    @cached_property
    def grid(self) -> Array:
        """Places along the prediction, more of them where probabilities end."""
        low, high = self.bounds
        near = np.geomspace(1e-9, 0.1, 60)
        ends = [near, 1 - near] if self.kind == "probabilities" else [np.array([-1.0, 0.0, 1.0])]
        return np.unique(np.concatenate([np.linspace(low, high, PLACES + 1), *ends]))

    @cached_property
    def x(self) -> Array:
        """The places, and those where something happens."""
        return np.unique(np.concatenate([self.grid, self.crossings]))

    @cached_property
    def values(self) -> Array:
        """The loss at all places."""
        return self.value(self.x)

    # Where something happens

    @cached_property
    def switches(self) -> tuple[Node, ...]:
        """What changes its sign where something happens."""
        return tuple(switch for node in in_order(self.tree) for switch in _switches(node))

    def _signs(self, x: Array) -> Array:
        """Return the signs of all switches of all columns at places, shape (switches · columns, n)."""
        tables = self.at(self.switches, self.rows(x))
        signs: Array = np.sign(np.concatenate([np.empty((0, len(x))), *(table.T for table in tables)]))
        return signs

    @cached_property
    def crossings(self) -> Array:
        """The places at which some function changes from one rule to another, or begins to be defined."""
        signs = self._signs(self.grid)
        signs[(signs == 0).sum(axis=1) > MOST_ROOTS] = 1
        which, places = (found[:MOST_CROSSINGS] for found in np.nonzero(signs[:, :-1] * signs[:, 1:] < 0))
        below, above = self.grid[places], self.grid[places + 1]
        for _ in range(HALVINGS if len(places) else 0):
            middle = (below + above) / 2
            same = self._signs(middle)[which, np.arange(len(which))] == signs[which, places]
            below, above = np.where(same, middle, below), np.where(same, above, middle)
        zeros = self.grid[(signs == 0).any(axis=0)]
        result: Array = np.unique(np.round(np.concatenate([zeros, below]), DIGITS))
        return result


def _switches(node: Node) -> tuple[Node, ...]:
    if not isinstance(node, Call):
        return ()
    parts = node.arguments
    if node.function in ("abs", "sign", "sqrt", "^", *LOGARITHMS):
        return (parts[0] if node.function != "log1p" else add(ONE, parts[0]),)
    if node.function == "/":
        return parts[1:]
    if node.function in (*COMPARISONS, "max", "min"):
        return (sub(*parts),)
    if node.function == "clip":
        return tuple(sub(parts[0], bound) for bound in parts[1:])
    if node.function in ("largest", "smallest"):
        return (where(call("==", parts[0], node), ONE, neg(ONE)),)
    return ()
