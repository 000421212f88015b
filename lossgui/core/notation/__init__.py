"""Formulas as they stand in a line of text, such as '−(0 ln 0.05 + 1 ln 0.95) = 0.0513', and as LaTeX.

The line of text is the one description of a step; its LaTeX is read from it. What is no formula is taken for
words, so that nothing that a stage says can fail.
"""

from __future__ import annotations

from lossgui.core.notation.piece import Piece, in_words, joined
from lossgui.core.notation.reader import TOKEN, NotAFormulaError, Reader, is_word

__all__ = ["Piece", "in_words", "joined", "latex", "pieces"]


def latex(text: str) -> str:
    """Return a formula, or words with formulas before and after them, as LaTeX."""
    return joined(pieces(text))


def pieces(text: str) -> tuple[Piece, ...]:
    """Return the pieces of a formula, or of words with formulas before and after them."""
    tokens = list(TOKEN.finditer(text))
    unknown = [place for place, token in enumerate(tokens) if is_word(token[0])]
    try:
        if not unknown:
            return tuple(Reader(tokens).line())
        first, last = unknown[0], unknown[-1]
        while last + 1 < len(tokens) and tokens[last + 1][0] in ":;.":
            last += 1
        words = _words(text, tokens[first].start(), tokens[last].end())
        return (*Reader(tokens[:first]).line(), words, *Reader(tokens[last + 1 :]).line())
    except (NotAFormulaError, RecursionError):
        return (_words(text, 0, len(text)),)


def _words(text: str, begin: int, end: int) -> Piece:
    return Piece(text[begin:end], "text", begin, end)
