"""Which way a step of descent moves the classes: of the focused sample, and of the batch."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lossgui.core import text
from lossgui.core.evaluate import Result
from lossgui.core.figures import (
    LOGIT,
    PREDICTION,
    QUIET,
    Bars,
    Entry,
    Figure,
    Image,
    of_batch,
    of_sample,
    possible,
    refused,
)
from lossgui.gui.document import Document
from lossgui.gui.plots.one_loss import OneLossView
from lossgui.gui.plots.overlay import ReadOut
from lossgui.gui.plots.switch import Switch
from lossgui.gui.plots.view import FigureView

SAMPLE, BATCH = "sample", "batch"

STEPS = {
    Qt.Key.Key_Up.value: (-1, 0),
    Qt.Key.Key_Down.value: (1, 0),
    Qt.Key.Key_Left.value: (0, -1),
    Qt.Key.Key_Right.value: (0, 1),
}
"""Cells that a key goes down and to the right."""


class GradientView(OneLossView):
    """The derivative of the headline of a loss; a click or the arrow keys focus a cell of the batch.

    Attributes
    ----------
    by
        'prediction' or 'logit', as a person chose; where there is no derivative by it, the other is shown.
    """

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(document, "Gradient", SAMPLE, "Choose a loss to see which way it pulls.", parent)
        self._by = PREDICTION
        self._parts = Switch("Gradient of", ((SAMPLE, "sample"), (BATCH, "batch")))
        self._ways = Switch("Gradient", ((PREDICTION, "by prediction"), (LOGIT, "by logit")))
        self._parts.picked.connect(self._pick_way)
        self._ways.picked.connect(self._pick_by)
        self.options.addWidget(self._parts)
        self.options.addWidget(self._ways)
        self.canvas.pressed.connect(self._press)

    def take_over(self, other: FigureView) -> None:
        super().take_over(other)
        if isinstance(other, GradientView):
            self._by = other.by

    @property
    def by(self) -> str:
        return self._by

    @by.setter
    def by(self, by: str) -> None:
        self._by = by
        self.refresh()

    def figure(self) -> Figure:
        self._parts.choose(self.way)
        self._ways.refuse(refused(self.document.study))
        self._ways.choose(possible(self.document.study, self.by))
        return super().figure()

    def figure_of(self, result: Result) -> Figure:
        return (of_sample if self.way == SAMPLE else of_batch)(result, self.choice, self.by)

    def read_out_at(self, at: QPointF) -> ReadOut | None:
        figure, frame = self.canvas.figure, self.canvas.frame
        if figure is None or frame is None or not frame.rect.contains(at):
            return None
        entries: tuple[Entry, ...] = ()
        if figure.bars is not None:
            entries = self._of_bar(figure.bars, *frame.place(at))
        elif figure.image is not None:
            entries = self._of_cell(figure.image, *frame.place(at))
        return ReadOut(at, entries) if entries else None

    def _of_bar(self, bars: Bars, x: float, y: float) -> tuple[Entry, ...]:
        place = bars.at(x, y)
        if place is None:
            return ()
        heading = Entry(f"class {bars.categories[place]}", "", QUIET, "")
        number = text.number(float(bars.values[place]))
        return heading, Entry("derivative", number, bars.colours[place], "bar")

    def _of_cell(self, image: Image, x: float, y: float) -> tuple[Entry, ...]:
        cell = image.at(x, y)
        if cell is None:
            return ()
        study, row, column = self.document.study, image.rows[cell[0]], image.columns[cell[1]]
        heading = Entry(f"sample {study.sample_name(row)}, class {study.classes[column]}", "", QUIET, "")
        number = Entry("derivative", text.number(float(image.values[cell])), QUIET, "")
        words = image.words[cell]
        return (heading, number, Entry(words, "", QUIET, "")) if words else (heading, number)

    # The cell in focus

    @Slot(QPointF)
    def _press(self, at: QPointF) -> None:
        image, frame = self._image(), self.canvas.frame
        cell = image.at(*frame.place(at)) if image and frame else None
        if image and cell:
            self._focus(image, *cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        image, steps = self._image(), STEPS.get(event.key())
        if image is None or steps is None or not self.canvas.hasFocus():
            super().keyPressEvent(event)
            return
        row, column = image.focus or (0, 0)
        rows, columns = image.values.shape
        down, right = steps if image.focus else (0, 0)
        self._focus(image, min(max(row + down, 0), rows - 1), min(max(column + right, 0), columns - 1))

    def _image(self) -> Image | None:
        return self.canvas.figure.image if self.canvas.figure else None

    def _focus(self, image: Image, row: int, column: int) -> None:
        self.document.focus_on(image.rows[row], image.columns[column])

    @Slot(str)
    def _pick_way(self, way: str) -> None:
        self.way = way

    @Slot(str)
    def _pick_by(self, by: str) -> None:
        self.by = by
