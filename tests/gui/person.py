"""A person at the window: what is done there by keys, menus and buttons, and what can be seen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from lossgui import Study
from lossgui.files.studies import Saved
from lossgui.gui.losses.parameters import NumberEditor
from lossgui.gui.losses.picker import Picker
from lossgui.gui.menu_button import MenuButton
from lossgui.gui.tables.edits import Area
from lossgui.gui.tables.headers import NumbersHeader
from lossgui.gui.tables.headings import NameEditor
from lossgui.gui.tables.view import NumbersView
from lossgui.gui.window import MainWindow

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
EDIT, CHECK = Qt.ItemDataRole.EditRole, Qt.ItemDataRole.CheckStateRole


class Person:
    """Works in a window, which has to be shown and active."""

    def __init__(self, window: MainWindow, qtbot: QtBot, monkeypatch: object) -> None:
        self.window, self.tables, self._qtbot = window, window.tables, qtbot
        self._path = Path()
        for name in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *given: (str(self._path), ""))

    @staticmethod
    def look() -> None:
        """Let everything be shown, and let go what was closed."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()

    def focus(self, widget: QWidget) -> None:
        """Give a part the keyboard, once it is seen."""
        self.look()
        widget.setFocus()

    # Keys

    def type(self, text: str) -> None:
        for sign in text:
            event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
            QApplication.sendEvent(QApplication.focusWidget(), event)

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget(), key, modifier)

    # Tables

    def view(self, which: str) -> NumbersView:
        """Return the table that a part of the study stands in."""
        tables = {"predictions": self.tables.predictions, "class_weight": self.tables.class_weights}
        return tables.get(which, self.tables.labels)

    def go(self, which: str, row: int, column: int, rows: int = 1, columns: int = 1) -> NumbersView:
        """Go to a cell, and select an area from there."""
        view = self.view(which)
        first = view.numbers.columns.place(which) or 0
        self.focus(view)
        chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect
        view.selectionModel().setCurrentIndex(view.numbers.index(row, first + column), chosen)
        if rows * columns > 1:
            view.select(Area(row, column, rows, columns))
        return view

    def write(self, which: str, row: int, column: int, text: str) -> None:
        self.go(which, row, column)
        self.press(Qt.Key.Key_F2)
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        line.selectAll()
        self.press(Qt.Key.Key_Delete)
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def scrub(self, steps: int) -> None:
        """Press Alt and an arrow key, with Shift for ten steps."""
        modifier = ALT | SHIFT if abs(steps) > 1 else ALT
        self.press(Qt.Key.Key_Up if steps > 0 else Qt.Key.Key_Down, modifier=modifier)

    def toggle(self, row: int, count: int) -> None:
        """Press Space on the mask of some samples."""
        self.go("mask", row, 0, count)
        self.press(Qt.Key.Key_Space)

    def name(self, header: NumbersHeader, place: int, name: str) -> None:
        """Double-click a header and type."""
        header.renaming.emit(place)
        line = QApplication.focusWidget()
        assert isinstance(line, NameEditor)
        line.setText(name)
        QTest.keyClick(line, Qt.Key.Key_Return)

    def numbers(self, which: str) -> list[list[float]] | None:
        """Return the numbers that are seen of a part of the study."""
        view = self.view(which)
        model, first = view.numbers, view.numbers.columns.place(which)
        if first is None or not view.isVisibleTo(self.window):
            return None
        columns = range(first, first + (model.classes if which == model.which else 1))
        return [[self._number(view, row, column) for column in columns] for row in range(model.rowCount())]

    @staticmethod
    def _number(view: NumbersView, row: int, column: int) -> float:
        index = view.numbers.index(row, column)
        checked = view.numbers.data(index, CHECK)
        if checked is None:
            return float(view.numbers.data(index, EDIT))
        return float(checked == Qt.CheckState.Checked)

    def headings(self, orientation: Qt.Orientation) -> list[str]:
        model = self.tables.predictions.numbers
        across = orientation == Qt.Orientation.Horizontal
        count = model.classes if across else model.rowCount()
        return [model.headerData(section, orientation) for section in range(count)]

    # Losses

    def add_loss(self, title: str) -> None:
        self.look()
        self.window.losses.add.trigger()
        picker = self.window.losses.findChild(Picker)
        picker.search.setText(title)
        QTest.keyClick(picker.search, Qt.Key.Key_Return)
        with self._qtbot.waitActive(self.window):  # there is no window manager that sees to it
            self.window.activateWindow()

    def set_parameter(self, place: int, name: str, value: float | bool) -> None:
        editor = self.window.losses.cards[place].parameters.editors[name]
        if isinstance(editor, NumberEditor):
            self.focus(editor.field)
            editor.field.selectAll()
            self.type(repr(value))
            self.press(Qt.Key.Key_Return)
        elif editor.isChecked() != value:
            editor.click()

    # Files

    def begin(self, study: Study) -> None:
        """Open a study that has no file."""
        self.window.filing.take(Saved(study), None)
        self.window.plots.setCurrentIndex(0)

    def save_as(self, path: Path) -> None:
        self._path = path
        assert self.window.filing.save_as()

    def open(self, path: Path) -> None:
        self._path = path
        with self._qtbot.waitSignal(self.window.filing.changed):
            self.window.filing.ask_and_open()


def pick(button: MenuButton, key: str | int) -> None:
    """Choose an entry of a button's menu."""
    next(action for action in button.menu().actions() if action.data() == key).trigger()
