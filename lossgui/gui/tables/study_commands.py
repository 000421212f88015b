"""The commands that change what a study has, not only its numbers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot

from lossgui.core.study import CLASS_WEIGHT, MASK, SAMPLE_WEIGHT, Study
from lossgui.gui.tables import words
from lossgui.gui.tables.desk import Desk


class StudyCommands(QObject):
    """Samples and classes that come and go, their weights, and what predictions are."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk

    @property
    def _study(self) -> Study:
        return self._desk.document.study

    # Samples and classes

    @Slot()
    def add_sample(self) -> None:
        """Add a sample after the last one, and go there."""
        study, column = self._study, self._desk.document.focus[1]
        text = f"Added sample {study.samples + 1:,}{words.flattened(study)}"
        if self._desk.attempt(text, partial(study.with_samples, study.samples)):
            self._desk.document.focus_on(study.samples, column)

    @Slot()
    def add_class(self) -> None:
        """Add a class after the last one, and go there."""
        study, row = self._study, self._desk.document.focus[0]
        text = "Added a class: no sample has it, and its predictions are 0"
        if self._desk.attempt(text, partial(study.with_classes, len(study.classes))):
            self._desk.document.focus_on(row, len(study.classes))

    @Slot()
    def remove_sample(self) -> None:
        """Remove the samples of the selection."""
        study, rows = self._study, self._desk.rows()
        text = f"Removed {words.listed(study, rows)}{words.flattened(study)}"
        self._desk.attempt(text, partial(study.without_samples, rows))

    @Slot()
    def remove_class(self) -> None:
        """Remove the classes of the selection; among class indices, the one in focus."""
        study, columns = self._study, self._desk.columns()
        names = words.name_of(study, columns[0]) if len(columns) == 1 else f"{len(columns):,} classes"
        self._desk.attempt(f"Removed {names}", partial(study.without_classes, columns))

    # Weights and mask

    @Slot(bool)
    def weigh_samples(self, weighs: bool) -> None:
        """Give each sample a weight, of 1 at first, or take all away."""
        text = "Each sample weighs 1 now" if weighs else "Took the weights of samples away"
        if self._desk.attempt(text, partial(self._study.weighing_samples, weighs)) and weighs:
            self._go_beside(SAMPLE_WEIGHT)

    @Slot(bool)
    def weigh_classes(self, weighs: bool) -> None:
        """Give each class a weight, of 1 at first, or take all away."""
        text = "Each class weighs 1 now" if weighs else "Took the weights of classes away"
        if self._desk.attempt(text, partial(self._study.weighing_classes, weighs)) and weighs:
            self._desk.class_weights.setFocus()

    @Slot(bool)
    def mask_samples(self, masks: bool) -> None:
        """Let samples be left out of every sum, none at first, or take the mask away."""
        text = "All samples count; the mask can leave some out" if masks else "Took the mask away: all count"
        if self._desk.attempt(text, partial(self._study.masking, masks)) and masks:
            self._go_beside(MASK)

    def _go_beside(self, part: str) -> None:
        """Go to a new column beside the focused sample."""
        desk = self._desk
        table = desk.predictions if self._study.labels is None else desk.labels
        column = table.numbers.columns.place(part)
        if column is not None:
            table.setFocus()
            table.setCurrentIndex(table.numbers.index(desk.document.focus[0], column))

    # What predictions are

    @Slot()
    def normalise(self) -> None:
        """Divide each row of predictions by its sum."""
        self._desk.attempt("Divided each row of predictions by its sum", self._study.normalised)

    @Slot()
    def softmax(self) -> None:
        """Make probabilities of each row of predictions."""
        self._desk.attempt("Made probabilities of each row by softmax", self._study.softmaxed)


CHECKED = {"weigh_samples": SAMPLE_WEIGHT, "weigh_classes": CLASS_WEIGHT, "mask_samples": MASK}
"""The commands that are checked while a study has a table."""
