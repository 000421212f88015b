"""Keys and the mouse move; both tables and the document share the current cell."""

from __future__ import annotations

import numpy as np
from gui.tables.shown import (
    Key,
    Mod,
    small,
)
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from lossgui import Study


def test_arrows_and_enter_move(show):
    shown = show()
    shown.at(shown.predictions, 0, 0)
    shown.press(Key.Key_Right, Key.Key_Return, Key.Key_Return, Key.Key_Left, Key.Key_Up)
    assert shown.place(shown.predictions) == (0, 0)
    shown.press(Key.Key_End)
    assert shown.place(shown.predictions) == (0, 3)
    assert shown.document.focus == (0, 2), "the sum of a row is not an entry"
    shown.press(Key.Key_Left)
    assert shown.place(shown.predictions) == (0, 2)


def test_both_tables_and_the_document_share_the_current_cell(qtbot, show):
    shown = show()
    shown.at(shown.predictions, 1, 2)
    assert shown.document.focus == shown.place(shown.labels) == (1, 2)
    shown.at(shown.labels, 0, 1)
    assert shown.document.focus == shown.place(shown.predictions) == (0, 1)
    with qtbot.assertNotEmitted(shown.document.said):
        shown.document.focus_on(1, 0)
    assert shown.place(shown.labels) == shown.place(shown.predictions) == (1, 0)
    assert shown.document.stack.count() == 0


def test_tab_never_traps(show):
    shown = show()
    shown.before.setFocus()
    seen = []
    for _ in range(30):
        shown.press(Key.Key_Tab)
        widget = QApplication.focusWidget()
        seen.append(widget)
        if widget is shown.after:
            break
    assert seen[-1] is shown.after
    panel = shown.panel
    assert seen[:4] == [panel.encoding, panel.labels, panel.kind, panel.predictions]
    assert [button.text() for button in seen[4:-1]] == ["+ sample", "+ class", "− sample", "− class"]
    shown.press(Key.Key_Backtab)
    assert QApplication.focusWidget() is not shown.after


def test_everything_that_takes_the_focus_has_a_name(show):
    shown = show(small().with_cell("predictions", 0, 0, 0.5))
    for widget in shown.panel.findChildren(QWidget):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible():
            named = widget.accessibleName() or widget.parentWidget().accessibleName()
            assert named, widget
    assert shown.labels.accessibleName() == "Labels table"
    assert shown.predictions.accessibleName() == "Predictions table"
    assert "2 samples" in shown.predictions.accessibleDescription()


def test_both_tables_scroll_together(show):
    shown = show(Study.of(np.eye(4)[np.arange(400) % 4], np.full((400, 4), 0.25)), size=(360, 500))
    one, other = shown.labels.verticalScrollBar(), shown.predictions.verticalScrollBar()
    assert one.maximum() > 0
    one.setValue(300)
    assert other.value() == 300
    other.setValue(other.maximum())
    assert one.value() == min(other.maximum(), one.maximum())
    assert other.value() == other.maximum()


def test_wide_tables_scroll_together_too(show):
    shown = show(Study.of(np.eye(40)[:4], np.full((4, 40), 1 / 40)))
    shown.predictions.horizontalScrollBar().setValue(200)
    assert shown.labels.horizontalScrollBar().value() == 200


# Selections


def test_selections_are_extended_from_where_the_focus_came(show):
    shown = show(Study.of(np.eye(3)[[0, 1, 2, 0]], np.full((4, 3), 0.25)))
    shown.at(shown.predictions, 0, 0)
    shown.document.focus_on(2, 1)
    shown.press(Key.Key_Down, Key.Key_Right, modifier=Mod.ShiftModifier)
    area = shown.predictions.areas()[0]
    assert (area.row, area.column, area.rows, area.columns) == (2, 1, 2, 2)
    shown.document.focus_on(1, 0)
    place = shown.predictions.visualRect(shown.predictions.model().index(3, 1)).center()
    QTest.mouseClick(shown.predictions.viewport(), Qt.MouseButton.LeftButton, Mod.ShiftModifier, place)
    area = shown.predictions.areas()[0]
    assert (area.row, area.column, area.rows, area.columns) == (1, 0, 3, 2)


def test_dragging_selects(show):
    shown = show(Study.of(None, np.full((4, 3), 0.25)))
    table = shown.predictions
    centres = [table.visualRect(table.model().index(*place)).center() for place in ((0, 0), (1, 1), (2, 1))]
    QTest.mousePress(table.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, centres[0])
    for centre in centres[1:]:
        QTest.mouseMove(table.viewport(), centre)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            centre.toPointF(),
            table.viewport().mapToGlobal(centre).toPointF(),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Mod.NoModifier,
        )
        QApplication.sendEvent(table.viewport(), event)
    QTest.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, centres[-1])
    area = table.areas()[0]
    assert (area.row, area.column, area.rows, area.columns) == (0, 0, 3, 2)
    shown.press(Key.Key_Down, modifier=Mod.ShiftModifier)
    assert table.areas()[0].rows == 4
