"""Formulas drawn at random, and trees written out so that they are read the same again."""

from __future__ import annotations

from hypothesis import strategies as st

from lossgui.core.formula.simple import parts
from lossgui.core.formula.tree import Call, Name, Node, Number, fold

SMOOTH = ("exp", "tanh", "sigmoid", "softplus", "sin", "cos", "atan", "log1p", "sqrt", "log", "cosh")
"""Functions without corners; some are not defined everywhere."""

BENT = ("abs", "max", "min", "where", "clip", "sign")


def source(tree: Node) -> str:
    """Return a formula that is read as the tree, with all brackets."""

    def of(node: Node, texts: list[str]) -> str:
        if isinstance(node, Number):
            return repr(node.value)
        if isinstance(node, Name):
            return node.name
        if node.function in ("neg", "not"):
            return f"({'-' if node.function == 'neg' else 'not '}{texts[0]})"
        if node.function == "softmax":
            return f"softmax({texts[0]})"
        names = {"largest": "max", "smallest": "min"}
        if node.function.isalnum() and node.function not in ("and", "or"):
            return f"{names.get(node.function, node.function)}({', '.join(texts)})"
        return f"({texts[0]} {node.function.strip('0')} {texts[1]})"

    return fold(tree, of)


def alike(a: Node, b: Node) -> bool:
    """Tell whether two trees are the same, node by node."""
    if not isinstance(a, Call) or not isinstance(b, Call):
        return a == b
    return a.function == b.function and all(map(alike, a.arguments, parts(b, a.function)))


LEAVES = st.sampled_from(["p", "y", "a", "2", "0.5", "3", "p", "p"])


def _joined(inner: st.SearchStrategy[str], functions: tuple[str, ...]) -> st.SearchStrategy[str]:
    one = st.builds("{}({})".format, st.sampled_from([f for f in functions if f not in BENT[1:5]]), inner)
    two = st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner)
    power = st.builds("({})^{}".format, inner, st.sampled_from(["2", "3", "a", "0.5", "-1"]))
    minus = st.builds("-({})".format, inner)
    if functions is SMOOTH:
        return one | two | power | minus
    extreme = st.builds("{}({}, {})".format, st.sampled_from(["max", "min"]), inner, inner)
    sign = st.sampled_from(["<", ">=", "=="])
    cases = st.builds("where({} {} {}, {}, {})".format, inner, sign, inner, inner, inner)
    clipped = st.builds("clip({}, -1, 1)".format, inner)
    return one | two | power | minus | extreme | cases | clipped


def smooth() -> st.SearchStrategy[str]:
    """Draw formulas without corners."""
    return _with_p(st.recursive(LEAVES, lambda inner: _joined(inner, SMOOTH), max_leaves=8))


def any_kind() -> st.SearchStrategy[str]:
    """Draw formulas with and without corners."""
    return _with_p(st.recursive(LEAVES, lambda inner: _joined(inner, (*SMOOTH, *BENT)), max_leaves=8))


def over_classes() -> st.SearchStrategy[str]:
    """Draw formulas with sums and the like over the classes."""
    over = st.sampled_from(["sum", "mean", "max", "min", "logsumexp", "softmax", "log_softmax"])
    inner = st.recursive(LEAVES, lambda inner: _joined(inner, SMOOTH), max_leaves=4).map("(p + {})".format)
    shared = st.builds("{}({})".format, over, inner)
    return _with_p(st.recursive(shared | LEAVES, lambda deep: _joined(deep, SMOOTH), max_leaves=4))


def _with_p(formulas: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return formulas.map("p*{0} + {0}".format)
