"""The start of the program, over that of a script which only shows a table and two plots.

Both sides are whole processes that take turns, imports included; one is ready when what it shows has been
painted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 15
WORDS = ("window", "plots")

WATCH = """
import os, sys
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

class Watch(QObject):
    # Says a word when all of some widgets have been painted, before anything else is done.
    def __init__(self, word, widgets, then):
        super().__init__(widgets[0])
        self.word, self.left, self.then = word, set(widgets), then
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched in self.left:
            self.left.discard(watched)
            if not self.left:
                first = Qt.EventPriority.HighEventPriority.value
                QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), first)
        return False

    def customEvent(self, event):
        print(self.word, flush=True)
        self.then()

def end():
    os._exit(0)
"""

PROGRAM = (
    # As the program does before it imports the rest of itself.
    "import gc; gc.disable()\nfrom lossgui import __main__"
    + WATCH
    + """
from PySide6.QtCore import QTimer
from lossgui.gui import application

class MainWindow(application.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        tables = self.tables.labels, self.tables.predictions
        Watch("window", [table.viewport() for table in tables], lambda: QTimer.singleShot(0, self.curve))

    def curve(self):
        Watch("curve", [self.plots.current().canvas.viewport()], self.contributions)

    def contributions(self):
        self.plots.setCurrentIndex(1)
        Watch("plots", [self.plots.current().canvas.viewport()], end)

application.MainWindow = MainWindow
sys.exit(__main__.main(["--state-dir", sys.argv[1]]))
"""
)

PEER = (
    """
import numpy as np
import pyqtgraph as pg
"""
    + WATCH
    + """
from PySide6.QtWidgets import QApplication, QHBoxLayout, QTableWidget, QTableWidgetItem, QWidget

app = QApplication([])
window = QWidget()
row = QHBoxLayout(window)
table = QTableWidget(8, 10)
for place in range(80):
    table.setItem(place // 10, place % 10, QTableWidgetItem(f"{place / 80:.2f}"))
curve, bars = pg.PlotWidget(), pg.PlotWidget()
x = np.linspace(0.01, 1, 400)
curve.plot(x, -np.log(x))
bars.addItem(pg.BarGraphItem(x=np.arange(10), height=np.arange(10) / 10, width=0.7))
for widget in (table, curve, bars):
    row.addWidget(widget)
window.resize(1366, 768)
watch = Watch("all", [widget.viewport() for widget in (table, curve, bars)], end)
window.show()
sys.exit(app.exec())
"""
)


def seconds(code: str) -> dict[str, float]:
    """Return when a process says each of its words, in seconds from its start."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    # Both sides run from bytecode, which their first round writes.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    said = {}
    with tempfile.TemporaryDirectory() as folder:
        start = perf_counter()
        command = [sys.executable, "-c", code, folder]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            for line in process.stdout or ():
                said[line.strip()] = perf_counter() - start
    return said


@cache
def ratios() -> dict[str, float]:
    """Return the times to the program's words over that of the peer, medians of rounds in turns."""
    rounds = [(seconds(PROGRAM), seconds(PEER)["all"]) for _ in range(ROUNDS + 1)][1:]
    peer = median(theirs for _, theirs in rounds)
    return {word: median(mine[word] for mine, _ in rounds) / peer for word in WORDS}


def to_window() -> float:
    """Return the ratio of the first painted window with its tables."""
    return ratios()["window"]


def to_plots() -> float:
    """Return the ratio of the window with tables, numbers and both plots painted."""
    return ratios()["plots"]
