"""A table of any size asks only for what is seen."""

from __future__ import annotations

import numpy as np
import pytest
from gui.tables.shown import (
    Key,
    Mod,
    click_header,
)
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from lossgui import Study

BOTH = Mod.ControlModifier | Mod.ShiftModifier


def painted(shown):
    for _ in range(3):
        QApplication.processEvents()
    shown.panel.grab()


@pytest.mark.parametrize(("rows", "columns"), [(1_000_000, 10), (50_000, 1_000)])
def test_a_huge_table_is_asked_only_for_what_is_seen(qtbot, counted, show, rows, columns):
    table = np.full((rows, columns), 1 / columns, np.float32)
    shown = show(Study.of(np.zeros(rows, int), table, "index"))
    painted(shown)
    assert counted["data"] < 20_000
    view = shown.predictions
    shown.at(view, 0, 0)

    def asked(act):
        counted.clear()
        act()
        painted(shown)
        return max(counted.values(), default=0)

    assert asked(lambda: shown.press(Key.Key_PageDown)) < 10_000
    assert asked(lambda: shown.press(Key.Key_End, modifier=Mod.ControlModifier)) < 10_000
    assert shown.place(view)[0] == rows - 1
    assert asked(lambda: shown.press(Key.Key_A, modifier=Mod.ControlModifier)) < 10_000
    assert view.areas()[0].size == rows * columns
    assert asked(lambda: click_header(view.columns_header, 0)) < 10_000
    assert view.areas()[0].size == rows
    assert asked(lambda: click_header(view.columns_header, 1, Mod.ControlModifier)) < 10_000
    assert sum(area.size for area in view.areas()) == 2 * rows
    assert asked(lambda: click_header(view.rows_header, 2)) < 10_000
    assert view.areas()[0].size == columns
    assert asked(lambda: view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)) < 10_000
    shown.at(view, 7, 1)
    assert asked(lambda: (shown.type("0.5"), shown.press(Key.Key_Return))) < 20_000
    assert shown.study.predictions[7, 1] == 0.5


@pytest.mark.parametrize(("rows", "columns"), [(1_000_000, 10), (50_000, 1_000)])
def test_weights_masks_names_and_shades_ask_no_more(counted, show, rows, columns):
    table = np.full((rows, columns), 1 / columns, np.float32)
    study = Study.of(np.zeros(rows, int), table, "index", kind="values", sample_names={rows - 1: "last"})
    shown = show(study.weighing_samples().weighing_classes().masking())
    painted(shown)
    assert counted["data"] < 20_000

    def asked(act):
        counted.clear()
        act()
        painted(shown)
        return max(counted.values(), default=0)

    shown.at(shown.labels, 0, 2)
    assert asked(lambda: shown.press(Key.Key_Space)) < 20_000
    assert not shown.study.counts(0)
    assert asked(lambda: shown.press(Key.Key_A, modifier=Mod.ControlModifier)) < 10_000
    assert shown.labels.areas()[0].size == rows
    assert asked(lambda: shown.press(Key.Key_Space)) < 20_000 and shown.study.counted == rows
    assert asked(lambda: shown.press(Key.Key_D, modifier=Mod.ControlModifier)) < 20_000
    assert asked(lambda: setattr(shown.document, "shaded", True)) < 20_000
    shown.at(shown.predictions, 5, 1)
    assert asked(lambda: shown.press(Key.Key_Right, modifier=Mod.AltModifier)) < 20_000
    assert asked(lambda: shown.press(Key.Key_Down, modifier=BOTH)) < 20_000
    assert shown.study.predictions[6, 1] == np.float32(1 / columns + 0.1)
    assert shown.place(shown.predictions)[0] == 6
    assert asked(lambda: shown.press(Key.Key_Right, modifier=BOTH)) < 20_000
    assert asked(lambda: click_header(shown.predictions.columns_header, 0)) < 10_000
    assert asked(lambda: shown.document.edit("named", shown.study.with_sample_name(3, "fido"))) < 20_000


@pytest.mark.usefixtures("screen_reader")
def test_a_screen_reader_does_not_make_a_huge_table_slow(counted, show):
    shown = show(Study.of(np.zeros(100_000, int), np.full((100_000, 10), 0.1), "index"))
    shown.at(shown.predictions, 0, 0)
    painted(shown)
    counted.clear()
    shown.press(Key.Key_A, modifier=Mod.ControlModifier)
    shown.press(Key.Key_Down)
    shown.type("0.5")
    shown.press(Key.Key_Return)
    painted(shown)
    assert max(counted.values()) < 20_000


@pytest.mark.usefixtures("screen_reader")
def test_a_refusal_is_announced(monkeypatch, show):
    heard = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: heard.append(event.message()))
    shown = show()
    shown.at(shown.predictions, 0, 0)
    shown.type("cat")
    shown.press(Key.Key_Return)
    assert heard == ["‘cat’ is not a number."]


def test_too_many_numbers_are_not_copied(show):
    shown = show(Study.of(None, np.full((100_000, 10), 0.1)))
    shown.copy("untouched")
    shown.at(shown.predictions, 0, 0)
    shown.press(Key.Key_A, Key.Key_C, modifier=Mod.ControlModifier)
    assert QApplication.clipboard().text() == "untouched"
    assert shown.bubble == "1,000,000 numbers are too many to copy: 500,000 can be."
