"""A window with a study, and its export dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from lossgui.files import examples
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.export.dialog import ExportDialog
from lossgui.gui.window import MainWindow


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    style.apply("light")
    made = MainWindow(Document(examples.load(examples.FIRST)))
    made.asks = False
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.settle()
    yield made
    for box in made.findChildren(QMessageBox):
        box.close()
    made.close_unasked()


@pytest.fixture
def dialog(window: MainWindow) -> ExportDialog:
    window.exporting.ask()
    found = window.findChild(ExportDialog)
    assert found is not None
    return found


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], list[str]]:
    """Answer the question for a file with a name; what was suggested is kept."""

    def answer(path: object) -> list[str]:
        suggested: list[str] = []

        def ask(parent: object, title: str, name: str, kinds: str) -> tuple[str, str]:
            suggested.append(name)
            return str(path or ""), kinds

        monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
        return suggested

    return answer
