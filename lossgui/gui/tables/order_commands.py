"""The commands that change names and order of samples and classes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot

from lossgui.core.study import Study
from lossgui.gui.tables import words
from lossgui.gui.tables.desk import Desk
from lossgui.gui.tables.edits import Area
from lossgui.gui.tables.headings import Headings, moved_class, moved_sample
from lossgui.gui.tables.view import NumbersView


class OrderCommands(QObject):
    """Renames and moves what is selected.

    Parameters
    ----------
    headings
        Where the names of each table are typed.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.headings: dict[NumbersView, Headings] = {}

    @property
    def _study(self) -> Study:
        return self._desk.document.study

    @Slot()
    def rename_sample(self) -> None:
        """Let another name of the first selected sample be typed."""
        desk = self._desk
        view = desk.predictions if desk.view is desk.class_weights else desk.view
        self.headings[view].rename_sample(desk.rows()[0])

    @Slot()
    def rename_class(self) -> None:
        """Let another name of the first selected class be typed."""
        desk = self._desk
        view = desk.predictions if desk.on_indices or desk.view is desk.class_weights else desk.view
        self.headings[view].rename_class(desk.columns()[0])

    @Slot()
    def move_up(self) -> None:
        """Move the selected samples up by one."""
        self._move_samples(-1)

    @Slot()
    def move_down(self) -> None:
        """Move the selected samples down by one."""
        self._move_samples(1)

    @Slot()
    def move_left(self) -> None:
        """Move the selected classes left by one."""
        self._move_classes(-1)

    @Slot()
    def move_right(self) -> None:
        """Move the selected classes right by one."""
        self._move_classes(1)

    def _move_samples(self, by: int) -> None:
        """Move all rows from the first to the last selected one by one."""
        desk, study, rows = self._desk, self._study, self._desk.rows()
        first, last = rows[0], rows[-1]
        beyond = first - 1 if by < 0 else last + 1
        if not 0 <= beyond < study.samples:
            name = study.sample_name(first if by < 0 else last)
            desk.refuse(f"Sample {name} is the {'first' if by < 0 else 'last'} one.")
            return
        text = moved_sample(study, first, first + by)
        if last > first:
            text = f"Moved {words.listed(study, range(first, last + 1))} {'up' if by < 0 else 'down'}"
            text += words.flattened(study)
        area = None if desk.view is desk.class_weights else self._area()
        # What lies beyond them goes to their other end.
        if desk.attempt(text, partial(study.with_sample_moved, beyond, last if by < 0 else first)):
            row, column = desk.document.focus
            desk.document.focus_on(row + by if first <= row <= last else row, column)
            self._select(area, by, 0)

    def _move_classes(self, by: int) -> None:
        """Move all columns from the first to the last selected one by one."""
        desk, study, columns = self._desk, self._study, self._desk.columns()
        first, last = columns[0], columns[-1]
        beyond = first - 1 if by < 0 else last + 1
        if not 0 <= beyond < len(study.classes):
            name = words.name_of(study, first if by < 0 else last)
            desk.refuse(f"Class {name} is the {'first' if by < 0 else 'last'} one.")
            return
        text = moved_class(study, first, first + by)
        if last > first:
            text = f"Moved {last - first + 1:,} classes {'left' if by < 0 else 'right'}"
        area = self._area() if desk.which == desk.view.numbers.which and not desk.on_indices else None
        if desk.attempt(text, partial(study.with_class_moved, beyond, last if by < 0 else first)):
            row, column = desk.document.focus
            desk.document.focus_on(row, column + by if first <= column <= last else column)
            self._select(area, 0, by)

    def _area(self) -> Area | None:
        """Return what is selected, if it is one area of more than one cell."""
        areas = self._desk.areas()
        return areas[0] if len(areas) == 1 and areas[0].size > 1 else None

    def _select(self, area: Area | None, rows: int, columns: int) -> None:
        """Select what was selected before it moved."""
        if area is not None:
            self._desk.view.select(Area(area.row + rows, area.column + columns, area.rows, area.columns))
