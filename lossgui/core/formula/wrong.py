"""What is wrong with a formula."""

from __future__ import annotations

AROUND = 40
"""Characters that are shown on either side of a place."""


class FormulaError(ValueError):
    """A text is no formula: why, and where.

    Parameters
    ----------
    why
        A sentence.
    place
        The first character that is meant, counted from 0.
    """

    def __init__(self, why: str, place: int) -> None:
        super().__init__(why, place)
        self.why = why
        self.place = place

    def __str__(self) -> str:
        return f"Position {self.place + 1}: {self.why}"

    def marked(self, text: str) -> str:
        """Return the text around the place, and a mark below it, as two lines."""
        start = max(0, self.place - AROUND)
        shown = "".join(
            letter if letter.isprintable() else " " for letter in text[start : self.place + AROUND]
        )
        return f"{shown}\n{' ' * (self.place - start)}^"
