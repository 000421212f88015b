"""Keys as a person presses them: one after the other, to the part that has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from lossgui.gui.window import MainWindow

MOST_TABS = 60
LOOK = 10
"""Milliseconds after which a person looks again whether a dialog is there."""


class Keys:
    """The keyboard of a window that is shown and active."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def press(self, *strokes: str) -> None:
        """Press keys such as 'Ctrl+S' or 'a', each once all is done that the last one led to."""
        left, loop = list(strokes), QEventLoop()

        def following() -> None:
            if not self._listens():
                QTimer.singleShot(LOOK, following)
            elif left:
                # Before the key, since a menu or a dialog may not return until it is closed.
                QTimer.singleShot(0, following)
                _send(left.pop(0))
            else:
                loop.quit()

        QTimer.singleShot(0, following)
        loop.exec()
        self._window.settle()

    def tab_to(self, name: str, key: str = "Tab") -> QWidget:
        """Press Tab until a part of that name, or of one that begins with 'What:', has the keyboard."""
        for _ in range(MOST_TABS):
            focus = QApplication.focusWidget()
            found = focus.accessibleName() if focus is not None else ""
            if focus is not None and (found == name or (name.endswith(":") and found.startswith(name))):
                return focus
            self.press(key)
        raise AssertionError(f"{name} is not reached by {key}")

    def _listens(self) -> bool:
        """Tell whether the window in front has the keyboard: there is no window manager that gives it."""
        front = QApplication.activeModalWidget() or self._window
        if QApplication.activePopupWidget() or QApplication.activeWindow() is front:
            return True
        front.activateWindow()
        return False


def _send(stroke: str) -> None:
    popup = QApplication.activePopupWidget()
    widget = (popup.focusWidget() or popup) if popup else QApplication.focusWidget()
    if len(stroke) == 1:
        QTest.keyClick(widget, stroke)
        return
    combination = QKeySequence(stroke)[0]
    QTest.keyClick(widget, combination.key(), combination.keyboardModifiers())
