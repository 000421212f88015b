"""What a written formula is made of: parts, and products of parts."""

from __future__ import annotations

from dataclasses import dataclass

CASES, CONDITION, SUM, PRODUCT, APPLIED, POWER, FRACTION, ATOM = range(8)
"""How closely a part holds together; what holds less closely than is needed gets brackets."""


@dataclass(frozen=True)
class Piece:
    """A part of a formula.

    Parameters
    ----------
    text
        As it is written.
    level
        How closely it holds together.
    big
        Whether it begins with a sum over classes, which takes in what follows.
    rows
        Of what is defined by cases, each value and its condition.
    """

    text: str
    level: int = ATOM
    big: bool = False
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Product:
    """Factors above and below the bar of a fraction, and a sign before it."""

    above: tuple[Piece, ...]
    below: tuple[Piece, ...] = ()
    minus: bool = False
