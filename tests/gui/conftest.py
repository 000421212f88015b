"""What holds for all tests of the window: no dialog waits for an answer that nobody gives."""

from __future__ import annotations

import pytest
from gui.keys import Keys
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from lossgui.files import examples
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.filing import Filing
from lossgui.gui.window import MainWindow

OPEN, SAVE = QFileDialog.getOpenFileName, QFileDialog.getSaveFileName


@pytest.fixture(autouse=True)
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let changes go, and fail a test that opens a dialog that would wait."""

    def waits(*arguments: object) -> None:
        raise AssertionError("a dialog waits for an answer")

    monkeypatch.setattr(Filing, "ask", lambda filing: QMessageBox.StandardButton.Discard)
    for dialog, name in (
        (QDialog, "exec"),
        (QMessageBox, "exec"),
        (QFileDialog, "getOpenFileName"),
        (QFileDialog, "getSaveFileName"),
    ):
        monkeypatch.setattr(dialog, name, waits)


@pytest.fixture
def first_window(qtbot):
    """Return a window of the first example that has the keyboard."""
    style.apply("light")
    made = MainWindow(Document(examples.load(examples.FIRST)))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.settle()
    yield made
    made.close_unasked()


@pytest.fixture
def active_window(first_window, monkeypatch):
    """Return the same, its dialogs real."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", OPEN)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", SAVE)
    return first_window


@pytest.fixture
def keys(active_window):
    """Return the keyboard of the window."""
    return Keys(active_window)
