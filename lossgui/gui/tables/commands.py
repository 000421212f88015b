"""The commands of the tables, as actions for menus, buttons and keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget

from lossgui.core.study import RefusedError, Study
from lossgui.files.paste import parse_block
from lossgui.gui.document import Document
from lossgui.gui.tables import edits
from lossgui.gui.tables.edits import Area
from lossgui.gui.tables.view import NumbersView

Keys = QKeySequence.StandardKey


@dataclass(frozen=True)
class Command:
    """A command: its text in a menu and on a button, its keys, and what it does in a sentence."""

    name: str
    text: str
    button: str
    keys: Keys | str
    tip: str


COMMANDS = (
    Command("cut", "Cu&t", "cut", Keys.Cut, "Copy the selected numbers, then set them to 0"),
    Command("copy", "&Copy", "copy", Keys.Copy, "Copy the selected numbers with all their digits"),
    Command("paste", "&Paste", "paste", Keys.Paste, "Paste a block of numbers at the current cell"),
    Command("clear", "C&lear", "clear", Keys.Delete, "Set the selected numbers to 0"),
    Command("select_all", "Select &all", "select all", Keys.SelectAll, "Select all numbers of the table"),
    Command("add_sample", "Add a &sample", "+ sample", "Alt+Ins", "Add a sample after the last one"),
    Command("add_class", "Add a class", "+ class", "Alt+Shift+Ins", "Add a class after the last one"),
    Command("remove_sample", "&Remove samples", "− sample", "Alt+Del", "Remove the selected samples"),
    Command("remove_class", "Re&move classes", "− class", "Alt+Shift+Del", "Remove the selected classes"),
    Command("normalise", "&Normalise rows", "normalise rows", "", "Divide each row by its sum"),
    Command("softmax", "Apply so&ftmax", "softmax", "", "Make probabilities of each row of predictions"),
)
OF_CELLS = ("cut", "copy", "paste", "clear", "select_all")


class Commands(QObject):
    """Carries out commands, on the table that had the keyboard last.

    Parameters
    ----------
    tables
        The labels and the predictions.
    panel
        Where the keys of the actions work.

    Attributes
    ----------
    actions
        An action for each of `COMMANDS`, by name.
    """

    def __init__(self, document: Document, tables: tuple[NumbersView, NumbersView], panel: QWidget) -> None:
        super().__init__(panel)
        self._document = document
        self._labels, self._predictions = tables
        self._view = self._predictions
        self.actions = {command.name: self._action(command, panel) for command in COMMANDS}
        for table in tables:
            table.entered.connect(self._enter)
            table.cleared.connect(self.clear)
            table.addActions([self.actions[name] for name in OF_CELLS])

    def _action(self, command: Command, panel: QWidget) -> QAction:
        action = QAction(command.text, panel)
        action.setObjectName(command.name)
        action.setIconText(command.button)
        action.setShortcut(QKeySequence(command.keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setStatusTip(command.tip)
        action.setToolTip(command.tip)
        action.triggered.connect(getattr(self, command.name))
        panel.addAction(action)
        return action

    @Slot(QWidget)
    def _enter(self, table: NumbersView) -> None:
        self._view = table

    def allow(self, study: Study, rows_off: bool) -> None:
        """Enable what makes sense for a study."""
        if study.labels is None:
            self._view = self._predictions
        self.actions["normalise"].setEnabled(study.sums_to_one and rows_off)
        self.actions["softmax"].setEnabled(study.kind != "probabilities")

    # Cells

    @Slot()
    def copy(self) -> None:
        """Put the selected numbers on the clipboard."""
        areas = self._areas()
        text = self._copied(areas)
        if text is not None:
            QGuiApplication.clipboard().setText(text)
            self._document.said.emit(f"Copied {edits.many(areas)}")

    @Slot()
    def cut(self) -> None:
        """Copy the selected numbers, then set them to 0; if they cannot be, nothing is copied."""
        areas = self._areas()
        text = self._copied(areas)
        if text is not None and self._attempt(f"Cut {edits.many(areas)}", self._cleared(areas)):
            QGuiApplication.clipboard().setText(text)

    @Slot()
    def paste(self) -> None:
        """Write the block on the clipboard at the current cell, as one step, or say why not."""
        study, which = self._document.study, self._which
        area = edits.around(self._areas())
        try:
            block = parse_block(QGuiApplication.clipboard().text())
        except ValueError as error:
            self._refuse(f"{error} Nothing was pasted.")
            return
        at = edits.inside(edits.place(study, which, area.row, area.column))
        text = f"Pasted {len(block):,} × {len(block[0]):,} numbers at {at}"
        self._attempt(text, partial(edits.pasted, study, which, area.row, area.column, block))

    @Slot()
    def clear(self) -> None:
        """Set the selected numbers to 0."""
        areas, study = self._areas(), self._document.study
        text = f"Cleared {edits.many(areas)}"
        if sum(area.size for area in areas) == 1:
            value = edits.empty(study, self._which)
            text = edits.sentence(study, self._which, areas[0].row, areas[0].column, value)
        self._attempt(text, self._cleared(areas))

    @Slot()
    def select_all(self) -> None:
        """Select all numbers of the table."""
        self._view.selectAll()

    # Samples and classes

    @Slot()
    def add_sample(self) -> None:
        """Add a sample after the last one, and go there."""
        study, column = self._document.study, self._document.focus[1]
        text = f"Added sample {study.samples + 1:,}{_flattened(study)}"
        if self._attempt(text, partial(study.with_samples, study.samples)):
            self._document.focus_on(study.samples, column)

    @Slot()
    def add_class(self) -> None:
        """Add a class after the last one, and go there."""
        study, row = self._document.study, self._document.focus[0]
        text = "Added a class: no sample has it, and its predictions are 0"
        if self._attempt(text, partial(study.with_classes, len(study.classes))):
            self._document.focus_on(row, len(study.classes))

    @Slot()
    def remove_sample(self) -> None:
        """Remove the samples of the selection."""
        study = self._document.study
        rows = edits.rows_of(self._areas())
        text = f"Removed {edits.listed(study, rows)}{_flattened(study)}"
        self._attempt(text, partial(study.without_samples, rows))

    @Slot()
    def remove_class(self) -> None:
        """Remove the classes of the selection; among class indices, the one in focus."""
        study = self._document.study
        of_indices = self._view is self._labels and study.indexed
        columns = [self._document.focus[1]] if of_indices else edits.columns_of(self._areas())
        names = edits.name_of(study, columns[0]) if len(columns) == 1 else f"{len(columns):,} classes"
        self._attempt(f"Removed {names}", partial(study.without_classes, columns))

    # What predictions are

    @Slot()
    def normalise(self) -> None:
        """Divide each row of predictions by its sum."""
        self._attempt("Divided each row of predictions by its sum", self._document.study.normalised)

    @Slot()
    def softmax(self) -> None:
        """Make probabilities of each row of predictions."""
        self._attempt("Made probabilities of each row by softmax", self._document.study.softmaxed)

    # Parts

    @property
    def _which(self) -> str:
        return self._view.numbers.which

    def _areas(self) -> list[Area]:
        row, column = self._document.focus
        inside = column if self._view is self._predictions or not self._document.study.indexed else 0
        return self._view.areas() or [Area(row, inside)]

    def _copied(self, areas: Sequence[Area]) -> str | None:
        try:
            return edits.copied(self._document.study, self._which, areas)
        except RefusedError as refusal:
            self._refuse(str(refusal))
            return None

    def _cleared(self, areas: Sequence[Area]) -> Callable[[], Study]:
        return partial(edits.cleared, self._document.study, self._which, areas)

    def _attempt(self, text: str, edited: Callable[[], Study]) -> bool:
        reason = self._document.attempt(text, edited)
        if reason is not None:
            self._view.say(reason)
        return reason is None

    def _refuse(self, reason: str) -> None:
        self._document.said.emit(reason)
        self._view.say(reason)


def _flattened(study: Study) -> str:
    """Return what is to be said of the shape of the samples, which an added or removed one ends."""
    if study.outer is None:
        return ""
    return f"; the samples, {' × '.join(map(str, study.outer))} before, are a plain list now"
