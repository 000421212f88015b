"""A figure is exported by the keyboard alone, in a real window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from lossgui.files.open import open_path
from lossgui.gui.export.dialog import ExportDialog

pytestmark = pytest.mark.desktop


@pytest.fixture
def window(active_window):
    return active_window


def tab_to(keys, word):
    """Press Tab until what bears a word has the keyboard."""
    for _ in range(60):
        part = QApplication.focusWidget()
        if word in (getattr(part, "text", str)(), part.accessibleName()):
            return
        keys.press("Tab")
    raise AssertionError(f"{word} is not reached by Tab")


def test_another_plot_is_saved_as_svg_in_another_size(window, keys, tmp_path):
    keys.press("Ctrl+E")
    tab_to(keys, "Curve")
    keys.press("Space", "Tab", "Space")  # Contributions instead
    tab_to(keys, "Format: PDF")
    keys.press("Space", "Down", "Down", "Return")
    tab_to(keys, "Size: Text width of a paper")
    keys.press("Space", "Down", "Return")
    tab_to(keys, "Width")
    keys.press("Ctrl+A", *"90,5", "Return")
    tab_to(keys, "transparent")
    keys.press("Space")
    tab_to(keys, "&Save…")
    keys.press("Space", "Ctrl+A", *str(tmp_path / "mine"), "Return")
    svg = (tmp_path / "mine.svg").read_text(encoding="utf-8")
    assert '<svg width="90.5mm" height="64mm"' in svg and "What adds to the headline" in svg
    assert open_path(tmp_path / "mine.svg") == window.document.study
    assert not [box for box in window.findChildren(ExportDialog) if box.isVisible()]
    assert QApplication.activeWindow() is window


def test_the_dialog_is_left_by_escape_and_a_figure_copied(window, keys):
    keys.press("Ctrl+E", "Escape")
    assert not [box for box in window.findChildren(ExportDialog) if box.isVisible()]
    keys.press("Ctrl+2", "Ctrl+Shift+C")
    svg = QApplication.clipboard().mimeData().data("image/svg+xml").data().decode()
    assert "What adds to the headline" in svg


def test_all_results_are_saved(qtbot, window, keys, tmp_path):
    keys.press("Ctrl+Shift+E", "Ctrl+A", *str(tmp_path / "all"), "Return")
    qtbot.waitUntil(lambda: window.statusBar().currentMessage() == "Exported ‘all.csv’.")
    assert (tmp_path / "all.csv").read_text(encoding="utf-8-sig").startswith("sample,label cat")
