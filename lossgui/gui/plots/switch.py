"""A row of words of which one is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QLabel, QToolButton, QWidget

from lossgui.gui import style
from lossgui.gui.tips import tip

FAINT = 0.5
"""Opacity of a word that cannot be chosen."""


class Switch(QWidget):
    """A row of words of which one is chosen.

    Parameters
    ----------
    name
        What is chosen here, for those who cannot see the place.
    options
        (key, word) of each.
    heading
        What stands before the words.
    """

    picked = Signal(str)

    def __init__(
        self, name: str, options: Sequence[tuple[str, str]], heading: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sheet = ""
        self._group = QButtonGroup(self)
        self._keys: dict[QAbstractButton, str] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        if heading:
            label = QLabel(heading)
            style.dress(label, style.SMALL)
            label.setProperty("role", "quiet")
            row.addWidget(label)
        for key, word in options:
            button = QToolButton()
            button.setText(word)
            button.setCheckable(True)
            style.dress(button, style.SMALL)
            button.setAccessibleName(f"{name}: {word}")
            self._keys[button] = key
            self._group.addButton(button)
            row.addWidget(button)
        self._group.buttonClicked.connect(self._clicked)
        self._restyle()

    @property
    def current(self) -> str:
        """The key that is chosen."""
        button = self._group.checkedButton()
        return self._keys[button] if button else ""

    def choose(self, key: str) -> None:
        """Show another key as chosen; nothing is sent."""
        for button, own in self._keys.items():
            if own == key and not button.isChecked():
                button.setChecked(True)

    def refuse(self, reasons: Mapping[str, str]) -> None:
        """Offer only the words for whose key there is no reason against it; the reason is said instead."""
        for button, key in self._keys.items():
            reason = reasons.get(key, "")
            button.setEnabled(not reason)
            button.setToolTip(tip(reason))
            button.setAccessibleDescription(reason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_keys"):
            self._restyle()

    def _restyle(self) -> None:
        look = style.theme()
        faint = QColor(look.quiet)
        faint.setAlphaF(FAINT)
        sheet = (
            f"QToolButton {{ color: {look.quiet}; }}"
            f"QToolButton:checked {{ color: {look.ink}; font-weight: bold; }}"
            f"QToolButton:disabled {{ color: {faint.name(QColor.NameFormat.HexArgb)}; }}"
        )
        if sheet != self._sheet:
            self._sheet = sheet
            self.setStyleSheet(sheet)

    @Slot(QAbstractButton)
    def _clicked(self, button: QAbstractButton) -> None:
        self.picked.emit(self._keys[button])
