"""Says when widgets have been painted."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class Watch(QObject):
    """Says a word when all of some widgets have been painted, before anything else is done."""

    def __init__(self, word: str, widgets: Sequence[QWidget], then: Callable[[], object]) -> None:
        super().__init__(widgets[0])
        self._word, self._left, self._then = word, set(widgets), then
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and watched in self._left:
            self._left = {widget for widget in self._left if widget is not watched}
            if not self._left:
                first = Qt.EventPriority.HighEventPriority.value
                QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), first)
        return False

    def customEvent(self, event: QEvent) -> None:
        print(self._word, flush=True)
        self._then()


def end() -> None:
    """End the process at once: to take all down is no part of the start."""
    os._exit(0)
