"""How everything looks, in one place: theme, sizes of text, widths of lines; window and projector."""

from __future__ import annotations

from dataclasses import dataclass, fields
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from lossgui.gui.themes import PROJECTED, THEMES, Theme
from lossgui.resources import resource

GRID = 8
"""Distances are multiples of this many pixels."""

DASHES: tuple[tuple[float, ...], ...] = ((), (5, 3), (1, 2), (7, 2, 1, 2), (10, 3), (3, 3), (1, 3, 1, 6))
"""A dash for each colour of a loss, in widths of the line, so that colour is never alone; () is solid."""

MARKERS = ("circle", "square", "triangle", "diamond", "pentagon", "hexagon", "star")
"""A marker for each colour of a loss."""


@dataclass(frozen=True)
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


@dataclass
class _Look:
    """What is on show: a theme's name, the zoom of all text, the projector's lines, if there is one."""

    theme: str = "light"
    zoom: float = 1.0
    projector: float | None = None


_look = _Look()


def theme() -> Theme:
    """Return the theme on show."""
    return (THEMES if _look.projector is None else PROJECTED)[_look.theme]


def zoom() -> float:
    """Return the factor of all text."""
    return _look.zoom


def apply(name: str) -> None:
    """Show the whole application in a theme; every widget gets a PaletteChange event."""
    _look.theme = THEMES[name].name
    _show()


def zoom_to(factor: float) -> None:
    """Show all text larger or smaller, from half to four times its size."""
    _look.zoom = min(max(factor, LEAST_ZOOM), MOST_ZOOM)
    _show()


def project(height: float | None) -> None:
    """Show everything for a projector with so many lines, or, with None, for the window again."""
    _look.projector = height
    _show()


def _show() -> None:
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
