"""A field for one number that reads both decimal marks the same in every locale, and refuses the rest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from lossgui.core import text
from lossgui.files.numbers import parse


class NumberField(QLineEdit):
    """A line in which a person writes a number; what is no number stays there, marked, with the reason.

    Parameters
    ----------
    name
        What the number is.
    check
        Raises ValueError, in words, for a number that is not allowed.
    """

    entered = Signal(float)
    refused = Signal(str)

    def __init__(self, name: str, check: Callable[[float], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._check = check
        self._value: float | None = None
        self._refusal = ""
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editingFinished.connect(self._read)

    @property
    def refusal(self) -> str:
        """Why the text is not taken; empty where it is."""
        return self._refusal

    def show_value(self, value: float) -> None:
        """Show a number; what a person is writing stays as long as the number is the same."""
        if value != self._value:
            self._value = value
            self._restore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_changed():
            self._restore()
            return
        super().keyPressEvent(event)

    def _is_changed(self) -> bool:
        return self._value is not None and self.text() != text.exact(self._value)

    def _restore(self) -> None:
        if self._value is not None:
            self.setText(text.exact(self._value))
        self._mark("")

    @Slot()
    def _read(self) -> None:
        if not self._is_changed():
            self._mark("")
            return
        try:
            value = parse(self.text())
            self._check(value)
        except ValueError as error:
            self._mark(str(error))
            return
        self._mark("")
        if value == self._value:
            self._restore()
            return
        self.entered.emit(value)

    def _mark(self, refusal: str) -> None:
        if refusal == self._refusal:
            return
        self._refusal = refusal
        self.setProperty("wrong", bool(refusal))
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleDescription(refusal)
        self.refused.emit(refusal)
