"""Scrubbing a prediction: Alt and the arrow keys, or a drag on its cell; each run of them one undo step."""

from __future__ import annotations

import numpy as np
import pytest
from gui.tables.shown import SAMPLES, Key, Mod, centre, indexed, move, press, release, small
from PySide6.QtCore import QPoint, Qt

from lossgui import Study
from lossgui.gui.tables import scrub
from lossgui.gui.tables.predictions import PIXELS

ALT, BIG = Mod.AltModifier, Mod.AltModifier | Mod.ShiftModifier


def alone(**more):
    """Return a study whose rows are no distributions: what is not scrubbed is held."""
    return Study.of([[0, 1, 0], [0, 0, 1]], SAMPLES, "binary", classes=["cat", "dog", "bird"], **more)


# Keys


@pytest.mark.parametrize(
    ("key", "modifier", "value"),
    [
        (Key.Key_Right, ALT, 0.11),
        (Key.Key_Up, ALT, 0.11),
        (Key.Key_Left, ALT, 0.09),
        (Key.Key_Down, ALT, 0.09),
        (Key.Key_Right, BIG, 0.2),
        (Key.Key_Down, BIG, 0),
    ],
)
def test_alt_and_an_arrow_change_a_probability(show, key, modifier, value):
    shown = show(alone())
    shown.at(shown.predictions, 1, 2)
    shown.press(key, modifier=modifier)
    assert shown.numbers()[1] == [0.1, 0.8, value]
    assert shown.place(shown.predictions) == (1, 2)


def test_logits_change_by_a_tenth_and_by_one(show):
    shown = show(indexed())
    shown.at(shown.predictions, 1, 1)
    shown.press(Key.Key_Right, modifier=ALT)
    shown.press(Key.Key_Left, modifier=BIG)
    assert shown.numbers()[1] == [0.5, -2.15, 3]


def test_the_rest_of_a_distribution_is_rescaled_or_held_as_the_curve_says(show):
    shown = show()
    shown.at(shown.predictions, 1, 1)
    shown.press(Key.Key_Left, modifier=BIG)
    assert shown.numbers()[1] == pytest.approx([0.15, 0.7, 0.15])
    shown.document.rescale = False
    shown.press(Key.Key_Left, modifier=BIG)
    assert shown.numbers()[1] == pytest.approx([0.15, 0.6, 0.15])
    assert shown.document.stack.count() == 2


def test_a_burst_of_keys_is_one_undo_step(show):
    shown = show()
    start = shown.study
    shown.at(shown.predictions, 1, 2)
    for _ in range(40):
        shown.press(Key.Key_Right, modifier=ALT)
    assert shown.numbers()[1][2] == 0.5
    assert shown.said[-1].startswith("Sample 2, bird: 0.1 → 0.5")
    assert shown.document.stack.count() == 1
    shown.document.stack.undo()
    assert shown.study is start


def test_a_pause_another_cell_or_another_edit_begins_a_new_step(show, monkeypatch):
    shown = show()
    shown.at(shown.predictions, 1, 2)
    shown.press(Key.Key_Right, modifier=ALT)
    monkeypatch.setattr(scrub, "BURST", -1)
    shown.press(Key.Key_Right, modifier=ALT)
    assert shown.document.stack.count() == 2
    monkeypatch.undo()
    shown.press(Key.Key_Up)
    shown.press(Key.Key_Right, modifier=ALT)
    assert shown.document.stack.count() == 3
    shown.document.edit("else", shown.study.with_cell("predictions", 1, 0, 0.3))
    shown.press(Key.Key_Right, modifier=ALT)
    assert shown.document.stack.count() == 5
    shown.document.stack.undo()
    shown.press(Key.Key_Right, modifier=ALT)
    assert shown.document.stack.count() == 5 and shown.numbers()[1][0] == 0.3


def test_a_probability_stays_between_0_and_1(show):
    shown = show()
    shown.at(shown.predictions, 1, 2)
    for _ in range(12):
        shown.press(Key.Key_Right, modifier=BIG)
    assert shown.numbers()[1] == [0, 0, 1]
    for _ in range(12):
        shown.press(Key.Key_Left, modifier=BIG)
    # Through 1 and back: the rest keeps its proportions as long as the keys go on.
    assert shown.numbers()[1] == pytest.approx([1 / 9, 8 / 9, 0])
    assert shown.document.stack.count() == 1


def test_steps_leave_no_dust(show):
    shown = show(alone())
    shown.at(shown.predictions, 1, 2)
    for _ in range(29):
        shown.press(Key.Key_Right, modifier=ALT)
    assert shown.numbers()[1][2] == 0.39


def test_other_cells_are_not_scrubbed(show):
    shown = show(small(sample_weight=[1, 2], mask=[1, 1]))
    before = shown.study
    for table, column in ((shown.labels, 0), (shown.labels, 3), (shown.labels, 4), (shown.predictions, 3)):
        shown.at(table, 1, column)
        shown.press(Key.Key_Right, Key.Key_Up, modifier=ALT)
    assert shown.study is before


# A drag


def scrubbed(qtbot, shown, steps, *, drop=True):
    table = shown.predictions
    begin = centre(table, *shown.place(table))
    press(table.viewport(), begin)
    for place in (begin + QPoint(PIXELS * steps // 2, 1), begin + QPoint(PIXELS * steps, 40)):
        move(table.viewport(), place)
        qtbot.wait(25)
    if drop:
        release(table.viewport(), begin + QPoint(PIXELS * steps, 40))


@pytest.mark.parametrize(("steps", "value"), [(25, 0.35), (-8, 0.02), (-60, 0), (300, 1)])
def test_a_drag_on_the_cell_in_focus_changes_it(qtbot, show, steps, value):
    shown = show(alone())
    start = shown.study
    shown.at(shown.predictions, 1, 2)
    scrubbed(qtbot, shown, steps)
    assert shown.numbers()[1] == [0.1, 0.8, value]
    assert shown.document.stack.count() == 1
    assert [area.size for area in shown.predictions.areas()] == [1]
    shown.document.stack.undo()
    assert shown.study is start


def test_two_drags_are_two_steps(qtbot, show):
    shown = show()
    shown.at(shown.predictions, 1, 2)
    scrubbed(qtbot, shown, 10)
    scrubbed(qtbot, shown, 10)
    assert shown.numbers()[1][2] == pytest.approx(0.3) and shown.document.stack.count() == 2
    assert sum(shown.numbers()[1]) == pytest.approx(1)


def test_many_moves_in_a_frame_are_one_edit(show):
    shown = show()
    edits = []
    shown.document.changed.connect(lambda: edits.append(shown.study))
    shown.at(shown.predictions, 1, 2)
    edits.clear()
    table = shown.predictions
    begin = centre(table, 1, 2)
    press(table.viewport(), begin)
    for x in range(20, 80):
        move(table.viewport(), begin + QPoint(x, 0))
    release(table.viewport(), begin + QPoint(80, 0))
    assert 1 <= len(edits) < 10
    assert shown.numbers()[1][2] == pytest.approx(0.1 + 0.01 * round(79 / PIXELS))


def test_escape_while_dragging_restores(qtbot, show):
    shown = show()
    start = shown.study
    shown.at(shown.predictions, 1, 2)
    scrubbed(qtbot, shown, 30, drop=False)
    assert shown.numbers()[1][2] == pytest.approx(0.4)
    shown.press(Key.Key_Escape)
    assert shown.study == start and not shown.document.stack.canUndo() and not shown.document.stack.canRedo()
    assert shown.said[-1].startswith("Sample 2, bird: left as it was")
    begin = centre(shown.predictions, 1, 2)
    move(shown.predictions.viewport(), begin + QPoint(60, 0))
    release(shown.predictions.viewport(), begin + QPoint(60, 0))
    assert shown.study == start
    assert [area.size for area in shown.predictions.areas()] == [1]
    scrubbed(qtbot, shown, 30)
    assert shown.numbers()[1][2] == pytest.approx(0.4)


def test_a_click_or_a_little_tremor_changes_nothing(show):
    shown = show()
    before = shown.study
    shown.at(shown.predictions, 1, 2)
    begin = centre(shown.predictions, 1, 2)
    press(shown.predictions.viewport(), begin)
    move(shown.predictions.viewport(), begin + QPoint(4, 2))
    release(shown.predictions.viewport(), begin + QPoint(4, 2))
    assert shown.study is before


def test_a_drag_on_another_cell_selects(show):
    shown = show()
    before = shown.study
    shown.at(shown.predictions, 0, 0)
    table = shown.predictions
    press(table.viewport(), centre(table, 1, 0))
    move(table.viewport(), centre(table, 1, 1))
    release(table.viewport(), centre(table, 1, 1))
    assert shown.study is before and table.areas()[0].columns == 2


def test_a_drag_down_from_the_cell_in_focus_selects(show):
    shown = show()
    before = shown.study
    shown.at(shown.predictions, 0, 1)
    table = shown.predictions
    press(table.viewport(), centre(table, 0, 1))
    move(table.viewport(), centre(table, 0, 1) + QPoint(0, 12))
    move(table.viewport(), centre(table, 1, 1))
    release(table.viewport(), centre(table, 1, 1))
    assert shown.study is before and table.areas()[0].rows == 2


def test_the_cursor_says_which_cell_can_be_dragged(show):
    shown = show()
    shown.at(shown.predictions, 1, 2)
    table = shown.predictions
    for place, shape in (
        ((1, 2), Qt.CursorShape.SizeHorCursor),
        ((1, 1), Qt.CursorShape.ArrowCursor),
        ((1, 3), Qt.CursorShape.ArrowCursor),
    ):
        move(table.viewport(), centre(table, *place), held=False)
        assert table.viewport().cursor().shape() == shape


def test_a_double_click_still_edits(show):
    from gui.tables.shown import double_click

    shown = show()
    double_click(shown.predictions, 1, 2)
    assert shown.editor is not None
    shown.press(Key.Key_Escape)


def test_float32_is_scrubbed_as_it_is_shown(qtbot, show):
    shown = show(Study.of(None, np.array([[0.1, 0.9]], np.float32), kind="values"))
    shown.at(shown.predictions, 0, 0)
    for _ in range(3):
        shown.press(Key.Key_Right, modifier=ALT)
    assert shown.study.predictions[0, 0] == np.float32(0.4)
