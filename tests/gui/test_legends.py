"""The legend on the screen: a picture of its labels, under numbers that are drawn each time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from gui.plotted import on_screen, opened
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.plots import legends
from lossgui.gui.plots.contributions import ContributionsView
from lossgui.gui.plots.curve import CurveView
from lossgui.gui.plots.drawing import Drawing
from lossgui.gui.plots.view import FigureView

CLOSE = 2
"""By how much of 255 a colour may be rounded otherwise."""


@pytest.fixture
def document(qapp: QApplication) -> Iterator[Document]:
    document = opened()
    yield document
    document.close()
    style.apply("light")


def colours(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.array(image.constBits()).reshape(image.height(), image.width(), 4).astype(int)


def of_screen(view: FigureView) -> np.ndarray:
    QApplication.processEvents()
    return colours(view.canvas.viewport().grab().toImage())


def drawn_anew(view: FigureView) -> np.ndarray:
    """Return the same figure drawn without anything that was kept."""
    size, drawing = view.canvas.viewport().size(), Drawing()
    assert view.canvas.figure is not None
    drawing.show(view.canvas.figure, QSizeF(size))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(style.theme().ground))
    with QPainter(image) as painter:
        drawing.draw_below(painter)
        drawing.draw_above(painter)
    return colours(image)


@pytest.mark.parametrize("kind", [CurveView, ContributionsView])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_kept_is_what_would_be_drawn(
    kind: type[FigureView], theme: str, document: Document, qtbot: QtBot
) -> None:
    view = on_screen(qtbot, kind(document))
    style.apply(theme)
    row, column = document.focus
    for value in (0.1, 0.4621, 1e-9, 0.5):
        document.edit("edit", document.study.with_prediction(row, column, value, rescale=True))
        assert np.abs(of_screen(view) - drawn_anew(view)).max() <= CLOSE, value


def test_labels_are_drawn_once_while_numbers_change(
    document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[object] = []
    draw = legends.draw_labels
    monkeypatch.setattr(legends, "draw_labels", lambda *given: (drawn.append(given), draw(*given)))
    view = on_screen(qtbot, CurveView(document))
    row, column = document.focus
    for value in (0.4, 0.41, 0.42, 0.43):
        document.edit("edit", document.study.with_prediction(row, column, value, rescale=True))
        of_screen(view)
    assert 0 < len(drawn) <= 2
    style.apply("dark")
    of_screen(view)
    assert len(drawn) <= 3
