"""The projector page and the zoom of all text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget

from lossgui import LOSSES, Choice
from lossgui.files import examples
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.window import MainWindow

HEIGHT = 1080


@pytest.fixture
def window(qtbot):
    style.apply("light")
    made = MainWindow(Document(examples.load(examples.FIRST)))
    qtbot.addWidget(made)
    made.resize(1920, HEIGHT)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    made.settle()
    yield made
    made.projection.end()
    style.zoom_to(1.0)
    style.apply("light")


def looks(window):
    window.settle()
    return window.grab().toImage()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("height", [768, 1080, 2160])
def test_capitals_and_lines_are_as_large_as_the_back_row_needs(window, theme, height):
    style.apply(theme)
    window.projection.begin(height)
    for size, least in ((style.TICK, 0.018), (style.SMALL, 0.028), (style.BODY, 0.028), (style.HERO, 0.06)):
        assert QFontMetricsF(style.font(size)).capHeight() >= least * height
    assert style.CURVE * style.enlarged() >= 4 * height / 1080
    assert style.theme().ink in ("#000000", "#ffffff") and style.theme().quiet == style.theme().ink


def test_one_key_there_and_escape_back_to_exactly_the_state_before(qtbot, window):
    window.plots.setCurrentIndex(1)
    window.tables.predictions.setFocus()
    before, index = looks(window), window.document.stack.index()
    place = window.geometry()
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert window.projection.on and not window.menuBar().isVisible()
    assert not window.tables.isVisible() and not window.losses.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.projection.on and window.geometry() == place
    assert window.focusWidget() is window.tables.predictions
    assert window.document.stack.index() == index
    assert looks(window) == before


def press(qtbot, key, *modifiers):
    qtbot.keyClick(QApplication.focusWidget(), key, *modifiers)


def test_the_keys_of_the_menus_work_there(qtbot, window):
    document, control = window.document, Qt.KeyboardModifier.ControlModifier
    document.edit("edit", document.study.with_prediction(*document.focus, 0.3, rescale=True))
    edited = document.stack.index()
    qtbot.keyClick(window, Qt.Key.Key_F5)
    press(qtbot, Qt.Key.Key_Z, control)
    assert document.stack.index() == edited - 1
    press(qtbot, Qt.Key.Key_Y, control)
    assert document.stack.index() == edited
    for key, zoom in ((Qt.Key.Key_Plus, 1.1), (Qt.Key.Key_0, 1.0), (Qt.Key.Key_Minus, 1 / 1.1)):
        press(qtbot, key, control)
        assert style.zoom() == pytest.approx(zoom)
    style.zoom_to(1.0)
    press(qtbot, Qt.Key.Key_F5)
    assert not window.projection.on and window.menuBar().isVisible()


def test_another_plot_is_projected_when_it_comes_to_the_front(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_F5)
    for place, title in ((1, "Contributions"), (2, "Gradient"), (0, "Curve")):
        press(qtbot, Qt.Key.Key_1 + place, Qt.KeyboardModifier.ControlModifier)
        view = window.pages.currentWidget().view
        assert view.accessibleName() == title and view.canvas.hasFocus()
        assert window.pages.count() == 2 and view.canvas.figure is not None
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.pages.count() == 1


def test_it_takes_over_what_the_plot_shows(window):
    window.plots.current().slope = True
    window.projection.begin(HEIGHT)
    page = window.pages.currentWidget()
    assert page.view.slope and page.view is not window.plots.currentWidget()
    assert {series.role for series in page.view.figure().series} == {"loss", "gradient"}


def test_the_point_is_moved_by_keys_there_too(qtbot, window):
    window.projection.begin(HEIGHT)
    page = window.pages.currentWidget()
    before = window.document.study
    qtbot.keyClick(page.view.canvas, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: window.document.study is not before)
    assert "bird 0.101" in page.sample.accessibleDescription()
    assert str(round(window.document.result.outcomes[0].value, 4)) in page.numbers.accessibleDescription()


def test_it_does_not_wait_for_headlines(window, monkeypatch):
    window.document.computing = True
    monkeypatch.setattr(window, "settle", pytest.fail)
    window.projection.begin(HEIGHT)
    assert window.projection.on
    assert {number.shown for number in window.pages.currentWidget().numbers.shown()} == {"…"}
    window.document.computing = False
    monkeypatch.undo()


def test_nothing_is_left_of_it_afterwards(window):
    def parts():
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(window.findChildren(QWidget))

    window.projection.begin(HEIGHT)
    window.projection.end()
    looks(window)
    count = parts()
    for _ in range(5):
        window.projection.begin(HEIGHT)
        window.projection.end()
        looks(window)
    assert parts() == count


@pytest.mark.parametrize("count", [0, 1, 4, 6])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_every_number_stands_within_its_page(window, size, count):
    window.resize(*size)
    document = window.document
    for _ in document.study.choices:
        document.edit("less", document.study.without_choice(len(document.study.choices) - 1))
    for place, loss in enumerate(list(LOSSES)[:count]):
        document.edit("more", document.study.with_choice(Choice.of(loss, colour=place)))
    window.projection.begin(size[1])
    image = looks(window)
    page = window.pages.currentWidget()
    # A frame of white round everything: nothing is cut at the page's edge.
    assert {image.pixelColor(image.width() - 3, y).name() for y in range(image.height())} == {"#ffffff"}
    assert {image.pixelColor(x, image.height() - 3).name() for x in range(image.width())} == {"#ffffff"}
    assert len(page.numbers.shown()) == count


def test_all_text_is_zoomed_and_back(window):
    def heights():
        parts = (
            window.title,
            window.losses.cards[0].title,
            window.losses.cards[0].hero,
            window.tables.encoding,
        )
        return [part.font().pointSizeF() for part in parts]

    before, picture = heights(), looks(window)
    style.zoom_to(1.5)
    assert heights() == pytest.approx([1.5 * height for height in before])
    assert looks(window) != picture
    style.zoom_to(1.0)
    assert heights() == before
    assert looks(window) == picture


def test_zoom_keeps_within_half_and_four_times(window):
    style.zoom_to(100)
    assert style.zoom() == 4.0
    style.zoom_to(0.01)
    assert style.zoom() == 0.5


@pytest.mark.parametrize(
    ("name", "asides"),
    [
        ("start", ["", "", ""]),
        ("digits", ["Keras 3", "Textbook"]),
        ("A_four_ce_kinds", ["sample 1", "mean"]),
        ("A_ce_softmaxed_twice", ["from logits\nsample 2", "from logits\nmean", "mean"]),
    ],
)
def test_losses_of_one_name_are_told_apart(window, name, asides):
    window.open_example(name)
    window.projection.begin(HEIGHT)
    numbers = window.pages.currentWidget().numbers.shown()
    assert [number.aside for number in numbers] == asides
