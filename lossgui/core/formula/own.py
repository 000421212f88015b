"""A loss that is a person's own formula."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import lru_cache, partial

from lossgui.core.chain import Chain
from lossgui.core.encodings import ENCODINGS
from lossgui.core.formula.derivative import derivative, gradient, weight_of
from lossgui.core.formula.found import Found, found
from lossgui.core.formula.reading import Read, read
from lossgui.core.formula.scripts import LETTERS, Plain, latex, plain
from lossgui.core.formula.simple import ZERO, call, simplified
from lossgui.core.formula.stages import CHIPS, FRAMED, TERMS, TOTAL, OverClasses, Written
from lossgui.core.formula.tree import (
    LABELS,
    LOGITS,
    OVER_CLASSES,
    Call,
    Name,
    Node,
    functions,
    in_order,
    names,
    replaced,
    size,
)
from lossgui.core.loss import Form, Loss
from lossgui.core.names import why_not
from lossgui.core.own import OWN, Own
from lossgui.core.parameter import Parameter
from lossgui.core.profiles import TEXTBOOK
from lossgui.core.stages import SumClasses, mean_over_classes

FAMILY = "own"
OVER = {"mean": "averaged over the classes", "sum": "added up over the classes"}
"""What can be made of the terms of the classes, in words."""

LONGEST_SHOWN = 400
"""Numbers, names and functions up to which a derivative is written."""

MOST, REACH = sys.float_info.max, (0.0, 10.0)
"""What a parameter may be, and what its slider goes through: few are negative, and those can be typed."""

KINDS = {LOGITS: ("logits",), "p": ("probabilities", "values")}
NO_LOG_OF_ZERO, WHERE_ZERO = "0 · ln 0 = 0", "Where a factor is 0, so is its product with a logarithm."


@lru_cache(maxsize=512)
def own_loss(own: Own) -> Loss:
    """Return the loss; asked for again, it is the same object.

    Raises
    ------
    ValueError
        If it is no formula, a FormulaError that says where; or `over` or the title cannot be.
    """
    formula = read(own.formula)
    if own.over not in OVER:
        raise ValueError(f"Classes are averaged (mean) or added up (sum), not ‘{own.over}’.")
    if own.title and why_not(own.title):
        raise ValueError(why_not(own.title))
    sample = of_sample(formula, own.over)
    facts = found(formula, own.over, dict.fromkeys(formula.parameters, 1.0), KINDS[formula.symbol][0])
    labelled = LABELS in names(formula.tree)
    slope = gradient(sample, Name(formula.symbol))
    return Loss(
        name=OWN,
        title=own.title or "Own loss",
        family=FAMILY,
        latex=latex(sample),
        plain=plain(sample),
        words=words_of(formula, own.over, facts),
        forms={
            TEXTBOOK: Form(partial(chain_of, formula, own.over), tuple(map(_parameter, formula.parameters)))
        },
        encodings=tuple(ENCODINGS) if labelled else (),
        kinds=KINDS[formula.symbol],
        gradient=latex(slope) if size(slope) <= LONGEST_SHOWN else "",
        domain=facts.domain,
        range=facts.range,
    )


def of_sample(formula: Read, over: str) -> Node:
    """Return the loss of a sample."""
    return call(over, formula.tree) if formula.tree.by_class else formula.tree


def words_of(formula: Read, over: str, facts: Found) -> str:
    """Return what a formula is, in sentences, and where it has corners."""
    letter = "z is the logit" if formula.symbol == LOGITS else "ŷ is the prediction"
    made = f"for each class, {OVER[over]}" if formula.tree.by_class else "one number for a sample"
    given = " All this for parameters of 1." if formula.parameters else ""
    return f"Your formula: {made}; {letter} as it stands in the table. {facts.corners}{given}"


def _parameter(name: str) -> Parameter:
    title = LETTERS.get(name, name)
    return Parameter(name, title, 1.0, "A name that the formula leaves open.", -MOST, MOST, reach=REACH)


# The chain


def chain_of(formula: Read, over: str, /, **parameters: float) -> Chain:
    """Return the stages of a formula: two for each sum in it, then the terms and theirs, or the sample's."""
    tree = formula.tree
    if not tree.by_class:
        tree, over = _as_terms(tree) or (tree, "")
    make = _Maker(formula.symbol, parameters)
    tree = make.without_sums(tree)
    if not tree.by_class:
        return Chain((*make.stages, make.written("loss", "loss", tree, formula.tree)), terms=None)
    terms = make.written("terms", "terms", tree, tree)
    return Chain((*make.stages, terms, mean_over_classes() if over == "mean" else SumClasses()))


def _as_terms(tree: Node) -> tuple[Node, str] | None:
    """Return the terms of which a number of the sample is the sum or the mean; None if it is none."""
    if not isinstance(tree, Call):
        return None
    first, last = tree.arguments[0], tree.arguments[-1]
    if tree.function in ("sum", "mean"):
        return first, tree.function
    if tree.function == "neg":
        return _carried(first, lambda terms: call("neg", terms))
    if tree.function in ("*", "/") and not functions(last) & set(OVER_CLASSES):
        return _carried(first, lambda terms: call(tree.function, terms, last))
    if tree.function == "*" and not functions(first) & set(OVER_CLASSES):
        return _carried(last, lambda terms: call("*", first, terms))
    return None


def _carried(inside: Node, around: Callable[[Node], Node]) -> tuple[Node, str] | None:
    found = _as_terms(inside)
    return None if found is None else (around(found[0]), found[1])


class _Maker:
    """Makes stages of trees.

    Parameters
    ----------
    symbol
        What the predictions are called.
    """

    def __init__(self, symbol: str, parameters: dict[str, float]) -> None:
        self.stages: list[Written | OverClasses] = []
        self._symbol, self._parameters = symbol, parameters
        self._shared: dict[Node, Node] = {}

    def without_sums(self, tree: Node) -> Node:
        """Return a tree that reads what all classes share, for which stages are made."""
        for node in in_order(tree):
            if isinstance(node, Call) and node.function in OVER_CLASSES:
                self._share(node)
        return replaced(tree, self._shared)

    def _share(self, node: Call) -> None:
        count = 1 + sum(isinstance(stage, OverClasses) for stage in self.stages)
        name = f"shared {count}"
        inside = replaced(node.arguments[0], self._shared)
        weight = replaced(weight_of(node), {node: Name(TOTAL), node.arguments[0]: Name(TERMS)})
        self.stages.append(self.written(f"terms of {name}", f"terms of {name}", inside, node.arguments[0]))
        self.stages.append(
            OverClasses(
                name=f"{CHIPS[node.function]} {count}",
                reads=(f"terms of {name}",),
                writes=name,
                formula=latex(node),
                words="One number of all classes.",
                chip=CHIPS[node.function],
                mean=node.function == "mean",
                function=node.function,
                slope=weight,
            )
        )
        self._shared[node] = Name(name)

    def written(self, name: str, writes: str, tree: Node, said: Node) -> Written:
        """Return the stage of a tree."""
        shared = tuple(node.name for node in self._shared.values() if isinstance(node, Name))
        used = set(names(tree))
        read_as = {self._symbol: "predictions"}
        read_as |= {LABELS: "labels"} if LABELS in used else {}
        read_as |= {one: one for one in shared if one in used}
        simple = simplified(tree)
        slopes = (ZERO if one == LABELS else derivative(simple, Name(one)) for one in read_as)
        weighed = "*0" in functions(tree)
        return Written(
            name=name,
            reads=tuple(read_as.values()),
            writes=writes,
            formula=latex(said),
            words=f"Your formula.{' ' + WHERE_ZERO if weighed else ''}",
            chip=NO_LOG_OF_ZERO if weighed else "",
            frame=FRAMED if tree.by_class and Plain().product(tree).minus else "{}",
            tree=tree,
            names=tuple(read_as),
            slopes=tuple(None if slope == ZERO else slope for slope in slopes),
            values={one: value for one, value in self._parameters.items() if one in used},
        )
