"""Numbers are typed by keys alone, in one way everywhere; nothing is written that was not typed."""

from __future__ import annotations

import numpy as np
import pytest
from gui.tables.shown import (
    Key,
    Mod,
    double_click,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from lossgui import Study


@pytest.mark.parametrize("text", ["0.5", "0,5", ".5", "5e-1", "5e−1"])
def test_numbers_are_typed_in_one_way(show, text):
    shown = show()
    shown.at(shown.predictions, 0, 0)
    shown.type(text)
    shown.press(Key.Key_Return)
    assert shown.study.predictions[0, 0] == 0.5
    assert shown.place(shown.predictions) == (1, 0)
    assert shown.document.stack.count() == 1


@pytest.mark.parametrize("text", ["0.5", "0,5"])
@pytest.mark.usefixtures("german")
def test_a_german_desktop_changes_nothing(show, text):
    shown = show()
    shown.at(shown.predictions, 0, 0)
    shown.type(text)
    shown.press(Key.Key_Return)
    assert shown.study.predictions[0, 0] == 0.5
    assert shown.predictions.numbers.data(shown.predictions.numbers.index(0, 0)) == "0.50"


def test_an_edit_says_what_it_changed(show):
    shown = show()
    shown.at(shown.predictions, 1, 2)
    shown.type("0.25")
    shown.press(Key.Key_Return)
    assert shown.document.stack.undoText() == "Sample 2, bird: 0.10 → 0.25"
    assert shown.said[-1].startswith("Sample 2, bird: 0.10 → 0.25")


@pytest.mark.parametrize(
    "opener", [lambda shown: shown.press(Key.Key_F2), lambda shown: double_click(shown.predictions, 0, 1)]
)
def test_f2_and_double_clicks_open_the_whole_number(show, opener):
    shown = show()
    shown.at(shown.predictions, 0, 1)
    opener(shown)
    assert shown.editor.text() == shown.editor.selectedText() == "0.95"
    assert shown.editor.accessibleName() == "Sample 1, dog"


@pytest.mark.parametrize("leave", [Key.Key_Return, Key.Key_Tab, Key.Key_Escape])
def test_an_editor_that_is_not_touched_writes_nothing(show, leave):
    shown = show(Study.of(None, [[1 / 3, 2 / 3]]))
    before = shown.study
    shown.at(shown.predictions, 0, 0)
    shown.press(Key.Key_F2, leave)
    assert shown.study is before
    assert shown.document.stack.count() == 0


def test_the_same_number_written_otherwise_is_no_edit(show):
    shown = show()
    before = shown.study
    shown.at(shown.predictions, 1, 0)
    shown.type("0,100")
    shown.press(Key.Key_Return)
    assert shown.study is before and shown.bubble is None


def test_escape_leaves_the_old_number(show):
    shown = show()
    before = shown.study
    shown.at(shown.predictions, 0, 0)
    shown.type("0.5")
    shown.press(Key.Key_Escape)
    assert shown.study is before and shown.editor is None
    assert shown.place(shown.predictions) == (0, 0)


def test_tab_edits_the_next_cell_and_shift_tab_the_one_before(show):
    shown = show()
    shown.at(shown.predictions, 0, 1)
    shown.type("0.5")
    shown.press(Key.Key_Tab)
    assert shown.editor and shown.place(shown.predictions) == (0, 2)
    shown.type("0.4")
    shown.press(Key.Key_Tab)
    assert shown.editor and shown.place(shown.predictions) == (1, 0), "the sum is passed over"
    shown.type("0.3")
    shown.press(Key.Key_Backtab)
    assert shown.editor and shown.place(shown.predictions) == (0, 2)
    shown.press(Key.Key_Escape)
    assert shown.numbers() == [[0.05, 0.5, 0.4], [0.3, 0.8, 0.1]]
    assert shown.document.stack.count() == 3


def test_tab_in_the_last_cell_ends_the_editing(show):
    shown = show()
    shown.at(shown.predictions, 1, 2)
    shown.type("0.2")
    shown.press(Key.Key_Tab)
    assert shown.editor is None
    assert shown.study.predictions[1, 2] == 0.2


def test_keys_typed_at_once_all_arrive(show):
    shown = show(Study.of(None, np.full((5, 2), 0.5)))
    shown.at(shown.predictions, 0, 0)
    for text in ("0.1", "0.2", "0.3", "0.4"):
        shown.type(text)
        shown.press(Key.Key_Enter)
    assert [row[0] for row in shown.numbers()] == [0.1, 0.2, 0.3, 0.4, 0.5]


def test_arrows_in_an_editor_commit_and_move(show):
    shown = show()
    shown.at(shown.predictions, 0, 0)
    shown.type("0.5")
    shown.press(Key.Key_Down)
    assert shown.study.predictions[0, 0] == 0.5
    assert shown.place(shown.predictions) == (1, 0)


def test_leaving_the_table_commits(show):
    shown = show()
    shown.at(shown.predictions, 0, 0)
    shown.type("0.5")
    shown.after.setFocus()
    assert shown.study.predictions[0, 0] == 0.5


def test_clicking_another_row_commits_and_goes_there_only(show):
    shown = show(Study.of(None, np.full((4, 2), 0.5)))
    shown.at(shown.predictions, 0, 0)
    shown.type("0.25")
    place = shown.predictions.visualRect(shown.predictions.model().index(2, 1)).center()
    QTest.mouseClick(shown.predictions.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, place)
    assert shown.study.predictions[0, 0] == 0.25
    assert shown.place(shown.predictions) == (2, 1)


def test_what_is_being_typed_survives_another_edit(show):
    shown = show()
    shown.at(shown.predictions, 0, 0)
    shown.type("0.7")
    shown.document.edit("dragged", shown.study.with_cell("predictions", 0, 1, 0.2))
    assert shown.editor.text() == "0.7"
    shown.press(Key.Key_Return)
    assert shown.numbers()[0] == [0.7, 0.2, 0.0]


def test_a_long_number_has_room_in_its_editor(show):
    shown = show(Study.of(None, [[0.1 + 0.2, 0.3, 0.4]] * 2))
    shown.at(shown.predictions, 0, 2)
    shown.document.edit("long", shown.study.with_cell("predictions", 0, 2, 1 / 3))
    shown.press(Key.Key_F2)
    editor = shown.editor
    assert editor.fontMetrics().horizontalAdvance(editor.text()) < editor.width()
    assert editor.geometry().right() == shown.predictions.visualRect(shown.predictions.currentIndex()).right()
