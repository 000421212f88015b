"""Names of classes and samples, typed into the headers."""

from __future__ import annotations

import numpy as np
import pytest
from gui.tables.shown import Key, Mod, click_header, indexed, middle, small
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from lossgui import Study
from lossgui.gui.tables.headings import NameEditor

VERTICAL, HORIZONTAL = Qt.Orientation.Vertical, Qt.Orientation.Horizontal


def name_editor():
    widget = QApplication.focusWidget()
    return widget if isinstance(widget, NameEditor) else None


def double_click(header, section):
    place = middle(header, section)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, place)
    QTest.mouseDClick(header.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, place)


@pytest.mark.parametrize("which", ["labels", "predictions"])
def test_a_double_click_names_a_class(show, which):
    shown = show()
    start = shown.study
    table = getattr(shown.panel, which)
    double_click(table.columns_header, 1)
    assert name_editor().text() == name_editor().selectedText() == "dog"
    assert name_editor().accessibleName() == "Name of class dog"
    shown.type("wolf")
    shown.press(Key.Key_Return)
    assert shown.study.classes == ("cat", "wolf", "bird")
    assert shown.said[-1].startswith("Class dog is called wolf now.")
    assert name_editor() is None and table.hasFocus()
    shown.document.stack.undo()
    assert shown.study is start


def test_a_double_click_names_a_sample(show):
    shown = show()
    double_click(shown.predictions.rows_header, 1)
    shown.type("Tibbles")
    shown.press(Key.Key_Tab)
    assert shown.study.sample_names == ((1, "Tibbles"),)
    assert shown.said[-1].startswith("Sample 2 is called Tibbles now")
    for table in (shown.labels, shown.predictions):
        assert table.numbers.headerData(1, VERTICAL) == "Tibbles"
    shown.at(shown.predictions, 1, 2)
    shown.type("0.2")
    shown.press(Key.Key_Return)
    assert shown.said[-1].startswith("Sample Tibbles, bird: 0.1 → 0.2")
    double_click(shown.labels.rows_header, 1)
    assert name_editor().accessibleName() == "Name of sample Tibbles"
    shown.type("2")
    shown.press(Key.Key_Return)
    assert shown.study.sample_names == ()


def test_escape_leaves_the_old_name(show):
    shown = show()
    before = shown.study
    double_click(shown.predictions.columns_header, 0)
    shown.type("lion")
    shown.press(Key.Key_Escape)
    assert shown.study is before and name_editor() is None and shown.predictions.hasFocus()


def test_a_name_is_kept_where_the_person_clicks_elsewhere(show):
    shown = show()
    double_click(shown.predictions.columns_header, 0)
    shown.type("lion")
    shown.after.setFocus()
    assert shown.study.classes[0] == "lion" and shown.after.hasFocus()
    assert shown.document.stack.count() == 1


def test_an_unchanged_name_is_no_edit(show):
    shown = show()
    double_click(shown.predictions.columns_header, 0)
    shown.press(Key.Key_Return)
    assert shown.document.stack.count() == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [("dog", "Another class is called ‘dog’."), ("  ", "A name needs at least one character.")],
)
def test_a_name_that_cannot_be_is_refused_at_the_header(show, typed, words):
    shown = show()
    before = shown.study
    double_click(shown.predictions.columns_header, 0)
    shown.type(typed)
    shown.press(Key.Key_Return)
    assert shown.study is before and shown.bubble == shown.said[-1] == words


def test_f2_after_a_click_on_a_header_is_about_its_name(show):
    shown = show()
    click_header(shown.predictions.columns_header, 2)
    shown.press(Key.Key_F2)
    assert name_editor().text() == "bird"
    shown.press(Key.Key_Escape)
    click_header(shown.labels.rows_header, 1)
    shown.press(Key.Key_F2)
    assert name_editor().text() == "2"
    shown.press(Key.Key_Escape)
    shown.press(Key.Key_Down, Key.Key_Up, Key.Key_F2)
    assert name_editor() is None and shown.editor is not None


def test_keys_name_what_is_in_focus(show):
    shown = show()
    shown.at(shown.predictions, 1, 2)
    shown.press(Key.Key_F2, modifier=Mod.ShiftModifier)
    assert name_editor().text() == "bird"
    shown.press(Key.Key_Escape)
    shown.press(Key.Key_F2, modifier=Mod.ControlModifier)
    assert name_editor().text() == "2"
    shown.press(Key.Key_Escape)


def test_class_indices_have_no_header_of_a_class(show):
    shown = show(indexed())
    double_click(shown.labels.columns_header, 0)
    assert name_editor() is None
    shown.at(shown.predictions, 0, 1)
    shown.at(shown.labels, 1, 0)
    shown.press(Key.Key_F2, modifier=Mod.ShiftModifier)
    assert name_editor().text() == "cat" and name_editor().parentWidget() is shown.predictions
    shown.press(Key.Key_Escape)


def test_sums_and_weights_have_no_names(show):
    shown = show(small(sample_weight=[1, 2], mask=[1, 0], class_weight=[1, 2, 3]))
    double_click(shown.predictions.columns_header, 3)
    assert name_editor() is None
    for section in (3, 4):
        double_click(shown.labels.columns_header, section)
        assert name_editor() is None
    double_click(shown.panel.class_weights.rows_header, 0)
    assert name_editor() is None
    shown.at(shown.panel.class_weights, 0, 1)
    shown.press(Key.Key_F2, modifier=Mod.ShiftModifier)
    assert name_editor().text() == "dog"
    shown.press(Key.Key_Escape)


def test_a_context_menu_stands_at_each_header(show):
    shown = show()
    for header, section, name in (
        (shown.predictions.columns_header, 1, "dog"),
        (shown.labels.rows_header, 1, "2"),
    ):
        place = middle(header, section)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, header.mapToGlobal(place))
        QApplication.sendEvent(header.viewport(), event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        rename = menu.actions()[0]
        assert rename.text().startswith("Rename")
        menu.close()
        rename.trigger()
        assert name_editor().text() == name
        shown.press(Key.Key_Escape)


def test_a_name_is_typed_over_a_narrow_section(show):
    shown = show()
    for table, header, section in (
        (shown.predictions, shown.predictions.columns_header, 0),
        (shown.predictions, shown.predictions.rows_header, 0),
    ):
        double_click(header, section)
        assert name_editor().width() >= 140
        assert table.rect().contains(name_editor().geometry())
        shown.press(Key.Key_Escape)


def test_a_far_section_is_brought_into_view(show):
    shown = show(Study.of(None, np.full((3, 40), 0.025)))
    shown.at(shown.predictions, 0, 39)
    shown.predictions.horizontalScrollBar().setValue(0)
    shown.press(Key.Key_F2, modifier=Mod.ShiftModifier)
    assert name_editor().text() == "39"
    assert shown.predictions.rect().contains(name_editor().geometry())
    shown.press(Key.Key_Escape)


def test_a_name_is_data_not_html(show):
    shown = show()
    double_click(shown.predictions.columns_header, 0)
    shown.type("<b>cat</b>")
    shown.press(Key.Key_Return)
    tip = shown.predictions.numbers.headerData(0, HORIZONTAL, Qt.ItemDataRole.ToolTipRole)
    assert shown.study.classes[0] == "<b>cat</b>" and "<b>" not in tip
    double_click(shown.predictions.rows_header, 0)
    shown.type("<i>fido</i>")
    shown.press(Key.Key_Return)
    tip = shown.predictions.numbers.headerData(0, VERTICAL, Qt.ItemDataRole.ToolTipRole)
    assert "&lt;i&gt;fido" in tip


def test_the_header_of_rows_grows_with_names_within_bounds(show):
    shown = show()
    narrow = shown.predictions.rows_header.width()
    for name, least in (("fido", narrow + 8), ("x" * 200, narrow + 8)):
        shown.document.edit("named", shown.study.with_sample_name(0, name))
        QApplication.processEvents()
        widths = {table.rows_header.width() for table in (shown.labels, shown.predictions)}
        assert len(widths) == 1 and least <= widths.pop() <= 160
    assert not shown.predictions.horizontalScrollBar().isVisible()
    shown.document.stack.undo()
    shown.document.stack.undo()
    QApplication.processEvents()
    assert shown.predictions.rows_header.width() == narrow
