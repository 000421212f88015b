"""Trees made simple as they are made, so that a derivative reads as a textbook would write it."""

from __future__ import annotations

from collections.abc import Callable

from lossgui.core.formula.tree import CLASSES, OVER_CLASSES, Call, Name, Node, Number, fold

ZERO, ONE, TWO = Number(0.0), Number(1.0), Number(2.0)
QUOTIENTS = {("sinh", "cosh"): "tanh", ("sin", "cos"): "tan"}
ODD = ("sign", "tanh", "sinh", "sin", "tan", "asin", "atan")
"""Functions that turn their sign with that of their argument."""

LOOKED_INTO = 8
"""How deep trees are compared."""


def call(function: str, *arguments: Node) -> Node:
    """Return a function of trees, as it is."""
    return Call(function, arguments)


def parts(node: Node, function: str) -> tuple[Node, ...]:
    """Return the arguments if a tree is a call of that function, else nothing."""
    return node.arguments if isinstance(node, Call) and node.function == function else ()


def same(a: Node, b: Node, depth: int = LOOKED_INTO) -> bool:
    """Tell whether two trees are seen to be equal."""
    if a == b or depth == 0:
        return a == b
    if not (isinstance(a, Call) and isinstance(b, Call) and a.function == b.function):
        return False
    return all(same(x, y, depth - 1) for x, y in zip(a.arguments, b.arguments, strict=True))


def opposite(x: Node) -> Node | None:
    """Return -x if x is written with a minus, else None."""
    if isinstance(x, Number):
        return Number(-x.value) if x.value < 0 else None
    return parts(x, "neg")[0] if parts(x, "neg") else None


def scaled(x: Node) -> tuple[float, Node]:
    """Return the number that a tree begins with, and what it is multiplied by."""
    if isinstance(x, Number):
        return x.value, ONE
    product = parts(x, "*")
    return (product[0].value, product[1]) if product and isinstance(product[0], Number) else (1.0, x)


def neg(x: Node) -> Node:
    """Return -x."""
    if isinstance(x, Number):
        return Number(-x.value)
    if parts(x, "neg"):
        return parts(x, "neg")[0]
    turned = _turned(x)
    return call("neg", x) if turned is None else turned


def _turned(x: Node) -> Node | None:
    """Return -x if that takes no minus before it: of differences, and of odd functions of them."""
    if not isinstance(x, Call):
        return None
    *first, last = x.arguments
    if x.function == "-":
        return sub(last, first[0])
    if x.function not in ("*", *ODD):
        return None
    turned = _turned(last)
    return None if turned is None else call(x.function, *first, turned)


def add(a: Node, b: Node) -> Node:
    """Return a + b."""
    if ZERO in (a, b):
        return b if a == ZERO else a
    if isinstance(a, Number) and isinstance(b, Number):
        return Number(a.value + b.value)
    for one, other in ((a, b), (b, a)):
        less = opposite(other)
        if less is not None:
            return sub(one, less)
    return mul(TWO, a) if same(a, b) else call("+", a, b)


def sub(a: Node, b: Node) -> Node:
    """Return a - b."""
    if ZERO in (a, b):
        return a if b == ZERO else neg(b)
    if isinstance(a, Number) and isinstance(b, Number):
        return Number(a.value - b.value)
    more = opposite(b)
    if more is not None:
        return add(a, more)
    return ZERO if same(a, b) else call("-", a, b)


def mul(a: Node, b: Node) -> Node:
    """Return a · b, numbers first, then names, functions last."""
    if _rank(b) < _rank(a):
        a, b = b, a
    if a in (ZERO, ONE):
        return a if a == ZERO else b
    if isinstance(a, Number) and isinstance(b, Number):
        return Number(a.value * b.value)
    for one, other in ((a, b), (b, a)):
        less = opposite(one)
        if less is not None:
            return neg(mul(less, other))
        if parts(one, "where") and all(isinstance(part, Number) for part in parts(one, "where")[1:]):
            condition, yes, no = parts(one, "where")
            return where(condition, mul(yes, other), mul(no, other))
        if parts(one, "/"):
            above, below = parts(one, "/")
            return div(mul(above, other), below)
    return _product(a, b)


def _product(a: Node, b: Node) -> Node:
    (one, first), (other, second) = scaled(a), scaled(b)
    if other != 1 or (one != 1 and first != ONE):
        return mul(Number(one * other), mul(first, second))
    return power(a, TWO) if same(a, b) else call("*", a, b)


def _rank(node: Node) -> int:
    if isinstance(node, Number | Name):
        return 0 if isinstance(node, Number) else 1
    return 2 if node.function in ("+", "-", "*", "/", "^", "neg") else 3


def weigh(factor: Node, other: Node) -> Node:
    """Return factor · other, which is 0 where the factor is 0, whatever the other."""
    if isinstance(factor, Number) or other in (ZERO, ONE):
        return mul(factor, other)
    for one, rest in ((factor, other), (other, factor)):
        less = opposite(one)
        if less is not None:
            return neg(weigh(less, rest) if one is factor else weigh(rest, less))
    below = parts(other, "/")
    if below and below[0] == ONE and same(below[1], factor):
        return ONE
    return call("*0", factor, other)


def div(a: Node, b: Node) -> Node:
    """Return a / b."""
    if a == ZERO or b == ONE:
        return a
    if same(a, b):
        return ONE
    above, below = opposite(a), opposite(b)
    if above is not None or below is not None:
        return neg(div(above, b) if above is not None else div(a, below or b))
    if parts(a, "/"):
        top, bottom = parts(a, "/")
        return div(top, mul(bottom, b))
    return _quotient(a, b)


def _quotient(a: Node, b: Node) -> Node:
    (one, above), (other, below) = scaled(a), scaled(b)
    if 1.0 not in (one, other) and other != 0:
        if (one / other).is_integer() or below == ONE:
            return div(mul(Number(one / other), above), below)
        if (other / one).is_integer():
            return div(above, mul(Number(other / one), below))
    for whole, factor in ((a, b), (b, a)):
        rest = [part for part in parts(whole, "*") if not same(part, factor)]
        if len(rest) == 1:
            return rest[0] if whole is a else div(ONE, rest[0])
    if isinstance(a, Call) and isinstance(b, Call) and (a.function, b.function) in QUOTIENTS:
        (x,), (even,) = a.arguments, b.arguments
        if same(x, even) or same(x, neg(even)):
            return call(QUOTIENTS[a.function, b.function], x)
    return call("/", a, b)


def power(a: Node, b: Node) -> Node:
    """Return a to the power of b."""
    if b in (ZERO, ONE):
        return ONE if b == ZERO else a
    return parts(a, "sqrt")[0] if parts(a, "sqrt") and b == TWO else call("^", a, b)


def where(condition: Node, a: Node, b: Node) -> Node:
    """Return a where the condition holds, else b."""
    return a if same(a, b) else call("where", condition, a, b)


def over(function: str, x: Node) -> Node:
    """Return what is made of all classes, also where they are all the same."""
    if x.by_class:
        return call(function, x)
    if function == "sum":
        return mul(Name(CLASSES), x)
    return add(x, call("log", Name(CLASSES))) if function == "logsumexp" else x


def total(x: Node) -> Node:
    """Return the sum over the classes, what all share before it."""
    if not x.by_class:
        return over("sum", x)
    less, quotient, product = opposite(x), parts(x, "/"), parts(x, "*")
    if less is not None:
        return neg(total(less))
    if quotient and not quotient[1].by_class:
        return div(total(quotient[0]), quotient[1])
    for place, factor in enumerate(product):
        if not factor.by_class:
            return mul(factor, total(product[1 - place]))
    return call("sum", x)


BUILDERS: dict[str, Callable[..., Node]] = {
    **{"+": add, "-": sub, "neg": neg, "*": mul, "*0": weigh, "/": div, "^": power, "where": where},
}


def simplified(tree: Node) -> Node:
    """Return a tree made anew, simply."""

    def of(node: Node, arguments: list[Node]) -> Node:
        if not isinstance(node, Call):
            return node
        if node.function in OVER_CLASSES:
            return over(node.function, *arguments)
        builder = BUILDERS.get(node.function)
        return builder(*arguments) if builder else Call(node.function, tuple(arguments))

    return fold(tree, of)
