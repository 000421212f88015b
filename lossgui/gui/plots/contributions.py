"""What classes and samples add to the headline of a loss."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Slot
from PySide6.QtWidgets import QWidget

from lossgui.core import text
from lossgui.core.figures import QUIET, Entry, Figure, by_class, by_sample, labels_of, words
from lossgui.gui.document import Document
from lossgui.gui.menu_button import MenuButton, Option
from lossgui.gui.plots.overlay import ReadOut
from lossgui.gui.plots.switch import Switch
from lossgui.gui.plots.view import FigureView

CLASS, SAMPLE = "class", "sample"


class ContributionsView(FigureView):
    """The headline of a loss taken apart, by class or by sample.

    Attributes
    ----------
    choice
        The place of the loss among the study's choices.
    by
        'class' or 'sample'.
    """

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(document, "Contributions", parent)
        self._choice = 0
        self._by = CLASS
        self._losses = MenuButton("Loss")
        self._losses.picked.connect(self._pick_loss)
        self._switch = Switch("Contributions", ((CLASS, "by class"), (SAMPLE, "by sample")))
        self._switch.picked.connect(self._pick_by)
        self.options.addWidget(self._losses)
        self.options.addStretch(1)
        self.options.addWidget(self._switch)
        self.canvas.moved.connect(self._move)
        self.canvas.left.connect(self._leave)

    def take_over(self, other: FigureView) -> None:
        if isinstance(other, ContributionsView):
            self._choice, self._by = other.choice, other.by

    @property
    def choice(self) -> int:
        return min(self._choice, max(len(self.document.study.choices) - 1, 0))

    @choice.setter
    def choice(self, choice: int) -> None:
        self._choice = choice
        self.refresh()

    @property
    def by(self) -> str:
        return self._by

    @by.setter
    def by(self, by: str) -> None:
        self._by = by
        self.refresh()

    def figure(self) -> Figure:
        result = self.document.result
        self.canvas.read_out(None)
        self._switch.choose(self.by)
        self._losses.setVisible(len(result.study.choices) > 1)
        if not result.study.choices:
            return words("contributions", "Choose a loss to see what adds to it.")
        options = [Option(place, label) for place, label in enumerate(labels_of(result))]
        self._losses.offer(options, self.choice)
        if self.document.computing:
            return words("contributions", "computing…")
        return (by_class if self.by == CLASS else by_sample)(result, self.choice)

    @Slot(object)
    def _pick_loss(self, choice: int) -> None:
        self.choice = choice

    @Slot(str)
    def _pick_by(self, by: str) -> None:
        self.by = by

    @Slot(QPointF)
    def _move(self, at: QPointF) -> None:
        self.canvas.read_out(self._read_out(at))

    @Slot()
    def _leave(self) -> None:
        self.canvas.read_out(None)

    def _read_out(self, at: QPointF) -> ReadOut | None:
        figure, frame = self.canvas.figure, self.canvas.frame
        if figure is None or frame is None or figure.bars is None:
            return None
        place = figure.bars.at(*frame.place(at))
        if place is None:
            return None
        bars = figure.bars
        heading = Entry(f"{self.by} {bars.categories[place]}", "", QUIET, "")
        group = f"samples of {bars.groups[place]}" if bars.groups[place] else "adds"
        number = text.number(float(bars.values[place]))
        return ReadOut(at, (heading, Entry(group, number, bars.colours[place], "bar")))
