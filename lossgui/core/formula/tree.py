"""Formulas as trees that cannot be changed: numbers, names, and functions of other trees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

T = TypeVar("T")

LABELS, PREDICTIONS, LOGITS, CLASSES = "y", "p", "z", "k"
"""Names that a formula finds: of one entry its label and its prediction, and the number of classes."""

CONSTANTS = {"e": 2.718281828459045, "pi": 3.141592653589793}
OVER_CLASSES = ("sum", "mean", "largest", "smallest", "logsumexp")
"""Functions that make one number of all classes of a sample."""


@dataclass(frozen=True)
class Number:
    """A number."""

    value: float
    arguments: ClassVar[tuple[Node, ...]] = ()
    height: ClassVar[int] = 1
    by_class: ClassVar[bool] = False


@dataclass(frozen=True)
class Name:
    """A label, a prediction, a constant, a parameter, or a value that was computed before."""

    name: str
    arguments: ClassVar[tuple[Node, ...]] = ()
    height: ClassVar[int] = 1

    @property
    def by_class(self) -> bool:
        """Whether it has a value for each class."""
        return self.name in (LABELS, PREDICTIONS, LOGITS)


@dataclass(frozen=True, eq=False)
class Call:
    """A function of trees; operators are functions too.

    Parameters
    ----------
    function
        A key of `functions.VALUES`, or one of `OVER_CLASSES`.
    height
        How many nodes lie above one another.
    by_class
        Whether it has a value for each class, or one for the sample.
    """

    function: str
    arguments: tuple[Node, ...]
    height: int = field(init=False, repr=False)
    by_class: bool = field(init=False, repr=False)

    def __post_init__(self) -> None:
        many = self.function not in OVER_CLASSES and any(part.by_class for part in self.arguments)
        object.__setattr__(self, "height", 1 + max(part.height for part in self.arguments))
        object.__setattr__(self, "by_class", many)


Node = Number | Name | Call


def in_order(*trees: Node) -> Iterator[Node]:
    """Yield every node once, each after its arguments. No recursion: trees may be tall."""
    done: set[Node] = set()
    stack: list[Node] = list(reversed(trees))
    while stack:
        waiting = [part for part in stack[-1].arguments if part not in done]
        if waiting:
            stack += reversed(waiting)
            continue
        node = stack.pop()
        if node not in done:
            done.add(node)
            yield node


def fold_all(trees: Sequence[Node], of: Callable[[Node, list[T]], T]) -> list[T]:
    """Return what `of` makes of trees, given what it makes of the arguments; of a node used twice once."""
    made: dict[Node, T] = {}
    for node in in_order(*trees):
        made[node] = of(node, [made[part] for part in node.arguments])
    return [made[tree] for tree in trees]


def fold(tree: Node, of: Callable[[Node, list[T]], T]) -> T:
    """Return what `of` makes of a tree, as `fold_all` does."""
    return fold_all([tree], of)[0]


def names(tree: Node) -> tuple[str, ...]:
    """Return every name in a tree, in the order of reading."""
    return tuple(dict.fromkeys(node.name for node in in_order(tree) if isinstance(node, Name)))


def functions(tree: Node) -> set[str]:
    """Return the functions in a tree."""
    return {node.function for node in in_order(tree) if isinstance(node, Call)}


def replaced(tree: Node, others: dict[Node, Node]) -> Node:
    """Return a tree with other nodes in the place of some."""

    def of(node: Node, arguments: list[Node]) -> Node:
        if node in others:
            return others[node]
        same = all(new is old for new, old in zip(arguments, node.arguments, strict=True))
        return node if same or not isinstance(node, Call) else Call(node.function, tuple(arguments))

    return fold(tree, of)


def size(tree: Node) -> int:
    """Return how many nodes a tree has when it is written out."""
    return fold(tree, lambda _, sizes: 1 + sum(sizes))
