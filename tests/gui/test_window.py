"""The window as a whole."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox, QWidget

from lossgui import Choice, Study
from lossgui.core.chain import Chain
from lossgui.files import examples
from lossgui.gui import style
from lossgui.gui.document import AT_ONCE, Document
from lossgui.gui.window import MainWindow


@pytest.fixture
def window(qtbot):
    style.apply("light")
    made = MainWindow(Document(examples.load(examples.FIRST)))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.settle()
    return made


def large(rows=AT_ONCE // 4):
    labels = np.zeros(rows, int)
    return Study.of(
        labels, np.full((rows, 5), 0.2), "index", choices=(Choice.of("sparse_categorical_crossentropy"),)
    )


def test_it_opens_on_a_live_example_at_the_true_class_of_the_costliest_sample(window):
    assert window.document.focus == (1, 2)
    assert window.windowTitle() == "Cat, dog, bird[*]"
    assert window.focusWidget() is window.tables.predictions


def test_an_edit_is_said_with_its_consequence_and_marked_until_undone(window):
    document = window.document
    document.edit("Sample 2, bird: 0.10 → 0.30", document.study.with_prediction(1, 2, 0.3))
    assert (
        window.statusBar()
        .currentMessage()
        .startswith("Sample 2, bird: 0.10 → 0.30. Categorical cross-entropy 1.1769 → ")
    )
    assert window.isWindowModified() and window.title.text().endswith("*")
    window.menus.undo.trigger()
    assert not window.isWindowModified() and not window.title.text().endswith("*")
    window.menus.redo.trigger()
    assert window.isWindowModified()


def test_a_drag_is_told_from_where_it_began(window):
    document, drag = window.document, object()
    before = document.result.outcomes[0].value
    for value in (0.2, 0.3, 0.4):
        study = document.study.with_prediction(1, 2, value, rescale=True)
        document.edit(f"Bird: {value}", study, drag)
    assert (
        window.statusBar()
        .currentMessage()
        .endswith(
            f"Bird: 0.4. Categorical cross-entropy {before:.4f} → {document.result.outcomes[0].value:.4f}."
        )
    )


def test_every_example_is_one_click_away_and_starts_a_new_history(window):
    window.document.edit("x", window.document.study.with_prediction(0, 0, 0.2))
    window.menus.examples.aboutToShow.emit()
    actions = [action for menu in window.menus.examples.actions() for action in menu.menu().actions()]
    assert len(actions) == len(examples.examples())
    for action in actions:
        action.trigger()
        window.settle()
        assert window.document.study.title.replace("&", "&&") == action.text()
        assert not window.document.stack.canUndo()


def test_light_and_dark_change_every_part_at_once(window):
    for _ in range(2):
        window.menus.theme.trigger()
        window.settle()
        image = window.grab().toImage()
        ground = style.theme().ground
        places = [(5, 400), (340, 755), (700, 745)]
        assert {image.pixelColor(*place).name() for place in places} == {ground}


def test_the_plots_are_made_when_they_are_first_looked_at(qtbot):
    window = MainWindow(Document(examples.load(examples.FIRST)))
    qtbot.addWidget(window)
    counts = [window.plots.widget(place).layout().count() for place in range(window.plots.count())]
    assert counts == [0] * window.plots.count()
    window.show()
    window.settle()
    counts = [window.plots.widget(place).layout().count() for place in range(window.plots.count())]
    assert counts == [1] + [0] * (window.plots.count() - 1)


def test_a_hidden_tab_evaluates_nothing(window, monkeypatch):
    window.plots.setCurrentIndex(1)
    window.plots.setCurrentIndex(0)
    window.settle()
    runs = []
    run = Chain.run
    monkeypatch.setattr(Chain, "run", lambda self, *a, **k: runs.append(1) or run(self, *a, **k))
    hidden = window.plots.widget(1).layout().itemAt(0).widget()
    window.document.edit("x", window.document.study.with_prediction(1, 2, 0.4))
    window.settle()
    assert runs
    runs.clear()
    hidden.refresh()
    assert not runs


def test_large_tables_are_computed_beside_the_window_and_the_newest_study_wins(qtbot, window):
    document = window.document
    document.open(large())
    assert document.computing
    assert window.working.isVisible()
    document.edit("x", document.study.with_prediction(0, 0, 0.5))
    document.edit("y", document.study.with_prediction(0, 0, 0.9))
    qtbot.waitUntil(lambda: not document.computing, timeout=20_000)
    outcome = document.result.outcomes[0]
    assert outcome.value == pytest.approx(
        -(np.log(0.9) + (document.study.samples - 1) * np.log(0.2)) / document.study.samples
    )
    document.stack.undo()
    document.stack.undo()
    assert not document.computing


def test_every_part_that_takes_keys_has_a_name(window):
    for place in range(window.plots.count()):
        window.plots.setCurrentIndex(place)
        window.settle()
        for widget in window.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                text = getattr(widget, "text", str)()
                assert widget.accessibleName() or text, (widget, widget.parent())


def test_tab_goes_round_the_window_and_traps_nobody(qtbot, window):
    window.tables.predictions.setFocus()
    seen = []
    for _ in range(80):
        focus = window.focusWidget()
        if seen and focus is seen[0]:
            break
        seen.append(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert window.focusWidget() is seen[0]
    assert window.tables.labels in seen
    assert any(window.losses.isAncestorOf(widget) for widget in seen)
    assert any(window.plots.isAncestorOf(widget) for widget in seen)


def test_no_two_menus_share_a_mnemonic_and_no_two_actions_a_shortcut(window):
    titles = [action.text() for action in window.menuBar().actions()]
    letters = [title[title.index("&") + 1].lower() for title in titles]
    assert len(set(letters)) == len(letters)
    everywhere = Qt.ShortcutContext.WindowShortcut
    actions = [a for a in window.findChildren(QAction) if a.shortcutContext() == everywhere]
    keys = [key.toString() for action in actions for key in action.shortcuts() if not key.isEmpty()]
    assert len(set(keys)) == len(keys)


def test_about_says_the_version(qtbot, window):
    window.menus.about.trigger()
    (box,) = window.findChildren(QMessageBox)
    assert "Loss Explorer 0.1" in box.text()
    box.close()


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_the_columns_have_room(window, size):
    window.resize(*size)
    window.settle()
    assert window.tables.width() >= 280 and window.losses.width() >= 260
    assert window.plots.width() > size[0] / 2 - 60
    assert not window.losses.area.horizontalScrollBar().isVisible()


def test_the_title_has_room_at_any_size_of_text(window):
    for factor in (1.21, 0.8, 1.0):
        style.zoom_to(factor)
        window.settle()
        assert window.title.width() == window.title.sizeHint().width()
    window.document.edit("edit", window.document.study.with_prediction(0, 0, 0.3))
    window.settle()
    assert window.title.text().endswith("*") and window.title.width() == window.title.sizeHint().width()
