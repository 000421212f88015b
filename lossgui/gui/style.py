"""How everything looks, in one place: theme, sizes of text, widths of lines; window and projector."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QImage, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from lossgui.gui.themes import PROJECTED, THEMES, Theme
from lossgui.resources import resource

GRID = 8
"""Distances are multiples of this many pixels."""

DASHES: tuple[tuple[float, ...], ...] = ((), (5, 3), (1, 2), (7, 2, 1, 2), (10, 3), (3, 3), (1, 3, 1, 6))
"""A dash for each colour of a loss, in widths of the line, so that colour is never alone; () is solid."""

MARKERS = ("circle", "square", "triangle", "diamond", "pentagon", "hexagon", "star")
"""A marker for each colour of a loss."""


@dataclass(frozen=True, eq=False)  # each is itself: they are looked up some hundred times an edit
class Size:
    """A size of text: points in the window; on a projector, capitals' share of the screen's height."""

    points: float
    share: float


TICK, SMALL, BODY, HERO = Size(9.0, 0.019), Size(9.0, 0.029), Size(10.5, 0.029), Size(26.0, 0.075)
"""The sizes of text; numbers along axes have one of their own, since they may be smaller on a projector."""

WORKING = Size(13.0, 0.034)
"""The size of the formula under a plot."""

LEAST_ZOOM, MOST_ZOOM = 0.5, 4.0
CURVE, PROJECTED_CURVE = 2.5, 4.5 / 1080
"""The width of a curve: in pixels, and as a share of the projector's height."""


PAPER_FONTS = ("DejaVu Sans", "Helvetica Neue", "Segoe UI")
"""Fonts on paper, the first there is: those of the window depend on the desktop and on its language."""

PAPER_DPI = 96.0
"""Pixels to the inch of what is drawn on paper: the unit of lengths there, whatever the screen's."""


@dataclass(frozen=True, eq=False)
class Look:
    """How all is drawn.

    Parameters
    ----------
    theme
        Its name.
    zoom
        The factor of all text.
    projector
        The projector's lines; None without one.
    paper
        Whether it is drawn on paper: letters then keep their exact widths, at any size.
    clear
        Whether nothing is drawn behind a figure.
    outlines
        Whether letters are drawn as outlines.
    """

    theme: str = "light"
    zoom: float = 1.0
    projector: float | None = None
    paper: bool = False
    clear: bool = False
    outlines: bool = False


_look = Look()


def look() -> Look:
    """Return how all is drawn now."""
    return _look


def theme() -> Theme:
    """Return the theme on show."""
    return _theme(_look)


@lru_cache(16)
def _theme(look: Look) -> Theme:
    result = (THEMES if look.projector is None else PROJECTED)[look.theme]
    return replace(result, ground="#00" + result.ground[1:]) if look.clear else result


def zoom() -> float:
    """Return the factor of all text."""
    return _look.zoom


def apply(name: str) -> None:
    """Show the whole application in a theme; every widget gets a PaletteChange event."""
    _show(replace(_look, theme=THEMES[name].name))


def zoom_to(factor: float) -> None:
    """Show all text larger or smaller, from half to four times its size."""
    _show(replace(_look, zoom=min(max(factor, LEAST_ZOOM), MOST_ZOOM)))


def project(height: float | None) -> None:
    """Show everything for a projector with so many lines, or, with None, for the window again."""
    _show(replace(_look, projector=height))


@contextmanager
def on_paper(name: str, clear: bool = False, outlines: bool = False) -> Iterator[None]:
    """Draw on paper for a while, in a theme; what the window shows stays as it is.

    Parameters
    ----------
    clear, outlines
        As in `Look`.
    """
    global _look
    before, _look = _look, Look(THEMES[name].name, paper=True, clear=clear, outlines=outlines)
    try:
        yield
    finally:
        _look = before


def _show(look: Look) -> None:
    global _look
    _look = look
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    body = app.font()
    body.setPointSizeF(points(BODY))
    app.setFont(body)
    app.setPalette(palette(theme()))
    app.setStyleSheet(sheet(theme()))
    for widget in app.allWidgets():
        dressed = widget.property(DRESS)
        if dressed is not None:
            widget.setFont(_font_of(*dressed))


def points(size: Size) -> float:
    """Return a size of text in points."""
    if _look.projector is None:
        return size.points * _look.zoom
    hundred = QFont(QApplication.font())
    hundred.setPointSizeF(100)
    return 100 * size.share * _look.projector * _look.zoom / QFontMetricsF(hundred).capHeight()


def enlarged() -> float:
    """Return by how much lines and markers are larger than in the window."""
    return 1.0 if _look.projector is None else max(1.0, PROJECTED_CURVE * _look.projector / CURVE)


def font(size: Size = BODY, bold: bool = False) -> QFont:
    """Return the program's font in one of the sizes."""
    result = QFont(QApplication.font())
    result.setPointSizeF(points(size))
    result.setBold(bold)
    if _look.paper:
        result.setFamilies([*PAPER_FONTS, *result.families()])
        result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result


def metrics(font: QFont) -> QFontMetricsF:
    """Return the measures of a font where it is drawn."""
    return QFontMetricsF(font, sheet_of_paper(1, 1)) if _look.paper else QFontMetricsF(font)


def sheet_of_paper(width: int, height: int, clear: bool = True) -> QImage:
    """Return an image with the resolution of paper."""
    form = QImage.Format.Format_ARGB32_Premultiplied if clear else QImage.Format.Format_RGB32
    result = QImage(width, height, form)
    result.setDotsPerMeterX(round(PAPER_DPI / 0.0254))
    result.setDotsPerMeterY(round(PAPER_DPI / 0.0254))
    return result


def formula(size: Size = BODY) -> QFont:
    """Return the font of formulas and of working."""
    result = QFont(["DejaVu Serif", "STIX Two Text", "Cambria", "Times New Roman", "serif"])
    result.setStyleHint(QFont.StyleHint.Serif)
    result.setPointSizeF(points(size))
    return result


def code(size: Size = BODY) -> QFont:
    """Return the font of what is typed as code, its letters all of one width."""
    result = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    result.setPointSizeF(points(size))
    return result


DRESS = "dress"


def dress(
    widget: QWidget, size: Size, bold: bool = False, formulas: bool = False, coded: bool = False
) -> None:
    """Give a widget a font that follows the size of text on show."""
    widget.setProperty(DRESS, (size, bold, formulas, coded))
    widget.setFont(_font_of(size, bold, formulas, coded))


def _font_of(size: Size, bold: bool, formulas: bool, coded: bool) -> QFont:
    if coded:
        return code(size)
    return formula(size) if formulas else font(size, bold)


def palette(look: Theme) -> QPalette:
    """Return the Qt palette of a theme, all roles and groups."""
    roles = QPalette.ColorRole
    result = QPalette()
    for role, colour in {
        roles.Window: look.ground,
        roles.WindowText: look.ink,
        roles.Base: look.ground,
        roles.AlternateBase: look.panel,
        roles.Text: look.ink,
        roles.Button: look.ground,
        roles.ButtonText: look.ink,
        roles.BrightText: look.ink,
        roles.ToolTipBase: look.chip,
        roles.ToolTipText: look.ink,
        roles.PlaceholderText: look.quiet,
        roles.Highlight: look.accent,
        roles.HighlightedText: look.on_accent,
        roles.Accent: look.accent,
        roles.Link: look.accent,
        roles.LinkVisited: look.accent,
        roles.Light: look.chip,
        roles.Midlight: look.chip,
        roles.Mid: look.line,
        roles.Dark: look.line,
        roles.Shadow: look.line,
    }.items():
        result.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(look.quiet))
    return result


def sheet(look: Theme) -> str:
    """Return the style sheet of a theme."""
    template = Template(resource("style.qss").read_text(encoding="utf-8"))
    check = resource("icons", f"check-{look.name}.svg").as_posix()
    colours = {field.name: getattr(look, field.name) for field in fields(look)}
    return template.substitute(colours, indent=2 * GRID, check=check)
