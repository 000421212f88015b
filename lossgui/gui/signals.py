"""SIGINT and SIGTERM, as a signal of Qt."""

from __future__ import annotations

import contextlib
import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

LISTENED = (signal.SIGINT, signal.SIGTERM)


class Signals(QObject):
    """Listens until it is released: a byte in a socket wakes Qt's loop.

    Attributes
    ----------
    received
        Sent, in the event loop, when the process is asked to end.
    """

    received = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pipe = socket.socketpair()
        for end in self._pipe:
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._pipe[0].fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        signal.set_wakeup_fd(self._pipe[1].fileno(), warn_on_full_buffer=False)
        for number in LISTENED:
            signal.signal(number, self._noted)

    def release(self) -> None:
        """Give back what was taken."""
        signal.set_wakeup_fd(-1)
        for number in LISTENED:
            signal.signal(number, signal.SIG_DFL)
        self._notifier.setEnabled(False)
        for end in self._pipe:
            end.close()

    @staticmethod
    def _noted(number: int, frame: FrameType | None) -> None:
        """Do nothing: the byte in the socket says it all."""

    @Slot()
    def _woken(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._pipe[0].recv(64)
        self.received.emit()
