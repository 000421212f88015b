"""Copies hold all digits; a paste is one step, whole or not at all."""

from __future__ import annotations

import numpy as np
import pytest
from gui.tables.shown import (
    Key,
    Mod,
    select,
    small,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from lossgui import Study


def test_copies_hold_all_digits(show):
    shown = show(Study.of(None, [[1 / 3, 2 / 3], [0.5, 0.5]]))
    shown.at(shown.predictions, 0, 0)
    shown.press(Key.Key_A, modifier=Mod.ControlModifier)
    shown.press(Key.Key_C, modifier=Mod.ControlModifier)
    assert QApplication.clipboard().text() == "0.3333333333333333\t0.6666666666666666\n0.5\t0.5"
    assert shown.said[-1] == "Copied 4 numbers"


def test_a_copy_pasted_where_it_was_changes_nothing(show):
    shown = show(Study.of(None, np.random.default_rng(1).dirichlet(np.ones(4), 5)))
    before = shown.study
    shown.at(shown.predictions, 0, 0)
    for key in (Key.Key_A, Key.Key_C, Key.Key_V):
        shown.press(key, modifier=Mod.ControlModifier)
    assert shown.study is before


def test_a_paste_is_one_step_at_the_current_cell(show):
    shown = show()
    shown.copy("0,25\t0,5\n0,75\t0,125\n")
    shown.at(shown.predictions, 0, 1)
    shown.press(Key.Key_V, modifier=Mod.ControlModifier)
    assert shown.numbers() == [[0.05, 0.25, 0.5], [0.1, 0.75, 0.125]]
    assert shown.document.stack.count() == 1
    assert shown.document.stack.undoText() == "Pasted 2 × 2 numbers at sample 1, dog"
    before = small()
    shown.document.stack.undo()
    assert shown.study.predictions == before.predictions


def test_a_paste_into_a_selection_begins_at_its_corner(show):
    shown = show()
    shown.copy("0\t1")
    select(shown.predictions, 0, 1, 1, 2)
    shown.press(Key.Key_V, modifier=Mod.ControlModifier)
    assert shown.numbers()[0] == [0.05, 0, 1]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("0.1\t0.2\tcat\n", "Row 1, column 3: ‘cat’ is not a number."),
        ("0.1\t0.2\n0.3", "Row 2 has 1 numbers"),
        ("0.1\t1.5\n0.3\t0.2", "1.5 in sample 1"),
        (
            "0.1\t0.2\t0.3\t0.4",
            "1 × 4 numbers do not fit at sample 1, cat: there is room for 2 × 3. Nothing was pasted.",
        ),
        ("1\n1\n1", "3 × 1 numbers do not fit at sample 1, cat"),
        ("", "The clipboard holds no numbers. Nothing was pasted."),
    ],
)
def test_a_refused_paste_changes_nothing(show, text, why):
    shown = show()
    before = shown.study
    shown.copy(text)
    shown.at(shown.predictions, 0, 0)
    shown.press(Key.Key_V, modifier=Mod.ControlModifier)
    assert shown.study is before and shown.document.stack.count() == 0
    assert why in shown.bubble and why in shown.said[-1]


def test_labels_are_pasted_whole_rows_at_a_time(show):
    shown = show()
    before = shown.study
    shown.copy("1\t0")
    shown.at(shown.labels, 0, 0)
    shown.press(Key.Key_V, modifier=Mod.ControlModifier)
    assert shown.numbers("labels")[0] == [1, 0, 0]
    shown.copy("1\t1")
    shown.press(Key.Key_V, modifier=Mod.ControlModifier)
    assert "needs one 1" in shown.bubble
    shown.document.stack.undo()
    assert shown.study is before


def test_cutting_copies_and_clears_in_one_step(show):
    shown = show()
    select(shown.predictions, 0, 0, 1, 1)
    shown.press(Key.Key_X, modifier=Mod.ControlModifier)
    assert QApplication.clipboard().text() == "0.05\t0.95\n0.1\t0.8"
    assert shown.numbers() == [[0, 0, 0], [0, 0, 0.1]]
    assert shown.document.stack.undoText() == "Cut 4 numbers"
    assert shown.document.stack.count() == 1


def test_a_cut_that_is_refused_copies_nothing(show):
    shown = show()
    before = shown.study
    shown.copy("untouched")
    select(shown.labels, 0, 0, 0, 1)
    shown.press(Key.Key_X, modifier=Mod.ControlModifier)
    assert shown.study is before and QApplication.clipboard().text() == "untouched"
    assert "needs one 1" in shown.bubble


def test_delete_clears_the_selection(show):
    shown = show()
    select(shown.predictions, 0, 1, 1, 2)
    shown.press(Key.Key_Delete)
    assert shown.numbers() == [[0.05, 0, 0], [0.1, 0, 0]]
    assert shown.document.stack.undoText() == "Cleared 4 numbers"
    shown.document.stack.undo()
    shown.at(shown.predictions, 1, 1)
    shown.press(Key.Key_Backspace)
    assert shown.document.stack.undoText() == "Sample 2, dog: 0.8 → 0.0"


def test_scattered_cells_are_not_copied_as_a_block(show):
    shown = show()
    table = shown.predictions
    shown.at(table, 0, 0)
    place = table.visualRect(table.model().index(1, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Mod.ControlModifier, place)
    shown.copy("untouched")
    shown.panel.copy.trigger()
    assert QApplication.clipboard().text() == "untouched"
    assert "one rectangle" in shown.bubble


def test_keys_in_an_editor_belong_to_the_editor(show):
    shown = show()
    before = shown.study
    shown.at(shown.predictions, 0, 1)
    shown.copy("0.5")
    shown.press(Key.Key_F2)
    shown.press(Key.Key_A, Key.Key_V, modifier=Mod.ControlModifier)
    assert shown.editor.text() == "0.5" and shown.study is before
    shown.press(Key.Key_Backspace, Key.Key_Delete)
    assert shown.editor.text() == "0."
    shown.press(Key.Key_Escape)
    assert shown.study is before


def test_the_context_menu_holds_the_commands_of_cells(show):
    shown = show()
    assert shown.predictions.contextMenuPolicy() == Qt.ContextMenuPolicy.ActionsContextMenu
    names = [action.objectName() for action in shown.predictions.actions()]
    assert names == ["cut", "copy", "paste", "clear", "fill", "select_all"]
