"""A projector picture shrunk to 320 x 180 can still be read, the numbers along axes aside.

It is taken as a JPEG, in a lit room, by a camera with noise; who reads it knows the font, and no number.
"""

from __future__ import annotations

import pytest
from gui.small_pictures import as_seen, contrast, grey, read, written_on
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from lossgui.files import examples
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.window import MainWindow

WIDTH, HEIGHT = 1920, 1080
SMALL = 320
LEAST = 5
"""Pixels of a capital: fonts that are made for screens begin there."""


@pytest.fixture(params=["light", "dark"])
def theme(request):
    yield request.param
    style.apply("light")


@pytest.fixture
def projected(qtbot, theme):
    """Return a function: the name of an example -> a window with its projector page."""
    style.apply(theme)
    windows = []

    def make(name, plot="curve"):
        window = MainWindow(Document(examples.load(name)), plot)
        qtbot.addWidget(window)
        windows.append(window)
        window.resize(WIDTH, HEIGHT)
        window.show()
        window.settle()
        window.projection.begin(HEIGHT)
        window.settle()
        return window

    yield make
    for window in windows:
        window.projection.end()
        window.close_unasked()


def shrunk(window, width=SMALL):
    return window.grab().toImage().scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)


def numbers_of(window):
    """Return the numbers as they are written, and the texts that they stand for."""
    numbers = window.pages.currentWidget().numbers
    shown = [number.shown for number in numbers.shown()]
    return [one for one in written_on(numbers, window) if one.words in shown]


@pytest.mark.parametrize("name", ["start", "digits", "A_ce_softmaxed_twice", "B_hinge"])
def test_every_number_is_read_and_all_words_beside_the_plot_are_large_and_clear(projected, name):
    window = projected(name)
    page, small = window.pages.currentWidget(), shrunk(window)
    seen, numbers = as_seen(small), numbers_of(window)
    assert len(numbers) == len(window.document.study.choices)
    assert [read(seen, one, SMALL / WIDTH) for one in numbers] == [one.words for one in numbers]
    for one in written_on(page.numbers, window) + written_on(page.sample, window):
        assert QFontMetricsF(one.font).capHeight() * SMALL / WIDTH >= LEAST, one.words
        assert contrast(grey(small), one.area, SMALL / WIDTH) >= 4.5, one.words


def test_the_reader_reads_nothing_that_is_too_small_to_be_seen(projected):
    window = projected("start")
    width = SMALL // 6
    seen, numbers = as_seen(shrunk(window, width)), numbers_of(window)
    assert all(read(seen, one, width / WIDTH) != one.words for one in numbers)


@pytest.mark.parametrize("plot", ["curve", "contributions", "gradient"])
def test_the_names_of_axes_are_large_and_clear(projected, plot):
    window = projected("start", plot)
    canvas, bright = window.pages.currentWidget().view.canvas, grey(shrunk(window))
    corner, metrics = QPointF(canvas.mapTo(window, canvas.rect().topLeft())), QFontMetricsF(style.font())
    line, width, height = metrics.height(), canvas.width(), canvas.height()
    assert metrics.capHeight() * SMALL / WIDTH >= LEAST
    for area in (QRectF(0, 0, line, height), QRectF(0, height - 1.2 * line, width, 1.2 * line)):
        assert contrast(bright, area.translated(corner), SMALL / WIDTH) >= 4.5
