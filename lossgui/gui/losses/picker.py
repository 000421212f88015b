"""The picker: the catalogue with a search line, from which a loss is added."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from lossgui.core.study import Study
from lossgui.gui import style
from lossgui.gui.losses.about import AboutLoss
from lossgui.gui.losses.catalogue import Row, best, catalogue, found
from lossgui.gui.losses.catalogue_view import Index, RowDelegate

NO_PARENT = QModelIndex()


class CatalogueModel(QAbstractListModel):
    """The rows that the search has found."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, index: Index) -> Row | None:
        """Return the row at an index; None outside."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row(index)
        if row is None or row.entry is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.entry.title if row.entry else row.family.capitalize()
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and row.entry:
            return " ".join(filter(None, (row.entry.words, ", ".join(row.entry.profiles), row.reason)))
        return None


class SearchLine(QLineEdit):
    """A line for searching; the keys that move through a list are passed on."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        steps = {keys.Key_Up: -1, keys.Key_Down: 1, keys.Key_PageUp: -6, keys.Key_PageDown: 6}
        if event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)


class Picker(QDialog):
    """Every loss by family; Enter or a double click adds one. Losses that do not fit say why.

    Attributes
    ----------
    picked
        Sent with the choice that is added.
    wrote
        Sent when the person wants to write a loss, with what is typed already.
    """

    picked = Signal(object)
    wrote = Signal(str)

    def __init__(self, study: Study, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._study = study
        self.setWindowTitle("Add a loss")
        self.search = SearchLine()
        self.search.setPlaceholderText("Search by name, framework or what it measures")
        self.search.setAccessibleName("Search losses")
        self.search.setClearButtonEnabled(True)
        self.model = CatalogueModel(self)
        self.list = QListView()
        self.list.setAccessibleName("Losses")
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self.model.row, self.list))
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.about = AboutLoss()
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self.add = self.buttons.button(kinds.Ok)
        self.add.setText("Add")
        self.own = self.buttons.addButton("Your own &formula…", QDialogButtonBox.ButtonRole.ResetRole)
        self.own.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[2 * style.GRID] * 4)
        column.setSpacing(style.GRID)
        row = QHBoxLayout()
        row.setSpacing(2 * style.GRID)
        row.addWidget(self.list, 5)
        row.addWidget(self.about, 4)
        column.addWidget(self.search)
        column.addLayout(row, 1)
        column.addWidget(self.buttons)
        self._connect()
        self.resize(980, 640)
        self.look_for("")

    def _connect(self) -> None:
        self.search.textChanged.connect(self.look_for)
        self.search.moved.connect(self.move_by)
        self.list.selectionModel().currentChanged.connect(self._explain)
        # Enter comes from the default button, also in the search line.
        self.list.doubleClicked.connect(self.accept)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.own.clicked.connect(self.write)
        self.finished.connect(self.deleteLater)

    @property
    def current(self) -> Row | None:
        """The loss that would be added."""
        row = self.model.row(self.list.currentIndex())
        return row if row is not None and row.choice is not None else None

    @Slot(str)
    def look_for(self, searched: str) -> None:
        """Show what a search finds, and go to the likeliest."""
        rows = found(catalogue(self._study, searched), searched)
        self.model.show_rows(rows)
        place = best(rows, searched)
        if place is not None:
            self._go(place)
        self._explain()

    @Slot(int)
    def move_by(self, steps: int) -> None:
        """Go up or down by so many losses."""
        places = [p for p in range(self.model.rowCount()) if self.model.flags(self.model.index(p))]
        if places:
            at = places.index(self.list.currentIndex().row()) if self.current else 0
            self._go(places[min(max(at + steps, 0), len(places) - 1)])

    def _go(self, place: int) -> None:
        index = self.model.index(place)
        self.list.setCurrentIndex(index)
        heading = self.model.index(place - 1)
        if place and not self.model.flags(heading):
            self.list.scrollTo(heading)
        self.list.scrollTo(index)

    @Slot()
    def _explain(self) -> None:
        row = self.current
        self.add.setEnabled(row is not None)
        if row is None or row.entry is None:
            searched = self.search.text().strip()[:80]
            self.about.show_words(f"No loss is found for ‘{searched}’. Write it as a formula of your own.")
        else:
            self.about.show_loss(row.entry)

    @Slot()
    def write(self) -> None:
        """Let the person write a loss instead, beginning with what was searched for in vain."""
        self.reject()
        self.wrote.emit("" if self.current else self.search.text())

    def accept(self) -> None:
        row = self.current
        if row is not None:
            self.picked.emit(row.choice)
            super().accept()
