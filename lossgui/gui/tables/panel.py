"""The panel of labels and predictions."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lossgui.core.encodings import ENCODINGS
from lossgui.core.loss import KINDS
from lossgui.core.study import LABELS, PREDICTIONS, Study
from lossgui.files.numbers import summed
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.menu_button import MenuButton, Option
from lossgui.gui.tables.bubble import Bubble
from lossgui.gui.tables.commands import Commands
from lossgui.gui.tables.model import NumbersModel
from lossgui.gui.tables.parts import CommandButton, label, row
from lossgui.gui.tables.sums import SumCheck, row_sum
from lossgui.gui.tables.view import NumbersView
from lossgui.gui.tables.widths import column_width, sum_width, widened

KIND_WORDS = {
    "probabilities": "Each row is a distribution over the classes",
    "logits": "Any numbers: softmax or the sigmoid would make probabilities of them",
    "values": "Any numbers, compared with the labels as they are",
}
ENCODING_OPTIONS = tuple(Option(e.name, e.title, e.words) for e in ENCODINGS.values())
KIND_OPTIONS = tuple(Option(kind, kind, KIND_WORDS[kind]) for kind in KINDS)
WIDTH = 312


class TablesPanel(QWidget):
    """Editable labels and predictions of a document, what they are, and the commands on them.

    Attributes
    ----------
    labels, predictions
        The two tables.
    encoding, kind
        The choosers of how labels are written and of what predictions are.
    add_sample, add_class, remove_sample, remove_class, normalise, softmax
        Actions on the study, for menus; their keys work while the panel has the keyboard.
    copy, cut, paste, clear, select_all
        Actions on the table that had the keyboard last.
    """

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._shown: Study | None = None
        self._cell = self._sum = 0
        self._bubble = Bubble(self)
        self.labels = self._table(LABELS)
        self.predictions = self._table(PREDICTIONS)
        self.labels.follow(self.predictions)
        self.predictions.follow(self.labels)
        self._commands = Commands(document, (self.labels, self.predictions), self)
        self._expose(self._commands.actions)
        self.encoding = MenuButton("How labels are written")
        self.encoding.setProperty("role", "command")
        self.encoding.picked.connect(self._choose_encoding)
        self.kind = MenuButton("What predictions are")
        self.kind.setProperty("role", "command")
        self.kind.picked.connect(self._choose_kind)
        self._sums = SumCheck(self)
        self._sums.found.connect(self._show_sums)
        self._lay_out()
        document.changed.connect(self._show)
        self._show()

    def _table(self, which: str) -> NumbersView:
        table = NumbersView(NumbersModel(self._document, which, self), self._bubble, self)
        table.setAccessibleName(f"{which.capitalize()} table")
        table.setObjectName(which)
        return table

    def _expose(self, actions: dict[str, QAction]) -> None:
        self.add_sample, self.remove_sample = actions["add_sample"], actions["remove_sample"]
        self.add_class, self.remove_class = actions["add_class"], actions["remove_class"]
        self.normalise, self.softmax = actions["normalise"], actions["softmax"]
        self.copy, self.cut, self.paste = actions["copy"], actions["cut"], actions["paste"]
        self.clear, self.select_all = actions["clear"], actions["select_all"]

    # Layout

    def _lay_out(self) -> None:
        self._no_labels = label("There are no labels.", "quiet")
        self._note = label("", "note")
        self._note.setAccessibleName("Row sums")
        self._ask = CommandButton(self.normalise)
        self._make_probabilities = CommandButton(self.softmax)
        column = QVBoxLayout(self)
        grid = style.GRID
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row(label("Labels", "heading"), None, self.encoding))
        column.addWidget(self._no_labels)
        column.addWidget(self.labels)
        column.addSpacing(2 * grid)
        column.addLayout(row(label("Predictions", "heading"), None, self._make_probabilities, self.kind))
        column.addWidget(self.predictions)
        column.addSpacing(grid)
        actions = self.add_sample, self.add_class, self.remove_sample, self.remove_class
        buttons = [CommandButton(action) for action in actions]
        column.addLayout(row(*buttons, None))
        column.addSpacing(grid)
        column.addWidget(self._note)
        column.addLayout(row(self._ask, None))
        column.addStretch(1)
        order = [self.encoding, self.labels, self._make_probabilities, self.kind, self.predictions, *buttons]
        for before, after in pairwise([*order, self._ask]):
            QWidget.setTabOrder(before, after)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        changes = QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange
        if event.type() in changes and self.isVisible():
            self._restyle()

    def showEvent(self, event: QShowEvent) -> None:
        self._restyle()
        super().showEvent(event)

    def _restyle(self) -> None:
        for table in (self.labels, self.predictions):
            table.restyle()
        for button in self.findChildren(CommandButton):
            style.dress(button, style.SMALL)
        self._cell = 0
        self._fit()

    def _fit(self) -> None:
        self._give(
            max(self._cell, column_width(self.labels), column_width(self.predictions)),
            sum_width(self.predictions),
        )

    def _fit_changes(self) -> None:
        # Columns only grow, lest they tremble while a point is dragged.
        widths = self._cell, self._sum
        for table in (self.labels, self.predictions):
            widths = widened(table, *widths)
        if widths != (self._cell, self._sum):
            self._give(*widths)

    def _give(self, cell: int, sums: int) -> None:
        self._cell, self._sum = cell, sums
        self.labels.fit(cell, 0 if self._document.study.indexed else sums)
        self.predictions.fit(cell, sums)

    # Showing

    @Slot()
    def _show(self) -> None:
        study = self._document.study
        if study is not self._shown:
            before, self._shown = self._shown, study
            if before is None or before.predictions.shape != study.predictions.shape:
                self._cell = 0
            self._show_study(study)
        for table in (self.labels, self.predictions):
            table.show_focus(*self._document.focus)

    def _show_study(self, study: Study) -> None:
        self.labels.numbers.show(study)
        self.predictions.numbers.show(study)
        for part in (self.labels, self.encoding):
            part.setVisible(study.labels is not None)
        self._no_labels.setVisible(study.labels is None)
        self.encoding.offer(ENCODING_OPTIONS, study.encoding)
        self.kind.offer(KIND_OPTIONS, study.kind)
        if self.labels.numbers.changed is None or self.predictions.numbers.changed is None:
            self._fit()
        else:
            self._fit_changes()
        size = f"{study.samples:,} samples in rows, {len(study.classes):,} classes in columns"
        self.labels.setAccessibleDescription(f"{size}; written as {ENCODINGS[study.encoding].title}")
        self.predictions.setAccessibleDescription(f"{size}, then the sum of the row; they are {study.kind}")
        self._sums.check(study.predictions if study.sums_to_one else None)
        self._allow()

    @Slot()
    def _show_sums(self) -> None:
        study, count, first = self._document.study, self._sums.count, self._sums.first
        if first is not None:
            name, total = study.sample_name(first), summed(row_sum(study.predictions.row(first)))
            one = f"Sample {name} sums to {total}, not 1."
            rows = f"{count:,} of {study.samples:,} rows"
            many = f"{rows} do not sum to 1, the first is sample {name} ({total})."
            self._note.setText(f"{one if count == 1 else many} Nothing is changed until you ask.")
        for part in (self._note, self._ask):
            part.setVisible(first is not None)
        self._allow()

    def _allow(self) -> None:
        study = self._document.study
        self._commands.allow(study, self._sums.count > 0)
        self._make_probabilities.setVisible(self.softmax.isEnabled())

    # Choosing

    @Slot(object)
    def _choose_encoding(self, name: str) -> None:
        text = f"Labels are written as {ENCODINGS[name].title} now and say the same"
        self._say(
            self._document.attempt(text, partial(self._document.study.with_encoding, name)), self.encoding
        )

    @Slot(object)
    def _choose_kind(self, name: str) -> None:
        text = f"Predictions are taken for {name} now; no number has changed"
        self._say(self._document.attempt(text, partial(self._document.study.with_kind, name)), self.kind)

    def _say(self, reason: str | None, widget: QWidget) -> None:
        if reason is not None:
            self._bubble.say(reason, widget)
