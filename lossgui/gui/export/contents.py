"""What is exported, in each of the formats: pages that are drawn, and the figures' numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor, QFontInfo

from lossgui.core.figures import Figure
from lossgui.core.study import Study
from lossgui.files.figures import script, table
from lossgui.files.figures.caption import caption
from lossgui.files.figures.carried import MOST
from lossgui.files.figures.look import Look
from lossgui.files.sheet import INCH, Sheet
from lossgui.files.studies import Kept, encode
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.export.formats import DRAWN
from lossgui.gui.export.page import Page
from lossgui.gui.marks import THIN
from lossgui.gui.plots.view import FigureView


@dataclass(frozen=True)
class Format:
    """A format of files.

    Parameters
    ----------
    ending
        Of its files, without the dot.
    title, words
        What it is called, and what it is for.
    """

    ending: str
    title: str
    words: str

    @property
    def drawn(self) -> bool:
        """Whether its files are pages; the others hold one figure's numbers."""
        return self.ending in DRAWN


FORMATS = {
    format.ending: format
    for format in (
        Format("pdf", "PDF", "Lines and letters, for papers and slides; its fonts are embedded."),
        Format("svg", "SVG", "Lines and letters that drawing programs and browsers open."),
        Format("png", "PNG", "A picture of so many pixels, for all that takes nothing else."),
        Format("csv", "CSV", "The figure's numbers, all their digits, for spreadsheets and data frames."),
        Format("json", "JSON", "All that the figure shows, as data."),
        Format("py", "Python", "A script that draws the same figure with matplotlib."),
    )
}
"""What a figure can be written as, by the ending of the file."""


@dataclass(frozen=True)
class Export:
    """Figures of a study on a sheet.

    Parameters
    ----------
    page
        The figures, as they are drawn.
    study
        The study as it is saved; empty where it is too large for figures to carry it.
    """

    page: Page
    study: bytes

    def contents(self, ending: str) -> bytes:
        """Return the bytes of a file.

        Raises
        ------
        ValueError
            If the format takes one figure and there are several, or a picture would be too large.
        """
        if ending in DRAWN:
            return DRAWN[ending](self.page, self.study)
        if len(self.page.figures) != 1:
            raise ValueError(f"{FORMATS[ending].title} holds one figure: choose one plot.")
        (figure,) = self.page.figures
        if ending == "py":
            return script.script(self.page.shown(figure), look(self.page.sheet)).encode()
        return table.csv(figure) if ending == "csv" else table.json(figure)


def export_of(document: Document, views: Sequence[FigureView], sheet: Sheet, carries: bytes) -> Export:
    """Return what some views show, to be exported on a sheet.

    Parameters
    ----------
    carries
        The study as it is saved, from `carried`.
    """
    study, figures = document.study, tuple(view.figure() for view in views)
    title = study.title or "Untitled"
    return Export(Page(figures, title, words(study, figures, views), sheet), carries)


def words(study: Study, figures: tuple[Figure, ...], views: Sequence[FigureView]) -> str:
    """Return the caption of some figures together."""
    shown = [view.shows for view in views]
    choices = None if None in shown else sorted({place for places in shown for place in places or ()})
    return caption(study, figures[0] if len(figures) == 1 else None, choices)


def carried(study: Study, kept: Kept | None = None) -> bytes:
    """Return a study as figures carry it, or nothing where it is too large.

    Parameters
    ----------
    kept
        What the study's file holds besides.
    """
    # Each number takes two bytes at least: a million rows need not be written to see that they are too many.
    if 2 * study.samples * len(study.classes) > MOST:
        return b""
    data = encode(study, kept)
    return data if len(data) <= MOST else b""


def look(sheet: Sheet) -> Look:
    """Return how a script draws a figure on a sheet."""
    point = sheet.text / style.BODY.points
    with style.on_paper(sheet.theme):
        theme, family = style.theme(), QFontInfo(style.font()).family()
    return Look(
        ground="#00000000" if sheet.clear else theme.ground,
        chip=theme.chip,
        ink=theme.ink,
        quiet=theme.quiet,
        line=theme.line,
        below=theme.below,
        above=theme.above,
        losses=tuple(QColor(colour).name() for colour in theme.losses),
        classes=tuple(QColor(colour).name() for colour in theme.classes),
        dashes=style.DASHES,
        markers=style.MARKERS,
        size=(round(sheet.width / INCH, 4), round(sheet.height / INCH, 4)),
        fonts=(family, "DejaVu Sans"),
        points=sheet.text,
        # Widths are pixels in the window, 96 to the inch, and points in a script.
        curve=0.75 * point * style.CURVE,
        slope=0.75 * point * THIN,
    )
