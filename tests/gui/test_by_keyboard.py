"""Ten tasks in a real window, by the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from lossgui.files import examples
from lossgui.files.open import open_path
from lossgui.files.studies import encode

pytestmark = pytest.mark.desktop


@pytest.fixture
def window(active_window):
    return active_window


def value(window, place=0):
    return window.document.result.outcomes[place].value


def test_a_file_is_opened(qtbot, window, keys, tmp_path):
    study = examples.load("B_hinge")
    (tmp_path / "mine.lossgui").write_bytes(encode(study))
    keys.press("Ctrl+O", *str(tmp_path / "mine.lossgui"), "Return")
    qtbot.waitUntil(lambda: window.document.study == study)
    assert window.windowTitle() == "mine.lossgui[*]"


def test_a_cell_is_edited(window, keys):
    keys.press("Left", "Up", *"0.2", "Return")
    assert window.document.study.predictions.to_array().tolist() == [[0.05, 0.2, 0.0], [0.1, 0.8, 0.1]]
    assert "0.95 → 0.20" in window.statusBar().currentMessage()


def test_a_prediction_is_scrubbed(window, keys):
    before = value(window)
    keys.press("Alt+Up", "Alt+Right", "Alt+Shift+Up")
    assert window.document.study.predictions[1, 2] == 0.22
    assert value(window) < before


def test_a_loss_is_computed_as_another_framework_does_and_summed(window, keys):
    keys.tab_to("Computed as:")
    keys.press("Space", "Down", "Return")
    keys.tab_to("Reduction:")
    keys.press("Space", "Down", "Down", "Return")
    choice = window.document.study.choices[0]
    assert (choice.profile, choice.reduction) == ("Textbook", "sum")


def test_a_loss_is_added(window, keys):
    keys.press("Ctrl+L", *"hinge", "Return")
    assert window.document.study.choices[-1].loss == "hinge"
    assert QApplication.focusWidget() is window.losses.cards[-1]
    assert "Hinge" in QApplication.focusWidget().accessibleName()


def test_a_gradient_is_read(window, keys):
    keys.press("Ctrl+3")
    plot = keys.tab_to("Gradient")
    assert "bird of sample 2 −4.5000" in plot.accessibleDescription()
    keys.tab_to("Gradient of:", "Shift+Tab")
    keys.press("Right")
    keys.tab_to("Gradient")
    keys.press("Up")
    assert window.document.focus == (0, 2)
    assert "cat of sample 1 0.5000" in plot.accessibleDescription()


def test_a_class_is_weighed(window, keys):
    before = value(window)
    keys.press("Alt+E", "g", "Right", "Right", *"2", "Return")
    assert window.document.study.class_weight == (1, 1, 2)
    assert value(window) > before


def test_an_edit_is_undone(window, keys):
    before = window.document.study
    keys.press(*"0.5", "Return", "Ctrl+Z")
    assert window.document.study is before and not window.isWindowModified()


def test_work_is_saved(window, keys, tmp_path):
    keys.press(*"0.5", "Return", "Ctrl+S", "Ctrl+A", *str(tmp_path / "mine"), "Return")
    assert open_path(tmp_path / "mine.lossgui") == window.document.study
    assert window.windowTitle() == "mine.lossgui[*]" and not window.isWindowModified()


def test_it_is_shown_to_a_class(window, keys):
    keys.press("F5")
    assert window.projection.on
    keys.press("Right")
    assert "bird 0.101" in window.pages.currentWidget().sample.accessibleDescription()
    keys.press("Escape")
    assert not window.projection.on
    assert QApplication.focusWidget() is window.tables.predictions


@pytest.mark.parametrize("key", ["Ctrl+1", "Ctrl+2", "Ctrl+3"])
def test_tab_goes_as_one_reads(window, keys, key):
    keys.press(key)
    keys.tab_to("Labels table")
    seen = []
    while not seen or QApplication.focusWidget() is not window.tables.labels:
        seen.append(QApplication.focusWidget())
        keys.press("Tab")
    parts = [window.tables.predictions, window.plots.tabBar(), window.plots.current().canvas]
    parts += [window.working.reader, *window.losses.cards, window.losses.button]
    places = [seen.index(part) for part in parts]
    assert places == sorted(places)
    assert [part for part in seen[places[1] : places[2]] if not window.plots.isAncestorOf(part)] == []
