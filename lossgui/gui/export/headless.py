"""Figures without a window: one as the command line asks for it, or a gallery of all examples."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop

from lossgui.files import examples
from lossgui.files.save import save
from lossgui.files.sheet import LEAST, PARTS, Sheet
from lossgui.files.studies import Saved
from lossgui.gui import style
from lossgui.gui.application import application
from lossgui.gui.document import Document
from lossgui.gui.export.contents import FORMATS, carried, export_of
from lossgui.gui.export.formats import DRAWN
from lossgui.gui.plot_tabs import PlotTabs
from lossgui.gui.plots import PLOTS

GALLERY = Sheet(dpi=144)
"""What the figures of the gallery are drawn on."""

SHAPE = 2 / 3
"""Height over width of a figure whose width alone is asked for."""


def export(saved: Saved, options: Namespace) -> None:
    """Write the figure that the command line asks for.

    Raises
    ------
    ValueError
        If its file has no ending that is known, or the sheet cannot be.
    OSError
        If it cannot be written.
    """
    target: Path = options.export
    ending = target.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        listed = ", ".join(f".{known}" for known in FORMATS)
        raise ValueError(f"‘{target.name}’ has none of the endings {listed}.")
    begin()
    with_study = carried(saved.study, saved.kept)
    document = Document(saved.study)
    tabs = PlotTabs(document, PLOTS[0].name)
    settle(document)
    try:
        views = [tabs.named(*asked) for asked in options.plot]
        save(target, export_of(document, views, sheet_of(options), with_study).contents(ending))
    finally:
        close(document, tabs)


def begin() -> None:
    """Start Qt such that the same letters are drawn in every locale."""
    # Fontconfig would else prefer other fonts, and measure them in another way, where people write Chinese.
    os.environ["FC_LANG"] = "en"
    application()
    style.apply("light")


def sheet_of(options: Namespace) -> Sheet:
    """Return the sheet that the command line asks for.

    Raises
    ------
    ValueError
        If a number lies outside its range.
    """
    asked = {name: getattr(options, name) for name in ("width", "height", "dpi", "text", "theme")}
    given: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
    if "width" in given:
        given.setdefault("height", max(LEAST, round(SHAPE * given["width"], 1)))
    given |= {part: part not in options.without for part in PARTS}
    return Sheet(**given, clear=options.transparent, outlines=options.outlines)


def settle(document: Document) -> None:
    """Wait until all is computed."""
    if document.computing:
        loop = QEventLoop()
        document.changed.connect(loop.quit)
        loop.exec()


def close(document: Document, tabs: PlotTabs) -> None:
    """Put away what was made for figures."""
    document.close()
    tabs.deleteLater()
    application().processEvents()


# The gallery


@dataclass(frozen=True)
class Picture:
    """A figure of the gallery: what it is called, and the stem of its files."""

    title: str
    stem: str


def gallery(folder: Path) -> int:
    """Write every plot of every example in every format and theme, with an index; return how many figures.

    Raises
    ------
    OSError
        If a file cannot be written.
    """
    begin()
    folder.mkdir(parents=True, exist_ok=True)
    sections = []
    for example in examples.examples():
        pictures = list(_pictures(example.name, folder))
        sections.append((example.title, pictures))
    save(folder / "index.html", index(sections).encode())
    return sum(len(pictures) for _, pictures in sections)


def _pictures(name: str, folder: Path) -> Iterator[Picture]:
    """Write all figures of an example."""
    study = examples.load(name)
    document, with_study = Document(study), carried(study)
    tabs = PlotTabs(document, PLOTS[0].name)
    settle(document)
    for place, plot in enumerate(PLOTS):
        view = tabs.made(place)
        for way in plot.ways:
            view.way = way
            for theme in ("light", "dark"):
                made = export_of(document, [view], replace(GALLERY, theme=theme), with_study)
                stem = "-".join(part for part in (name, plot.name, way, theme) if part)
                for ending, drawn in DRAWN.items():
                    save(folder / f"{stem}.{ending}", drawn(made.page, made.study))
                yield Picture(f"{plot.title} {way}".strip(), stem)
    close(document, tabs)


def index(sections: list[tuple[str, list[Picture]]]) -> str:
    """Return the page that shows the gallery."""
    return _PAGE.format("".join(_section(title, pictures) for title, pictures in sections))


def _section(title: str, pictures: list[Picture]) -> str:
    return f"<h2>{escape(title)}</h2>\n<div>\n{''.join(map(_figure, pictures))}</div>\n"


def _figure(picture: Picture) -> str:
    stem = escape(picture.stem, quote=True)
    links = " ".join(f'<a href="{stem}.{ending}">{ending.upper()}</a>' for ending in DRAWN)
    return (
        f'<figure><img src="{stem}.png" alt="{escape(picture.stem, quote=True)}" loading="lazy">'
        f"<figcaption>{escape(picture.title)}: {links}</figcaption></figure>\n"
    )


_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Loss Explorer: gallery</title>
<style>
body {{ font-family: sans-serif; margin: 2em; background: #f5f5f2; color: #16181a; }}
div {{ display: flex; flex-wrap: wrap; gap: 1em; }}
figure {{ margin: 0; width: 30em; }}
img {{ width: 100%; border: 1px solid #e2e2de; }}
</style></head><body>
<h1>Loss Explorer: every plot of every example</h1>
{}</body></html>
"""
