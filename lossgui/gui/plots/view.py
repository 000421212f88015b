"""What all views of figures share: they read the document's result, and only while they are looked at."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lossgui.core.figures import Figure
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.plots.canvas import Canvas


class FigureView(QWidget):
    """A figure with a row of options above.

    Parameters
    ----------
    name
        What is shown, for those who cannot see it.
    way
        The way in which it is shown first.

    Attributes
    ----------
    way
        In which of its plot's ways the figure is shown.
    bare
        Whether only the plot is shown: no options, and no legend of curves, which stands elsewhere.
    """

    def __init__(self, document: Document, name: str, way: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._way = way
        self.canvas = Canvas(name)
        self.setAccessibleName(name)
        self._missed = True
        self.bare = False
        self.options = QHBoxLayout()
        self.options.setContentsMargins(0, 0, style.GRID, 0)
        self.options.setSpacing(2 * style.GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID // 2)
        column.addLayout(self.options)
        column.addWidget(self.canvas, 1)
        document.changed.connect(self.refresh)

    def figure(self) -> Figure:
        """Return what is to be shown; called only while the view is visible."""
        raise NotImplementedError

    @property
    def way(self) -> str:
        return self._way

    @way.setter
    def way(self, way: str) -> None:
        self._way = way
        self.refresh()

    @property
    def shows(self) -> tuple[int, ...] | None:
        """The places of the chosen losses that are shown; None for all."""
        return None

    def take_over(self, other: FigureView) -> None:
        """Choose what another view of the same kind has chosen."""
        self._way = other.way

    def focusables(self) -> list[QWidget]:
        """Return what the Tab key goes through, in order: the options, then the plot."""
        places = (self.options.itemAt(place) for place in range(self.options.count()))
        options = [option for place in places if place and (option := place.widget())]
        parts = [part for option in options for part in (option, *option.findChildren(QWidget))]
        return [*(part for part in parts if part.focusPolicy() & Qt.FocusPolicy.TabFocus), self.canvas]

    @Slot()
    def refresh(self) -> None:
        """Show the document's result, now or when the view is looked at."""
        self._missed = not self.isVisible()
        if self._missed:
            return
        figure = self.figure()
        if self.bare and figure.series:
            figure = replace(figure, legend=None)
        self.canvas.show_figure(figure)
        self.setAccessibleDescription(figure.description)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._missed:
            self.refresh()
