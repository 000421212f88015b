"""The state of the view: shared by all parts, and not undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gui.plotted import on_screen, opened, study
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from lossgui import Study
from lossgui.gui.document import Document
from lossgui.gui.plots.curve import CurveView


@pytest.fixture
def document(qapp: QApplication) -> Iterator[Document]:
    document = opened()
    yield document
    document.close()


def choose(view: CurveView, word: str) -> None:
    next(button for button in view.findChildren(QToolButton) if button.text() == word).click()


def test_the_rest_of_the_row_is_one_choice_for_curve_and_tables(qtbot: QtBot, document: Document) -> None:
    view, other = on_screen(qtbot, CurveView(document)), on_screen(qtbot, CurveView(document))
    assert document.rescale
    with qtbot.waitSignal(document.view_changed):
        choose(view, "hold")
    assert not document.rescale
    for shown in (view, other):
        assert "held" in shown.canvas.figure.x.label
    document.rescale = True
    assert all("rescaled" in shown.canvas.figure.x.label for shown in (view, other))
    assert document.stack.count() == 0


def test_rescaling_is_usual_only_where_rows_are_distributions(document: Document) -> None:
    rows = [[0.2, 0.8], [0.5, 0.5]]
    for encoding, kind, usual in (
        ("one-hot", "probabilities", True),
        ("binary", "probabilities", False),
        ("one-hot", "logits", False),
    ):
        document.open(Study.of([[1, 0], [0, 1]], rows, encoding, kind))
        assert document.rescale is usual
    document.rescale = True
    assert document.rescale is False  # logits have no sum to keep
    document.open(Study.of([[1, 0], [0, 1]], rows, "binary"))
    assert document.rescale is True


def test_a_merged_edit_that_is_taken_back_leaves_no_step(document: Document) -> None:
    start, drag = document.study, object()
    document.edit("one", start.with_prediction(0, 0, 0.3), drag)
    document.edit("two", start.with_prediction(0, 0, 0.4), drag)
    document.edit("back", start, drag)
    assert document.study is start and document.stack.count() == 0 and document.stack.isClean()
    document.edit("one", start.with_prediction(0, 0, 0.3))
    document.edit("other", study())
    assert document.stack.count() == 2
