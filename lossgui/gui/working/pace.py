"""Work that follows an edit, in turns of the event loop and at most ten times a second."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Slot

PAUSE = 100
"""Milliseconds from the beginning of one round of work to that of the next."""


class Pace(QObject):
    """Does work in rounds: one at once when it is asked for, and one after the last time it was asked for.

    Parameters
    ----------
    begin
        Begins a round. What it returns is advanced once in each turn of the event loop in which nothing else
        is to be done.
    """

    def __init__(self, begin: Callable[[], Iterator[object]], parent: QObject) -> None:
        super().__init__(parent)
        self._begin = begin
        self._work: Iterator[object] | None = None
        self._asked = False
        self.pause = QTimer(self, singleShot=True, interval=PAUSE)
        self.pause.timeout.connect(self._go)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._advance)

    def ask(self) -> None:
        """Have a round done, soon."""
        self._asked = True
        self._go()

    @property
    def idle(self) -> bool:
        """Whether nothing is under way or asked for."""
        return not self._asked and self._work is None

    def now(self) -> None:
        """Do a round at once."""
        self._asked = False
        self._work = None
        self._turn.stop()
        for _ in self._begin():
            pass

    @Slot()
    def _go(self) -> None:
        if self._asked and self._work is None and not self.pause.isActive():
            self.pause.start()
            self._turn.start()

    @Slot()
    def _advance(self) -> None:
        if self._work is None:
            self._asked = False
            self._work = self._begin()
        if next(self._work, self) is self:
            self._work = None
            self._turn.stop()
            self._go()
