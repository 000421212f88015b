"""How a formula is written for people: what is common to LaTeX and to a line of text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from lossgui.core.formula.functions import COMPARISONS, LOGIC
from lossgui.core.formula.pieces import (
    APPLIED,
    ATOM,
    CONDITION,
    FRACTION,
    PRODUCT,
    SUM,
    Piece,
    Product,
)
from lossgui.core.formula.tree import CLASSES, Call, Name, Node, Number, fold

OTHERWISE = "otherwise"
GAP = "{"
"""How a gap for a number begins."""

RISING, FALLING = ("<", "<="), (">", ">=")


class Script(ABC):
    """A way of writing.

    Attributes
    ----------
    prefixes
        Functions that stand before their argument, which needs brackets only if it is long.
    called
        Functions that always have brackets.
    signs
        Comparisons and logic.
    times, minus, over
        The signs of a product of numbers, before a number, and of a fraction.
    """

    prefixes: ClassVar[dict[str, str]]
    called: ClassVar[dict[str, str]]
    signs: ClassVar[dict[str, str]]
    times: str
    minus: str
    over: str

    def write(self, tree: Node) -> str:
        """Return a formula."""
        return self.finished(self.whole(self.product(tree)).text)

    def addends(self, tree: Node) -> list[tuple[str, str]]:
        """Return what a formula adds up, each with the sign before it; the first has none."""
        found = []
        while isinstance(tree, Call) and tree.function in ("+", "-"):
            sign, (tree, last) = tree.function, tree.arguments
            found.append(self._signed(sign, self.product(last)))
        first = self.whole(self.product(tree))
        found.append(("", self.closed(first, SUM) if found else first.text))
        return [(sign, self.finished(text)) for sign, text in reversed(found)]

    def product(self, tree: Node) -> Product:
        """Return a formula as a product."""
        return fold(tree, self._of)

    # What differs

    @abstractmethod
    def number(self, value: float) -> Piece:
        """Return a number, which is not negative."""

    @abstractmethod
    def name(self, name: str) -> Piece:
        """Return a name."""

    @abstractmethod
    def fence(self, text: str, opening: str = "(", closing: str = ")") -> str:
        """Return a text in brackets."""

    @abstractmethod
    def fraction(self, above: tuple[Piece, ...], below: tuple[Piece, ...]) -> Piece:
        """Return a fraction."""

    @abstractmethod
    def power(self, base: str, exponent: Piece) -> Piece:
        """Return a power."""

    @abstractmethod
    def exponential(self, exponent: Piece) -> Piece:
        """Return a power of e."""

    @abstractmethod
    def root(self, inside: Piece) -> Piece:
        """Return a square root."""

    @abstractmethod
    def cases(self, rows: tuple[tuple[str, str], ...]) -> Piece:
        """Return what is defined by cases."""

    @abstractmethod
    def over_classes(self, sign: str, body: str) -> str:
        """Return a sign over the classes and what it is of."""

    @abstractmethod
    def softmax(self, inside: Piece) -> Piece:
        """Return softmax of a row, one entry of it."""

    def finished(self, text: str) -> str:
        """Return a formula that is whole."""
        return text

    def space(self, factor: str) -> str:
        """Return what stands before a factor."""
        return " "

    # Products

    def whole(self, product: Product) -> Piece:
        """Return a product as one part."""
        above = tuple(piece for piece in product.above if piece.text != "1") or product.above[:1]
        last = above[-1]
        tall = len(above) == 1 and last.level == SUM and self.over in last.text
        if product.below and (last.big or tall):
            before = self.fraction(above[:-1] or (Piece("1"),), product.below)
            piece = Piece(self._side_by_side((before, last)), PRODUCT, last.big)
        elif product.below:
            piece = self.fraction(above, product.below)
        else:
            piece = above[0] if len(above) == 1 else Piece(self._side_by_side(above), PRODUCT, last.big)
        if not product.minus:
            return piece
        return Piece(f"{self.minus}{self.closed(piece, PRODUCT)}", SUM)

    def _side_by_side(self, factors: tuple[Piece, ...]) -> str:
        result, before = "", Piece("")
        for place, piece in enumerate(factors):
            loose = piece.big and place < len(factors) - 1
            text = self.fence(piece.text) if loose else self.closed(piece, APPLIED, piece.big)
            apart = text[0].isdigit() or text.startswith((GAP, f"({self.minus}")) or before.level == APPLIED
            between = self.times if apart else self.space(text)
            result += (between if result else "") + text
            before = piece
        return result

    def closed(self, piece: Piece, least: int, anyway: bool = False) -> str:
        """Return a part, in brackets unless it holds together closely enough."""
        return piece.text if piece.level >= least or anyway else self.fence(piece.text)

    # Every kind of node

    def _of(self, node: Node, parts: list[Product]) -> Product:
        if isinstance(node, Number):
            return Product((self.number(abs(node.value)),), minus=node.value < 0)
        if isinstance(node, Name):
            return Product((self.name(node.name),))
        if node.function == "neg":
            return replace(parts[0], minus=not parts[0].minus)
        if node.function in ("*", "*0", "/"):
            return self._multiplied(node.function, *parts)
        if node.function in ("sum", "mean"):
            return self._summed(parts[0], node.function)
        pieces = [self.whole(part) for part in parts]
        if node.function in ("+", "-"):
            return Product((self._added(node.function, pieces[0], parts[1]),))
        return Product((self._piece(node, pieces, parts),))

    @staticmethod
    def _multiplied(function: str, a: Product, b: Product) -> Product:
        above, below = (b.below, b.above) if function == "/" else (b.above, b.below)
        return Product((*a.above, *above), (*a.below, *below), a.minus != b.minus)

    def _summed(self, part: Product, function: str) -> Product:
        body = self.closed(self.whole(replace(part, minus=False)), PRODUCT)
        below = (self.name(CLASSES),) if function == "mean" else ()
        return Product((Piece(self.over_classes("sum", body), PRODUCT, big=True),), below, part.minus)

    def _added(self, function: str, left: Piece, right: Product) -> Piece:
        sign, text = self._signed(function, right)
        return Piece(f"{self.closed(left, SUM)} {sign} {text}", SUM)

    def _signed(self, function: str, right: Product) -> tuple[str, str]:
        minus = (function == "-") != right.minus
        piece = self.whole(replace(right, minus=False))
        return self.minus if minus else "+", self.closed(piece, PRODUCT if minus else SUM)

    def _piece(self, node: Call, pieces: list[Piece], parts: list[Product]) -> Piece:
        function, first = node.function, pieces[0]
        if function in self.prefixes:
            return self.prefixed(function, first)
        if function in self.called:
            return Piece(self.called[function] + self.fence(", ".join(piece.text for piece in pieces)))
        if function in (*COMPARISONS, *LOGIC):
            return self._condition(node, pieces)
        return self._special[function](node, pieces, parts)

    def prefixed(self, function: str, inside: Piece) -> Piece:
        """Return a function that stands before its argument."""
        if function in ("largest", "smallest"):
            return Piece(self.over_classes(function, self.closed(inside, PRODUCT)), PRODUCT, big=True)
        close = inside.level >= FRACTION or inside.big
        text = f" {inside.text}" if close else self.fence(inside.text)
        return Piece(self.prefixes[function] + text, APPLIED, inside.big)

    def _condition(self, node: Call, pieces: list[Piece]) -> Piece:
        sign = self.signs[node.function]
        if node.function == "not":
            return Piece(f"{sign} {self.fence(pieces[0].text)}", CONDITION)
        if node.function in COMPARISONS:
            left, right = (self.closed(piece, SUM) for piece in pieces)
            return Piece(f"{left} {sign} {right}", CONDITION)
        first, second = (part for part in node.arguments if isinstance(part, Call))
        texts = [piece.text for piece in pieces]
        same_way = any({first.function, second.function} <= set(way) for way in (RISING, FALLING))
        if same_way and node.function == "and" and first.arguments[-1] == second.arguments[0]:
            # A chain such as 0 < x < 1.
            shared = self.write_part(second.arguments[0])
            return Piece(texts[0] + texts[1].removeprefix(shared), CONDITION)
        return Piece(f" {sign} ".join(self.fence(text) for text in texts), CONDITION)

    def write_part(self, tree: Node) -> str:
        """Return a side of a comparison, as it is written there."""
        return self.closed(self.whole(self.product(tree)), SUM)

    @property
    def _special(self) -> dict[str, Callable[[Call, list[Piece], list[Product]], Piece]]:
        return {
            "^": lambda node, pieces, parts: self.power(self.closed(pieces[0], ATOM), pieces[1]),
            "exp": lambda node, pieces, parts: self.exponential(pieces[0]),
            "expm1": lambda node, pieces, parts: self._added("-", self.exponential(pieces[0]), _ONE),
            "log1p": lambda node, pieces, parts: self._log1p(parts[0]),
            "sqrt": lambda node, pieces, parts: self.root(pieces[0]),
            "abs": lambda node, pieces, parts: Piece(self.fence(pieces[0].text, "|", "|")),
            "where": self._where,
            "logsumexp": lambda node, pieces, parts: self._logsumexp(pieces[0]),
            "softmax": lambda node, pieces, parts: self.softmax(pieces[0]),
        }

    def _log1p(self, inside: Product) -> Piece:
        return self.prefixed("log", self._added("+", Piece("1"), inside))

    def _logsumexp(self, inside: Piece) -> Piece:
        body = self.exponential(inside)
        return self.prefixed("log", Piece(self.over_classes("sum", body.text), PRODUCT, big=True))

    def _where(self, node: Call, pieces: list[Piece], parts: list[Product]) -> Piece:
        condition, yes, no = pieces
        if node.arguments[1:] == (Number(1.0), Number(0.0)):
            return Piece(self.fence(condition.text, "[", "]"))
        # Cases in cases become rows of one table, of which the first that holds counts.
        inner = tuple((value, self._both(condition.text, also)) for value, also in yes.rows)
        first = inner or ((yes.text, condition.text),)
        return self.cases((*first, *(no.rows or ((no.text, OTHERWISE),))))

    def _both(self, condition: str, also: str) -> str:
        both = f" {self.signs['and']} ".join((self.fence(condition), self.fence(also)))
        return condition if also == OTHERWISE else both


_ONE = Product((Piece("1"),))
