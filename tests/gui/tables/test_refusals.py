"""What is refused changes nothing and says why at the cell."""

from __future__ import annotations

import pytest
from gui.tables.shown import (
    SAMPLES,
    Key,
    indexed,
    small,
)
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from lossgui import Study
from lossgui.gui.tables.bubble import Bubble


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1_000", "‘1_000’ is not a number."),
        ("٣", "use the digits 0 to 9"),
        ("nan", "only finite numbers"),
        ("1,234.5", "thousands separators"),
        ("1.5", "A probability lies between 0 and 1: 1.5 in sample 1 does not."),
        (" ", "A number is missing."),
    ],
)
@pytest.mark.parametrize("leave", [Key.Key_Return, Key.Key_Tab])
def test_a_refused_edit_says_why_at_the_cell_and_changes_nothing(show, text, why, leave):
    shown = show()
    before = shown.study
    shown.at(shown.predictions, 0, 1)
    shown.press(Key.Key_F2)
    shown.type(text)
    shown.press(leave)
    assert shown.study is before and shown.document.stack.count() == 0
    assert why in shown.bubble and why in shown.said[-1]
    assert shown.place(shown.predictions) == (0, 1) and shown.editor is None
    bubble = shown.panel.findChild(Bubble)
    cell = shown.predictions.visualRect(shown.predictions.currentIndex())
    corner = shown.predictions.viewport().mapTo(shown.panel, cell.bottomRight())
    assert abs(bubble.geometry().top() - corner.y()) < 16
    assert shown.panel.rect().contains(bubble.geometry())
    assert bubble.textFormat() == Qt.TextFormat.PlainText
    shown.press(Key.Key_Down)
    assert shown.bubble is None


def test_a_refused_edit_on_leaving_keeps_the_focus_where_the_person_went(show):
    shown = show()
    before = shown.study
    shown.at(shown.predictions, 0, 1)
    shown.type("cat")
    shown.after.setFocus()
    assert shown.study is before and "‘cat’" in shown.bubble
    assert QApplication.focusWidget() is shown.after
    shown.at(shown.predictions, 0, 1)
    shown.type("0.5")
    shown.press(Key.Key_Return)
    assert shown.place(shown.predictions) == (1, 1), "a refusal long ago does not hold the next edit"


def test_a_bubble_goes_away_by_itself(show):
    shown = show()
    bubble = shown.panel.findChild(Bubble)
    bubble.say("No.", shown.predictions)
    assert bubble.isVisible()
    bubble._timer.timeout.emit()
    assert not bubble.isVisible()


def test_names_are_text_everywhere(show):
    name = "<b>dog</b> & <img src='x'>" + "y" * 500
    shown = show(small(classes=["cat", name, "bird"]))
    model = shown.predictions.numbers
    header = model.headerData(1, Qt.Orientation.Horizontal)
    assert header.startswith("<b>dog</b>") and len(header) == 200
    tip = model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;dog" in tip and "<img" not in tip
    shown.at(shown.predictions, 0, 1)
    shown.type("0.5")
    shown.press(Key.Key_Return)
    assert "<b>dog</b>" in shown.said[-1]
    for label in shown.panel.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText


# Labels


def test_a_one_hot_label_moves_its_one(show):
    shown = show()
    shown.at(shown.labels, 0, 2)
    shown.type("1")
    shown.press(Key.Key_Return)
    assert shown.numbers("labels")[0] == [0, 0, 1]
    assert shown.document.stack.undoText() == "Sample 1, label: dog → bird"
    before = shown.study
    shown.at(shown.labels, 0, 2)
    shown.type("0")
    shown.press(Key.Key_Return)
    assert shown.study is before
    assert shown.bubble == "Sample 1 needs one 1, all else 0."


@pytest.mark.parametrize(
    ("encoding", "cleared"), [("soft", 0), ("binary", 0), ("signed", -1), ("real", 0), ("one-hot", None)]
)
def test_delete_clears_a_label_to_what_its_encoding_allows(show, encoding, cleared):
    shown = show(small().with_encoding(encoding))
    before = shown.study
    shown.at(shown.labels, 0, 1)
    shown.press(Key.Key_Delete)
    if cleared is None:
        assert shown.study is before and "needs one 1" in shown.bubble
    else:
        assert shown.numbers("labels")[0][1] == cleared


def test_index_labels_are_one_column_that_follows_the_class(show):
    shown = show(indexed())
    model = shown.labels.numbers
    assert (model.rowCount(), model.columnCount()) == (2, 1)
    assert model.headerData(0, Qt.Orientation.Horizontal) == "class"
    shown.at(shown.labels, 1, 0)
    assert shown.document.focus == (1, 0)
    shown.at(shown.labels, 0, 0)
    assert shown.document.focus == (0, 2)
    assert shown.place(shown.predictions) == (0, 2)
    shown.type("1")
    shown.press(Key.Key_Return)
    assert shown.numbers("labels") == [[1], [0]]
    assert shown.document.stack.undoText() == "Sample 1, label: 2 → 1"


@pytest.mark.parametrize("text", ["3", "-1", "0.5", "1e300"])
def test_what_is_no_class_is_no_index(show, text):
    shown = show(indexed())
    before = shown.study
    shown.at(shown.labels, 0, 0)
    shown.press(Key.Key_F2)
    shown.type(text)
    shown.press(Key.Key_Return)
    assert shown.study is before
    assert "whole number of a class" in shown.bubble


def test_without_labels_a_sentence_stands_in_for_the_table(show):
    shown = show(Study.of(None, SAMPLES))
    assert not shown.labels.isVisible() and not shown.panel.encoding.isVisible()
    assert any(label.text() == "There are no labels." and label.isVisible() for label in labels_of(shown))
    shown.document.open(small())
    assert shown.labels.isVisible() and shown.panel.encoding.isVisible()


def labels_of(shown):
    return shown.panel.findChildren(QLabel)
