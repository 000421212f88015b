"""The export dialog: what is chosen, what is refused, what is said, and what is remembered."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from gui.person import pick
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from lossgui.core.choice import Choice
from lossgui.core.study import Study
from lossgui.files import examples, preferences
from lossgui.files.preferences import Exported
from lossgui.files.sheet import PAPERS, Sheet
from lossgui.gui.application import remembered_of
from lossgui.gui.document import Document
from lossgui.gui.export import dialog as words
from lossgui.gui.export.dialog import ExportDialog
from lossgui.gui.export.fields import OTHER
from lossgui.gui.window import MainWindow


def write(dialog: ExportDialog, name: str, text: str) -> None:
    """Type a number and press Return."""
    field = dialog.fields.numbers[name]
    field.setFocus()
    field.setText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def press(dialog: ExportDialog, name: str) -> None:
    """Choose a word of a row, or tick a box."""
    parts = dialog.findChildren(QAbstractButton)
    next(part for part in parts if name in (part.text(), part.accessibleName())).click()


def reopened(window: MainWindow, dialog: ExportDialog) -> ExportDialog:
    dialog.reject()
    window.settle()
    window.exporting.ask()
    return next(box for box in window.findChildren(ExportDialog) if box.isVisible())


# Choosing


def test_the_plot_in_front_is_chosen_and_seen(dialog):
    assert dialog.places == [0]
    assert "Categorical cross-entropy" in dialog.preview.accessibleDescription()


@pytest.mark.parametrize("name", PAPERS)
def test_a_size_is_chosen_by_its_name(dialog, name):
    pick(dialog.fields.paper, name)
    sheet = dialog.chosen.sheet
    assert (sheet.width, sheet.height, sheet.text) == PAPERS[name]
    assert dialog.fields.paper.accessibleName() == f"Size: {name}"
    write(dialog, "height", "77")
    assert dialog.fields.paper.accessibleName() == f"Size: {OTHER}"


def test_another_size_is_written_into_the_fields(dialog):
    before = dialog.chosen
    pick(dialog.fields.paper, OTHER)
    assert dialog.focusWidget() is dialog.fields.numbers["width"]
    assert dialog.chosen == before and dialog.fields.paper.accessibleName() != f"Size: {OTHER}"


def test_lengths_are_in_the_unit_that_is_chosen(dialog):
    press(dialog, "Unit: in")
    assert dialog.fields.numbers["width"].text() == "4.7244"
    write(dialog, "width", "5")
    assert dialog.chosen.sheet.width == 127.0
    press(dialog, "Unit: cm")
    assert dialog.fields.numbers["width"].text() == "12.7"
    write(dialog, "height", "2")
    assert dialog.chosen.sheet.height == 20.0


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("title", "title"),
        ("legend", "legend"),
        ("point", "current point"),
        ("caption", "caption"),
        ("clear", "transparent"),
    ],
)
def test_a_part_that_is_left_out_is_seen_at_once(dialog, part, name):
    before = dialog.preview.grab().toImage()
    press(dialog, name)
    assert getattr(dialog.chosen.sheet, part) != getattr(Sheet(), part)
    assert dialog.preview.grab().toImage() != before
    press(dialog, name)
    assert dialog.preview.grab().toImage() == before


def test_only_what_makes_a_difference_can_be_chosen(dialog):
    def off() -> set[str]:
        return {name for name, part in dialog.fields.parts.items() if not part.isEnabled()}

    assert off() == {"dpi", "outlines"}
    for ending, expected in (("svg", {"dpi"}), ("png", {"outlines"}), ("py", {"dpi", "outlines", "caption"})):
        pick(dialog.fields.format, ending)
        assert off() == expected
    pick(dialog.fields.format, "csv")
    assert off() == set(dialog.fields.parts)


def test_what_cannot_be_written_cannot_be_saved_and_it_is_said_why(dialog):
    press(dialog, "Curve")
    assert dialog.note.text() == words.NO_PLOT and not dialog.save_button.isEnabled()
    press(dialog, "Contributions")
    press(dialog, "Gradient")
    assert dialog.save_button.isEnabled() and dialog.copy_button.isEnabled()
    pick(dialog.fields.format, "csv")
    assert "holds one figure" in dialog.note.text() and not dialog.copy_button.isEnabled()
    press(dialog, "Gradient")
    assert dialog.save_button.isEnabled()


def test_little_room_is_said(dialog):
    assert words.CROWDED not in dialog.note.text()
    write(dialog, "width", "30")
    write(dialog, "height", "20")
    assert words.CROWDED in dialog.note.text() and dialog.save_button.isEnabled()
    pick(dialog.fields.paper, "Slide 16:9")
    assert words.CROWDED not in dialog.note.text()


def test_whether_the_study_is_carried_is_said(window, dialog):
    assert dialog.note.text() == words.CARRIED
    dialog.reject()
    rows = np.random.default_rng(1).dirichlet(np.ones(10), 20_000)
    large = Study.of(np.zeros(20_000, int), rows, "index", choices=(Choice.of("entropy"),))
    window.document.open(large)
    window.exporting.ask()
    other = next(box for box in window.findChildren(ExportDialog) if box.isVisible())
    assert words.TOO_LARGE in other.note.text()
    assert not other.export().study and other.export().contents("pdf").startswith(b"%PDF")


def test_another_study_closes_the_dialog(window, dialog):
    window.document.open(examples.load("B_hinge"))
    assert not dialog.isVisible()


def test_an_edit_of_the_theme_of_the_figure_leaves_that_of_the_window(window, dialog):
    before = window.grab().toImage()
    press(dialog, "Colours: dark")
    assert dialog.chosen.sheet.theme == "dark"
    assert window.grab().toImage() == before


# Refusing


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("width", "0", "from 20 to 2000 mm"),
        ("width", "-1", "from 20 to 2000 mm"),
        ("height", "1e9", "from 20 to 2000 mm"),
        ("height", "abc", "is not a number"),
        ("height", "", "missing"),
        ("width", "inf", "only finite numbers"),
        ("text", "0", "from 4 to 72 points"),
        ("text", "nan", "only finite numbers"),
        ("dpi", "2.5", "whole number"),
        ("dpi", "1e9", "from 36 to 1200 dpi"),
        ("dpi", "-300", "from 36 to 1200 dpi"),
    ],
)
def test_a_wrong_number_is_refused_in_words_and_nothing_is_lost(dialog, named, name, text, reason):
    saved = named(None)
    pick(dialog.fields.format, "png")
    before, field = dialog.chosen, dialog.fields.numbers[name]
    write(dialog, name, text)
    assert dialog.chosen == before and field.text() == text and dialog.isVisible()
    assert reason in dialog.note.text() and reason in field.accessibleDescription()
    dialog.save_button.click()
    assert not saved and reason in dialog.note.text() and dialog.focusWidget() is field
    press(dialog, "title")
    assert reason in dialog.note.text() and field.text() == text
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert dialog.isVisible() and dialog.note.text() == words.CARRIED
    dialog.save_button.click()
    assert saved


def test_return_takes_a_number_and_presses_nothing(dialog, named):
    saved = named(None)
    write(dialog, "width", "150")
    assert not saved and dialog.chosen.sheet.width == 150 and dialog.isVisible()


def test_a_number_that_is_still_being_typed_is_saved(dialog, named):
    saved = named(None)
    field = dialog.fields.numbers["width"]
    field.setFocus()
    field.setText("150")
    dialog.save_button.click()
    assert saved and dialog.chosen.sheet.width == 150 and dialog.isVisible()


# Reaching


def controls(dialog: ExportDialog) -> list[QWidget]:
    kinds = (QAbstractButton, QLineEdit)
    return [part for kind in kinds for part in dialog.findChildren(kind) if part.isVisible()]


def test_every_control_has_a_name(dialog):
    for part in controls(dialog):
        name = part.accessibleName() or getattr(part, "text", str)()
        assert name.strip(), part
    assert dialog.preview.accessibleName() and dialog.windowTitle()


def test_tab_reaches_every_control_and_comes_back(dialog):
    pick(dialog.fields.format, "png")
    first = start = dialog.plots[0]
    reached = []
    while first is not start or not reached:
        reached.append(first)
        first = first.nextInFocusChain()
    tabbed = [part for part in reached if part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert {part for part in controls(dialog) if part.isEnabled()} <= set(tabbed)
    order = [dialog.plots[0], dialog.fields.format, dialog.fields.paper, *dialog.fields.numbers.values()]
    order += [dialog.fields.boxes["title"], dialog.save_button]
    places = [tabbed.index(part) for part in order]
    assert places == sorted(places)


# Remembering


def test_choices_are_remembered_across_windows(qtbot, window, dialog, tmp_path):
    pick(dialog.fields.format, "png")
    press(dialog, "Unit: cm")
    press(dialog, "Colours: dark")
    press(dialog, "legend")
    write(dialog, "width", "15")
    write(dialog, "dpi", "600")
    chosen = dialog.chosen
    again = reopened(window, dialog)
    assert again.chosen == chosen == window.exporting.chosen
    again.reject()
    preferences.write(tmp_path, remembered_of(window))
    other = MainWindow(Document(examples.load("B_hinge")))
    other.asks = False
    qtbot.addWidget(other)
    other.exporting.chosen = preferences.read(tmp_path).exported
    other.show()
    other.exporting.ask()
    third = other.findChild(ExportDialog)
    assert third.chosen == chosen and third.fields.numbers["width"].text() == "15"
    assert third.fields.numbers["dpi"].text() == "600" and not third.fields.boxes["legend"].isChecked()
    other.close_unasked()


@pytest.mark.parametrize(
    "wrong",
    [
        '"ending":"exe"',
        '"unit":"furlong"',
        '"sheet":{"width":-1}',
        '"sheet":{"theme":"pink"}',
        '"sheet":{"dpi":300.5}',
        '"ending":1',
    ],
)
def test_choices_that_cannot_be_are_forgotten(tmp_path, wrong):
    (tmp_path / preferences.FILE).write_text('{"exported":{' + wrong + "}}")
    assert preferences.read(tmp_path).exported == Exported()


def test_choices_that_can_be_are_read(tmp_path):
    chosen = Exported("svg", "in", "/somewhere", replace(Sheet(), text=12.5, clear=True, outlines=True))
    preferences.write(tmp_path, preferences.Preferences(exported=chosen))
    assert preferences.read(tmp_path).exported == chosen
