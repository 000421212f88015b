"""Weights of samples and classes, and the mask: shown while a study has them, edited like other cells."""

from __future__ import annotations

import numpy as np
import pytest
from gui.tables.shown import (
    SAMPLES,
    Key,
    Mod,
    centre,
    colours,
    double_click,
    indexed,
    press,
    release,
    select,
    small,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from lossgui import Choice, Study
from lossgui.gui import style

HORIZONTAL = Qt.Orientation.Horizontal
DESCRIPTION = Qt.ItemDataRole.AccessibleDescriptionRole


def weighed(**more):
    return small(sample_weight=[1, 2], class_weight=[1, 1, 0.5], mask=[True, True], **more)


def bare(**more):
    return Study.of(None, SAMPLES, kind="values", **more)


def titles(table):
    model = table.numbers
    return [model.headerData(column, HORIZONTAL) for column in range(model.columnCount())]


# Shown and taken away


def test_nothing_of_it_is_shown_before_it_is_asked_for(show):
    shown = show()
    assert titles(shown.labels) == ["cat", "dog", "bird"]
    assert not shown.panel.class_weights.isVisible()
    panel = shown.panel
    assert not any(a.isChecked() for a in (panel.weigh_samples, panel.weigh_classes, panel.mask_samples))


def test_samples_are_weighed_and_unweighed(show):
    shown = show()
    start = shown.study
    shown.panel.weigh_samples.trigger()
    assert shown.study == start.weighing_samples() and shown.panel.weigh_samples.isChecked()
    assert titles(shown.labels) == ["cat", "dog", "bird", "weight"]
    assert shown.said[-1].startswith("Each sample weighs 1 now")
    # The keyboard goes where the weights are typed.
    assert shown.labels.hasFocus() and shown.place(shown.labels)[1] == 3
    shown.type("2,5")
    shown.press(Key.Key_Return)
    assert shown.study.sample_weight.to_array().max() == 2.5
    shown.panel.weigh_samples.trigger()
    assert shown.study == start and not shown.panel.weigh_samples.isChecked()
    for _ in range(3):
        shown.document.stack.undo()
    assert shown.study is start


def test_classes_are_weighed_in_a_row_below_the_labels(show):
    shown = show()
    shown.panel.weigh_classes.trigger()
    row = shown.panel.class_weights
    assert row.isVisible() and row.hasFocus() and row.y() >= shown.labels.geometry().bottom()
    assert row.accessibleName() == "Class weights"
    for column in range(3):
        theirs = shown.predictions.visualRect(shown.predictions.model().index(0, column))
        ours = row.visualRect(row.model().index(0, column))
        assert (ours.left(), ours.right()) == (theirs.left(), theirs.right())
        assert (
            row.viewport().mapTo(shown.panel, ours.topLeft()).x()
            == shown.predictions.viewport().mapTo(shown.panel, theirs.topLeft()).x()
        )
    shown.at(row, 0, 2)
    shown.type("0.5")
    shown.press(Key.Key_Return)
    assert shown.study.class_weight == (1, 1, 0.5)
    assert shown.said[-1].startswith("Weight of bird: 1.0 → 0.5")
    assert shown.document.focus[1] == 2
    shown.panel.weigh_classes.trigger()
    assert shown.study.class_weight is None and not row.isVisible()


def test_samples_are_masked_one_by_one(show):
    shown = show(small(sample_weight=[1, 2]))
    shown.panel.mask_samples.trigger()
    assert titles(shown.labels)[-2:] == ["weight", "counts"]
    assert shown.labels.hasFocus() and shown.place(shown.labels)[1] == 4
    row = shown.document.focus[0]
    value = shown.document.result.outcomes[0].value
    shown.press(Key.Key_Space)
    assert not shown.study.counts(row) and shown.document.result.outcomes[0].value != value
    assert shown.said[-1].startswith(f"Sample {row + 1} is masked now")
    shown.press(Key.Key_Space)
    assert shown.study.counts(row) and shown.said[-1].startswith(f"Sample {row + 1} counts now")
    shown.document.stack.undo()
    assert not shown.study.counts(row)


def test_without_labels_they_stand_beside_the_predictions(show):
    shown = show(bare())
    shown.panel.weigh_samples.trigger()
    assert titles(shown.predictions) == ["0", "1", "2", "Σ", "weight"] and shown.predictions.hasFocus()
    shown.panel.mask_samples.trigger()
    assert titles(shown.predictions)[-1] == "counts"
    shown.press(Key.Key_Space)
    assert shown.study.counted == 1
    shown.panel.weigh_classes.trigger()
    assert shown.panel.class_weights.isVisible()


def test_a_loss_that_takes_no_weights_says_so(show):
    shown = show(small(choices=(Choice.of("l2_norm"),)))
    shown.panel.weigh_samples.trigger()
    assert (
        shown.document.result.outcomes[0].refusal
        == "Sample weights do not apply to a loss of the whole batch."
    )
    shown.document.stack.undo()
    assert shown.document.result.outcomes[0].refusal is None


# Edited


def test_a_weight_that_cannot_be_is_refused_at_the_cell(show):
    shown = show(weighed())
    before = shown.study
    shown.at(shown.labels, 1, 3)
    for typed in ("-1", "cat"):
        shown.type(typed)
        shown.press(Key.Key_Return)
        assert shown.study is before and shown.bubble == shown.said[-1]
    assert shown.bubble == "‘cat’ is not a number."
    shown.at(shown.panel.class_weights, 0, 0)
    shown.type("-2")
    shown.press(Key.Key_Return)
    assert shown.bubble == "Weights must be finite numbers, and none below 0."


def test_weights_are_entered_one_below_the_other(show):
    shown = show(weighed())
    shown.at(shown.labels, 0, 3)
    shown.type("3")
    shown.press(Key.Key_Tab)
    shown.type("4")
    shown.press(Key.Key_Return)
    assert shown.numbers("sample_weight") == [[3], [4]]
    assert shown.said[-1].startswith("Sample 2, weight: 2 → 4")


def test_the_editor_of_a_weight_has_a_name(show):
    shown = show(weighed())
    shown.at(shown.labels, 1, 3)
    shown.press(Key.Key_F2)
    assert shown.editor.accessibleName() == "Sample 2, weight" and shown.editor.text() == "2"
    shown.press(Key.Key_Escape)
    shown.at(shown.panel.class_weights, 0, 1)
    shown.press(Key.Key_F2)
    assert shown.editor.accessibleName() == "Weight of dog"
    shown.press(Key.Key_Escape)


def test_a_column_of_weights_is_copied_pasted_filled_and_cleared(show):
    shown = show(weighed())
    select(shown.labels, 0, 3, 1, 3)
    shown.press(Key.Key_C, modifier=Mod.ControlModifier)
    assert QApplication.clipboard().text().split() == ["1", "2"]
    shown.press(Key.Key_D, modifier=Mod.ControlModifier)
    assert shown.numbers("sample_weight") == [[1], [1]]
    assert shown.said[-1].startswith("Filled 2 numbers down from sample 1")
    shown.copy("5\n7")
    shown.at(shown.labels, 0, 3)
    shown.press(Key.Key_V, modifier=Mod.ControlModifier)
    assert shown.numbers("sample_weight") == [[5], [7]]
    shown.press(Key.Key_Delete)
    assert shown.numbers("sample_weight") == [[0], [7]]
    shown.press(Key.Key_A, modifier=Mod.ControlModifier)
    assert [(area.rows, area.columns) for area in shown.labels.areas()] == [(2, 1)]
    shown.at(shown.panel.class_weights, 0, 0)
    shown.copy("2\t3\t4")
    shown.press(Key.Key_V, modifier=Mod.ControlModifier)
    assert shown.study.class_weight == (2, 3, 4)
    assert shown.document.stack.undoText().startswith("Pasted 1 × 3 numbers at weight of cat")


def test_what_is_selected_acts_on_the_part_of_the_current_cell(show):
    shown = show(weighed())
    before = shown.study
    select(shown.labels, 0, 2, 1, 3)
    assert [(area.column, area.columns, area.rows) for area in shown.labels.areas()] == [(0, 1, 2)]
    shown.press(Key.Key_Delete)
    assert shown.numbers("sample_weight") == [[0], [0]] and shown.study.labels is before.labels


def test_several_samples_are_masked_together(show):
    shown = show(weighed())
    select(shown.labels, 0, 4, 1, 4)
    shown.press(Key.Key_Space)
    assert shown.study.counted == 0 and shown.said[-1].startswith("Samples 1 to 2 are masked now")
    assert shown.document.stack.count() == 1
    shown.press(Key.Key_Space)
    assert shown.study.counted == 2


def test_a_click_on_the_box_masks(show):
    shown = show(weighed())
    place = centre(shown.labels, 1, 4)
    for counts in (False, True):
        press(shown.labels.viewport(), place)
        release(shown.labels.viewport(), place)
        assert shown.study.counts(1) is counts
    assert shown.editor is None
    shown.type("5")
    assert shown.editor is None


def test_a_selection_dragged_over_boxes_masks_none(show):
    from gui.tables.shown import move

    shown = show(weighed())
    press(shown.labels.viewport(), centre(shown.labels, 0, 4))
    move(shown.labels.viewport(), centre(shown.labels, 1, 4))
    release(shown.labels.viewport(), centre(shown.labels, 1, 4))
    assert shown.study.counted == 2 and shown.labels.areas()[0].rows == 2


def test_space_elsewhere_goes_on_to_the_window(show):
    shown = show(weighed())
    before = shown.study
    for table, column in ((shown.labels, 0), (shown.labels, 3), (shown.predictions, 0)):
        shown.at(table, 0, column)
        shown.press(Key.Key_Space)
    assert shown.study is before


def test_a_weight_column_does_not_move_the_focus_to_another_class(show):
    shown = show(weighed())
    shown.at(shown.labels, 1, 1)
    shown.at(shown.labels, 0, 4)
    assert shown.document.focus == (0, 1)
    shown.at(shown.panel.class_weights, 0, 2)
    assert shown.document.focus == (0, 2)


def test_the_context_menu_and_class_commands_know_where_they_are(show):
    shown = show(weighed())
    shown.at(shown.labels, 1, 0)
    shown.at(shown.labels, 1, 3)
    shown.panel.remove_sample.trigger()
    assert shown.study.samples == 1
    shown.at(shown.panel.class_weights, 0, 0)
    shown.panel.remove_class.trigger()
    assert shown.study.classes == ("dog", "bird") and shown.study.class_weight == (1, 0.5)
    shown.panel.add_sample.trigger()
    assert shown.study.samples == 2 and shown.study.counted == 2


# Filling down


def test_numbers_are_filled_down(show):
    shown = show(Study.of(None, np.arange(12.0).reshape(4, 3), kind="values"))
    start = shown.study
    select(shown.predictions, 1, 0, 3, 1)
    shown.press(Key.Key_D, modifier=Mod.ControlModifier)
    assert shown.numbers()[1:] == [[3, 4, 5], [3, 4, 8], [3, 4, 11]]
    shown.press(Key.Key_D, modifier=Mod.ControlModifier)
    assert shown.document.stack.count() == 1
    shown.document.stack.undo()
    assert shown.study is start


def test_a_single_row_is_filled_from_above(show):
    shown = show()
    shown.at(shown.predictions, 1, 0)
    shown.press(Key.Key_D, modifier=Mod.ControlModifier)
    assert shown.numbers()[1] == [0.05, 0.8, 0.1]
    shown.at(shown.predictions, 0, 0)
    shown.press(Key.Key_D, modifier=Mod.ControlModifier)
    assert shown.bubble == "There is no row above from which this one could be filled."


def test_one_hot_labels_are_filled_as_labels(show):
    shown = show()
    shown.at(shown.labels, 1, 0)
    shown.press(Key.Key_D, modifier=Mod.ControlModifier)
    assert shown.numbers("labels") == [[0, 1, 0], [0, 1, 0]]


# How it looks, and what is heard


def test_masked_rows_are_struck_in_both_tables(show):
    shown = show(weighed().with_mask(1, False))
    fonts, strikes = [], []
    for table in (shown.labels, shown.predictions):
        original = table.delegate._paint_number
        table.delegate._paint_number = lambda painter, rect, row, column, font, original=original: (
            fonts.append((row, font.strikeOut())),
            original(painter, rect, row, column, font),
            strikes.append((row, painter.font().strikeOut())),
        )
        table.viewport().repaint()
        del table.delegate._paint_number
    assert {row for row, masked in fonts if masked} == {1} and {
        row for row, masked in fonts if not masked
    } == {0}
    assert set(strikes) == {(0, False), (1, True)}


def test_masking_repaints_the_whole_row(show):
    shown = show(weighed())
    shown.after.setFocus()
    QApplication.processEvents()
    ink = int(style.theme().ink[1:], 16)
    shown.document.edit("masked", shown.study.with_mask(0, False).with_mask(1, False))
    QApplication.processEvents()
    assert ink not in colours(shown.predictions.viewport())
    shown.document.stack.undo()
    QApplication.processEvents()
    assert ink in colours(shown.predictions.viewport())


@pytest.mark.usefixtures("screen_reader")
def test_boxes_and_masked_cells_are_heard(show):
    shown = show(weighed().with_mask(1, False))
    model = shown.labels.numbers
    checked = [model.data(model.index(row, 4), Qt.ItemDataRole.CheckStateRole) for row in (0, 1)]
    assert checked == [Qt.CheckState.Checked, Qt.CheckState.Unchecked]
    texts = [model.data(model.index(row, 4), Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1)]
    assert texts == ["counts", "masked"]
    assert model.data(model.index(0, 0), DESCRIPTION) is None
    assert model.data(model.index(1, 0), DESCRIPTION) == "masked: the sample counts nowhere"
    interface = QAccessible.queryAccessibleInterface(shown.labels)
    assert interface is not None
    assert "then its weight, then whether it counts" in shown.labels.accessibleDescription()


def test_the_mask_is_set_by_its_role_too(show):
    shown = show(weighed())
    model = shown.labels.numbers
    check = Qt.ItemDataRole.CheckStateRole
    assert model.setData(model.index(0, 4), Qt.CheckState.Unchecked, check)
    assert not shown.study.counts(0)
    assert not model.setData(model.index(0, 3), Qt.CheckState.Unchecked, check)
    assert not model.setData(model.index(0, 4), "1", Qt.ItemDataRole.EditRole)
    assert model.data(model.index(0, 4), Qt.ItemDataRole.EditRole) == "0"


def test_index_labels_have_weights_beside_them(show):
    shown = show(indexed().weighing_samples().masking())
    assert titles(shown.labels) == ["class", "weight", "counts"]
    double_click(shown.labels, 0, 1)
    shown.type("4")
    shown.press(Key.Key_Return)
    assert shown.numbers("sample_weight")[0] == [4]
    assert not shown.labels.horizontalScrollBar().isVisible()


def test_tables_scroll_together_sideways(show):
    study = Study.of(np.eye(20)[:4], np.full((4, 20), 0.05), class_weight=[1] * 20)
    shown = show(study)
    row = shown.panel.class_weights
    shown.predictions.horizontalScrollBar().setValue(77)
    assert row.horizontalScrollBar().value() == shown.labels.horizontalScrollBar().value() == 77
    shown.at(row, 0, 19)
    assert shown.predictions.horizontalScrollBar().value() == row.horizontalScrollBar().value() > 77
    assert not row.horizontalScrollBar().isVisible()


def test_all_of_it_fits_beside_three_classes(show):
    shown = show(weighed(), size=(340, 700))
    for table in (shown.labels, shown.predictions):
        assert not table.horizontalScrollBar().isVisible()
    for column in range(3):
        rects = [t.visualRect(t.model().index(0, column)) for t in (shown.labels, shown.predictions)]
        assert rects[0] == rects[1]
