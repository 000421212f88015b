"""The working as people take it elsewhere: plain text, LaTeX, Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from lossgui.core.notation import in_words, joined
from lossgui.gui.working.lines import Line


def as_text(lines: Sequence[Line]) -> str:
    """Return a line of text for each."""
    return "\n".join(line.text for line in lines)


def as_latex(lines: Sequence[Line]) -> str:
    """Return an environment for display mathematics of the package amsmath."""
    rows = [f"  {in_words(line.title)} && {aligned(line)}" for line in lines]
    return "\n".join([r"\begin{aligned}", " \\\\\n".join(rows), r"\end{aligned}"])


def as_markdown(heading: str, lines: Sequence[Line]) -> str:
    """Return a heading, and each line as a paragraph and a block of mathematics."""
    blocks = [f"### {heading}"]
    for line in lines:
        if line.title:
            blocks.append(line.title)
        blocks.append(f"$$\n{joined(line.pieces)}\n$$" if is_formula(line) else line.words)
    return "\n\n".join(blocks) + "\n"


def is_formula(line: Line) -> bool:
    """Tell whether a line is more than words."""
    return any(piece.kind != "text" for piece in line.pieces)


def aligned(line: Line) -> str:
    """Return a line's LaTeX with a mark before its first relation."""
    places = [place for place, piece in enumerate(line.pieces) if piece.kind == "rel"]
    at = places[0] if places else len(line.pieces)
    return f"{joined(line.pieces[:at])} &{joined(line.pieces[at:])}"
