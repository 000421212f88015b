"""What a formula is made of, and its LaTeX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

IN_WORDS = {
    **{letter: rf"\{letter}" for letter in "#$%&_{}"},
    **{"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"},
    **{"Σ": r"$\Sigma$", "σ": r"$\sigma$", "δ": r"$\delta$", "γ": r"$\gamma$", "ŷ": r"$\hat y$"},
    **{"α": r"$\alpha$", "ε": r"$\epsilon$"},
    **{"÷": r"$\div$", "·": r"$\cdot$", "−": "$-$", "→": r"$\to$", "≥": r"$\ge$", "≤": r"$\le$"},
    **{"√": r"$\surd$", "∞": r"$\infty$", "½": r"$\tfrac12$", "₂": "$_2$", "²": "$^2$", "…": r"\dots{}"},
}
"""What LaTeX's text mode writes otherwise."""


@dataclass(frozen=True)
class Piece:
    """What of a formula stays together when it is broken into lines.

    Parameters
    ----------
    latex
        The piece in LaTeX, complete in itself; of words, the words.
    kind
        By TeX's classes: 'ord', 'op' (a function or a factor of what follows), 'bin', 'rel', 'open', 'close',
        'punct' (what ends in a comma); or 'text' for words.
    begin, end
        Where in the text it stands.
    """

    latex: str
    kind: str
    begin: int
    end: int


def joined(formula: Sequence[Piece]) -> str:
    """Return pieces as one line of LaTeX."""
    result, before = "", "open"
    for piece in formula:
        between = "" if before == "open" or piece.kind == "close" else " "
        if result and "text" in (before, piece.kind):
            between = r"\ "
        result += between + (in_words(piece.latex) if piece.kind == "text" else piece.latex)
        before = piece.kind
    return result


def in_words(words: str) -> str:
    r"""Return words as LaTeX's \text."""
    return rf"\text{{{''.join(IN_WORDS.get(letter, letter) for letter in words)}}}"
