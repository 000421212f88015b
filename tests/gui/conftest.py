"""What holds for all tests of the window: no dialog waits for an answer that nobody gives."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from lossgui.gui.filing import Filing


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
