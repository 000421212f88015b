"""The line in which a number of a cell is typed."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from lossgui.gui import style


class Step(Enum):
    """Where a finished edit leads."""

    DOWN = "the cell below"
    NEXT = "the next cell, to edit it too"
    PREVIOUS = "the cell before, to edit it too"


STEPS = {
    Qt.Key.Key_Return: Step.DOWN,
    Qt.Key.Key_Enter: Step.DOWN,
    Qt.Key.Key_Tab: Step.NEXT,
    Qt.Key.Key_Backtab: Step.PREVIOUS,
}


class CellEditor(QLineEdit):
    """A line in which a number is typed, read in the same way in every locale.

    Attributes
    ----------
    opened_with
        The text that stands for the old number, so that leaving it writes nothing.
    step
        Where to go when it closes; None to stay.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened_with: str | None = None
        self.step: Step | None = None
        self.setProperty("role", "cell")
        self.setFrame(False)
        self.setFont(style.font())
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
