"""Figures without a window: several plots in their ways, and the gallery."""

from __future__ import annotations

import csv
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from lossgui.files import examples
from lossgui.files.open import open_file
from lossgui.files.sheet import INCH
from lossgui.files.studies import Saved
from lossgui.gui.export import headless
from lossgui.gui.plots import PLOTS
from lossgui.options import options_of

NAMES = ("start", "B_hinge")


def export(target: Path, *arguments: str) -> None:
    study = Saved(examples.load("start"))
    headless.export(study, options_of([*arguments, "--export", str(target)]))


def columns(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file))


def test_a_plot_is_exported_in_the_way_that_is_asked_for(qapp: QApplication, tmp_path: Path) -> None:
    export(tmp_path / "plain.csv", "--plot", "curve")
    export(tmp_path / "slope.csv", "--plot", "curve:slope")
    plain, slope = columns(tmp_path / "plain.csv"), columns(tmp_path / "slope.csv")
    assert set(plain) < set(slope) and any("slope" in name for name in set(slope) - set(plain))
    export(tmp_path / "cells.csv", "--plot", "gradient:batch")
    assert columns(tmp_path / "cells.csv")[:2] == ["sample", "class"]


def test_several_plots_share_a_page(qapp: QApplication, tmp_path: Path) -> None:
    export(tmp_path / "two.png", "--plot", "curve, gradient:batch", "--width", "10cm", "--dpi", "127")
    image = QImage(str(tmp_path / "two.png"))
    assert (image.width(), image.height()) == (500, round(66.7 / INCH * 127))
    assert open_file(tmp_path / "two.png").study == examples.load("start")
    with pytest.raises(ValueError, match="one figure"):
        export(tmp_path / "two.csv", "--plot", "curve,gradient")
    assert not (tmp_path / "two.csv").exists()


@pytest.mark.parametrize("wrong", [("--width", "0mm"), ("--height", "0mm"), ("--dpi", "0"), ("--text", "0")])
def test_what_is_asked_for_is_taken_or_refused(
    qapp: QApplication, tmp_path: Path, wrong: tuple[str, str]
) -> None:
    with pytest.raises(ValueError, match="is from"):
        export(tmp_path / "a.pdf", *wrong)
    assert not (tmp_path / "a.pdf").exists()


class Links(HTMLParser):
    """Collects what a page refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value or "" for name, value in attrs if name in ("src", "href")}


def test_the_gallery_has_every_plot_of_every_example_and_links_to_each(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = [example for example in examples.examples() if example.name in NAMES]
    monkeypatch.setattr(examples, "examples", lambda: some)
    figures = len(NAMES) * 2 * sum(len(plot.ways) for plot in PLOTS)
    assert headless.gallery(tmp_path / "gallery") == figures
    page = Links()
    page.feed((tmp_path / "gallery" / "index.html").read_text(encoding="utf-8"))
    files = {path.name for path in (tmp_path / "gallery").iterdir()} - {"index.html"}
    assert page.found == files and len(files) == 3 * figures
    for name in files:
        assert open_file(tmp_path / "gallery" / name).carried
