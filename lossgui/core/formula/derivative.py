"""Derivatives of formulas, as formulas: exact, by the rules of differentiation."""

from __future__ import annotations

from collections.abc import Callable

from lossgui.core.formula.simple import (
    ONE,
    TWO,
    ZERO,
    add,
    call,
    div,
    mul,
    neg,
    power,
    simplified,
    sub,
    total,
    weigh,
    where,
)
from lossgui.core.formula.tree import CLASSES, OVER_CLASSES, Call, Name, Node, Number, fold, in_order

Slopes = list[Node]


def derivative(tree: Node, by: Node) -> Node:
    """Return the partial derivative of each entry by the same entry of a name, or by what all classes share.

    What is made of all classes, such as a sum, counts as a constant, unless it is what is taken by.
    """

    def of(node: Node, slopes: Slopes) -> Node:
        if node == by:
            return ONE
        if not isinstance(node, Call) or node.function in OVER_CLASSES or all(s == ZERO for s in slopes):
            return ZERO
        return RULES[node.function](*node.arguments, *slopes)

    return fold(tree, of)


def gradient(tree: Node, by: Name) -> Node:
    """Return the derivative of a number of the sample, or of the sum over its classes, by each entry."""
    root = simplified(call("sum", tree) if tree.by_class else tree)
    shared = [node for node in in_order(root) if isinstance(node, Call) and node.function in OVER_CLASSES]
    slopes: dict[Node, Node] = {node: derivative(root, node) for node in shared}
    result = derivative(root, by)
    for place, node in reversed(list(enumerate(shared))):
        if slopes[node] == ZERO or not isinstance(node, Call):
            continue
        inside, weight = node.arguments[0], weight_of(node)
        result = add(result, mul(slopes[node], mul(weight, derivative(inside, by))))
        for other in shared[:place]:
            along = derivative(inside, other)
            if along != ZERO:
                slopes[other] = add(slopes[other], mul(slopes[node], total(mul(weight, along))))
    return result


def weight_of(node: Call) -> Node:
    """Return the derivative of what all classes share by each of its entries."""
    (inside,) = node.arguments
    if node.function == "sum":
        return ONE
    if node.function == "mean":
        return div(ONE, Name(CLASSES))
    if node.function == "logsumexp":
        return call("softmax", inside, node)
    alike = where(call("==", inside, node), ONE, ZERO)
    return div(alike, call("sum", alike))


def _product(a: Node, b: Node, da: Node, db: Node) -> Node:
    return add(mul(da, b), mul(a, db))


def _weighed(a: Node, b: Node, da: Node, db: Node) -> Node:
    return add(weigh(da, b), weigh(a, db))


def _quotient(a: Node, b: Node, da: Node, db: Node) -> Node:
    if db == ZERO:
        return div(da, b)
    return div(sub(mul(da, b), mul(a, db)), power(b, TWO))


def _power(a: Node, b: Node, da: Node, db: Node) -> Node:
    along_base = weigh(b, mul(power(a, sub(b, ONE)), da)) if da != ZERO else ZERO
    if db == ZERO:
        return along_base
    log = ONE if a == Name("e") else call("log", a)
    return add(along_base, mul(mul(power(a, b), log), db))


def _clip(x: Node, low: Node, high: Node, dx: Node, dlow: Node, dhigh: Node) -> Node:
    inside = call("and", call("<=", low, x), call("<=", x, high))
    return where(inside, dx, where(call("<", x, low), dlow, dhigh))


def _chain(outer: Callable[[Node], Node]) -> Callable[..., Node]:
    return lambda x, dx: mul(outer(x), dx)


def _of(function: str) -> Callable[[Node], Node]:
    return lambda x: call(function, x)


def _root_of(x: Node) -> Node:
    return call("sqrt", sub(ONE, power(x, TWO)))


def _log_of(base: float) -> Node:
    return call("log", Number(base))


def _softmax(x: Node, log: Node, dx: Node, dlog: Node) -> Node:
    return mul(call("softmax", x, log), sub(dx, dlog))


def _sigmoid(x: Node) -> Node:
    value = call("sigmoid", x)
    return mul(value, sub(ONE, value))


def _flat(*arguments: Node) -> Node:
    return ZERO


RULES: dict[str, Callable[..., Node]] = {
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">=", "and", "or", "not", "sign"), _flat),
    "+": lambda a, b, da, db: add(da, db),
    "-": lambda a, b, da, db: sub(da, db),
    "neg": lambda a, da: neg(da),
    "*": _product,
    "*0": _weighed,
    "/": _quotient,
    "^": _power,
    "where": lambda c, a, b, dc, da, db: where(c, da, db),
    "abs": _chain(_of("sign")),
    "sqrt": lambda x, dx: div(dx, mul(TWO, call("sqrt", x))),
    "exp": _chain(_of("exp")),
    "expm1": _chain(_of("exp")),
    "log": lambda x, dx: div(dx, x),
    "log2": lambda x, dx: div(dx, mul(x, _log_of(2.0))),
    "log10": lambda x, dx: div(dx, mul(x, _log_of(10.0))),
    "log1p": lambda x, dx: div(dx, add(ONE, x)),
    "sin": _chain(_of("cos")),
    "cos": _chain(lambda x: neg(call("sin", x))),
    "tan": _chain(lambda x: add(ONE, power(call("tan", x), TWO))),
    "asin": lambda x, dx: div(dx, _root_of(x)),
    "acos": lambda x, dx: neg(div(dx, _root_of(x))),
    "atan": lambda x, dx: div(dx, add(ONE, power(x, TWO))),
    "sinh": _chain(_of("cosh")),
    "cosh": _chain(_of("sinh")),
    "tanh": _chain(lambda x: sub(ONE, power(call("tanh", x), TWO))),
    "sigmoid": _chain(_sigmoid),
    "softplus": _chain(_of("sigmoid")),
    "max": lambda a, b, da, db: where(call(">=", a, b), da, db),
    "min": lambda a, b, da, db: where(call("<=", a, b), da, db),
    "clip": _clip,
    "softmax": _softmax,
}
"""Of each function, the arguments and their derivatives -> its derivative; at a corner, that of one side."""
