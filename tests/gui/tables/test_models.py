"""The item models, and the sums of rows."""

from __future__ import annotations

import numpy as np
import pytest
from gui.tables.shown import (
    SAMPLES,
    Key,
    indexed,
    small,
)
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from lossgui import Study


def weighed():
    return small(sample_weight=[1, 2], class_weight=[1, 2, 3], mask=[1, 0], sample_names={1: "fido"})


@pytest.mark.parametrize("which", ["labels", "predictions", "class_weights"])
@pytest.mark.parametrize(
    "study",
    [
        small,
        indexed,
        weighed,
        lambda: Study.of(None, SAMPLES),
        lambda: Study.of(None, SAMPLES, sample_weight=[1, 2], mask=[1, 0]),
    ],
)
def test_models_keep_qts_rules(qtmodeltester, show, which, study):
    shown = show(study())
    model = getattr(shown.panel, which).numbers
    qtmodeltester.check(model)
    document = shown.document
    start = document.study
    document.edit("cell", start.with_cell("predictions", 1, 2, 0.5))
    document.edit("sample", document.study.with_samples(1, 2))
    document.edit("class", document.study.with_classes(0))
    document.edit("less", document.study.without_samples([0]))
    document.edit("less", document.study.without_classes([0]))
    document.edit("weights", document.study.weighing_samples().weighing_classes())
    document.edit("mask", document.study.masking().with_mask(0, False))
    document.edit("order", document.study.with_sample_moved(0, 1).with_class_moved(0, 1))
    document.edit("name", document.study.with_sample_name(0, "a").with_class_name(0, "b"))
    document.edit("bare", document.study.weighing_samples(False).weighing_classes(False).masking(False))
    while document.stack.canUndo():
        document.stack.undo()
    document.open(small())
    document.open(indexed())


def test_edits_tell_rows_and_only_another_shape_resets(qtbot, show):
    shown = show(Study.of(None, np.full((70_000, 10), 0.1)))
    model = shown.predictions.numbers
    with (
        qtbot.assertNotEmitted(model.modelReset),
        qtbot.waitSignal(model.dataChanged) as told,
    ):
        shown.document.edit("cell", shown.study.with_cell("predictions", 5000, 2, 0.5))
    first, last = told.args[0], told.args[1]
    assert 0 < first.row() <= 5000 <= last.row() < first.row() + 4000
    with qtbot.assertNotEmitted(shown.labels.numbers.dataChanged):
        shown.document.edit("cell", shown.study.with_cell("predictions", 0, 0, 0.25))
    with qtbot.waitSignal(model.modelReset):
        shown.document.edit("sample", shown.study.with_samples(0))
    with (
        qtbot.assertNotEmitted(model.modelReset),
        qtbot.assertNotEmitted(model.dataChanged),
    ):
        shown.document.focus_on(3, 3)


def test_what_is_outside_a_table_is_nothing(show):
    model = show().predictions.numbers
    nowhere = model.index(9, 9)
    assert model.flags(nowhere) == Qt.ItemFlag.NoItemFlags
    assert model.data(nowhere) is None
    assert not model.setData(nowhere, "1")
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0


def test_cells_say_short_numbers_and_edit_exact_ones(show):
    third = 1 / 3
    model = show(Study.of(None, [[third, 0.5, 1 - third - 0.5]])).predictions.numbers
    assert model.data(model.index(0, 0)) == "0.3333"
    assert model.data(model.index(0, 0), Qt.ItemDataRole.EditRole) == "0.3333333333333333"
    assert model.data(model.index(0, 1)) == "0.50"


def test_float32_is_edited_as_it_was_written(show):
    shown = show(Study.of(None, np.array([[0.1, 0.9]], np.float32)))
    start = shown.study
    shown.at(shown.predictions, 0, 0)
    shown.press(Key.Key_F2)
    assert shown.editor.text() == "0.1"
    shown.type("0.1")
    shown.press(Key.Key_Return)
    assert shown.study is start
    shown.document.edit("logits", start.with_kind("logits"))
    shown.press(Key.Key_F2)
    shown.type("1e39")
    shown.press(Key.Key_Return)
    assert "too large for float32" in shown.bubble


# Sums of rows


def test_sums_are_shown_and_read_only(show):
    shown = show(small().with_cell("predictions", 0, 2, 0.1))
    model = shown.predictions.numbers
    off, right = model.index(0, 3), model.index(1, 3)
    assert model.headerData(3, Qt.Orientation.Horizontal) == "Σ"
    assert model.data(off) == "1.1 ≠ 1"
    assert model.data(off, Qt.ItemDataRole.ToolTipRole) == (
        "sums to 1.1, not 1: nothing is changed until you ask"
    )
    assert model.data(right) == "1"
    assert model.data(right, Qt.ItemDataRole.ToolTipRole) is None
    assert not model.flags(off) & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(off, "1")
    shown.at(shown.predictions, 0, 3)
    shown.type("5")
    assert shown.editor is None


def test_sums_of_logits_are_no_fault(show):
    shown = show(indexed())
    model = shown.predictions.numbers
    assert model.data(model.index(0, 3)) == "3.1"
    assert not shown.panel.normalise.isEnabled()
    assert shown.panel.softmax.isEnabled()


def test_rows_that_do_not_sum_to_one_are_said_once_and_changed_when_asked(qtbot, show):
    shown = show()
    note = next(label for label in shown.panel.findChildren(QLabel) if label.property("role") == "note")
    assert not note.isVisible() and not shown.panel.normalise.isEnabled()
    shown.document.edit("off", shown.study.with_cell("predictions", 1, 0, 0.2))
    assert note.isVisible()
    assert note.text() == "Sample 2 sums to 1.1, not 1. Nothing is changed until you ask."
    shown.document.edit("off", shown.study.with_cell("predictions", 0, 2, 0.5))
    assert note.text().startswith("2 of 2 rows do not sum to 1, the first is sample 1 (1.5).")
    shown.panel.normalise.trigger()
    assert not note.isVisible()
    assert np.allclose(np.sum(shown.numbers(), axis=1), 1)
    assert shown.document.stack.count() == 3
    shown.document.stack.undo()
    assert note.isVisible() and shown.panel.normalise.isEnabled()


def test_sums_of_many_blocks_are_found_in_pieces(qtbot, show):
    table = np.full((300_000, 10), 0.1)
    table[299_999, 3] = 0.5
    shown = show(Study.of(None, table))
    qtbot.waitUntil(shown.panel.normalise.isEnabled)
    assert "Sample 300000 sums to 1.4" in shown.panel._note.text()


def test_a_row_without_a_positive_sum_is_not_normalised(show):
    shown = show(Study.of(None, [[0.0, 0.0], [0.5, 0.6]]))
    before = shown.study
    shown.panel.normalise.trigger()
    assert shown.study is before
    assert "no positive sum" in shown.bubble
