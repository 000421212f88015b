"""The tabs of plots; each plot is made when it is first looked at, so that the window opens sooner."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.plots import PLOTS

if TYPE_CHECKING:
    from lossgui.gui.plots.view import FigureView


class PlotTabs(QTabWidget):
    """A tab for each plot.

    Parameters
    ----------
    plot
        Name of the one in front.
    """

    def __init__(self, document: Document, plot: str) -> None:
        super().__init__()
        self._document = document
        self.setDocumentMode(True)
        self.setAccessibleName("Plots")
        self.tabBar().setAccessibleName("Plots")
        for entry in PLOTS:
            page = QWidget()
            page.setAccessibleName(entry.title)
            layout = QVBoxLayout(page)
            layout.setContentsMargins(2 * style.GRID, style.GRID, 2 * style.GRID, 0)
            self.addTab(page, entry.title)
        self.setCurrentIndex([entry.name for entry in PLOTS].index(plot))
        self.currentChanged.connect(self.make_current)

    def current(self) -> FigureView:
        """Return the plot in front, made if it is not there yet."""
        return self.made(self.currentIndex())

    def made(self, place: int) -> FigureView:
        """Return the plot of a tab, made if it is not there yet."""
        page = self.widget(place)
        layout = page.layout() if page else None
        assert layout is not None
        if not layout.count():
            view = self._new(place)
            layout.addWidget(view)
            # What is made last would be reached last.
            for before, after in pairwise([self.tabBar(), *view.focusables()]):
                QWidget.setTabOrder(before, after)
        item = layout.itemAt(0)
        return cast("FigureView", item.widget() if item else None)

    def named(self, name: str, way: str = "") -> FigureView:
        """Return a plot by its name, shown in one of its ways; '' leaves it as it is."""
        view = self.made([entry.name for entry in PLOTS].index(name))
        if way:
            view.way = way
        return view

    def like_current(self) -> FigureView:
        """Return another view of the plot in front, with the same choices."""
        view = self._new(self.currentIndex())
        view.take_over(self.current())
        return view

    @property
    def last(self) -> QWidget:
        """What the Tab key reaches last in the plot in front."""
        page = self.currentWidget()
        layout = page.layout() if page else None
        made = layout is not None and layout.count() > 0
        return self.current().focusables()[-1] if made else self.tabBar()

    @Slot()
    def make_current(self) -> None:
        """Make the plot in front, if it is not there yet."""
        self.current()

    def _new(self, place: int) -> FigureView:
        module, _, name = PLOTS[place].view.partition(":")
        made: FigureView = getattr(import_module(module), name)(self._document)
        return made
