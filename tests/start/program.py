"""The program as it starts; it says when its window is painted, and both plots."""

from __future__ import annotations

import gc
import sys
from argparse import Namespace

gc.disable()  # as the program does before it imports the rest of itself

from lossgui import __main__ as program  # noqa: E402
from lossgui import command_line  # noqa: E402
from lossgui.files.studies import Saved  # noqa: E402


def watched(saved: Saved, options: Namespace) -> int:
    """Show the window, watched. What is imported, and when, is as in the program: Qt not before this."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QShowEvent
    from watch import Watch, end

    from lossgui.gui import application

    class MainWindow(application.MainWindow):
        def showEvent(self, event: QShowEvent) -> None:
            super().showEvent(event)
            tables = self.tables.labels, self.tables.predictions
            Watch("window", [table.viewport() for table in tables], lambda: QTimer.singleShot(0, self.curve))

        def curve(self) -> None:
            Watch("curve", [self.plots.current().canvas.viewport()], self.contributions)

        def contributions(self) -> None:
            self.plots.setCurrentIndex(1)
            Watch("plots", [self.plots.current().canvas.viewport()], end)

    application.MainWindow = MainWindow
    return show(saved, options)


show, command_line.show = command_line.show, watched
sys.exit(program.main(["--state-dir", sys.argv[1]]))
