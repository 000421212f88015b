"""What classes and samples add to the headline of a loss."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Slot
from PySide6.QtWidgets import QWidget

from lossgui.core import text
from lossgui.core.evaluate import Result
from lossgui.core.figures import QUIET, Entry, Figure, by_class, by_sample
from lossgui.gui.document import Document
from lossgui.gui.plots.one_loss import OneLossView
from lossgui.gui.plots.overlay import ReadOut
from lossgui.gui.plots.switch import Switch

CLASS, SAMPLE = "class", "sample"


class ContributionsView(OneLossView):
    """The headline of a loss taken apart, by class or by sample."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(document, "Contributions", CLASS, "Choose a loss to see what adds to it.", parent)
        self._switch = Switch("Contributions", ((CLASS, "by class"), (SAMPLE, "by sample")))
        self._switch.picked.connect(self._pick_way)
        self.options.addWidget(self._switch)

    def figure(self) -> Figure:
        self._switch.choose(self.way)
        return super().figure()

    def figure_of(self, result: Result) -> Figure:
        return (by_class if self.way == CLASS else by_sample)(result, self.choice)

    def read_out_at(self, at: QPointF) -> ReadOut | None:
        figure, frame = self.canvas.figure, self.canvas.frame
        if figure is None or frame is None or figure.bars is None:
            return None
        place = figure.bars.at(*frame.place(at))
        if place is None:
            return None
        bars = figure.bars
        heading = Entry(f"{self.way} {bars.categories[place]}", "", QUIET, "")
        group = f"samples of {bars.groups[place]}" if bars.groups[place] else "adds"
        number = text.number(float(bars.values[place]))
        return ReadOut(at, (heading, Entry(group, number, bars.colours[place], "bar")))

    @Slot(str)
    def _pick_way(self, way: str) -> None:
        self.way = way
