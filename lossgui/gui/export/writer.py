"""Files that take long to write: written beside the window, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from threading import Event, Thread

from PySide6.QtCore import QObject, Signal

from lossgui.files.save import save

PATIENCE = 1.0
"""Seconds that closing waits for a part under way, so that no draft is left beside the file."""


class Writer(QObject):
    """Writes files in threads of its own.

    Attributes
    ----------
    written
        A file is written: its path, and why not, in words; empty if it was.
    """

    written = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = Event()
        self._threads: list[Thread] = []

    def write(self, path: Path, parts: Iterable[bytes]) -> None:
        """Write a file, part by part as they are made; the window goes on meanwhile."""
        # A daemon: a drive may hang, and the program must end all the same.
        thread = Thread(target=self._write, args=(path, iter(parts)), daemon=True)
        self._threads = [*(other for other in self._threads if other.is_alive()), thread]
        thread.start()

    def close(self) -> None:
        """Give up what is not written yet; files are as they were."""
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _write(self, path: Path, parts: Iterator[bytes]) -> None:
        words = ""
        try:
            # The first takes longest: it is made before there is a draft of the file.
            wanted = self._until_closed(parts)
            save(path, chain(list(islice(wanted, 1)), wanted))
        except _ClosedError:
            return
        except (OSError, MemoryError) as error:
            words = str(error) or "There is too little memory."
        self.written.emit(path, words)

    def _until_closed(self, parts: Iterator[bytes]) -> Iterator[bytes]:
        for part in parts:
            if self._stop.is_set():
                raise _ClosedError
            yield part


class _ClosedError(Exception):
    """The window was closed before all was written."""
