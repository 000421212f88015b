"""The same figure everywhere: on the screen, and as PNG, SVG and PDF as other programs draw them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gui.export.exported import (
    difference,
    drawn,
    export,
    exports,
    needs_poppler,
    needs_rsvg,
    pixels,
    run,
    tabs_of,
)
from PySide6.QtGui import QColor, QImage

from lossgui.core.choice import Choice
from lossgui.core.figures import Figure
from lossgui.core.study import Study
from lossgui.core.table import Array
from lossgui.files.examples import load
from lossgui.files.sheet import Sheet
from lossgui.gui import style
from lossgui.gui.export.contents import Export, export_of
from lossgui.gui.plots import PLOTS
from lossgui.gui.plots.drawing import Drawing

pytestmark = pytest.mark.usefixtures("qapp")

SAME = 0.2
"""What readers of the formats may differ by; `test_what_differs_is_seen` shows that it is little."""

READERS = [pytest.param("svg", marks=needs_rsvg), pytest.param("pdf", marks=needs_poppler)]
DPI = 192


def worldly() -> Study:
    choices = (Choice.of("categorical_crossentropy"), Choice.of("mean_squared_error", colour=1))
    classes = ["中文 猫", "αβγ ŷ", '<b>"it\'s"</b> & ]]>']
    return Study.of(
        [[0, 1, 0], [0, 0, 1]],
        [[0.2, 0.5, 0.3], [0.3, 0.4, 0.3]],
        classes=classes,
        choices=choices,
        title="Ω & <i>",
    )


STUDIES = {"start": lambda: load("start"), "digits": lambda: load("digits"), "worldly": worldly}


@pytest.fixture(params=STUDIES)
def study(request: pytest.FixtureRequest) -> Study:
    return STUDIES[request.param]()


# Formats


@pytest.mark.parametrize("ending", READERS)
def test_other_programs_draw_what_the_picture_shows(study: Study, ending: str, tmp_path: Path) -> None:
    for name, made in exports(study, Sheet(dpi=DPI)).items():
        picture = drawn(made.contents("png"), "png", tmp_path, DPI)
        other = drawn(made.contents(ending), ending, tmp_path, DPI)
        assert np.abs(np.subtract(picture.shape, other.shape)).max() <= 1
        assert difference(picture, other) < SAME, name


@needs_rsvg
@pytest.mark.parametrize(
    "look", [{"theme": "dark"}, {"outlines": True}, {"clear": True}, {"text": 14.0}, {"width": 60.0}]
)
def test_every_look_is_the_same_in_both(look: dict[str, Any], tmp_path: Path) -> None:
    made = export(load("start"), dpi=DPI, **look)
    picture = drawn(made.contents("svg"), "svg", tmp_path, DPI)
    own = QImage.fromData(made.contents("png"))
    if look == {"clear": True}:
        own = on_white(own)
    assert difference(picture, pixels(own)) < SAME


def on_white(image: QImage) -> QImage:
    from PySide6.QtGui import QPainter

    result = QImage(image.size(), QImage.Format.Format_RGB32)
    result.fill(QColor("white"))
    with QPainter(result) as painter:
        painter.drawImage(result.rect(), image)
    return result


@pytest.mark.parametrize(
    "changed",
    [
        {"legend": False},
        {"title": False},
        {"point": False},
        {"theme": "dark"},
        {"text": 9.2},
        {"width": 122.0},
    ],
    ids=str,
)
def test_what_differs_is_seen(changed: dict[str, Any], tmp_path: Path) -> None:
    made = export(load("start"), dpi=DPI)
    page = replace(made.page, sheet=replace(made.page.sheet, **changed))
    one, other = (drawn(what.contents("png"), "png", tmp_path) for what in (made, replace(made, page=page)))
    assert difference(one, other) > 2 * SAME


def other_axis(figure: Figure) -> Figure:
    return replace(figure, y=replace(figure.y, high=1.02 * figure.y.high))


def other_colours(figure: Figure) -> Figure:
    return replace(figure, series=tuple(replace(one, colour=one.colour + 3) for one in figure.series))


@pytest.mark.parametrize("change", [other_axis, other_colours])
def test_another_axis_or_colour_is_seen(change: Any, tmp_path: Path) -> None:
    made = export(load("start"), dpi=DPI)
    wrong = replace(made, page=replace(made.page, figures=tuple(map(change, made.page.figures))))
    one, other = (drawn(what.contents("png"), "png", tmp_path) for what in (made, wrong))
    assert difference(one, other) > SAME


def test_a_shift_by_half_a_millimetre_is_seen(tmp_path: Path) -> None:
    picture = drawn(export(load("start"), dpi=DPI).contents("png"), "png", tmp_path)
    for axis in (0, 1):
        assert difference(picture, np.roll(picture, round(0.6 / 25.4 * DPI), axis)) > SAME


# Sizes


def ink(picture: Array) -> tuple[float, float]:
    """Return the height and the width of the title, as shares of the picture's height and width."""
    height, width = picture.shape[:2]
    dark = (picture.max(axis=2) < 0.5)[: round(0.08 * height)]
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    return (rows[-1] - rows[0]) / height, (columns[-1] - columns[0]) / width


@needs_rsvg
@needs_poppler
def test_text_is_as_large_in_every_format_at_every_resolution(tmp_path: Path) -> None:
    sizes = []
    for times in (1, 3, 6):
        made = export(load("start"), dpi=96 * times)
        for ending in ("png", "svg", "pdf"):
            sizes.append(ink(drawn(made.contents(ending), ending, tmp_path, 96 * times))[1])
    assert max(sizes) / min(sizes) < 1.02


@pytest.mark.parametrize("dpi", [72, 300, 1200])
def test_a_picture_has_the_pixels_and_the_resolution_that_are_stated(dpi: int) -> None:
    picture = QImage.fromData(export(load("start"), dpi=dpi, width=50.8, height=25.4).contents("png"))
    assert (picture.width(), picture.height()) == (2 * dpi, dpi)
    assert round(picture.dotsPerMeterX() * 0.0254) == round(picture.dotsPerMeterY() * 0.0254) == dpi


@pytest.mark.parametrize(("width", "height"), [(20.0, 20.0), (120.0, 80.0), (2000.0, 2000.0), (2000.0, 20.0)])
def test_pages_have_the_size_that_is_asked_for(width: float, height: float, tmp_path: Path) -> None:
    made = export(load("start"), width=width, height=height)
    assert f'<svg width="{width:g}mm" height="{height:g}mm"' in made.contents("svg").decode()
    (box,) = re.findall(rb"/MediaBox \[([0-9. ]+)\]", made.contents("pdf"))
    left, bottom, right, top = map(float, box.split())
    assert np.allclose([right - left, top - bottom], [width / 25.4 * 72, height / 25.4 * 72], atol=0.001)


# Letters


@needs_poppler
@pytest.mark.parametrize("example", ["start", "digits"])
def test_the_numbers_along_the_axes_are_those_of_the_figure(example: str, tmp_path: Path) -> None:
    made = export(load(example))
    (figure,) = made.page.figures
    (tmp_path / "a.pdf").write_bytes(made.contents("pdf"))
    words = run("pdftotext", tmp_path / "a.pdf", "-").split()
    svg = re.findall(r">([^<]*)</text>", made.contents("svg").decode())
    for _, tick in (*figure.x.ticks, *figure.y.ticks):
        assert tick in words and tick in svg


@needs_poppler
def test_letters_of_a_pdf_are_text_and_its_fonts_are_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(export(worldly(), "contributions class").contents("pdf"))
    words = run("pdftotext", "-layout", tmp_path / "a.pdf", "-")
    for word in ("中文 猫", "αβγ ŷ", "<b>", "Categorical cross-entropy"):
        assert word in words
    fonts = run("pdffonts", tmp_path / "a.pdf").splitlines()[2:]
    assert fonts and all(re.search(r" yes +(yes|no) +yes +\d+ +\d+$", line) for line in fonts)


def test_letters_of_an_svg_are_text_or_outlines() -> None:
    plain = export(worldly(), "contributions class").contents("svg").decode()
    outlined = export(worldly(), "contributions class", outlines=True).contents("svg").decode()
    assert "中文" in plain and "猫" in plain and "αβγ" in plain
    assert "<text" in plain and "<text" not in outlined


# Screen and page


@pytest.mark.parametrize("example", ["start", "digits", "B_hinge"])
@pytest.mark.parametrize("place", range(len(PLOTS)))
def test_the_page_shows_what_the_screen_shows(qtbot: Any, example: str, place: int) -> None:
    with tabs_of(load(example)) as (document, tabs):
        tabs.setCurrentIndex(place)
        tabs.resize(760, 560)
        view = tabs.current()
        with qtbot.waitExposed(tabs):
            tabs.show()
        made = export_of(document, [view], Sheet(width=200.0, height=150.0), b"")
        with made.page.laid_out() as page:
            ((_, paper),) = page.drawings
            same_data(view.canvas.drawing, paper)
        assert colours_of(view.grab().toImage()) == colours_of(picture(made))


def same_data(screen: Drawing, paper: Drawing) -> None:
    one, other = screen.figure, paper.figure
    assert one is not None and other is not None and screen.frame is not None and paper.frame is not None
    assert (screen.frame.x, screen.frame.y) == (paper.frame.x, paper.frame.y)
    assert one.series == other.series or all(
        np.array_equal(a.y, b.y, equal_nan=True) and a.colour == b.colour
        for a, b in zip(one.series, other.series, strict=True)
    )
    assert one.points == other.points and one.notes == other.notes
    if one.legend is not None and other.legend is not None:
        assert one.legend.entries == other.legend.entries


def picture(made: Export) -> QImage:
    return QImage.fromData(made.contents("png"))


def colours_of(image: QImage) -> set[str]:
    """Return the colours of losses and classes that are seen in a picture."""
    theme = style.theme()
    wanted = {QColor(colour).rgb() & 0xFFFFFF: colour for colour in (*theme.losses, *theme.classes)}
    flat = np.round(pixels(image).reshape(-1, 3) * 255).astype(int) @ [1 << 16, 1 << 8, 1]
    values, counts = np.unique(flat, return_counts=True)
    seen = {value for value, count in zip(values.tolist(), counts.tolist(), strict=True) if count > 20}
    return {colour for value, colour in wanted.items() if value in seen}
