"""The commands of the tables, as actions for menus, buttons and keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from lossgui.core.study import MASK, RefusedError, Study
from lossgui.files.paste import parse_block
from lossgui.gui.tables import edits, words
from lossgui.gui.tables.desk import Desk
from lossgui.gui.tables.edits import Area


class CellCommands(QObject):
    """What is done with the selected cells."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        for table in (desk.labels, desk.predictions, desk.class_weights):
            table.cleared.connect(self.clear)
            table.toggled.connect(self.toggle)

    @property
    def _study(self) -> Study:
        return self._desk.document.study

    @Slot()
    def copy(self) -> None:
        """Put the selected numbers on the clipboard."""
        areas = self._desk.areas()
        text = self._copied(areas)
        if text is not None:
            QGuiApplication.clipboard().setText(text)
            self._desk.document.said.emit(f"Copied {words.many(areas)}")

    @Slot()
    def cut(self) -> None:
        """Copy the selected numbers, then set them to 0; if they cannot be, nothing is copied."""
        areas = self._desk.areas()
        text = self._copied(areas)
        if text is not None and self._desk.attempt(f"Cut {words.many(areas)}", self._cleared(areas)):
            QGuiApplication.clipboard().setText(text)

    @Slot()
    def paste(self) -> None:
        """Write the block on the clipboard at the current cell, as one step, or say why not."""
        study, which = self._study, self._desk.which
        area = edits.around(self._desk.areas())
        try:
            block = parse_block(QGuiApplication.clipboard().text())
        except ValueError as error:
            self._desk.refuse(f"{error} Nothing was pasted.")
            return
        at = words.inside(words.place(study, which, area.row, area.column))
        text = f"Pasted {len(block):,} × {len(block[0]):,} numbers at {at}"
        self._desk.attempt(text, partial(edits.pasted, study, which, area.row, area.column, block, at))

    @Slot()
    def clear(self) -> None:
        """Set the selected numbers to 0."""
        areas, study, which = self._desk.areas(), self._study, self._desk.which
        text = f"Cleared {words.many(areas)}"
        if sum(area.size for area in areas) == 1:
            text = words.sentence(study, which, areas[0].row, areas[0].column, edits.empty(study, which))
        self._desk.attempt(text, self._cleared(areas))

    @Slot()
    def fill(self) -> None:
        """Copy the first selected row into those below it; a single one is filled from above."""
        study, which, area = self._study, self._desk.which, edits.around(self._desk.areas())
        source = study.sample_name(max(0, area.row - (area.rows == 1)))
        text = f"Filled {words.many([area])} down from sample {source}"
        self._desk.attempt(text, partial(edits.filled, study, which, area))

    @Slot()
    def toggle(self) -> None:
        """Mask the selected samples, or, if the current one is masked, let them count again."""
        study, areas = self._study, self._desk.areas()
        on = not study.counts(max(0, self._desk.view.currentIndex().row()))
        text = words.masked(study, edits.rows_of(areas), on)
        self._desk.attempt(text, partial(edits.written_all, study, MASK, areas, float(on)))

    @Slot()
    def select_all(self) -> None:
        """Select all numbers of the table."""
        self._desk.view.selectAll()

    def _copied(self, areas: Sequence[Area]) -> str | None:
        try:
            return edits.copied(self._study, self._desk.which, areas)
        except RefusedError as refusal:
            self._desk.refuse(str(refusal))
            return None

    def _cleared(self, areas: Sequence[Area]) -> Callable[[], Study]:
        return partial(edits.cleared, self._study, self._desk.which, areas)
