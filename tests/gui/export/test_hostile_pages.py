"""Figures of odd studies: hostile names, many classes, dead cells, nothing to see; all are written."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from gui.export.exported import drawn, exports, needs_poppler, needs_rsvg, pixels, tabs_of
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QImage

from lossgui.core.choice import Choice
from lossgui.core.figures import words as nothing
from lossgui.core.study import Study
from lossgui.files.examples import load
from lossgui.files.figures.carried import study_in
from lossgui.files.sheet import Sheet
from lossgui.files.studies import read
from lossgui.gui.export.contents import FORMATS, export_of
from lossgui.gui.export.formats import DRAWN, image
from lossgui.gui.export.page import Page, areas
from lossgui.gui.plots import PLOTS
from lossgui.gui.plots.boxes import legend_box
from lossgui.gui.plots.notes import letters_of, note_area

pytestmark = pytest.mark.usefixtures("qapp")

NAMES = ["\U0001f431 cat", "中文", "<b>x</b>", "\"quotes\" 'n' &amp;", "]]>", "a\x00b\x1f", "\ufffe", "שלום"]


def hostile() -> Study:
    count = len(NAMES)
    return Study.of(
        np.eye(count)[:2],
        np.full((2, count), 1 / count),
        classes=NAMES,
        title="</title> & \x01 \ud83d\udc31".encode("utf-8", "replace").decode(),
        choices=(Choice.of("categorical_crossentropy"), Choice.of("mean_squared_error", colour=1)),
    )


def many(count: int) -> Study:
    names = [f"{name} {place}" for place in range(count) for name in [NAMES[place % len(NAMES)]]]
    rows = np.random.default_rng(2).dirichlet(np.ones(count), 4)
    labels = np.arange(4)
    return Study.of(
        labels, rows, "index", classes=names, choices=(Choice.of("sparse_categorical_crossentropy"),)
    )


def dead() -> Study:
    choices = (Choice.of("categorical_crossentropy", "Keras 3"),)
    return Study.of([[1, 0], [0, 1]], [[0.0, 1.0], [0.4, 0.6]], choices=choices)


def masked() -> Study:
    choices = (Choice.of("mean_squared_error"),)
    return Study.of([[1, 0], [0, 1]], [[0.3, 0.7], [0.4, 0.6]], mask=[0, 1], choices=choices)


def bare() -> Study:
    return Study.of([[1, 0]], [[0.5, 0.5]])


STUDIES = {
    "hostile": hostile,
    "30 classes": lambda: many(30),
    "1,000 classes": lambda: many(1000),
    "dead": dead,
    "masked": masked,
    "no loss": bare,
}


@pytest.fixture(params=STUDIES)
def study(request: pytest.FixtureRequest) -> Study:
    return STUDIES[request.param]()


@pytest.mark.parametrize(
    "sheet",
    [Sheet(dpi=72), Sheet(20.0, 20.0, 72), Sheet(2000.0, 100.0, 36, 72.0)],
    ids=["usual", "smallest", "broad"],
)
def test_every_plot_is_written_in_every_format(study: Study, sheet: Sheet) -> None:
    for made in exports(study, sheet).values():
        root = ElementTree.fromstring(made.contents("svg"))
        assert root.tag.endswith("svg") and root.attrib["width"] == f"{sheet.width:g}mm"
        assert not QImage.fromData(made.contents("png")).isNull()
        for ending in ("png", "svg", "pdf"):
            assert read(study_in(made.contents(ending))).study == study
        json.loads(made.contents("json"))
        compile(made.contents("py"), "figure", "exec")


@needs_rsvg
@needs_poppler
def test_other_programs_read_them(study: Study, tmp_path) -> None:
    for made in exports(study, Sheet(dpi=72)).values():
        for ending in ("svg", "pdf"):
            assert drawn(made.contents(ending), ending, tmp_path, 72).std() > 0.01


def test_words_that_look_like_attributes_stay_as_they_are() -> None:
    words = 'font-family="x" & <svg width="1" height="2"'
    page = Page((nothing("curve", words),), words, f"Caption {words}", Sheet())
    root = ElementTree.fromstring(DRAWN["svg"](page))
    name = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{name}title") == words and root.findtext(f"{name}desc") == f"Caption {words}"
    assert root.get("width") == "120mm"


def test_a_figure_without_numbers_says_so(tmp_path) -> None:
    made = exports(bare(), Sheet())["curve"]
    with pytest.raises(ValueError, match=r"loss"):
        made.contents("csv")
    assert "loss" in made.contents("svg").decode()


def test_a_format_of_numbers_takes_one_figure() -> None:
    with tabs_of(bare()) as (document, tabs):
        made = export_of(document, [tabs.made(0), tabs.made(1)], Sheet(), b"")
        for ending, format_ in FORMATS.items():
            if not format_.drawn:
                with pytest.raises(ValueError, match="holds one figure"):
                    made.contents(ending)


def test_dead_cells_are_hatched_in_every_format() -> None:
    made = exports(dead(), Sheet(dpi=96))["gradient batch"]
    (figure,) = made.page.figures
    assert figure.image is not None and figure.image.hatched.any()
    plain = replace(figure, image=replace(figure.image, hatched=np.zeros_like(figure.image.hatched)))
    other = replace(made, page=replace(made.page, figures=(plain,)))
    for ending in ("png", "svg", "pdf"):
        assert made.contents(ending) != other.contents(ending)


@pytest.mark.parametrize("count", range(1, 10))
def test_several_figures_fill_the_page_and_do_not_overlap(count: int) -> None:
    found = areas(count, QSizeF(300, 200))
    assert len(found) == count
    assert sum(area.width() * area.height() for area in found) == pytest.approx(300 * 200)
    for place, one in enumerate(found):
        assert not any(one.intersects(other.adjusted(1e-6, 1e-6, -1e-6, -1e-6)) for other in found[:place])


@pytest.mark.parametrize("size", [(120.0, 80.0), (90.0, 200.0), (170.0, 110.0)])
def test_a_legend_stays_on_its_own_figure(size: tuple[float, float]) -> None:
    sheet = Sheet(*size, dpi=96, caption=False)
    with tabs_of(many(30)) as (document, tabs):
        views = [tabs.made(place) for place in range(len(PLOTS))]
        page = export_of(document, views, sheet, b"").page
    whole = ink(page)
    for place, figure in enumerate(page.figures):
        with page.laid_out() as layout:
            area = layout.drawings[place][0]
            scale = page.scale
        alone = ink(replace(page, figures=(figure,) * len(page.figures)))
        cut = [round(side * scale) for side in (area.top(), area.bottom(), area.left(), area.right())]
        top, bottom, left, right = cut
        assert np.array_equal(
            whole[top:bottom, left:right][4:-4, 4:-4], alone[top:bottom, left:right][4:-4, 4:-4]
        )


def ink(page: Page) -> np.ndarray:
    return pixels(image(page))


@pytest.mark.parametrize("size", [(120.0, 80.0), (60.0, 60.0), (85.0, 64.0)])
def test_a_legend_hides_no_curve_and_no_words(size: tuple[float, float]) -> None:
    made = exports(load("start"), Sheet(*size, dpi=96))["curve"]
    with made.page.laid_out() as layout:
        ((_, drawing),) = layout.drawings
        assert drawing.figure is not None and drawing.frame is not None and drawing.figure.legend is not None
        _, box = legend_box(drawing.figure.legend, drawing.frame)
        for series in drawing.figure.series:
            across, down = drawing.frame.across(series.x), drawing.frame.down(series.y)
            inside = (
                (across > box.left()) & (across < box.right()) & (down > box.top()) & (down < box.bottom())
            )
            assert not inside.any()
        for note in drawing.figure.notes:
            assert not note_area(drawing.frame, note, letters_of(note)).intersects(box)


def test_a_transparent_figure_has_nothing_behind_it() -> None:
    for clear, alpha in ((True, 0), (False, 255)):
        made = exports(dead(), Sheet(dpi=72, clear=clear))["curve"]
        picture = QImage.fromData(made.contents("png"))
        assert QColor(picture.pixelColor(1, picture.height() - 1)).alpha() == alpha
        assert (b'<rect x="0" y="0"' in made.contents("svg")) != clear
