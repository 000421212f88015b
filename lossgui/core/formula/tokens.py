"""The words of which formulas are made. What is none of them is refused before anything else is looked at."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from dataclasses import dataclass

from lossgui.core.formula.wrong import FormulaError

MOST_LETTERS, LONGEST_NAME, LONGEST_NUMBER = 2000, 24, 40

GREEK = {
    **{"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta"},
    **{"θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi"},
    **{"ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi"},
    **{"ω": "omega", "Σ": "sum", "√": "sqrt", "ŷ": "p", "y\u0302": "p"},
}
"""Letters that stand for words."""

ALIASES = {
    **{"ln": "log", "fabs": "abs", "sgn": "sign", "avg": "mean", "average": "mean", "power": "pow"},
    **{"arcsin": "asin", "arccos": "acos", "arctan": "atan", "maximum": "max", "minimum": "min"},
    **{"K": "k", "y_true": "y", "y_pred": "p", "y_hat": "p", "yhat": "p"},
}
SIGNS = {"−": "-", "–": "-", "·": "*", "⋅": "*", "×": "*", "∗": "*", "÷": "/", "**": "^"}
SIGNS |= {"≤": "<=", "≥": ">=", "≠": "!="}

WORDS = ("if", "else", "and", "or", "not")
"""Words that join."""

RESERVED = {*keyword.kwlist, *dir(builtins), "nan", "inf", "infinity", "np", "numpy", "math", "os", "sys"}
RESERVED = (RESERVED | {"from_logits"}) - {"lambda"}
"""What no parameter is called: mostly words of Python, which somebody meant as such."""

NUMBER = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
LETTERS = "".join(letter for letter in GREEK if len(letter) == 1)
NAME = rf"y\u0302|[A-Za-z_][A-Za-z0-9_]*|[{LETTERS}](?:_?[0-9])*"
SIGN = r"\*\*|[<>=!]=|[-+*/^()<>,|=²³]|" + "|".join(sign for sign in SIGNS if len(sign) == 1)
TOKEN = re.compile(rf" *(?:(?P<number>{NUMBER})|(?P<name>{NAME})|(?P<sign>{SIGN}))")


@dataclass(frozen=True)
class Token:
    """A word of a formula.

    Parameters
    ----------
    kind
        'number', 'name', 'sign' or 'end'.
    word
        The word, in the one way in which it is known here.
    written
        As it stands in the formula.
    place
        Where it stands, counted from 0.
    """

    kind: str
    word: str
    written: str
    place: int


def tokens(text: str) -> list[Token]:
    """Return the words of a formula, and its end.

    Raises
    ------
    FormulaError
        If it is empty or too long, or something in it is no word of a formula.
    """
    if len(text) > MOST_LETTERS:
        raise FormulaError(
            f"A formula has at most {MOST_LETTERS:,} characters, and this has more.", MOST_LETTERS
        )
    found, at = [], 0
    end = len(text.rstrip(" "))
    while at < end:
        match = TOKEN.match(text, at)
        if match is None:
            raise _stranger(text, at + len(text[at:]) - len(text[at:].lstrip(" ")))
        found.append(_token(match))
        at = match.end()
    if not found:
        raise FormulaError("There is no formula yet.", 0)
    return [*found, Token("end", "", "", end)]


def _token(match: re.Match[str]) -> Token:
    kind = str(match.lastgroup)
    written, place = match[kind], match.start(kind)
    longest = LONGEST_NUMBER if kind == "number" else LONGEST_NAME
    if len(written) > longest:
        raise FormulaError(f"A {kind} has at most {longest} characters.", place)
    if kind == "number":
        return Token(kind, written, written, place)
    if kind == "sign":
        return Token(kind, SIGNS.get(written, written), written, place)
    return _name(written, place)


def _name(written: str, place: int) -> Token:
    if "__" in written or written.startswith("_"):
        raise FormulaError("A name begins with a letter and has no double underscore.", place)
    word = next(
        (word + written[len(letter) :] for letter, word in GREEK.items() if written.startswith(letter)),
        written,
    )
    word = ALIASES.get(word, word)
    return Token("sign" if word in WORDS else "name", word, written, place)


def _stranger(text: str, place: int) -> FormulaError:
    """Return what to say of a character that stands in no formula."""
    letter = text[place]
    if letter == ".":
        return FormulaError(
            "A dot stands only in numbers: formulas have functions, such as log(p), no attributes.", place
        )
    if not letter.isprintable():
        return FormulaError(f"A formula is one line of text, without the character {ord(letter):04X}.", place)
    if letter.isascii():
        return FormulaError(f"‘{letter}’ has no meaning in a formula.", place)
    name = unicodedata.name(letter, "").lower() or "a character"
    return FormulaError(f"‘{letter}’ (U+{ord(letter):04X}, {name}) has no meaning in a formula.", place)
