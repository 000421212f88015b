"""The stages of a loss that is a formula: for each class, over the classes, and of what all classes share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lossgui.core import text
from lossgui.core.formula.functions import VALUES, evaluate_all
from lossgui.core.formula.scripts import plain
from lossgui.core.formula.simple import neg
from lossgui.core.formula.tree import CLASSES, Call, Node, fold, in_order
from lossgui.core.stages import Stage, SumClasses
from lossgui.core.stages.stage import fitted
from lossgui.core.table import Array

TERMS, TOTAL = "terms", "total"
"""Names in the derivative of what is made of all classes: an entry, and what they come to."""

FRAMED = "−({})"
"""The frame of entries that all have a minus."""

CHIPS = {
    **{"sum": "Σ classes", "mean": "mean of classes", "logsumexp": "ln Σ exp"},
    **{"largest": "max of classes", "smallest": "min of classes"},
}


class Written(Stage):
    """A formula.

    Parameters
    ----------
    tree
        The formula.
    names
        What it calls the values that are read; the predictions come first.
    slopes
        Its derivative by each of them; None where it does not depend on a prediction.
    values
        The parameters.
    """

    tree: Node
    names: tuple[str, ...]
    slopes: tuple[Node | None, ...]
    values: Mapping[str, float]

    def evaluated(self, trees: Sequence[Node], inputs: Sequence[Array]) -> list[Any]:
        """Return what trees come to."""
        given = dict(zip(self.names, inputs, strict=True))
        predictions = inputs[0]
        sizes = {CLASSES: float(predictions.shape[-1])}
        return evaluate_all(trees, {**given, **sizes, **self.values}, predictions.dtype)

    def value(self, *inputs: Array) -> Array:
        result: Array = self.evaluated([self.tree], inputs)[0]
        return result if self.tree.by_class else result[..., 0]

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        upstream = upstream if self.tree.by_class else upstream[..., None]
        wanted = [slope for slope in self.slopes if slope is not None]
        found = iter(self.evaluated(wanted, inputs))
        return [
            None if slope is None else fitted(upstream * next(found), value)
            for slope, value in zip(self.slopes, inputs, strict=True)
        ]

    # In words

    def entries(self, *inputs: Array) -> list[str]:
        branches = [
            node for node in in_order(self.tree) if isinstance(node, Call) and node.function == "where"
        ]
        conditions = self.evaluated([node.arguments[0] for node in branches], inputs)
        shape = np.shape(inputs[0])
        held = [np.broadcast_to(condition, shape).ravel().tolist() for condition in conditions]
        numbers = self._numbers(inputs)
        forms: dict[tuple[Any, ...], str] = {}
        result = []
        for place in range(shape[-1] if self.tree.by_class else 1):
            own = {name: texts[place % len(texts)] for name, texts in numbers.items()}
            holds = tuple(condition[place] for condition in held)
            signs = tuple(written.startswith(text.MINUS) for written in own.values())
            if (holds, signs) not in forms:
                forms[holds, signs] = self._form(dict(zip(branches, holds, strict=True)), own)
            result.append(forms[holds, signs].format(**{n: w.lstrip(text.MINUS) for n, w in own.items()}))
        return result

    def _numbers(self, inputs: Sequence[Array]) -> dict[str, list[str]]:
        """Return the numbers of one row as a person reads them, by name."""
        read = zip(self.names, (np.ravel(value) for value in inputs), strict=True)
        classes = np.shape(inputs[0])[-1]
        return {
            **{
                name: text.inputs(row) if len(row) == classes else [text.number(float(row[0]))]
                for name, row in read
            },
            **{name: text.inputs([value]) for name, value in self.values.items()},
            CLASSES: [str(classes)],
        }

    def _form(self, holds: Mapping[Node, bool], known: Mapping[str, str]) -> str:
        """Return the formula where some conditions hold, with a gap for each number, without the frame."""

        def of(node: Node, arguments: list[Node]) -> Node:
            if node in holds:
                return arguments[1 if holds[node] else 2]
            if isinstance(node, Call) and node.function == "softmax":
                return Call("exp", (Call("-", tuple(arguments)),))
            return Call(node.function, tuple(arguments)) if isinstance(node, Call) else node

        gaps = {
            name: (text.MINUS if written.startswith(text.MINUS) else "") + f"{{{name}}}"
            for name, written in known.items()
        }
        shown = fold(self.tree, of)
        if self.frame == FRAMED:
            return plain(neg(shown), gaps)
        written = plain(shown, gaps)
        return f"({written})" if self.tree.by_class and written.startswith(text.MINUS) else written

    def working(self, output: Array, *inputs: Array) -> str:
        (line, *_) = self.entries(*inputs)
        total = text.number(float(np.ravel(output)[0]))
        return total if line == total else f"{line} = {total}"


class OverClasses(SumClasses):
    """What all classes share: a number a row, which is kept in a column.

    Parameters
    ----------
    function
        One of `tree.OVER_CLASSES`.
    slope
        Its derivative by each entry.
    """

    function: str
    slope: Node

    def value(self, *inputs: Array) -> Array:
        result: Array = VALUES[self.function](*inputs)
        return result

    def backward(self, upstream: Array, output: Array, *inputs: Array) -> Sequence[Array | None]:
        (terms,) = inputs
        given = {TERMS: terms, TOTAL: output, CLASSES: float(terms.shape[-1])}
        (slope,) = evaluate_all([self.slope], given, terms.dtype)
        return [np.broadcast_to(upstream * slope, terms.shape)]

    def framed(self, entries: Sequence[str], frame: str, output: Array, terms: Array) -> str:
        if self.function in ("sum", "mean"):
            return super().framed(entries, frame, output, terms)
        shown = [frame.format(entry) for entry in text.shortened(entries)]
        total = text.number(float(np.squeeze(output)))
        if self.function == "logsumexp":
            return f"ln({' + '.join(f'exp{_bracketed(entry)}' for entry in shown)}) = {total}"
        name = "max" if self.function == "largest" else "min"
        return f"{name}({', '.join(shown)}) = {total}"


def _bracketed(entry: str) -> str:
    return entry if entry.startswith("(") and entry.find(")") == len(entry) - 1 else f"({entry})"
