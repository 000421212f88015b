"""The panel of labels and predictions."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lossgui.core.encodings import ENCODINGS
from lossgui.core.loss import KINDS
from lossgui.core.study import CLASS_WEIGHT, LABELS, PREDICTIONS, Study
from lossgui.files.numbers import summed
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.menu_button import MenuButton, Option
from lossgui.gui.tables import words
from lossgui.gui.tables.actions import Actions, Exposed
from lossgui.gui.tables.bubble import Bubble
from lossgui.gui.tables.model import NumbersModel
from lossgui.gui.tables.parts import CommandButton, label, row
from lossgui.gui.tables.predictions import PredictionsView
from lossgui.gui.tables.sums import SumCheck, row_sum
from lossgui.gui.tables.view import NumbersView
from lossgui.gui.tables.widths import Widths

KIND_WORDS = {
    "probabilities": "Each row is a distribution over the classes",
    "logits": "Any numbers: softmax or the sigmoid would make probabilities of them",
    "log-probabilities": "Logarithms of a distribution: their exponentials sum to 1",
    "values": "Any numbers, compared with the labels as they are",
}
ENCODING_OPTIONS = tuple(Option(e.name, e.title, e.words) for e in ENCODINGS.values())
KIND_OPTIONS = tuple(Option(kind, kind, KIND_WORDS[kind]) for kind in KINDS)
TABLE_NAMES = {LABELS: "Labels table", PREDICTIONS: "Predictions table", CLASS_WEIGHT: "Class weights"}
WIDTH = 312


class TablesPanel(Exposed, QWidget):
    """Editable labels and predictions of a document, what they are, and the commands on them.

    Attributes
    ----------
    labels, predictions, class_weights
        The tables.
    encoding, kind
        The choosers of how labels are written and of what predictions are.
    add_sample, add_class, remove_sample, remove_class, weigh_samples, weigh_classes, mask_samples
        Actions on the study, for menus; keys of actions work while the panel has the keyboard.
    normalise, softmax
        Actions on the predictions.
    copy, cut, paste, clear, fill, select_all
        Actions on the table that had the keyboard last.
    rename_sample, move_up, move_down, rename_class, move_left, move_right
        Actions on names and order.
    shade
        Whether cells are shaded by value.
    """

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._shown: Study | None = None
        self._bubble = Bubble(self)
        self.labels = self._table(LABELS)
        self.predictions = self._table(PREDICTIONS)
        self.class_weights = self._table(CLASS_WEIGHT)
        self.class_weights.columns_header.hide()
        self._tables = self.labels, self.predictions, self.class_weights
        for table in self._tables:
            table.scroll_with(*(other for other in self._tables if other is not table))
        self._widths = Widths(*self._tables)
        self._actions = Actions(document, self._tables, self)
        self.expose(self._actions.by_name)
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
        document.view_changed.connect(self._show_view)
        self._show()

    def _table(self, which: str) -> NumbersView:
        kind = PredictionsView if which == PREDICTIONS else NumbersView
        table = kind(NumbersModel(self._document, which, self), self._bubble, self)
        table.setAccessibleName(TABLE_NAMES[which])
        table.setObjectName(which)
        return table

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
        column.addWidget(self.class_weights)
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
        above = [self.encoding, self.labels, self.class_weights, self._make_probabilities, self.kind]
        for before, after in pairwise([*above, self.predictions, *buttons, self._ask]):
            QWidget.setTabOrder(before, after)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widths.give()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        changes = QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.StyleChange
        if event.type() in changes and self.isVisible():
            self._restyle()

    def showEvent(self, event: QShowEvent) -> None:
        self._restyle()
        super().showEvent(event)

    def _restyle(self) -> None:
        for table in self._tables:
            table.restyle()
        for button in self.findChildren(CommandButton):
            style.dress(button, style.SMALL)
        self._widths.forget()
        self._widths.fit()

    # Showing

    @Slot()
    def _show(self) -> None:
        study = self._document.study
        if study is not self._shown:
            before, self._shown = self._shown, study
            if before is None or before.predictions.shape != study.predictions.shape:
                self._widths.forget()
            self._show_study(study)
            if before is None:
                self._describe(study)
            elif before.sample_names is not study.sample_names:
                self._widths.give()
        for table in self._tables:
            table.show_focus(*self._document.focus)

    @Slot()
    def _show_view(self) -> None:
        """Shade cells by value, or not any more."""
        self.shade.setChecked(self._document.shaded)
        for table in self._tables:
            table.delegate.rescale()
            table.viewport().update()

    def _show_study(self, study: Study) -> None:
        for table in self._tables:
            table.show_study(study)
        for part in (self.labels, self.encoding):
            part.setVisible(study.labels is not None)
        self._no_labels.setVisible(study.labels is None)
        self.class_weights.setVisible(study.class_weight is not None)
        self.encoding.offer(ENCODING_OPTIONS, study.encoding)
        self.kind.offer(KIND_OPTIONS, study.kind)
        if any(table.numbers.changed is None for table in self._tables):
            self._widths.fit()
            self._describe(study)
        else:
            self._widths.fit_changes()
        self._sums.check(study.predictions if study.sums_to_one else None)
        self._allow()

    def _describe(self, study: Study) -> None:
        size = f"{study.samples:,} samples in rows, {len(study.classes):,} classes in columns"
        what = (f"written as {ENCODINGS[study.encoding].title}", f"they are {study.kind}")
        for table, words_of in zip((self.labels, self.predictions), what, strict=True):
            beside = words.beside(table.numbers.columns.tail)
            table.setAccessibleDescription(f"{size}{beside}; {words_of}")

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
        self._actions.allow(self._document.study, self._sums.count > 0)
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
