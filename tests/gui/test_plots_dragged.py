"""The point of a curve: dragged by the mouse, moved by keys, one undo step each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from gui.plotted import BIRD, PREDICTIONS, drag, mouse, on_screen, opened, place, row, study
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from lossgui import Choice
from lossgui.gui.document import Document
from lossgui.gui.plots.curve import CurveView
from lossgui.gui.plots.view import FigureView


@pytest.fixture
def document(qapp: QApplication) -> Iterator[Document]:
    document = opened()
    yield document
    document.close()


@pytest.fixture
def shown(qtbot: QtBot, document: Document) -> Callable[..., Any]:
    def show(kind: type[FigureView] = CurveView) -> FigureView:
        return on_screen(qtbot, kind(document))

    return show


def test_a_drag_is_one_undo_step(qtbot: QtBot, shown: Any, document: Document) -> None:
    view = shown()
    drag(qtbot, view, 0.1, 0.2, 0.3, 0.55)
    assert document.stack.count() == 1
    assert row(document)[2] == pytest.approx(0.55, abs=0.002) and sum(row(document)) == pytest.approx(1)
    assert row(document)[0] / row(document)[1] == pytest.approx(0.1 / 0.8)
    document.stack.undo()
    assert row(document) == PREDICTIONS[1]
    drag(qtbot, view, 0.1, 0.3)
    drag(qtbot, view, 0.3, 0.4)
    assert document.stack.count() == 2


def test_values_of_a_drag_are_short(qtbot: QtBot, shown: Any, document: Document) -> None:
    drag(qtbot, shown(), 0.1, 0.2345678)
    assert round(row(document)[2], 3) == row(document)[2]


def test_the_frame_and_the_row_are_held_while_a_drag_lasts(
    qtbot: QtBot, shown: Any, document: Document
) -> None:
    view = shown()
    axes = view.canvas.figure.x, view.canvas.figure.y
    mouse(view, QEvent.Type.MouseButtonPress, place(view, 0.1))
    for x in (1.0, 1.5, 0.0):
        mouse(
            view, QEvent.Type.MouseMove, place(view, 0) + QPoint(int(x * view.canvas.frame.rect.width()), 0)
        )
        qtbot.wait(20)
        assert (view.canvas.figure.x, view.canvas.figure.y) == axes
    assert row(document)[2] == 0
    mouse(view, QEvent.Type.MouseMove, place(view, 0.1))
    mouse(view, QEvent.Type.MouseButtonRelease, place(view, 0.1))
    # Through 1, where nothing was left of the row, and back: the row is what it was.
    assert row(document) == pytest.approx(PREDICTIONS[1], abs=0.002)
    assert row(document)[0] / row(document)[1] == pytest.approx(0.1 / 0.8)


def test_many_moves_in_a_frame_are_one_edit(qtbot: QtBot, shown: Any, document: Document) -> None:
    view, edits = shown(), []
    document.changed.connect(lambda: edits.append(document.study))
    mouse(view, QEvent.Type.MouseButtonPress, place(view, 0.1))
    for x in np.linspace(0.1, 0.9, 200):
        mouse(view, QEvent.Type.MouseMove, place(view, x))
    assert len(edits) == 0
    mouse(view, QEvent.Type.MouseButtonRelease, place(view, 0.9))
    assert len(edits) == 1 and row(document)[2] == pytest.approx(0.9, abs=0.002)


def test_only_the_current_x_can_be_taken_hold_of(qtbot: QtBot, shown: Any, document: Document) -> None:
    view = shown()
    drag(qtbot, view, 0.5, 0.7)
    assert document.stack.count() == 0
    mouse(view, QEvent.Type.MouseMove, place(view, 0.1))
    assert view.canvas.cursor().shape() == Qt.CursorShape.SizeHorCursor
    mouse(view, QEvent.Type.MouseMove, place(view, 0.5))
    assert view.canvas.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_an_edit_by_somebody_else_ends_a_drag(qtbot: QtBot, shown: Any, document: Document) -> None:
    view = shown()
    mouse(view, QEvent.Type.MouseButtonPress, place(view, 0.1))
    document.edit("another", document.study.with_prediction(0, 0, 0.5))
    mouse(view, QEvent.Type.MouseMove, place(view, 0.9))
    mouse(view, QEvent.Type.MouseButtonRelease, place(view, 0.9))
    assert document.stack.count() == 1 and row(document) == PREDICTIONS[1]


def test_another_focus_ends_a_drag(qtbot: QtBot, shown: Any, document: Document) -> None:
    view = shown()
    mouse(view, QEvent.Type.MouseButtonPress, place(view, 0.1))
    document.focus_on(0, 0)
    mouse(view, QEvent.Type.MouseMove, place(view, 0.9))
    mouse(view, QEvent.Type.MouseButtonRelease, place(view, 0.9))
    assert document.stack.count() == 0 and view.canvas.figure.x.label.startswith("ŷ of class cat, sample 1")


def test_the_rest_can_be_held(qtbot: QtBot, shown: Any, document: Document) -> None:
    view = shown()
    hold = next(b for b in view.findChildren(QToolButton) if b.accessibleName() == "Rest of the row: hold")
    hold.click()
    assert view.canvas.figure.x.label.endswith("held)")
    drag(qtbot, view, 0.1, 0.5)
    assert row(document)[:2] == PREDICTIONS[1][:2]


def test_logits_can_be_dragged_and_have_no_rest(qtbot: QtBot, shown: Any, document: Document) -> None:
    document.open(study(Choice.of("mean_squared_error"), kind="logits"))
    document.focus_on(*BIRD)
    view = shown()
    assert not view._rest.isVisible()
    drag(qtbot, view, 0.1, -5)
    assert row(document)[2] == pytest.approx(-5, abs=0.05)


# Keyboard


def test_keys_move_the_point_in_one_undo_step(qtbot: QtBot, shown: Any, document: Document) -> None:
    view = shown()
    view.activateWindow()
    view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.canvas.hasFocus)
    said: list[str] = []
    document.said.connect(said.append)
    for _ in range(3):
        QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    assert row(document)[2] == 0.103
    QTest.keyClick(view.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert row(document)[2] == 0.093 and said[-1].startswith("Sample 2, <b>bird</b>: 0.100 → 0.093")
    QTest.keyClick(view.canvas, Qt.Key.Key_End)
    assert row(document)[2] == 1
    QTest.keyClick(view.canvas, Qt.Key.Key_Home)
    assert row(document)[2] == 0 and row(document)[0] / row(document)[1] == pytest.approx(0.1 / 0.8)
    assert document.stack.count() == 1
    view._drag._since.invalidate()  # a second later
    QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    assert document.stack.count() == 2


def test_keys_elsewhere_are_left_alone(qtbot: QtBot, shown: Any, document: Document) -> None:
    view = shown()
    view.activateWindow()
    view._slope.setFocus()
    qtbot.waitUntil(view._slope.hasFocus)
    QTest.keyClick(view._slope, Qt.Key.Key_Home)
    assert document.stack.count() == 0


def test_the_keyboard_can_be_seen(qtbot: QtBot, shown: Any) -> None:
    view = shown()
    view.activateWindow()
    with qtbot.waitActive(view):
        view._slope.setFocus()
    before = view.canvas.grab().toImage()
    view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(view.canvas.hasFocus)
    after = view.canvas.grab().toImage()
    differing = sum(before.pixel(x, 1) != after.pixel(x, 1) for x in range(before.width()))
    assert differing > 0.9 * before.width()
