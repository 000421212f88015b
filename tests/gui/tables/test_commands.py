"""Samples and classes, what labels and predictions are, and the actions for menus."""

from __future__ import annotations

from collections import Counter

import numpy as np
from gui.tables.shown import (
    SAMPLES,
    Key,
    Mod,
    indexed,
    pick,
    select,
)
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from lossgui import Study
from lossgui.gui.tables.command import OF_CELLS, OF_ORDER, OF_STUDIES, OF_VIEW


def test_samples_and_classes_are_added_and_removed(qtbot, show):
    shown = show()
    start = shown.study
    panel = shown.panel
    panel.add_sample.trigger()
    assert shown.study.samples == 3 and shown.document.focus[0] == 2
    panel.add_class.trigger()
    assert len(shown.study.classes) == 4 and shown.document.focus == (2, 3)
    panel.remove_class.trigger()
    panel.remove_sample.trigger()
    assert shown.study == start
    assert shown.said[-1].startswith("Removed sample 3")
    for _ in range(4):
        shown.document.stack.undo()
    assert shown.study is start


def test_keys_add_and_remove(show):
    shown = show()
    shown.at(shown.predictions, 0, 0)
    shown.press(Key.Key_Insert, modifier=Mod.AltModifier)
    assert shown.study.samples == 3
    shown.press(Key.Key_Insert, modifier=Mod.AltModifier | Mod.ShiftModifier)
    assert len(shown.study.classes) == 4
    shown.press(Key.Key_Delete, modifier=Mod.AltModifier | Mod.ShiftModifier)
    shown.press(Key.Key_Delete, modifier=Mod.AltModifier)
    assert shown.study.predictions.shape == (2, 3)


def test_selected_samples_are_removed_together(show):
    shown = show(Study.of(np.eye(3)[[0, 1, 2, 0]], np.full((4, 3), 0.25)))
    select(shown.labels, 1, 0, 2, 0)
    shown.panel.remove_sample.trigger()
    assert shown.numbers("labels") == [[1, 0, 0], [1, 0, 0]]
    assert shown.document.stack.undoText() == "Removed samples 2 to 3"


def test_what_cannot_be_removed_is_said_in_words(show):
    shown = show()
    before = shown.study
    shown.at(shown.predictions, 0, 1)
    shown.panel.remove_class.trigger()
    assert shown.study is before
    assert "is labelled with that class" in shown.bubble
    select(shown.predictions, 0, 0, 1, 0)
    shown.panel.remove_sample.trigger()
    assert shown.bubble == "A study needs at least one sample."


def test_the_class_in_focus_is_removed_from_index_labels(show):
    shown = show(indexed())
    shown.at(shown.predictions, 0, 1)
    shown.panel.remove_class.trigger()
    assert shown.study.classes == ("cat", "bird")
    assert shown.numbers("labels") == [[1], [0]]


def test_a_batch_in_time_is_flattened_in_words(show):
    shown = show(Study.of(None, np.full((2, 3, 2), 0.5)))
    assert shown.predictions.numbers.headerData(4, Qt.Orientation.Vertical) == "(2, 2)"
    shown.panel.add_sample.trigger()
    assert "2 × 3 before, are a plain list now" in shown.document.stack.undoText()


# What labels and predictions are


def test_labels_are_converted_by_the_chooser(show):
    shown = show()
    pick(shown.panel.encoding, "index")
    assert shown.numbers("labels") == [[1], [2]]
    assert shown.panel.encoding.accessibleName() == "How labels are written: class index"
    assert "class index" in shown.panel.encoding.text()
    shown.document.stack.undo()
    assert "one-hot" in shown.panel.encoding.text()


def test_a_conversion_that_loses_is_refused_in_words(show):
    shown = show(Study.of([[1, 1, 0], [0, 0, 1]], SAMPLES, "binary"))
    before = shown.study
    pick(shown.panel.encoding, "one-hot")
    assert shown.study is before
    assert shown.bubble == "The labels cannot be written as one-hot: sample 1 needs one 1, all else 0."
    assert "0/1" in shown.panel.encoding.text()


def test_a_kind_changes_no_number(show):
    shown = show()
    pick(shown.panel.kind, "logits")
    assert shown.study.kind == "logits" and shown.numbers() == SAMPLES
    assert shown.panel.softmax.isEnabled() and not shown.panel.normalise.isEnabled()
    shown.panel.softmax.trigger()
    assert shown.study.kind == "probabilities"
    assert np.allclose(np.sum(shown.numbers(), axis=1), 1)
    assert not shown.panel.softmax.isEnabled()


def test_what_is_no_probability_is_not_called_one(show):
    shown = show(indexed())
    before = shown.study
    pick(shown.panel.kind, "probabilities")
    assert shown.study is before
    assert "A probability lies between 0 and 1" in shown.bubble


# Actions


NAMES = [command.name for command in (*OF_CELLS, *OF_STUDIES, *OF_ORDER, *OF_VIEW)]


def test_actions_have_words_and_keys_of_their_own(show):
    panel = show().panel
    actions = [getattr(panel, name) for name in NAMES]
    assert all(action.text() and action.statusTip() for action in actions)
    keys = Counter(key.toString() for action in actions for key in action.shortcuts())
    assert keys["Ctrl+C"] and max(keys.values()) == 1
    assert len(NAMES) == len(set(NAMES)) == 22


def test_the_menu_holds_every_command_under_a_letter_of_its_own(show):
    menu = QMenu()
    shown = show()
    shown.panel.fill_menu(menu)
    (order,) = (action.menu() for action in menu.actions() if action.menu())
    held = [action for part in (menu, order) for action in part.actions() if not action.menu()]
    assert {action.objectName() for action in held} - {""} == set(NAMES) - {"shade"}
    for part in (menu, order):
        texts = [action.text() for action in part.actions() if action.text()]
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(letters) == len(set(letters)), texts
    menu.deleteLater()


def test_commands_act_on_the_table_that_had_the_keyboard_last(show):
    shown = show()
    shown.at(shown.labels, 0, 1)
    shown.after.setFocus()
    shown.panel.copy.trigger()
    assert QApplication.clipboard().text() == "1"
    shown.document.open(Study.of(None, SAMPLES))
    shown.panel.copy.trigger()
    assert QApplication.clipboard().text() == "0.05"


def test_the_keyboard_reaches_every_command(show):
    shown = show(indexed())
    texts = {button.text() for button in shown.panel.findChildren(QToolButton) if button.isVisible()}
    assert {"+ sample", "+ class", "− sample", "− class", "softmax"} <= texts
    assert isinstance(shown.panel.kind.menu(), QMenu)
