"""Reads a formula into a tree, by the rules of precedence. Nothing is run: what is known stands in tables."""

from __future__ import annotations

from lossgui.core.formula.functions import COMPARISONS, LOGARITHMS, LOGIC
from lossgui.core.formula.rules import BINDS, COMPARE, FUNCTIONS, IF, NEGATE, NOT
from lossgui.core.formula.tokens import RESERVED, Token, tokens
from lossgui.core.formula.tree import (
    CLASSES,
    CONSTANTS,
    LABELS,
    LOGITS,
    OVER_CLASSES,
    PREDICTIONS,
    Call,
    Name,
    Node,
    Number,
)
from lossgui.core.formula.wrong import FormulaError

DEEPEST, TALLEST, MOST_NODES = 40, 100, 300
GIVEN = (LABELS, PREDICTIONS, LOGITS, CLASSES, *CONSTANTS)


class Parser:
    """Reads words from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens = tokens(text)
        self._at = self._depth = self._nodes = 0

    def formula(self) -> Node:
        """Read all."""
        tree = self._number()
        if self._next.kind != "end":
            raise self._unexpected()
        return tree

    def first(self, word: str) -> int:
        """Return where a word first stands."""
        return next((token.place for token in self._tokens if token.word == word), 0)

    # Words

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _expect(self, word: str, after: Token) -> None:
        if self._next.word != word or self._next.kind != "sign":
            if self._next.kind == "end":
                raise FormulaError(f"‘{word}’ is missing for the ‘{after.written}’ here.", after.place)
            raise self._unexpected()
        self._take()

    def _unexpected(self) -> FormulaError:
        token = self._next
        if token.kind == "end":
            return FormulaError("Something is missing at the end.", token.place)
        before = self._tokens[self._at - 1] if self._at else None
        if token.word == "=":
            return FormulaError("Only a comparison has a sign of equality, which is written ==.", token.place)
        if before is not None and before.kind != "sign" and (token.kind != "sign" or token.word == "("):
            return FormulaError(f"Write * between ‘{before.written}’ and ‘{token.written}’.", token.place)
        return FormulaError(f"‘{token.written}’ is not expected here.", token.place)

    def _made(self, function: str, *arguments: Node) -> Node:
        node = Call(function, arguments)
        self._nodes += 1
        place = self._tokens[self._at - 1].place
        if node.height > TALLEST:
            raise FormulaError(f"More than {TALLEST} steps build on one another: split it up.", place)
        if self._nodes > MOST_NODES:
            raise FormulaError(f"A formula has at most {MOST_NODES} steps.", place)
        return node

    # Numbers and conditions

    def _number(self, least: int = 0) -> Node:
        """Read what comes to a number; a comparison is 1 where it holds, and 0 elsewhere."""
        token = self._next
        return self._as_number(self._expression(least), token)

    def _as_number(self, node: Node, token: Token) -> Node:
        if not isinstance(node, Call) or node.function not in (*COMPARISONS, *LOGIC):
            return node
        if node.function in LOGIC:
            raise FormulaError(
                "Conditions that are joined stand only in where(…) and after ‘if’.", token.place
            )
        return self._made("where", node, Number(1.0), Number(0.0))

    def _condition(self, least: int = 0) -> Node:
        """Read what holds or not; a number holds where it is not 0."""
        node = self._expression(least)
        if isinstance(node, Call) and node.function in (*COMPARISONS, *LOGIC):
            return node
        return self._made("!=", node, Number(0.0))

    def _compared(self, least: int) -> Node:
        """Read a condition that joins others: a mere number is none."""
        token = self._next
        node = self._expression(least)
        return self._checked_condition(node, token)

    @staticmethod
    def _checked_condition(node: Node, token: Token) -> Node:
        if isinstance(node, Call) and node.function in (*COMPARISONS, *LOGIC):
            return node
        raise FormulaError("‘and’, ‘or’ and ‘not’ join conditions, such as p > 0.", token.place)

    # Expressions

    def _expression(self, least: int) -> Node:
        """Read what is joined by signs that bind closer than `least`."""
        self._depth += 1
        first = self._next
        if self._depth > DEEPEST:
            raise FormulaError(f"It is nested more than {DEEPEST} deep.", first.place)
        node = self._prefixed()
        while self._next.kind == "sign" and BINDS.get(self._next.word, 0) > least:
            node = self._joined(node, first, self._take())
        self._depth -= 1
        return node

    def _joined(self, left: Node, first: Token, sign: Token) -> Node:
        word = sign.word
        if word in COMPARISONS:
            return self._comparison(self._as_number(left, first), sign)
        if word in LOGIC:
            return self._made(word, self._checked_condition(left, first), self._compared(BINDS[word]))
        left = self._as_number(left, first)
        if word in "²³":
            return self._made("^", left, Number(2.0 if word == "²" else 3.0))
        if word == "if":
            condition = self._condition(IF)
            self._expect("else", sign)
            return self._made("where", condition, left, self._number())
        right = self._number(NEGATE if word == "^" else BINDS[word])
        return self._product(left, right) if word == "*" else self._made(word, left, right)

    def _product(self, left: Node, right: Node) -> Node:
        for factor, log in ((left, right), (right, left)):
            if _is_log(log) and not isinstance(factor, Number):
                return self._made("*0", factor, log)
        return self._made("*", left, right)

    def _comparison(self, left: Node, sign: Token) -> Node:
        """Read one comparison, or a chain such as 0 < p < 1."""
        right = self._number(COMPARE)
        node = self._made(sign.word, left, right)
        while self._next.word in COMPARISONS:
            sign, left = self._take(), right
            right = self._number(COMPARE)
            node = self._made("and", node, self._made(sign.word, left, right))
        return node

    def _prefixed(self) -> Node:
        token = self._take()
        if token.kind == "number":
            return self._literal(token)
        if token.kind == "name":
            return self._called(token) if self._next.word == "(" else self._named(token)
        if token.word in "+-" and token.kind == "sign":
            node = self._number(NEGATE)
            return node if token.word == "+" else self._made("neg", node)
        if token.word == "not":
            return self._made("not", self._compared(NOT))
        if token.word in "(|" and token.kind == "sign":
            node = self._expression(0)
            self._expect(")" if token.word == "(" else "|", token)
            return node if token.word == "(" else self._made("abs", self._as_number(node, token))
        self._at -= 1
        raise self._unexpected()

    def _literal(self, token: Token) -> Node:
        self._nodes += 1
        value = float(token.word)
        if value == float("inf"):
            raise FormulaError(f"‘{token.written}’ is too large for a number.", token.place)
        return Number(value)

    def _named(self, token: Token) -> Node:
        self._nodes += 1
        if token.word in FUNCTIONS:
            raise FormulaError(f"‘{token.written}’ is a function: write {token.written}(…).", token.place)
        if token.word.lower() in RESERVED or token.word in RESERVED:
            raise FormulaError(
                f"‘{token.written}’ has no meaning here, and cannot name a parameter.", token.place
            )
        return Name(token.word)

    # Functions

    def _called(self, token: Token) -> Node:
        rule = FUNCTIONS.get("sigmoid" if token.word == "sigma" else token.word)
        if rule is None:
            known = token.word in GIVEN
            why = (
                f"Write * between ‘{token.written}’ and ‘(’."
                if known
                else f"There is no function ‘{token.written}’."
            )
            raise FormulaError(why, token.place)
        opening = self._take()
        arguments = [self._condition() if rule.condition else self._number()]
        while self._next.word == ",":
            self._take()
            arguments.append(self._number())
        self._expect(")", opening)
        if not rule.least <= len(arguments) <= rule.most:
            raise FormulaError(
                f"{token.written}(…) takes {rule.takes}, and here are {len(arguments)}.", token.place
            )
        return self._over_classes(rule.make(self._made, *arguments), token)

    def _over_classes(self, node: Node, token: Token) -> Node:
        if isinstance(node, Call) and node.function in OVER_CLASSES and not node.arguments[0].by_class:
            raise FormulaError(f"What is in {token.written}(…) is the same for all classes.", token.place)
        return node


def _is_log(node: Node) -> bool:
    """Tell whether a factor is, up to factors and a sign, a logarithm."""
    if not isinstance(node, Call):
        return False
    if node.function in ("neg", "/"):
        return _is_log(node.arguments[0])
    if node.function in ("*", "*0"):
        return any(_is_log(part) for part in node.arguments)
    return node.function in LOGARITHMS
