"""Numbers as people type them, and as cells show them: the same in every locale."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from lossgui.core import text as words

BLANKS = " \t\r\n\u00a0\u2007\u2009\u202f"
LONGEST_QUOTED = 40
MOST_DECIMALS = 4
MOST_IN_A_SUM = 7

_MINUS_SIGNS = str.maketrans({words.MINUS: "-", ",": "."})
_SIGN = rf"[+\-{words.MINUS}]?"
_NUMBER = re.compile(rf"{_SIGN}(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE]{_SIGN}[0-9]+)?")
_GROUPED = re.compile(rf"{_SIGN}[0-9][0-9.,'’{BLANKS}]*[0-9]")
_NOT_FINITE = re.compile(rf"{_SIGN}(?:nan|inf|infinity|∞)", re.IGNORECASE)
_DIGIT_BUT_ZERO = re.compile(r"^[^eE]*[1-9]")


def parse(text: str) -> float:
    """Return the number that a person typed.

    Parameters
    ----------
    text
        ASCII digits with an optional sign, '.' or ',' as the decimal mark, an optional exponent, and blanks
        around it. The locale plays no part.

    Raises
    ------
    ValueError
        If it is anything else; the message names the text and the reason.
    """
    bare = text.strip(BLANKS)
    if not _NUMBER.fullmatch(bare):
        raise ValueError(_why_not(bare))
    value = float(bare.translate(_MINUS_SIGNS))
    if math.isinf(value):
        raise ValueError(f"{quoted(bare)} is too large: only finite numbers can be entered.")
    if value == 0 and _DIGIT_BUT_ZERO.match(bare):
        raise ValueError(f"{quoted(bare)} is too small: it would become 0.")
    return value


def _why_not(bare: str) -> str:
    if not bare:
        return "A number is missing."
    if _NOT_FINITE.fullmatch(bare):
        return f"{quoted(bare)} is refused: only finite numbers can be entered."
    if bare.endswith("%"):
        return f"{quoted(bare)} has a percent sign, which is not read: write 50% as 0.5."
    if _GROUPED.fullmatch(bare):
        return f"{quoted(bare)} is not a number here: leave out thousands separators, and mark decimals once."
    if any(sign.isnumeric() and not sign.isascii() for sign in bare):
        return f"{quoted(bare)} is not a number here: use the digits 0 to 9."
    return f"{quoted(bare)} is not a number."


def quoted(text: str) -> str:
    """Return a text in quotation marks, cut if it is long, without characters that cannot be seen."""
    text = text if len(text) <= LONGEST_QUOTED else text[: LONGEST_QUOTED - 1] + "…"
    return "‘" + "".join(sign if sign.isprintable() else "�" for sign in text) + "’"


@lru_cache(maxsize=4096, typed=True)
def shown(value: float, decimals: int = 0) -> str:
    """Return how a cell shows a number: the shortest text that is exact, else four decimals or digits.

    Parameters
    ----------
    decimals
        Decimals to show at least, so that the numbers of a table are aligned: 0.1 is 0.10 with two.
    """
    plain = _plain(value) + 0.0  # which makes of -0 a 0
    if abs(plain) < 1e9:
        for places in range(decimals, MOST_DECIMALS + 1):
            text = f"{plain:.{places}f}"
            if float(text) == plain:
                return _typeset(text)
    if not math.isfinite(plain):
        return words.number(plain)
    short = f"{plain:.{MOST_DECIMALS}g}"
    if float(short) != plain and 1e-3 <= abs(plain) < 1e5:
        short = f"{plain:.{MOST_DECIMALS}f}"
    elif float(short) != plain and abs(plain) < 1e-3:
        short = f"{plain:.1e}"  # as wide as four decimals
    return _typeset(short)


def summed(value: float) -> str:
    """Return how a sum is shown: in seven digits, so that 1.000002 is not 1, and 0.1 + 0.2 is 0.3."""
    return _typeset(f"{value + 0.0:.{MOST_IN_A_SUM}g}") if math.isfinite(value) else words.number(value)


def editable(value: float) -> str:
    """Return the text with which an editor opens: it reads back as the same number of the same type."""
    return words.exact(_plain(value))


def _plain(value: float) -> float:
    # A float32 0.1 is meant, and shown by NumPy, as 0.1, though as a float64 it is 0.10000000149011612.
    return float(value) if isinstance(value, float | int) else float(str(value))


def _typeset(text: str) -> str:
    mantissa, e, exponent = text.partition("e")
    return (mantissa + (f"e{int(exponent)}" if e else "")).replace("-", words.MINUS)
