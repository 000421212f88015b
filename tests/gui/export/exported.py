"""Exports of studies, and what other programs make of their files."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage

from lossgui.core.study import Study
from lossgui.core.table import Array
from lossgui.files.sheet import Sheet
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.export.contents import Export, carried, export_of
from lossgui.gui.export.headless import close, settle
from lossgui.gui.plot_tabs import PlotTabs
from lossgui.gui.plots import PLOTS

DPI = 96

needs_rsvg = pytest.mark.skipif(not shutil.which("rsvg-convert"), reason="needs librsvg2-bin")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs poppler-utils")


@contextmanager
def tabs_of(study: Study) -> Iterator[tuple[Document, PlotTabs]]:
    """Give the plots of a study, all of which is computed, without a window."""
    style.apply("light")
    document = Document(study)
    tabs = PlotTabs(document, PLOTS[0].name)
    settle(document)
    try:
        yield document, tabs
    finally:
        close(document, tabs)


def exports(study: Study, sheet: Sheet) -> dict[str, Export]:
    """Return every plot of a study in each of its ways, by a name of its own."""
    found = {}
    with tabs_of(study) as (document, tabs):
        for place, plot in enumerate(PLOTS):
            view = tabs.made(place)
            for way in plot.ways:
                view.way = way
                found[f"{plot.name} {way}".strip()] = export_of(document, [view], sheet, carried(study))
    return found


def export(study: Study, plot: str = "curve", **sheet: Any) -> Export:
    """Return one plot of a study."""
    return exports(study, Sheet(**sheet))[plot]


def drawn(data: bytes, ending: str, folder: Path, dpi: int = DPI) -> Array:
    """Return what a reader of a format makes of a file: shape (height, width, 3), from 0 to 1."""
    source, target = folder / f"figure.{ending}", folder / "drawn.png"
    source.write_bytes(data)
    if ending == "svg":
        run("rsvg-convert", "-d", dpi, "-p", dpi, "-b", "white", source, "-o", target)
    elif ending == "pdf":
        run("pdftoppm", "-r", dpi, "-png", "-singlefile", source, target.with_suffix(""))
    else:
        target = source
    return pixels(QImage(str(target)))


def pixels(image: QImage) -> Array:
    """Return a picture as numbers, shape (height, width, 3), from 0 to 1."""
    assert not image.isNull()
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    result: Array = flat[:, : 3 * image.width()].reshape(image.height(), image.width(), 3) / 255
    return result


def run(*command: object) -> str:
    """Run another program and return what it writes."""
    done = subprocess.run([str(word) for word in command], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def difference(one: Array, other: Array) -> float:
    """Return by how much two pictures differ in the square where they differ most, from 0 to 1.

    Squares of 8 pixels are compared, each where it fits best, a pixel aside at most: readers smooth edges and
    place letters in ways of their own.
    """
    height, width = (min(sides) for sides in zip(one.shape[:2], other.shape[:2], strict=True))
    one, other = one[1 : height - 1, 1 : width - 1], other[:height, :width]
    aside = [
        blurred(one - other[down : height - 2 + down, right : width - 2 + right])
        for down in range(3)
        for right in range(3)
    ]
    return float(np.min([np.abs(squares).max(axis=2) for squares in aside], axis=0).max())


def blurred(picture: Array, size: int = 8) -> Array:
    """Return the means of squares of so many pixels."""
    height, width = (side // size for side in picture.shape[:2])
    cut = picture[: size * height, : size * width]
    result: Array = cut.reshape(height, size, width, size, 3).mean(axis=(1, 3))
    return result
