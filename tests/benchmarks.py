"""Speed, as ratios of two sides measured in turns in one run: `python3 tests benchmarks`.

Each line reads NAME ratio 0.07 asked 0.10. Status 1 if a ratio is above what is asked.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from functools import partial
from io import BytesIO
from statistics import median
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import computing
import families
import memory
import numpy as np
import start
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure as MatplotlibFigure
from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QApplication, QWidget

from lossgui import Choice, Study
from lossgui.core.figures import Figure, by_class, curve
from lossgui.files.figures.caption import caption
from lossgui.files.sheet import INCH, Sheet
from lossgui.gui import style
from lossgui.gui.application import application
from lossgui.gui.document import Document
from lossgui.gui.export.contents import carried
from lossgui.gui.export.formats import DRAWN
from lossgui.gui.export.page import Page
from lossgui.gui.plots.view import FigureView
from lossgui.gui.window import MainWindow

ROUNDS = 41
SIZE = (1366, 768)
EDITED = (0, 1)
AT_EASE = 50
"""Turns of the event loop in which the working has followed an edit."""
CHOICES = (
    Choice.of("categorical_crossentropy", "Keras 3", colour=0),
    Choice.of("categorical_crossentropy", colour=1),
    Choice.of("mean_squared_error", colour=2),
)
SHEET = Sheet()
FIGURES = {
    "curve": partial(curve, rescale=True, gradient=True),
    "contributions": partial(by_class, choice=0),
}

Side = Callable[[int], None]


class Paints(QObject):
    """Counts the paint events of a widget: an edit that paints nothing is no measurement."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def batch(samples: int, classes: int = 10) -> Study:
    """Return a study of random predictions and labels."""
    generator = np.random.default_rng(7)
    powers = np.exp(generator.normal(size=(samples, classes)))
    labels = np.eye(classes)[generator.integers(0, classes, samples)]
    return Study.of(labels, powers / powers.sum(axis=1, keepdims=True), choices=CHOICES)


def in_turns(*sides: Side, rounds: int = ROUNDS) -> list[float]:
    """Return the median time of each side, in seconds, of rounds in which they take turns.

    What the window does at its ease after an edit is done between turns, so that no side is charged for it.
    """
    times: list[list[float]] = [[] for _ in sides]
    for turn in range(rounds + 3):
        for side, kept in zip(sides, times, strict=True):
            start = perf_counter()
            side(turn)
            if turn >= 3:
                kept.append(perf_counter() - start)
            for _ in range(AT_EASE):
                QApplication.processEvents()
    return [median(kept) for kept in times]


def window_side(study: Study, plot: str = "curve") -> tuple[Side, MainWindow]:
    """Return an edit of the first prediction, which is in focus, to the whole window painted."""
    window = MainWindow(focused(study), plot)
    window.resize(*SIZE)
    window.show()
    window.settle()
    view = shown(window)
    if plot == "curve":
        view.slope = True
    paints = Paints(view.canvas.viewport())

    def edit(turn: int) -> None:
        before = paints.count
        edited(window.document, turn)
        QApplication.processEvents()
        if window.document.computing or paints.count == before:
            raise RuntimeError("the edit was not painted")

    return edit, window


def focused(study: Study) -> Document:
    """Return a study with the entry in focus that `edited` changes."""
    document = Document(study)
    document.focus_on(*EDITED)
    return document


def edited(document: Document, turn: int) -> None:
    """Change the first prediction, to another value each turn."""
    value = 0.05 + 0.01 * (turn % 80)
    document.edit("edit", document.study.with_prediction(*EDITED, value, rescale=True))


def shown(window: MainWindow) -> FigureView:
    """Return the plot in front."""
    (view,) = window.plots.currentWidget().findChildren(FigureView)
    return view


def matplotlib_side(study: Study, plot: str, size: QSize) -> tuple[Side, QWidget]:
    """Return the same edit, its figure drawn by matplotlib in a canvas of that size; artists are kept."""
    document = focused(study)
    figure = FIGURES[plot](document.result)
    canvas = FigureCanvasQTAgg(MatplotlibFigure(layout=None))
    artists = Artists(axes_of(canvas, figure), figure)
    canvas.resize(size)
    canvas.show()
    QApplication.processEvents()

    def edit(turn: int) -> None:
        edited(document, turn)
        artists.show(FIGURES[plot](document.result))
        canvas.draw()
        canvas.repaint()
        QApplication.processEvents()

    return edit, canvas


def axes_of(canvas: FigureCanvasAgg, figure: Figure) -> Axes:
    """Return matplotlib's axes of a figure, with its ranges, ticks and names."""
    axes: Axes = canvas.figure.add_subplot(title=figure.title, xlabel=figure.x.label, ylabel=figure.y.label)
    axes.set(xlim=(figure.x.low, figure.x.high), ylim=(figure.y.low, figure.y.high))
    for axis, ticks in ((axes.xaxis, figure.x.ticks), (axes.yaxis, figure.y.ticks)):
        axis.set_ticks([value for value, _ in ticks], [text for _, text in ticks])
    axes.grid(axis="y")
    return axes


class Artists:
    """What matplotlib draws of a figure, made once and given other data."""

    def __init__(self, axes: Axes, figure: Figure) -> None:
        self.axes = axes
        self.lines = [axes.plot([], [])[0] for _ in figure.series]
        self.points = [axes.plot([], [], "o")[0] for _ in figure.points]
        self.notes = [axes.text(0, 0, note.text) for note in figure.notes]
        self.current = None if figure.current is None else axes.axvline(figure.current, linestyle=":")
        count = 0 if figure.bars is None else len(figure.bars.left)
        self.bars = axes.bar(np.arange(count), np.ones(count)) if count else ()
        entries = figure.legend.entries if figure.legend else ()
        handles = [*self.lines, *self.bars][: len(entries)]
        self.legend = axes.legend(handles, [entry.label for entry in entries[: len(handles)]])

    def show(self, figure: Figure) -> None:
        """Give the artists the data of a figure."""
        self.axes.title.set_text(figure.title)
        for line, series in zip(self.lines, figure.series, strict=True):
            line.set_data(series.x, series.y)
        for mark, point in zip(self.points, figure.points, strict=True):
            mark.set_data([point.x], [point.y])
        for words, note in zip(self.notes, figure.notes, strict=False):
            words.set_text(note.text)
            words.set_position((note.x, note.y))
        if self.current is not None:
            self.current.set_xdata([figure.current, figure.current])
        for words, entry in zip(
            self.legend.texts, figure.legend.entries if figure.legend else (), strict=False
        ):
            words.set_text(f"{entry.label} {entry.value}")
        if figure.bars:
            edges = (figure.bars.left, figure.bars.bottom, figure.bars.right, figure.bars.top)
            for bar, left, bottom, right, top in zip(self.bars, *edges, strict=False):
                bar.set_bounds(left, bottom, right - left, top - bottom)


def edit_against_matplotlib() -> float:
    """Return an edit to the whole window painted at 8 x 10, of matplotlib drawing the figure; both plots."""
    mine = theirs = 0.0
    for plot in ("curve", "contributions"):
        ours, window = window_side(batch(8), plot)
        peer, canvas = matplotlib_side(batch(8), plot, shown(window).canvas.size())
        times = in_turns(ours, peer)
        mine, theirs = mine + times[0], theirs + times[1]
        window.close_unasked()
        canvas.close()
    return mine / theirs


def export_against_matplotlib() -> float:
    """Return a figure as PDF, SVG and PNG of 300 dpi, of matplotlib saving the same; both plots."""
    mine = theirs = 0.0
    document = focused(batch(8))
    for plot in FIGURES:
        ours, peer = export_side(document, plot), savefig_side(document, plot)
        times = in_turns(ours, peer, rounds=11)
        mine, theirs = mine + times[0], theirs + times[1]
    document.close()
    return mine / theirs


def export_side(document: Document, plot: str) -> Side:
    """Return the export of a figure in all three formats, the study in each of them."""
    page = Page((FIGURES[plot](document.result),), "Batch", caption(document.study), SHEET)
    study = carried(document.study)
    return lambda turn: [draw(page, study) for draw in DRAWN.values()]


def savefig_side(document: Document, plot: str) -> Side:
    """Return the same by matplotlib, of artists that are there."""
    figure = FIGURES[plot](document.result)
    canvas = FigureCanvasAgg(MatplotlibFigure(figsize=(SHEET.width / INCH, SHEET.height / INCH)))
    Artists(axes_of(canvas, figure), figure).show(figure)

    def save(turn: int) -> None:
        for ending in DRAWN:
            canvas.figure.savefig(BytesIO(), format=ending, dpi=SHEET.dpi)

    return save


def edit_of_a_million_rows() -> float:
    """Return an edit to the whole window painted at 1,000,000 x 10, of the same at 1,000 x 10."""
    large, large_window = window_side(batch(1_000_000))
    small, small_window = window_side(batch(1_000))
    much, little = in_turns(large, small)
    large_window.close_unasked()
    small_window.close_unasked()
    return much / little


def memory_of_opening() -> float:
    """Return the peak memory of opening 1,000,000 x 10 with index labels in the window, over their size."""
    return memory.ratio("float32", memory.SHOWN)


BENCHMARKS = {
    "edit-8x10-of-matplotlib": (edit_against_matplotlib, 0.10),
    "edit-1000000x10-of-1000x10": (edit_of_a_million_rows, 2.0),
    "export-of-matplotlib": (export_against_matplotlib, 0.3),
    "memory-of-opening-1000000x10-of-its-size": (memory_of_opening, 1.3),
    "softmax-crossentropy-1000000x10-of-numpy": (computing.of_numpy, 0.4),
    "softmax-crossentropy-1000000x10-of-torch": (computing.of_torch, 0.6),
    **{
        f"{family}-1000000x10-of-torch": (partial(families.of_torch, family), 1.0)
        for family in families.FAMILIES
    },
    "start-to-window-of-a-table-and-two-plots": (start.to_window, 0.8),
    "start-to-plots-of-a-table-and-two-plots": (start.to_plots, 1.4),
}
"""What is measured, and the ratio that is asked; None where the peer is not installed."""


def main(names: list[str]) -> int:
    """Run the benchmarks, all or those named; return the status."""
    application()
    style.apply("light")
    gc.disable()  # for all sides: the program collects garbage on a timer
    late = 0
    for name in names or BENCHMARKS:
        measure, asked = BENCHMARKS[name]
        ratio = measure()
        if ratio is None:
            print(f"{name} not measured: the peer is not installed", flush=True)
            continue
        late += ratio > asked
        print(f"{name} ratio {ratio:.3f} asked {asked:.2f}", flush=True)
    return int(late > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
