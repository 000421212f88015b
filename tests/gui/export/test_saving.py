"""Figures saved and copied, all results written beside the window, and what happens if that fails."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from gui.person import pick
from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QMessageBox

from lossgui.files import examples
from lossgui.files.figures import results
from lossgui.files.figures.carried import study_in
from lossgui.gui.export.contents import FORMATS
from lossgui.gui.export.dialog import ExportDialog
from lossgui.gui.export.fields import MATTERS

resource = pytest.importorskip("resource", reason="limits are of Unix")
DRAWN = [ending for ending, format_ in FORMATS.items() if format_.drawn]


def said(window):
    boxes = window.findChildren(QMessageBox)
    return [f"{box.text()}: {box.informativeText()}" for box in boxes if box.isVisible()]


def save(dialog, named, path, ending):
    suggested = named(path)
    pick(dialog.fields.format, ending)
    dialog.save_button.click()
    return suggested


# Figures


@pytest.mark.parametrize("ending", FORMATS)
def test_a_figure_is_saved_as_it_is_previewed(window, dialog, named, tmp_path, ending):
    expected = dialog.export().contents(ending)
    (suggested,) = save(dialog, named, tmp_path / "a", ending)
    assert (tmp_path / f"a.{ending}").read_bytes() == expected
    assert Path(suggested).name == f"Cat, dog, bird - curve.{ending}"
    assert not dialog.isVisible() and window.statusBar().currentMessage() == f"Exported ‘a.{ending}’."
    assert window.exporting.chosen.folder == str(tmp_path) and window.exporting.chosen.ending == ending


def test_every_format_has_fields_that_matter():
    assert set(MATTERS) == set(FORMATS)


def test_an_ending_is_put_behind_but_no_file_is_replaced_unasked(window, dialog, named, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"old")
    save(dialog, named, tmp_path / "a", "pdf")
    assert (tmp_path / "a.pdf").read_bytes() == b"old" and dialog.isVisible()
    assert "‘a.pdf’ was not saved: it is there already" in said(window)[0]
    save(dialog, named, tmp_path / "a.pdf", "pdf")  # here the question was asked by the dialog for files
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF") and not dialog.isVisible()


def test_nothing_is_written_where_no_file_is_named(dialog, named):
    assert save(dialog, named, None, "pdf") and dialog.isVisible()


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("hinder", ["missing", "read-only", "full"])
def test_a_write_that_fails_is_said_and_leaves_all_as_it_was(window, dialog, named, tmp_path, ending, hinder):
    path = tmp_path / f"a.{ending}"
    path.write_bytes(b"old")
    if hinder == "missing":
        path = tmp_path / "gone" / path.name
    if hinder == "read-only":
        path.chmod(0o444)
    with FullDisk(hinder == "full"):
        save(dialog, named, path, ending)
    assert said(window)[0].startswith(f"The file was not written: ‘a.{ending}’ was not saved: ")
    assert dialog.isVisible() and dialog.chosen.ending == ending
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]
    save(dialog, named, tmp_path / f"b.{ending}", ending)
    assert not dialog.isVisible() and (tmp_path / f"b.{ending}").stat().st_size > 100


class FullDisk:
    """A limit on the size of files fails as a full disk does: with a short write."""

    def __init__(self, full: bool) -> None:
        self.full, self.before = full, resource.getrlimit(resource.RLIMIT_FSIZE)

    def __enter__(self) -> None:
        if self.full:
            resource.setrlimit(resource.RLIMIT_FSIZE, (50, self.before[1]))

    def __exit__(self, *error: object) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self.before)


def test_a_picture_that_would_be_too_large_is_refused_in_words(window, dialog, named, tmp_path):
    for name, value in (("width", 2000.0), ("height", 2000.0), ("dpi", 1200.0)):
        dialog.fields._take(name, value)
    save(dialog, named, tmp_path / "a.png", "png")
    assert "94,488 x 94,488 pixels is too large" in said(window)[0]
    assert dialog.isVisible() and not list(tmp_path.iterdir())


def test_large_pages_are_written(dialog):
    dialog.fields._take("width", 2000.0)
    dialog.fields._take("height", 2000.0)
    assert dialog.export().contents("pdf").startswith(b"%PDF")
    assert b'width="2000mm"' in dialog.export().contents("svg")


# Clipboard


def test_a_figure_is_copied_in_three_formats_at_once(window, dialog):
    expected = {ending: dialog.export().contents(ending) for ending in DRAWN}
    dialog.copy_button.click()
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasImage() and QImage(data.imageData()).size() == QSize(1417, 945)
    for kind, ending in (("image/png", "png"), ("image/svg+xml", "svg"), ("application/pdf", "pdf")):
        assert data.data(kind).data() == expected[ending]
    assert window.statusBar().currentMessage() == "Copied the figure." and dialog.isVisible()


@pytest.mark.parametrize("ending", ["csv", "json", "py"])
def test_numbers_and_scripts_are_copied_as_text(window, dialog, ending):
    expected = dialog.export().contents(ending).decode("utf-8-sig")
    pick(dialog.fields.format, ending)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == expected
    assert FORMATS[ending].title in window.statusBar().currentMessage()


def test_the_plot_in_front_is_copied_without_the_dialog(window):
    window.plots.setCurrentIndex(1)
    window.exporting.copy()
    svg = QGuiApplication.clipboard().mimeData().data("image/svg+xml").data().decode()
    assert "What adds to the headline" in svg
    window.exporting.copy_script()
    assert QGuiApplication.clipboard().text().startswith("# Contributions, drawn by Loss Explorer.")


# Scripts and numbers


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_script_that_is_saved_draws_a_figure_of_the_size_of_the_sheet(window, named, tmp_path, place):
    window.plots.setCurrentIndex(place)
    window.exporting.ask()
    dialog = window.findChild(ExportDialog)
    dialog.fields._take("width", 101.6)
    dialog.fields._take("height", 76.2)
    save(dialog, named, tmp_path / "a.py", "py")
    code = (
        "import runpy, sys\nfound = runpy.run_path(sys.argv[1])\n"
        "found['fig'].savefig(sys.argv[2], dpi=100)\nprint(*found['fig'].get_size_inches())"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-W",
            "error",
            "-W",
            "ignore:FigureCanvasAgg is non",
            "-c",
            code,
            tmp_path / "a.py",
            tmp_path / "a.png",
        ],
        env={**os.environ, "MPLBACKEND": "agg"},
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.stdout.split() == ["4.0", "3.0"], done.stderr
    assert QImage(str(tmp_path / "a.png")).size() == QSize(400, 300)


def test_numbers_are_read_back_exactly(dialog, named, tmp_path):
    (figure,) = dialog.export().page.figures
    save(dialog, named, tmp_path / "a.csv", "csv")
    header, *rows = csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig")))
    assert header == [figure.x.label, *(series.label for series in figure.series)]
    for place, series in enumerate(figure.series, 1):
        found = np.array([(float(row[0]), float(row[place])) for row in rows if row[place]])
        assert np.array_equal(found, np.stack([series.x, series.y], 1), equal_nan=True)


# Back again


def drop(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPoint(10, 10).toPointF(), Qt.DropAction.CopyAction, data, buttons, keys))


@pytest.mark.parametrize("ending", DRAWN)
def test_a_figure_that_is_dropped_brings_its_study_back(qtbot, window, dialog, named, tmp_path, ending):
    study = window.document.study
    save(dialog, named, tmp_path / f"a.{ending}", ending)
    window.document.open(examples.load("B_hinge"))
    drop(window, tmp_path / f"a.{ending}")
    qtbot.waitUntil(lambda: window.document.study == study)
    assert window.filing.path is None


@pytest.mark.parametrize("ending", DRAWN)
def test_a_figure_that_was_tampered_with_is_refused_in_words(qtbot, window, dialog, named, tmp_path, ending):
    changed = dialog.export().study.replace(b"0.95", b"0.94")
    assert changed != dialog.export().study
    dialog._carried = changed
    save(dialog, named, tmp_path / f"a.{ending}", ending)
    assert study_in((tmp_path / f"a.{ending}").read_bytes()) == changed
    before = window.document.study
    drop(window, tmp_path / f"a.{ending}")
    qtbot.waitUntil(lambda: bool(said(window)))
    assert "not as it was saved" in said(window)[0] and window.document.study is before


# All results


def test_all_results_are_written_beside_the_window(qtbot, window, named, tmp_path, monkeypatch):
    study, going = window.document.study, Event()
    expected = results.csv(study)

    def parts(study):
        yield b""
        assert going.wait(20)
        yield expected

    monkeypatch.setattr(results, "parts", parts)
    named(tmp_path / "all")
    window.exporting.ask_for_results()
    assert window.statusBar().currentMessage() == "Writing ‘all.csv’ …"
    window.document.open(examples.load("B_hinge"))  # the window goes on meanwhile
    assert not (tmp_path / "all.csv").exists()
    going.set()
    qtbot.waitUntil(lambda: window.statusBar().currentMessage() == "Exported ‘all.csv’.")
    assert (tmp_path / "all.csv").read_bytes() == expected
    assert [path.name for path in tmp_path.iterdir()] == ["all.csv"]


def test_results_are_those_of_the_study_that_was_on_show(qtbot, window, named, tmp_path):
    expected = results.csv(window.document.study)
    named(tmp_path / "all.csv")
    window.exporting.ask_for_results()
    window.document.open(examples.load("B_hinge"))
    qtbot.waitUntil(lambda: (tmp_path / "all.csv").exists())
    qtbot.waitUntil(lambda: window.statusBar().currentMessage() == "Exported ‘all.csv’.")
    assert (tmp_path / "all.csv").read_bytes() == expected


def test_results_that_cannot_be_written_are_said(qtbot, window, named, tmp_path):
    named(tmp_path / "gone" / "all.csv")
    window.exporting.ask_for_results()
    qtbot.waitUntil(lambda: bool(said(window)))
    assert "there is no folder" in said(window)[0]


def test_memory_that_does_not_suffice_is_said(qtbot, window, named, tmp_path, monkeypatch):
    def parts(study):
        yield b"a"
        raise MemoryError

    monkeypatch.setattr(results, "parts", parts)
    (tmp_path / "all.csv").write_bytes(b"old")
    named(tmp_path / "all.csv")
    window.exporting.ask_for_results()
    qtbot.waitUntil(lambda: bool(said(window)))
    assert "too little memory" in said(window)[0]
    assert (tmp_path / "all.csv").read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1


def test_closing_the_window_gives_up_what_is_being_written(window, named, tmp_path, monkeypatch):
    begun = Event()

    def parts(study):
        while True:
            yield b"x" * 1000
            begun.set()

    monkeypatch.setattr(results, "parts", parts)
    (tmp_path / "all.csv").write_bytes(b"old")
    named(tmp_path / "all.csv")
    window.exporting.ask_for_results()
    assert begun.wait(20)
    window.close_unasked()
    assert not any(thread.is_alive() for thread in window.exporting._writer._threads)
    assert (tmp_path / "all.csv").read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1
