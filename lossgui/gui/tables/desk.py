"""What all commands of the tables share: the table that had the keyboard last, and edits of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from lossgui.core.study import Study
from lossgui.gui.document import Document
from lossgui.gui.tables import edits
from lossgui.gui.tables.edits import Area
from lossgui.gui.tables.view import NumbersView


class Desk(QObject):
    """The tables, and which of them had the keyboard last.

    Parameters
    ----------
    tables
        Labels, predictions, class weights.

    Attributes
    ----------
    view
        The table that had the keyboard last.
    """

    def __init__(self, document: Document, tables: Sequence[NumbersView], parent: QWidget) -> None:
        super().__init__(parent)
        self.document = document
        self.labels, self.predictions, self.class_weights = tables
        self.view = self.predictions
        for table in tables:
            table.entered.connect(self._enter)

    @Slot(QWidget)
    def _enter(self, table: NumbersView) -> None:
        self.view = table

    def show(self, study: Study) -> None:
        """Leave tables that a study does not have."""
        if study.table(self.view.numbers.which) is None:
            self.view = self.predictions

    @property
    def which(self) -> str:
        """The part of the table that commands act on."""
        return self.view.part

    @property
    def on_indices(self) -> bool:
        """Whether commands act on class indices, which have no columns of classes."""
        return self.view is self.labels and self.document.study.indexed

    def areas(self) -> list[Area]:
        """Return what is selected in that part; the focus if nothing is."""
        row, column = self.document.focus
        return self.view.areas() or [Area(row, 0 if self.on_indices else column)]

    def rows(self) -> list[int]:
        """Return the samples that are selected; from class weights, the one in focus."""
        if self.view is self.class_weights:
            return [self.document.focus[0]]
        return edits.rows_of(self.areas())

    def columns(self) -> list[int]:
        """Return the classes that are selected; from class indices, weights and masks, the one in focus."""
        if self.on_indices or self.which != self.view.numbers.which:
            return [self.document.focus[1]]
        return edits.columns_of(self.areas())

    def attempt(self, text: str, edited: Callable[[], Study]) -> bool:
        """Make an edit, or say at the current cell why not; tell whether it was made."""
        reason = self.document.attempt(text, edited)
        if reason is not None:
            self.view.say(reason)
        return reason is None

    def refuse(self, reason: str) -> None:
        """Say at the current cell why nothing was done."""
        self.document.said.emit(reason)
        self.view.say(reason)
