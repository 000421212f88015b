"""A formula that was read: its tree, its predictions, and the names that it leaves open."""

from __future__ import annotations

from dataclasses import dataclass

from lossgui.core.formula.parser import GIVEN, Parser
from lossgui.core.formula.tree import LOGITS, PREDICTIONS, Node, names
from lossgui.core.formula.wrong import FormulaError

MOST_PARAMETERS = 12


@dataclass(frozen=True)
class Read:
    """A formula that was read.

    Parameters
    ----------
    text
        As it was typed.
    tree
        What it means.
    symbol
        'p' or 'z': what of it are the predictions.
    parameters
        The names that it leaves open, in the order of reading.
    """

    text: str
    tree: Node
    symbol: str
    parameters: tuple[str, ...]


def read(text: str) -> Read:
    """Read a formula.

    Raises
    ------
    FormulaError
        If it is none; it says why, and where.
    """
    parser = Parser(text)
    tree = parser.formula()
    symbols = [name for name in names(tree) if name in (PREDICTIONS, LOGITS)]
    if len(symbols) > 1:
        raise FormulaError(
            "A formula takes either p, probabilities or values, or z, logits: not both.", parser.first(LOGITS)
        )
    if not symbols:
        raise FormulaError("There is no prediction in it: write p, or z for logits.", 0)
    parameters = tuple(name for name in names(tree) if name not in GIVEN)
    if len(parameters) > MOST_PARAMETERS:
        raise FormulaError(
            f"A formula leaves at most {MOST_PARAMETERS} names open.", parser.first(parameters[-1])
        )
    return Read(text, tree, symbols[0], parameters)
