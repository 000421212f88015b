"""What is shown of a formula beside the line in which it is typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lossgui.core.formula.derivative import gradient
from lossgui.core.formula.found import Found, found
from lossgui.core.formula.own import KINDS, LONGEST_SHOWN, NO_LOG_OF_ZERO, OVER, of_sample
from lossgui.core.formula.reading import Read, read
from lossgui.core.formula.scripts import LETTERS, Latex, plain
from lossgui.core.formula.tree import LOGITS, OVER_CLASSES, Name, Node, functions, size
from lossgui.core.notation import Piece
from lossgui.core.own import Own


@dataclass(frozen=True)
class Written:
    """Something about a formula: what, as a line of text, and as pieces of LaTeX where it is mathematics."""

    title: str
    plain: str
    pieces: tuple[Piece, ...] = ()


def shown(
    own: Own, kind: str, labels: Sequence[float], parameters: Mapping[str, float]
) -> tuple[Written, ...]:
    """Return what there is to show of a formula: first itself and its derivative, then what it does.

    Parameters
    ----------
    kind
        What the predictions of the study are; if the formula takes others, it is followed along these.
    labels
        The labels for which it is followed.
    parameters
        The values of its parameters; 1 for those that are missing.

    Raises
    ------
    FormulaError
        If it is none.
    """
    formula = read(own.formula)
    kinds = KINDS[formula.symbol]
    values = {name: parameters.get(name, 1.0) for name in formula.parameters}
    facts = found(formula, own.over, values, kind if kind in kinds else kinds[0], labels)
    return (*_mathematics(formula, own.over), *_conventions(formula, own.over), *_facts(facts))


def _mathematics(formula: Read, over: str) -> Iterator[Written]:
    alone = formula.tree.by_class and not functions(formula.tree) & set(OVER_CLASSES)
    tree = formula.tree if alone else of_sample(formula, over)
    slope = gradient(tree, Name(formula.symbol))
    symbol, letter = ("z_k", "z") if formula.symbol == LOGITS else (r"\hat y_k", "ŷ")
    loss = r"\ell_k" if alone else r"\ell"
    yield _line("formula", "ℓ", loss, tree)
    yield _line("derivative", f"∂ℓ / ∂{letter}", rf"\frac{{\partial {loss}}}{{\partial {symbol}}}", slope)


def _line(title: str, name: str, sign: str, tree: Node) -> Written:
    if size(tree) > LONGEST_SHOWN:
        return Written(title, "Too long to be shown; it is computed all the same.")
    text = f"{name} = {plain(tree)}"
    parts = [("ord", sign), ("rel", "=")]
    for before, addend in Latex().addends(tree):
        parts += [*([("bin", before)] if before else []), ("ord", addend)]
    return Written(title, text, tuple(Piece(latex, kind, 0, len(text)) for kind, latex in parts))


def _conventions(formula: Read, over: str) -> Iterator[Written]:
    made = f"One value for each, {OVER[over]}." if formula.tree.by_class else "One value for each sample."
    yield Written("classes", made)
    if "*0" in functions(formula.tree):
        yield Written("convention", f"{NO_LOG_OF_ZERO}, also in the derivative.")
    if formula.parameters:
        letters = ", ".join(LETTERS.get(name, name) for name in formula.parameters)
        yield Written("parameters", f"{letters}: on the card, with a slider.")


def _facts(facts: Found) -> Iterator[Written]:
    yield Written("domain", facts.domain)
    yield Written("values", facts.range)
    yield Written("corners", facts.corners)
    yield Written("checked", facts.checked)
