"""The order of classes and samples: headers dragged, keys, menus; each move one undo step."""

from __future__ import annotations

import numpy as np
import pytest
from gui.tables.shown import (
    Key,
    Mod,
    colours,
    indexed,
    middle,
    move,
    press,
    release,
    select,
    small,
)
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from lossgui import Study
from lossgui.gui import style

BOTH = Mod.ControlModifier | Mod.ShiftModifier


def drag(header, begin, end, *, drop=True):
    """Drag a section onto the far half of another."""
    along = QPoint(1, 0) if header.orientation() == Qt.Orientation.Horizontal else QPoint(0, 1)
    press(header.viewport(), middle(header, begin))
    far = header.sectionSize(end) // 4 * (1 if end > begin else -1)
    target = middle(header, end) + along * far
    for place in (middle(header, begin) + along * 3, (middle(header, begin) + target) / 2, target):
        move(header.viewport(), place)
    if drop:
        release(header.viewport(), target)
    return target


def four():
    return Study.of([0, 1, 2, 2], np.arange(12.0).reshape(4, 3), "index", "logits", classes=["a", "b", "c"])


@pytest.mark.parametrize("which", ["labels", "predictions"])
def test_a_class_is_dragged_by_its_header(show, which):
    shown = show()
    start = shown.study
    drag(getattr(shown.panel, which).columns_header, 0, 2)
    assert shown.study == start.with_class_moved(0, 2)
    assert shown.said[-1].startswith("Moved class cat to place 3 of 3")
    assert shown.document.focus[1] == 2
    drag(getattr(shown.panel, which).columns_header, 2, 1)
    assert shown.study.classes == ("dog", "cat", "bird")
    shown.document.stack.undo()
    shown.document.stack.undo()
    assert shown.study is start and not shown.document.stack.canUndo()


def test_what_an_undo_takes_away_while_it_is_dragged_stays_away(show):
    shown = show(four())
    start = shown.study
    shown.document.edit("class", start.with_classes(3))
    shown.document.edit("sample", shown.study.with_samples(4))
    classes, samples = shown.predictions.columns_header, shown.predictions.rows_header
    shown.document.stack.undo()
    shown.document.stack.undo()
    classes.dropped.emit(3, 0)
    samples.dropped.emit(4, 0)
    assert shown.study is start


def test_a_sample_is_dragged_by_its_header(show):
    shown = show(four())
    start = shown.study
    drag(shown.predictions.rows_header, 3, 0)
    assert shown.study == start.with_sample_moved(3, 0) and shown.document.focus[0] == 0
    drag(shown.labels.rows_header, 0, 2)
    assert shown.numbers("labels") == [[0], [1], [2], [2]]
    assert shown.numbers()[2] == [9, 10, 11]
    assert shown.document.stack.count() == 2


def test_a_class_of_index_labels_takes_its_samples_along(show):
    shown = show(four())
    drag(shown.predictions.columns_header, 2, 0)
    assert shown.study.classes == ("c", "a", "b") and shown.numbers("labels") == [[1], [2], [0], [0]]
    before = shown.study
    drag(shown.labels.columns_header, 0, 0)
    assert shown.study is before


def test_a_line_shows_where_a_section_would_stand(show):
    shown = show(four())
    shown.after.setFocus()
    header, accent = shown.predictions.columns_header, int(style.theme().accent[1:], 16)
    target = drag(header, 0, 2, drop=False)
    assert header.gap == 3 and header.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QApplication.processEvents()
    assert accent in colours(header) and accent in colours(shown.predictions.viewport())
    release(header.viewport(), target)
    assert header.gap is None and header.cursor().shape() != Qt.CursorShape.ClosedHandCursor


def test_escape_leaves_a_section_where_it_was(show):
    shown = show()
    before = shown.study
    header = shown.predictions.columns_header
    target = drag(header, 0, 2, drop=False)
    shown.press(Key.Key_Escape)
    move(header.viewport(), target)
    release(header.viewport(), target)
    assert shown.study is before and header.gap is None and shown.document.stack.count() == 0


@pytest.mark.parametrize("section", [3, 4])
def test_sums_weights_and_masks_stay_where_they_are(show, section):
    shown = show(small(sample_weight=[1, 2], mask=[1, 0]))
    before = shown.study
    drag(shown.labels.columns_header, section, 0)
    drag(shown.predictions.columns_header, 3, 0)
    assert shown.study is before
    drag(shown.labels.columns_header, 0, section)
    assert shown.study == before.with_class_moved(0, 2)  # no further than the last class


def test_a_small_move_of_the_mouse_is_a_click(show):
    shown = show()
    before = shown.study
    header = shown.predictions.columns_header
    press(header.viewport(), middle(header, 1))
    move(header.viewport(), middle(header, 1) + QPoint(3, 0))
    release(header.viewport(), middle(header, 1) + QPoint(3, 0))
    assert shown.study is before and shown.predictions.areas()[0].rows == 2


def test_a_long_table_scrolls_under_a_dragged_section(qtbot, show):
    shown = show(Study.of(None, np.arange(400.0).reshape(400, 1), kind="values"))
    header, bar = shown.predictions.rows_header, shown.predictions.verticalScrollBar()
    press(header.viewport(), middle(header, 0))
    below = QPoint(4, header.viewport().height() + 30)
    move(header.viewport(), middle(header, 3))
    move(header.viewport(), below)
    qtbot.waitUntil(lambda: bar.value() > 5 * header.defaultSectionSize())
    assert header.gap > 20
    release(header.viewport(), below)
    value = bar.value()
    qtbot.wait(150)
    assert bar.value() == value or shown.document.focus[0] > 20
    assert shown.numbers()[shown.document.focus[0]] == [0]


# Keys


def test_keys_move_samples(show):
    shown = show(four())
    start = shown.study
    shown.at(shown.predictions, 1, 1)
    shown.press(Key.Key_Down, modifier=BOTH)
    assert shown.study == start.with_sample_moved(1, 2) and shown.document.focus == (2, 1)
    assert shown.said[-1] == "Moved sample 2 to place 3 of 4"
    shown.press(Key.Key_Up, Key.Key_Up, modifier=BOTH)
    assert shown.document.focus == (0, 1) and shown.numbers()[0] == [3, 4, 5]
    before = shown.study
    shown.press(Key.Key_Up, modifier=BOTH)
    assert shown.study is before and shown.bubble == "Sample 1 is the first one."


def test_keys_move_classes(show):
    shown = show(four())
    shown.at(shown.predictions, 1, 1)
    shown.press(Key.Key_Right, modifier=BOTH)
    assert shown.study.classes == ("a", "c", "b") and shown.document.focus == (1, 2)
    before = shown.study
    shown.press(Key.Key_Right, modifier=BOTH)
    assert shown.study is before and shown.bubble == "Class b is the last one."
    shown.at(shown.labels, 1, 0)
    shown.press(Key.Key_Left, modifier=BOTH)
    assert shown.study.classes == ("a", "b", "c") and shown.numbers("labels") == [[0], [1], [2], [2]]


def test_several_rows_move_together_and_stay_selected(show):
    shown = show(four())
    start = shown.study
    select(shown.predictions, 0, 0, 1, 1)
    for _ in range(2):
        shown.press(Key.Key_Down, modifier=BOTH)
    assert [row[0] for row in shown.numbers()] == [6, 9, 0, 3]
    area = shown.predictions.areas()[0]
    assert (area.row, area.rows, area.column, area.columns) == (2, 2, 0, 2)
    assert shown.said[-1] == "Moved samples 2 to 3 down"
    for _ in range(2):
        shown.press(Key.Key_Up, modifier=BOTH)
    assert shown.study == start and shown.document.stack.count() == 4


def test_several_classes_move_together(show):
    shown = show(Study.of(None, [[1.0, 2, 3, 4]], kind="values"))
    select(shown.predictions, 0, 1, 0, 2)
    shown.press(Key.Key_Left, modifier=BOTH)
    assert shown.study.classes == ("1", "2", "0", "3") and shown.said[-1] == "Moved 2 classes left"
    assert [(a.column, a.columns) for a in shown.predictions.areas()] == [(0, 2)]


def test_an_editor_keeps_the_keys_to_itself(show):
    shown = show()
    before = shown.study
    shown.at(shown.predictions, 0, 1)
    shown.press(Key.Key_F2)
    shown.press(Key.Key_Left, modifier=BOTH)
    assert shown.study is before and shown.editor is not None
    shown.press(Key.Key_Escape)


@pytest.mark.parametrize("study", [small, indexed])
def test_what_is_moved_from_weights_and_masks_is_the_sample(show, study):
    shown = show(study().weighing_samples().masking().with_mask(0, False))
    column = shown.labels.numbers.columns.place("mask")
    shown.at(shown.labels, 0, column)
    shown.press(Key.Key_Down, modifier=BOTH)
    assert [shown.study.counts(row) for row in (0, 1)] == [True, False]
    assert shown.place(shown.labels) == (1, column)


def test_a_moved_sample_of_a_batch_in_time_ends_its_shape_in_words(show):
    shown = show(Study.of(None, np.full((2, 3, 2), 0.5)))
    shown.at(shown.predictions, 0, 0)
    shown.press(Key.Key_Down, modifier=BOTH)
    assert shown.study.outer is None and "2 × 3 before, are a plain list now" in shown.said[-1]
