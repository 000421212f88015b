"""The gradient's view: its choices, its cells, and that what is dead is seen, read and heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from gui.plotted import BIRD, mouse, on_screen, opened, place, study
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from lossgui import Choice, Study
from lossgui.core import text
from lossgui.files import examples
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.plots.contributions import ContributionsView
from lossgui.gui.plots.gradient import GradientView
from lossgui.gui.plots.lettering import lettering
from lossgui.gui.plots.shades import colours, ink_on
from lossgui.gui.themes import PROJECTED, THEMES
from lossgui.gui.window import MainWindow

CCE, BCE = "categorical_crossentropy", "binary_crossentropy"


@pytest.fixture
def document(qapp: QApplication) -> Iterator[Document]:
    document = opened()
    yield document
    document.close()


@pytest.fixture
def shown(qtbot: QtBot, document: Document) -> Callable[..., Any]:
    def show(**chosen: Any) -> Any:
        view = on_screen(qtbot, GradientView(document))
        for name, value in chosen.items():
            setattr(view, name, value)
        return view

    return show


def button(view: GradientView, word: str) -> QToolButton:
    return next(button for button in view.findChildren(QToolButton) if button.text() == word)


def seen(view: GradientView, row: int, column: int) -> set[str]:
    """Return the colours of a cell on the screen, near its lower left corner, where no number stands."""
    cell = view.canvas.drawing.cells.cell(row, column)
    picture = view.canvas.grab().toImage()
    left, bottom = round(cell.left()), round(cell.bottom())
    return {picture.pixelColor(left + x, bottom - y).name() for x in range(6, 30) for y in range(6, 20)}


# Choices


def test_what_is_shown_can_be_chosen(shown: Any) -> None:
    view = shown()
    assert view.canvas.figure.bars is not None and "by prediction" in view.canvas.figure.subtitle
    button(view, "by logit").click()
    assert "by logit, back through softmax" in view.canvas.figure.subtitle
    button(view, "batch").click()
    assert view.canvas.figure.image is not None and view.canvas.figure.bars is None
    view._losses.picked.emit(2)
    assert view.canvas.figure.subtitle.startswith("Mean squared error")
    button(view, "sample").click()
    assert "sample 2" in view.canvas.figure.subtitle
    assert view._parts.current == "sample" and view._ways.current == "logit"


def test_a_word_that_cannot_be_chosen_says_why_and_the_choice_is_kept(shown: Any, document: Document) -> None:
    view = shown(by="logit")
    document.edit("values", document.study.with_kind("values"))
    assert "It takes probabilities" in view.canvas.figure.description
    view.choice = 2
    refused = button(view, "by logit")
    assert not refused.isEnabled() and "no softmax" in refused.toolTip()
    assert "no softmax" in refused.accessibleDescription()
    assert view._ways.current == "prediction" and view.by == "logit"
    document.edit("logits", document.study.with_kind("logits"))
    assert button(view, "by logit").isEnabled() and not button(view, "by prediction").isEnabled()
    document.stack.undo()
    document.stack.undo()
    assert view._ways.current == "logit" and button(view, "by prediction").toolTip() == ""


def test_another_view_takes_over_what_is_chosen(document: Document, qtbot: QtBot) -> None:
    first, second = on_screen(qtbot, GradientView(document)), GradientView(document)
    qtbot.addWidget(second)
    assert isinstance(first, GradientView)
    first.way, first.by, first.choice = "batch", "logit", 2
    second.take_over(first)
    assert (second.way, second.by, second.choice) == ("batch", "logit", 2)
    other = ContributionsView(document)
    qtbot.addWidget(other)
    other.take_over(first)
    assert other.choice == 2


def test_it_is_a_tab_of_the_window_and_a_page_of_the_projector(qtbot: QtBot) -> None:
    window = MainWindow(Document(examples.load(examples.FIRST)), "gradient")
    qtbot.addWidget(window)
    window.show()
    window.settle()
    view = window.plots.current()
    assert isinstance(view, GradientView)
    view.way, view.by = "batch", "logit"
    window.projection.begin(1080)
    window.settle()
    page = window.pages.currentWidget().view
    assert (page.way, page.by) == ("batch", "logit") and page.canvas.figure.image is not None
    window.projection.end()
    window.close_unasked()


# Cells


def test_a_cell_has_the_colour_of_its_number(shown: Any) -> None:
    view = shown(way="batch", by="logit", choice=1)
    scale, values = view.canvas.figure.image.scale, view.canvas.figure.image.values
    assert values[BIRD] < 0 < values[1, 1]
    for row, column in np.ndindex(values.shape):
        blue, green, red, _ = colours(scale.share(values))[row, column].tolist()
        assert QColor(red, green, blue).name() in seen(view, row, column)


def test_a_dead_cell_is_hatched_and_no_other_is(shown: Any, document: Document) -> None:
    document.edit("clip", study(Choice.of(BCE, "Keras 3")))
    view = shown(way="batch")
    hatched = view.canvas.figure.image.hatched
    assert hatched.tolist() == [[False, False, True], [False, False, False]]
    for row, column in np.ndindex(hatched.shape):
        assert (len(seen(view, row, column)) > 2) is bool(hatched[row, column])


def test_numbers_are_written_where_they_have_room(shown: Any, document: Document) -> None:
    view = shown(way="batch", choice=2)
    drawn: list[str] = []
    cells = view.canvas.drawing.cells
    cells._draw_number = lambda painter, row, column, number: drawn.append(number)
    view.canvas.restyle()
    view.canvas.grab()
    assert drawn == [number for row in view.canvas.figure.image.numbers() for number in row]
    drawn.clear()
    view.resize(340, 300)
    view.canvas.grab()
    letters = lettering(style.SMALL)
    assert all(letters.width(number) <= cells.cell(0, 0).width() for number in drawn)
    many = np.full((50, 3), 1 / 3)
    document.open(Study.of(np.eye(3)[[0] * 50], many, choices=(Choice.of(CCE),)))
    drawn.clear()
    view.canvas.grab()
    assert drawn == []


@pytest.mark.parametrize("look", [*THEMES, *(f"projected {name}" for name in PROJECTED)])
def test_numbers_stand_out_on_every_colour(look: str, qapp: QApplication) -> None:
    style.apply(look.split()[-1])
    style.project(1080 if "projected" in look else None)
    try:
        cells = colours(np.linspace(-1, 1, 401)[None])[0]
        for cell in cells:
            assert contrast(cell, ink_on(cell)) >= 4.5
        # Both ends differ from the middle, and from one another.
        ends = [cells[place][:3].astype(int) for place in (0, 200, 400)]
        for one, other in ((0, 1), (1, 2), (0, 2)):
            assert np.abs(ends[one] - ends[other]).sum() > 200
    finally:
        style.project(None)
        style.apply("light")


def contrast(cell: np.ndarray, ink: QColor) -> float:
    def luminance(*rgb: float) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    blue, green, red, _ = (cell / 255).tolist()
    dark, light = sorted((luminance(red, green, blue), luminance(ink.redF(), ink.greenF(), ink.blueF())))
    return (light + 0.05) / (dark + 0.05)


# Focus


def test_a_click_focuses_the_entry_of_a_cell(shown: Any, document: Document) -> None:
    view = shown(way="batch")
    assert view.canvas.figure.image.focus == BIRD
    mouse(view, QEvent.Type.MouseButtonPress, place(view, 0, 1))
    assert document.focus == (0, 0) == view.canvas.figure.image.focus
    mouse(view, QEvent.Type.MouseButtonPress, place(view, -3, 5))
    view.way = "sample"
    mouse(view, QEvent.Type.MouseButtonPress, place(view, 2, 0))
    assert document.focus == (0, 0)


def test_the_arrow_keys_go_from_cell_to_cell(qtbot: QtBot, shown: Any, document: Document) -> None:
    view = shown(way="batch")
    view.activateWindow()
    view.canvas.setFocus()
    qtbot.waitUntil(view.canvas.hasFocus)
    keys = {"up": Qt.Key.Key_Up, "left": Qt.Key.Key_Left, "down": Qt.Key.Key_Down, "right": Qt.Key.Key_Right}
    for key, expected in (
        ("right", (1, 2)),
        ("up", (0, 2)),
        ("left", (0, 1)),
        ("up", (0, 1)),
        ("down", (1, 1)),
        ("down", (1, 1)),
    ):
        qtbot.keyClick(view.canvas, keys[key])
        assert document.focus == expected
    view.way = "sample"
    qtbot.keyClick(view.canvas, Qt.Key.Key_Left)
    assert document.focus == (1, 1)


# What is read and heard


def test_cells_and_bars_are_read_off(shown: Any, document: Document) -> None:
    document.edit("clip", study(Choice.of(BCE, "Keras 3"), mask=[1, 0]))
    document.focus_on(0, 0)
    view = shown(way="batch")

    def under(x: float, y: float) -> list[tuple[str, str]]:
        mouse(view, QEvent.Type.MouseMove, place(view, x, y))
        read_out = view.canvas.drawing.overlay.read_out
        return [(entry.label, entry.value) for entry in read_out.entries] if read_out else []

    assert under(2, 1) == [
        ("sample 1, class <b>bird</b>", ""),
        ("derivative", "0"),
        ("dead: clipped", ""),
    ]
    assert under(0, 0)[2] == ("masked", "") and len(under(0, 1)) == 2
    view.way = "sample"
    height = float(view.canvas.figure.bars.values[0]) / 2
    assert under(0, height)[0] == ("class cat", "") and under(2, 0.01) == []
    QApplication.sendEvent(view.canvas, QEvent(QEvent.Type.Leave))
    assert view.canvas.drawing.overlay.read_out is None


@pytest.mark.parametrize("of", ["sample", "batch"])
def test_the_description_is_never_stale(of: str, shown: Any, document: Document) -> None:
    view = shown(way=of, choice=2)
    for x in np.random.default_rng(0).random(50):
        document.edit("x", document.study.with_prediction(*BIRD, x, True))
        gradient = document.result.outcomes[2].gradient(1, 2)[0]
        wanted = f"bird</b> of sample 2 {text.number(float(gradient[2]))}"
        assert wanted in view.canvas.accessibleDescription() == view.accessibleDescription()


def test_a_dead_bar_has_a_cross_even_where_words_have_no_room(qtbot: QtBot, document: Document) -> None:
    ten = Study.of([np.eye(10)[0]], [np.eye(10)[1]], "binary", choices=(Choice.of(BCE, "Keras 3"),))
    document.open(ten)
    view = on_screen(qtbot, GradientView(document))
    view.resize(1400, 520)
    assert {note.text for note in view.canvas.drawing.overlay._notes} == {"× clipped"}
    view.resize(420, 520)
    notes = [note.text for note in view.canvas.drawing.overlay._notes]
    assert notes == ["×"] * 10


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("of", ["sample", "batch"])
def test_no_line_above_the_frame_is_cut(size: tuple[int, int], of: str, qtbot: QtBot) -> None:
    long = replace(
        study(Choice.of(BCE, "Keras 3"), Choice.of(BCE, colour=1)), classes=("cat " * 40, "dog", "b" * 200)
    )
    window = MainWindow(Document(long), "gradient")
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    window.document.focus_on(0, 2)
    view: Any = window.plots.current()
    view.way = of
    for project in (False, True):
        if project:
            window.projection.begin(size[1])
            view = window.pages.currentWidget().view
        window.settle()
        frame, width = view.canvas.frame, view.canvas.width()
        assert len(frame.lines) > 2 and not frame.lines[-1].text.endswith("…")
        assert all(line.letters.width(line.text) <= width for line in frame.lines)
        assert frame.lines[-1].bottom <= frame.rect.top() and frame.rect.height() > 0.3 * view.canvas.height()
    window.projection.end()
    window.close_unasked()
