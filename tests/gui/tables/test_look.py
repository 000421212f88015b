"""How the tables look: no scroll bars where there is room, in columns, in every theme."""

from __future__ import annotations

import numpy as np
import pytest
from gui.tables.shown import (
    colours,
    indexed,
    small,
)
from PySide6.QtWidgets import QApplication, QToolButton

from lossgui import Study
from lossgui.gui import style
from lossgui.gui.themes import LIGHT


@pytest.mark.parametrize("study", [small, indexed, lambda: Study.of([[1, 0]], [[0.7, 0.3]])])
def test_small_tables_have_no_scroll_bars(show, study):
    shown = show(study())
    for table in (shown.labels, shown.predictions):
        assert not table.verticalScrollBar().isVisible()
        assert not table.horizontalScrollBar().isVisible()
        last = table.visualRect(table.model().index(table.model().rowCount() - 1, 0))
        assert 0 <= table.viewport().height() - last.bottom() <= 2


def test_large_tables_share_the_room(show):
    shown = show(Study.of(np.eye(4)[np.arange(400) % 4], np.full((400, 4), 0.25)))
    assert abs(shown.labels.height() - shown.predictions.height()) <= 12
    assert shown.window.height() == 700
    for button in shown.panel.findChildren(QToolButton):
        assert shown.panel.rect().contains(button.geometry()) or not button.isVisible()


def test_classes_stand_in_the_same_columns_in_both_tables(show):
    shown = show()
    for column in range(3):
        rects = [t.visualRect(t.model().index(0, column)) for t in (shown.labels, shown.predictions)]
        assert (rects[0].left(), rects[0].right()) == (rects[1].left(), rects[1].right())


def test_columns_do_not_narrow_while_a_number_changes(show):
    shown = show(Study.of(None, np.full((3, 12), 0.25), kind="values"))
    width = shown.predictions.columnWidth(0)
    shown.document.edit("long", shown.study.with_cell("predictions", 0, 0, -1234.5678))
    wider = shown.predictions.columnWidth(0)
    shown.document.edit("short", shown.study.with_cell("predictions", 0, 0, 1))
    assert shown.predictions.columnWidth(0) == wider > width


def test_the_theme_reaches_every_part(show):
    shown = show(small().with_cell("predictions", 0, 2, 0.1))
    shown.at(shown.predictions, 1, 2)
    seen = {}
    for name in ("light", "dark"):
        style.apply(name)
        QApplication.processEvents()
        theme = style.theme()
        seen[name] = colours(shown.panel)
        for colour in (theme.ground, theme.line, theme.accent):
            assert int(colour[1:], 16) in seen[name], (name, colour)
    assert int(LIGHT.ground[1:], 16) not in seen["dark"]
    style.apply("light")


def test_a_ring_shows_which_table_has_the_keyboard(show):
    shown = show()
    shown.at(shown.labels, 0, 0)
    QApplication.processEvents()
    labels = colours(shown.labels)
    shown.after.setFocus()
    QApplication.processEvents()
    accent = int(style.theme().accent[1:], 16)
    assert accent in labels and accent not in colours(shown.labels)
