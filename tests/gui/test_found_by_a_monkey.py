"""What a monkey at the mouse and the keyboard has found: each of these once raised, warned or did nothing."""

from __future__ import annotations

import pytest
from gui.keys import Keys
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMenu

from lossgui.gui.icons import SvgEngine
from lossgui.gui.losses.formula_editor import FormulaEditor


@pytest.fixture
def window(first_window):
    return first_window


def test_the_projector_comes_and_goes_while_a_cell_is_edited(window):
    Keys(window).press("0", ".", "3", "F5", "Escape", "Up")
    assert window.document.study.predictions[1, 2] == 0.3
    assert window.document.focus == (0, 2)


def test_numbers_are_copied_after_a_menu_was_looked_at(window):
    QApplication.clipboard().clear()
    Keys(window).press("Alt+E", "Escape", "Ctrl+C")
    assert QApplication.clipboard().text() == "0.1"


def test_a_formula_that_is_typed_on_while_it_is_shown_is_followed(window):
    window.losses.own.trigger()
    editor = window.losses.findChild(FormulaEditor)
    editor.line.setText("abs(y - p)")
    shown = editor._round()
    next(shown)
    editor.line.setText("abs(y -")
    for _ in shown:
        assert not editor.take.isEnabled()
    editor.reject()


def test_a_menu_of_a_loss_goes_with_the_loss(window):
    document, card = window.document, window.losses.cards[2]
    card.menu.popup(card.mapToGlobal(card.rect().center()))
    assert QApplication.activePopupWidget() is card.menu
    document.edit("less", document.study.without_choice(2))
    assert not [menu for menu in window.findChildren(QMenu) if menu.isVisible()]


def test_an_icon_without_room_is_nothing(qapp):
    nothing = SvgEngine("menu", "ink").pixmap(QSize(0, 0), QIcon.Mode.Normal, QIcon.State.Off)
    assert nothing.isNull()
