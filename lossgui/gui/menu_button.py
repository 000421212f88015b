"""A flat button that says what is chosen, and lists what else there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QIcon
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from lossgui.gui import style
from lossgui.gui.tips import tip


@dataclass(frozen=True)
class Option:
    """One entry of the menu.

    Parameters
    ----------
    key
        What is sent when it is picked.
    text, words
        What it is called, and a sentence about it.
    """

    key: str | int
    text: str
    words: str = ""


def literal(words: str) -> str:
    """Return words for a button or menu, where a single ampersand would underline the next letter."""
    return words.replace("&", "&&")


class MenuButton(QToolButton):
    """A flat button with a menu of options, one of them current.

    Parameters
    ----------
    name
        What is chosen here, such as 'Profile', for those who cannot see the place.
    """

    picked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._options: tuple[Option, ...] = ()
        self._current: str | int | None = None
        self._actions: dict[str | int, QAction] = {}
        self._group = QActionGroup(self)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.triggered.connect(self._triggered)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("role", "menu")
        style.dress(self, style.SMALL)
        self.setAccessibleName(name)

    def offer(self, options: Sequence[Option], current: str | int, shown: str | None = None) -> None:
        """Show which of the options is current; nothing is touched that stays the same.

        Parameters
        ----------
        shown
            What the button says, if not the option's own text.
        """
        options = tuple(options)
        if options != self._options:
            self._fill(options)
        if current != self._current and current in self._actions:
            self._current = current
            self._actions[current].setChecked(True)
            for key, action in self._actions.items():
                # Where there is a picture, Qt leaves out the tick.
                action.setFont(style.font(bold=key == current))
        if shown is None:
            shown = next((option.text for option in options if option.key == current), "")
        self.say(shown)

    def say(self, shown: str) -> None:
        """Show a text on the button."""
        text = f"{literal(shown)} ▾"
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(f"{self.name}: {shown}")

    def sizeHint(self) -> QSize:
        # Qt's own hint leaves room for an arrow, which is a character here.
        edge = 9 if self.property("role") == "chip" else 4
        height = super().sizeHint().height()
        return QSize(self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&")) + 2 * edge, height)

    def icon_of(self, option: Option) -> QIcon | None:
        """Return the picture of an option in the menu; none here."""
        return None

    def _fill(self, options: tuple[Option, ...]) -> None:
        self._menu.clear()
        self._options, self._current = options, None
        self._actions = {}
        for option in options:
            action = QAction(literal(option.text), self._menu)
            action.setCheckable(True)
            action.setData(option.key)
            action.setToolTip(tip(option.words))
            picture = self.icon_of(option)
            if picture is not None:
                action.setIcon(picture)
            self._group.addAction(action)
            self._menu.addAction(action)
            self._actions[option.key] = action

    @Slot(QAction)
    def _triggered(self, action: QAction) -> None:
        current = self._actions.get(self._current) if self._current is not None else None
        key = action.data()
        if current is not None and current is not action:
            current.setChecked(True)  # until the document says so
        if key != self._current:
            self.picked.emit(key)
