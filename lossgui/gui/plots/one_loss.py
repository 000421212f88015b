"""What views of a figure of one loss share: the choice of that loss, and what is under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Slot
from PySide6.QtWidgets import QWidget

from lossgui.core.evaluate import Result
from lossgui.core.figures import Figure, labels_of, words
from lossgui.gui.document import Document
from lossgui.gui.menu_button import MenuButton, Option
from lossgui.gui.plots.overlay import ReadOut
from lossgui.gui.plots.view import FigureView


class OneLossView(FigureView):
    """A figure of one of the chosen losses.

    Parameters
    ----------
    name, way
        As in `FigureView`.
    without
        What stands there where no loss is chosen.

    Attributes
    ----------
    choice
        The place of the loss among the study's choices.
    """

    def __init__(
        self, document: Document, name: str, way: str, without: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(document, name, way, parent)
        self._choice = 0
        self._without = without
        self._losses = MenuButton("Loss")
        self._losses.picked.connect(self._pick_loss)
        self.options.addWidget(self._losses)
        self.options.addStretch(1)
        self.canvas.moved.connect(self._move)
        self.canvas.left.connect(self._leave)

    @property
    def choice(self) -> int:
        return min(self._choice, max(len(self.document.study.choices) - 1, 0))

    @choice.setter
    def choice(self, choice: int) -> None:
        self._choice = choice
        self.refresh()

    @property
    def shows(self) -> tuple[int, ...] | None:
        return (self.choice,) if self.document.study.choices else ()

    def take_over(self, other: FigureView) -> None:
        super().take_over(other)
        if isinstance(other, OneLossView):
            self._choice = other.choice

    def figure(self) -> Figure:
        result = self.document.result
        self.canvas.read_out(None)
        self._losses.setVisible(len(result.study.choices) > 1)
        name = self.accessibleName().lower()
        if not result.study.choices:
            return words(name, self._without)
        options = [Option(place, label) for place, label in enumerate(labels_of(result))]
        self._losses.offer(options, self.choice)
        if self.document.computing:
            return words(name, "computing…")
        return self.figure_of(result)

    def figure_of(self, result: Result) -> Figure:
        """Return the figure of the loss that is chosen here; its numbers are known."""
        raise NotImplementedError

    def read_out_at(self, at: QPointF) -> ReadOut | None:
        """Return what is under the mouse, or None."""
        raise NotImplementedError

    @Slot(object)
    def _pick_loss(self, choice: int) -> None:
        self.choice = choice

    @Slot(QPointF)
    def _move(self, at: QPointF) -> None:
        self.canvas.read_out(self.read_out_at(at))

    @Slot()
    def _leave(self) -> None:
        self.canvas.read_out(None)
