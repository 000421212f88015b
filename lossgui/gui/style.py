"""Every colour, width and size of text, in one place; light and dark."""

from __future__ import annotations

from dataclasses import dataclass, fields
from string import Template

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from lossgui.resources import resource

GRID = 8
"""Distances are multiples of this many pixels."""

DASHES: tuple[tuple[float, ...], ...] = ((), (5, 3), (1, 2), (7, 2, 1, 2), (10, 3), (3, 3), (1, 3, 1, 6))
"""A dash for each colour of a loss, in widths of the line, so that colour is never alone; () is solid."""

MARKERS = ("o", "s", "t", "d", "p", "h", "star")
"""A marker for each colour of a loss, by pyqtgraph's names."""

CURVE_WIDTH = 2.5

SMALL, BODY, HERO = 9.0, 10.5, 26.0
"""The three sizes of text, in points."""

WORKING = 13.0
"""The size of the formula under a plot."""


@dataclass(frozen=True)
class Theme:
    """The colours of one look, as '#rrggbb'.

    Parameters
    ----------
    ground, panel, card, chip
        Backgrounds: window and tables, the column of losses, a card in it, a chip or a note.
    ink, quiet, line
        Text, secondary text (at least 4.5:1 on ground and panel), the hair lines between parts.
    accent, on_accent, warning
        What can be clicked or is in focus, text on it, and what needs attention.
    losses, classes
        A colour for each loss and each class, at least 3:1 on ground.
    """

    name: str
    ground: str
    panel: str
    card: str
    chip: str
    ink: str
    quiet: str
    line: str
    accent: str
    on_accent: str
    warning: str
    losses: tuple[str, ...]
    classes: tuple[str, ...]

    def loss(self, index: int) -> QColor:
        """Return the colour of a loss; they repeat, with other dashes."""
        return QColor(self.losses[index % len(self.losses)])

    def of_class(self, index: int) -> QColor:
        """Return the colour of a class."""
        return QColor(self.classes[index % len(self.classes)])


LIGHT = Theme(
    name="light",
    ground="#ffffff",
    panel="#f5f5f2",
    card="#ffffff",
    chip="#efefeb",
    ink="#16181a",
    quiet="#5a5f63",
    line="#e2e2de",
    accent="#0068a5",
    on_accent="#ffffff",
    warning="#b34700",
    losses=("#0072b2", "#d55e00", "#008060", "#b0568a", "#16181a", "#a66f00", "#2f86bd"),
    classes=(
        "#cc6677",
        "#4a3fa0",
        "#997700",
        "#117733",
        "#4393c3",
        "#882255",
        "#2f8f80",
        "#7a7a29",
        "#aa4499",
    ),
)

DARK = Theme(
    name="dark",
    ground="#1f2122",
    panel="#181a1b",
    card="#222527",
    chip="#2c3033",
    ink="#f1f2f2",
    quiet="#a9aeb1",
    line="#36393b",
    accent="#58b6ee",
    on_accent="#0c1116",
    warning="#ffb066",
    losses=("#56b4e9", "#e69f00", "#2fd39c", "#e28cc0", "#f1f2f2", "#ff7f50", "#9fb4ff"),
    classes=(
        "#e38a99",
        "#9a8ff0",
        "#d6c36a",
        "#53b36f",
        "#88ccee",
        "#d1689d",
        "#5cc4b3",
        "#b9b95c",
        "#cf7fc4",
    ),
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}

_current = LIGHT


def theme() -> Theme:
    """Return the theme on show."""
    return _current


def apply(name: str) -> None:
    """Show the whole application in a theme; every widget gets a PaletteChange event."""
    global _current
    _current = THEMES[name]
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    font = app.font()
    font.setPointSizeF(BODY)
    app.setFont(font)
    app.setPalette(palette(_current))
    app.setStyleSheet(sheet(_current))


def font(size: float = BODY, bold: bool = False) -> QFont:
    """Return the program's font in one of the three sizes."""
    result = QFont(QApplication.font())
    result.setPointSizeF(size)
    result.setBold(bold)
    return result


def formula(size: float = BODY) -> QFont:
    """Return the font of formulas and of working."""
    result = QFont(["DejaVu Serif", "STIX Two Text", "Cambria", "Times New Roman", "serif"])
    result.setStyleHint(QFont.StyleHint.Serif)
    result.setPointSizeF(size)
    return result


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
