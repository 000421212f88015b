"""The application: style, the guard around it, its window, and every way out with status 0."""

from __future__ import annotations

import contextlib
import gc
import sys
import traceback
from argparse import Namespace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from lossgui.gui import plain_imports  # noqa: F401 - before all that is imported

# isort: split
from lossgui.core.study import Study
from lossgui.files import preferences
from lossgui.files.studies import Saved
from lossgui.gui import icons, places, style
from lossgui.gui.document import Document
from lossgui.gui.window import MainWindow

if TYPE_CHECKING:
    from lossgui.gui.signals import Signals

COLLECT_EVERY = 50
"""Milliseconds between two collections of garbage, which must not run in a worker: that has segfaulted."""

STARTED = 1000
"""Milliseconds until the first: what the start has made stays, and is not looked through."""


def application() -> QApplication:
    """Return the one application, made on the first call."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    qInstallMessageHandler(say_of_qt)
    app = QApplication(["lossgui", "-style", "Fusion"])
    app.setApplicationName("lossgui")
    app.setApplicationDisplayName("Loss Explorer")
    app.setWindowIcon(icons.application_icon())
    app.setDesktopFileName("org.lossgui.LossGUI")
    return app


def say_of_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Pass on what Qt says, but for what a platform without a screen says of itself."""
    if "This plugin does not support" not in message:
        print(message, file=sys.stderr)


def run(saved: Saved, options: Namespace) -> int:
    """Show the window until it is closed; return the status.

    Parameters
    ----------
    options
        The command line, as `lossgui.options.parser` reads it.
    """
    app = application()
    guard = Guard(app)
    remembered = preferences.read(options.state_dir)
    window = asked_for(saved.study, options)
    # After the window is made: each of its parts is styled once, and not again wherever it is put.
    style.apply(options.theme or remembered.theme)
    guard.window = window
    window.exporting.chosen = remembered.exported
    window.filing.recent = [Path(path) for path in remembered.recent]
    window.filing.take(saved, options.file)
    if not places.restore(window, remembered.place):
        window.fit_screen()
    places.share_out(window.splitters, remembered.sizes)
    window.show()
    if options.projector:
        window.projection.begin()
    if options.quit_after is not None:
        QTimer.singleShot(round(options.quit_after * 1000), window.close_unasked)
    status = app.exec()
    preferences.write(options.state_dir, remembered_of(window))
    guard.release()
    window.deleteLater()
    app.processEvents()
    return status


def asked_for(study: Study, options: Namespace) -> MainWindow:
    """Return a window of a study, with the plot in front that the command line asks for."""
    name, way = options.plot[0]
    window = MainWindow(Document(study), name)
    if way:
        window.plots.named(name, way)
    return window


def remembered_of(window: MainWindow) -> preferences.Preferences:
    """Return what is remembered of a window until the next start."""
    return preferences.Preferences(
        theme=style.theme().name,
        recent=[str(path) for path in window.filing.recent],
        place=places.place_of(window),
        sizes=places.sizes_of(window.splitters),
        exported=window.exporting.chosen,
    )


def picture(study: Study, target: Path, options: Namespace) -> None:
    """Write the window as it looks at the size that is asked for.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    app = application()
    style.apply(options.theme or "light")
    window = asked_for(study, options)
    window.resize(*options.size)
    window.show()
    if options.projector:
        window.projection.begin(options.size[1])
    window.settle()
    image = window.grab()
    window.close_unasked()
    window.deleteLater()
    app.processEvents()
    if not image.save(str(target)):
        raise OSError(f"the picture was not written: {target} cannot be written")


class Guard(QObject):
    """What keeps the program alive and lets it end well: exceptions, signals, garbage."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.window: MainWindow | None = None
        self._seen: set[tuple[str, int]] = set()
        self._hook, sys.excepthook = sys.excepthook, self.excepted
        gc.disable()
        self._collector = QTimer(self)
        self._collector.timeout.connect(self.collect)
        self._collector.start(STARTED)
        self._signals: Signals | None = None
        QTimer.singleShot(0, self._listen)

    def release(self) -> None:
        """Give back what was taken."""
        self._collector.stop()
        sys.excepthook = self._hook
        gc.enable()
        if self._signals is not None:
            self._signals.release()

    def excepted(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Say an unexpected error once for each place that raises it, and go on."""
        last = traceback.extract_tb(trace)[-1:]
        place = (last[0].filename, last[0].lineno or 0) if last else (kind.__name__, 0)
        if place in self._seen:
            return
        self._seen.add(place)
        traceback.print_exception(kind, error, trace)
        if self.window is not None:
            with contextlib.suppress(RuntimeError):
                self.window.say(
                    f"Something went wrong inside the program ({kind.__name__}); your work is kept."
                )

    @Slot()
    def collect(self) -> None:
        """Collect young garbage, in the window's thread; the first time, keep all that there is."""
        if self._collector.interval() == STARTED:
            gc.freeze()
            self._collector.start(COLLECT_EVERY)
        gc.collect(1)

    @Slot()
    def _listen(self) -> None:
        # Imported once the window is on the screen: nothing else needs sockets.
        from lossgui.gui.signals import Signals

        self._signals = Signals(self)
        self._signals.received.connect(self._asked_to_end)

    @Slot()
    def _asked_to_end(self) -> None:
        if self.window is not None:
            self.window.close_unasked()
