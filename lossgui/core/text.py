"""Numbers as people read them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

MINUS = "\u2212"
MOST_ENTRIES = 10
DECIMALS, MOST_DECIMALS = 4, 10


def decimals_apart(values: Sequence[float]) -> int:
    """Return the decimals that numbers need so that those that differ look different.

    Numbers that differ by rounding alone (8 ulp) may look the same.
    """
    finite = sorted({value for value in values if math.isfinite(value)})
    different = [(a, b) for a, b in pairwise(finite) if b - a > 8 * math.ulp(max(abs(a), abs(b)))]
    for decimals in range(DECIMALS, MOST_DECIMALS):
        if all(number(a, decimals) != number(b, decimals) for a, b in different):
            return decimals
    return MOST_DECIMALS


def number(value: float, decimals: int = DECIMALS) -> str:
    """Return a result in four decimals, or four significant digits where it is small or large."""
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return "∞" if value > 0 else MINUS + "∞"
    size = abs(value)
    if size == 0:
        return "0"
    if 1e-2 <= size < 1e5:
        text = f"{value:.{decimals}f}"
    elif 1e-3 <= size < 1e-2:
        text = f"{value:.{decimals + 2}f}"
    else:
        text = f"{value:.{decimals - 1}e}"
    return _typeset(text)


def _typeset(text: str) -> str:
    """Write minus signs as such, and 1e-07 as 1e−7."""
    mantissa, e, exponent = text.partition("e")
    return (mantissa + (f"e{int(exponent)}" if e else "")).replace("-", MINUS)


def exact(value: float) -> str:
    """Return the shortest text that reads back as the same number, in plain ASCII."""
    value = float(value)
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value)) if value or math.copysign(1, value) > 0 else "-0"
    return repr(value)


def inputs(values: Iterable[float]) -> list[str]:
    """Return numbers that a person typed, all with as many decimals as the longest needs, four at most."""
    values = [float(value) for value in values]
    for decimals in range(5):
        texts = [f"{value:.{decimals}f}" for value in values]
        if all(float(text) == value for text, value in zip(texts, values, strict=True)):
            return [
                _typeset(text) if math.isfinite(value) else number(value)
                for text, value in zip(texts, values, strict=True)
            ]
    return [_short(value) for value in values]


def _short(value: float) -> str:
    short = f"{value:.4g}"
    return _typeset(short) if math.isfinite(value) and float(short) == value else number(value)


def listed(values: Iterable[float]) -> str:
    """Return numbers as a list in brackets, the middle of a long one left out."""
    return "[" + ", ".join(shortened(inputs(values))) + "]"


def shortened(texts: Sequence[str], keep: Iterable[int] = ()) -> list[str]:
    """Return the first entries, those at the places in `keep`, and the last one; dots stand for the rest."""
    if len(texts) <= MOST_ENTRIES:
        return list(texts)
    places = sorted({*range(MOST_ENTRIES - 4), *list(keep)[:3], len(texts) - 1})
    result = []
    for place, before in zip(places, [-1, *places], strict=False):
        if place != before + 1:
            result.append("…")
        result.append(texts[place])
    return result


def signed(text: str) -> str:
    """Return a number for use inside a formula: in parentheses if it is negative."""
    return f"({text})" if text.startswith(MINUS) else text


def counted(count: int, word: str) -> str:
    """Return 'a sample', '3 samples'."""
    return f"{count:,} {word}" + ("" if count == 1 else "es" if word.endswith("s") else "s")
