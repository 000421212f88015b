"""Reads a formula as it stands in a line of text, by the rules of precedence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lossgui.core.notation.piece import Piece, joined

FUNCTIONS = {
    "ln": r"\ln",
    "log": r"\log",
    "log₂": r"\log_2",
    "exp": r"\exp",
    "max": r"\max",
    "min": r"\min",
    "log₁₀": r"\log_{10}",
    **{name: rf"\{name}" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")},
    **{name: rf"\{name}" for name in ("arcsin", "arccos", "arctan")},
    **{name: rf"\mathrm{{{name}}}" for name in ("sign", "clip", "softplus")},
    "softmax": r"\mathrm{softmax}",
    "sparsemax": r"\mathrm{sparsemax}",
    "sigmoid": r"\mathrm{sigmoid}",
    "σ": r"\sigma",
    "√": r"\sqrt",
}
SYMBOLS = {
    "∞": r"\infty",
    "…": r"\dots",
    "½": r"\tfrac{1}{2}",
    "⅓": r"\tfrac{1}{3}",
    "¼": r"\tfrac{1}{4}",
    "undefined": r"\mathrm{undefined}",
}
RELATIONS = {"=": "=", "→": r"\to", "≈": r"\approx", "≤": r"\le", "≥": r"\ge"}
SIGNS = {"+": "+", "−": "-"}
POWERS = {"²": "2", "³": "3"}
BRACKETS = {"(": ")", "[": "]"}
ENDS = {*RELATIONS, *SIGNS, *BRACKETS.values(), ",", "|"}

NUMBER = r"\d+(?:\.\d+)?(?:e[−-]?\d+)?"
TOKEN = re.compile(rf"{NUMBER}|log₂|[^\W\d_²³½⅓¼₂]+|\S")
ALONE = re.compile(r"\(?-?(?:[\d.]+(?: \\cdot 10\^\{-?\d+\})?|10\^\{-?\d+\}|\\infty|\\dots)\)?,?")
FEW = 5
"""Numbers up to which a sum or a list stands above the bar of a fraction; before more of them stands 1/n."""


class NotAFormulaError(ValueError):
    """A text is no formula."""


def number(text: str) -> str:
    """Return a number such as 1.5e−7 as LaTeX."""
    mantissa, _, exponent = text.partition("e")
    power = f"10^{{{exponent.replace('−', '-')}}}"
    if not exponent:
        return mantissa
    return power if mantissa == "1" else rf"{mantissa} \cdot {power}"


def is_word(token: str) -> bool:
    """Tell whether a token means nothing in a formula."""
    return token[0].isalpha() and token not in FUNCTIONS and token not in SYMBOLS


@dataclass(frozen=True)
class _Part:
    """Pieces of a factor; those of a sum or a list in brackets may be broken into lines."""

    pieces: tuple[Piece, ...]
    brackets: bool = False

    @property
    def latex(self) -> str:
        return joined(self.pieces)

    @property
    def inside(self) -> str:
        """LaTeX for where a bar or a root holds it together: without round brackets."""
        round_ = self.brackets and self.pieces[0].latex.endswith("(")
        return joined(self.pieces[1:-1]) if round_ else self.latex

    @property
    def tall(self) -> bool:
        return any(r"\frac" in piece.latex for piece in self.pieces)

    def as_one(self, latex: str = "", kind: str = "ord") -> _Part:
        """Return it as one piece, with other LaTeX if any is given."""
        piece = Piece(latex or self.latex, kind, self.pieces[0].begin, self.pieces[-1].end)
        return _Part((piece,))


class Reader:
    """Reads tokens from left to right.

    Parameters
    ----------
    tokens
        Matches of `TOKEN`.
    """

    def __init__(self, tokens: Sequence[re.Match[str]]) -> None:
        self._tokens = tokens
        self._at = 0

    def line(self) -> tuple[Piece, ...]:
        """Read all: sides with relations between them."""
        result = self._items() if self._tokens else ()
        while self._next in RELATIONS:
            result += (self._take(RELATIONS, "rel"), *self._items())
        if self._next:
            raise NotAFormulaError(self._next)
        return result

    @property
    def _next(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _take(self, written: Mapping[str, str], kind: str = "ord") -> Piece:
        """Read one token, which must be in `written`."""
        if self._next not in written:
            raise NotAFormulaError(self._next or "end")
        token = self._tokens[self._at]
        self._at += 1
        return Piece(written[token[0]], kind, token.start(), token.end())

    def _items(self) -> tuple[Piece, ...]:
        result = self._sum()
        while self._next == ",":
            comma = self._take({",": ","})
            item = replace(result[-1], latex=result[-1].latex + ",", kind="punct", end=comma.end)
            result = (*result[:-1], item, *self._sum())
        return result

    def _sum(self) -> tuple[Piece, ...]:
        first = self._term()
        if self._next not in SIGNS:
            return first.pieces
        result = first.as_one().pieces
        while self._next in SIGNS:
            sign, term = self._take(SIGNS, "bin"), self._term()
            signed = term.as_one(f"({term.latex})") if term.latex.startswith("-") else term.as_one()
            result += (sign, *signed.pieces)
        return result

    def _term(self) -> _Part:
        minus = self._take(SIGNS) if self._next == "−" else None
        parts = [self._factor()]
        while self._next and self._next not in ENDS:
            if self._next == "/":
                self._take({"/": "/"})
                parts[-1] = _fraction(parts[-1], self._factor())
            elif self._next == "·":
                parts += [_Part((self._take({"·": r"\cdot"}, "bin"),)), self._factor()]
            else:
                parts.append(self._factor())
        term = _product(parts)
        if minus is None:
            return term
        first = term.pieces[0]
        return replace(
            term, pieces=(replace(first, latex=f"-{first.latex}", begin=minus.begin), *term.pieces[1:])
        )

    def _factor(self) -> _Part:
        if self._next == "−":
            term = self._term()
            return term.as_one(f"({term.latex})")
        base = self._atom()
        while self._next in POWERS:
            power = self._take(POWERS)
            base = base.as_one(f"{base.latex}^{power.latex}")
        if self._next == "^":
            self._take({"^": "^"})
            base = base.as_one(f"{base.latex}^{{{self._factor().inside}}}")
        return base

    def _atom(self) -> _Part:
        token = self._next
        if token in FUNCTIONS:
            return self._function(self._take(FUNCTIONS, "op"))
        if token in BRACKETS:
            return self._brackets()
        if token == "|":
            before, inside = self._take({"|": r"\left|"}, "open"), self._items()
            return _Part((before, *inside, self._take({"|": r"\right|"}, "close"))).as_one()
        numbers = {token: number(token)} if re.fullmatch(NUMBER, token) else {}
        return _Part((self._take(SYMBOLS | numbers),))

    def _function(self, name: Piece) -> _Part:
        of = self._factor()
        if name.latex == FUNCTIONS["√"]:
            return replace(_Part((name, *of.pieces)).as_one(rf"\sqrt{{{of.inside}}}"))
        if of.tall and len(of.pieces) == 3:
            return _Part((name, *of.pieces)).as_one(f"{name.latex} {of.inside}")
        whole = _Part((name, *of.pieces), of.brackets)
        return whole if of.brackets and of.pieces[0].latex != "(" else whole.as_one()

    def _brackets(self) -> _Part:
        opening = self._take({key: key for key in BRACKETS}, "open")
        inside = self._items()
        closing = self._take({BRACKETS[opening.latex]: BRACKETS[opening.latex]}, "close")
        if _Part(inside).tall:
            opening = replace(opening, latex=rf"\Bigl{opening.latex}")
            closing = replace(closing, latex=rf"\Bigr{closing.latex}")
        return _Part((opening, *inside, closing), brackets=True)


def _product(parts: list[_Part]) -> _Part:
    """Return factors as one piece, but for a last one that can be broken into lines."""
    *first, last = parts
    before = tuple(piece for part in first for piece in part.pieces)
    if not last.brackets:
        return _Part((*before, *last.pieces)).as_one() if before else last
    return _Part((*(_Part(before).as_one(kind="op").pieces if before else ()), *last.pieces), brackets=True)


def _fraction(above: _Part, below: _Part) -> _Part:
    """Return a fraction; what is long or no mere numbers stands behind 1/n, so that it can be broken."""
    numbers = [piece for piece in above.pieces[1:-1] if piece.kind != "bin"]
    whole = _Part((*above.pieces, *below.pieces))
    if above.brackets and (len(numbers) > FEW or not all(ALONE.fullmatch(piece.latex) for piece in numbers)):
        share = below.as_one(rf"\frac{{1}}{{{below.inside}}}", "op")
        return _Part((*share.pieces, *above.pieces), brackets=True)
    return whole.as_one(rf"\frac{{{above.inside}}}{{{below.inside}}}")
