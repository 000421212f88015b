"""What a person writes as a loss of their own; what it is, `formula` knows."""

from __future__ import annotations

from dataclasses import dataclass

OWN = "own"
"""The name of every loss of one's own."""


@dataclass(frozen=True)
class Own:
    """What a person has written.

    Parameters
    ----------
    formula
        As it was typed.
    over
        A key of `formula.OVER`, for a formula that has a value for each class.
    title
        What it is called; empty for a name that says no more than that it is one's own.
    """

    formula: str
    over: str = "mean"
    title: str = ""
