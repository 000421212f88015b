"""Formulas in LaTeX, and as a line of text as `notation` reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from lossgui.core import text as numbers
from lossgui.core.formula.pieces import ATOM, CASES, FRACTION, POWER, PRODUCT, SUM, Piece
from lossgui.core.formula.tokens import GREEK
from lossgui.core.formula.tree import Node
from lossgui.core.formula.writing import OTHERWISE, Script

LETTERS = {word: letter for letter, word in GREEK.items() if len(word) > 1 and letter.isalpha()}
ALIKE = ("sin", "cos", "tan", "sinh", "cosh", "tanh")


def short(value: float) -> str:
    """Return a number that is not negative in as few digits as tell it from others, such as 1e−7."""
    mantissa, _, exponent = numbers.exact(value).partition("e")
    return f"{mantissa}e{int(exponent)}".replace("-", numbers.MINUS) if exponent else mantissa


class Plain(Script):
    """A line of text.

    Parameters
    ----------
    known
        What is written in the place of names: numbers, for a formula with a person's own.
    """

    prefixes: ClassVar[dict[str, str]] = {
        **{"log": "ln", "log2": "log₂", "log10": "log₁₀", "largest": "max", "smallest": "min"},
        **{name: name for name in ALIKE},
        **{f"a{name}": f"arc{name}" for name in ALIKE[:3]},
    }
    called: ClassVar[dict[str, str]] = {name: name for name in ("max", "min", "clip", "sign", "softplus")} | {
        "sigmoid": "σ"
    }
    signs: ClassVar[dict[str, str]] = {
        **{"==": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"},
        **{"and": "and", "or": "or", "not": "not"},
    }
    times, minus, over = " · ", numbers.MINUS, " / "

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = known or {}

    def number(self, value: float) -> Piece:
        return Piece(short(value))

    def name(self, name: str) -> Piece:
        known = self._known.get(name)
        if known is not None:
            return Piece(known, SUM if known.startswith(numbers.MINUS) else ATOM)
        word, _, index = name.partition("_")
        return Piece(
            {"p": "ŷ", "k": "K"}.get(name) or LETTERS.get(word, word) + ("_" + index if index else "")
        )

    def fence(self, text: str, opening: str = "(", closing: str = ")") -> str:
        return f"{opening}{text}{closing}"

    def fraction(self, above: tuple[Piece, ...], below: tuple[Piece, ...]) -> Piece:
        top, bottom = self._side_by_side(above), self._side_by_side(below)
        if (top, bottom) == ("1", "K"):
            return Piece("¹⁄K")
        return Piece(f"{top} / {bottom if len(below) == 1 else self.fence(bottom)}", PRODUCT)

    def power(self, base: str, exponent: Piece) -> Piece:
        raised = {"2": "²", "3": "³"}.get(exponent.text)
        return Piece(base + (raised or f"^{self.closed(exponent, ATOM)}"), POWER)

    def exponential(self, exponent: Piece) -> Piece:
        return Piece(f"exp({exponent.text})")

    def root(self, inside: Piece) -> Piece:
        return Piece("√" + self.closed(inside, ATOM))

    def cases(self, rows: tuple[tuple[str, str], ...]) -> Piece:
        said = [f"{value} if {condition}" for value, condition in rows[:-1]]
        return Piece("; ".join([*said, f"{rows[-1][0]} {OTHERWISE}"]), CASES, rows=rows)

    def over_classes(self, sign: str, body: str) -> str:
        return ("Σ " if sign == "sum" else f"{self.prefixes[sign]} over classes of ") + body

    def softmax(self, inside: Piece) -> Piece:
        return Piece(f"softmax({inside.text})")


FENCES = {r"\sum cases": "bigg", r"\frac \sqrt": "Big", "^": "big"}
"""What brackets hold, and their size."""


class Latex(Script):
    """LaTeX, for typesetting."""

    prefixes: ClassVar[dict[str, str]] = {
        **{"log": r"\ln", "log2": r"\log_2", "log10": r"\log_{10}", "largest": r"\max", "smallest": r"\min"},
        **{name: rf"\{name}" for name in ALIKE},
        **{f"a{name}": rf"\arc{name}" for name in ALIKE[:3]},
    }
    called: ClassVar[dict[str, str]] = {
        **{"max": r"\max", "min": r"\min", "sigmoid": r"\sigma"},
        **{name: rf"\mathrm{{{name}}}" for name in ("clip", "sign", "softplus")},
    }
    signs: ClassVar[dict[str, str]] = {
        **{"==": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge"},
        **{"and": r"\;\land\;", "or": r"\;\lor\;", "not": r"\lnot"},
    }
    times, minus, over = r" \cdot ", "-", r"\frac"

    def number(self, value: float) -> Piece:
        mantissa, _, exponent = short(value).replace(numbers.MINUS, "-").partition("e")
        if not exponent:
            return Piece(mantissa)
        power = f"10^{{{exponent}}}"
        return Piece(power, POWER) if mantissa == "1" else Piece(rf"{mantissa} \cdot {power}", PRODUCT)

    def name(self, name: str) -> Piece:
        known = {"y": "y_#", "p": r"\hat y_#", "z": "z_#", "k": "K", "pi": r"\pi", "e": "e"}.get(name)
        if known:
            return Piece(known)
        word, _, index = name.partition("_")
        if word in LETTERS:
            word = rf"\{word}"
        elif len(word) > 1:
            word = rf"\mathrm{{{word}}}"
        return Piece(rf"{word}_{{{index.replace('_', '')}}}" if index else word)

    def fence(self, text: str, opening: str = "(", closing: str = ")") -> str:
        # By hand: what stretches by itself takes ziamath twice the time at every level.
        size = next((size for tall, size in FENCES.items() if any(part in text for part in tall.split())), "")
        if size:
            return rf"\{size}l{opening}{text}\{size}r{closing}"
        return rf"\lvert {text} \rvert" if opening == "|" else f"{opening}{text}{closing}"

    def fraction(self, above: tuple[Piece, ...], below: tuple[Piece, ...]) -> Piece:
        top, bottom = (
            part[0].text if len(part) == 1 else self._side_by_side(part) for part in (above, below)
        )
        return Piece(rf"\frac{{{top}}}{{{bottom}}}", FRACTION)

    def power(self, base: str, exponent: Piece) -> Piece:
        return Piece(f"{base}^{{{exponent.text}}}", POWER)

    def exponential(self, exponent: Piece) -> Piece:
        return Piece(f"e^{{{exponent.text}}}", POWER)

    def root(self, inside: Piece) -> Piece:
        return Piece(rf"\sqrt{{{inside.text}}}")

    def cases(self, rows: tuple[tuple[str, str], ...]) -> Piece:
        said = [f"{value} & {condition}" for value, condition in rows[:-1]]
        said.append(rf"{rows[-1][0]} & \text{{{OTHERWISE}}}")
        body = r" \\ ".join(said)
        return Piece(rf"\begin{{cases}} {body} \end{{cases}}", CASES, rows=rows)

    def over_classes(self, sign: str, body: str) -> str:
        index = next(letter for letter in "jilmn" if f"_{letter}" not in body)
        operator = r"\sum" if sign == "sum" else self.prefixes[sign]
        return f"{operator}_{index} {body.replace('#', index)}"

    def softmax(self, inside: Piece) -> Piece:
        return Piece(rf"\mathrm{{softmax}}({inside.text.replace('_#', '')})_#")

    def finished(self, text: str) -> str:
        # A minus that begins a formula is no sign between two things.
        return re.sub("^-", "{-}", text).replace("#", "k")

    def space(self, factor: str) -> str:
        return r" \, " if factor.startswith((r"\mathrm", r"\max", r"\min")) else " "


def latex(tree: Node) -> str:
    """Return a formula in LaTeX: of class k where it has a value for each class."""
    return Latex().write(tree)


def plain(tree: Node, known: Mapping[str, str] | None = None) -> str:
    """Return a formula as a line of text, with numbers in the place of names where they are known."""
    return Plain(known).write(tree)
