"""The colours of each look."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtGui import QColor


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
    shade
        The ground of the greatest values in shaded tables, ink at least 4.5:1 on it.
    below, above
        The full colours of numbers below and above 0 in images, told apart by the colour-blind.
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
    shade: str
    below: str
    above: str
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
    shade="#86c0e8",
    below="#0067a8",
    above="#c95000",
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
    shade="#1f5f8f",
    below="#5bb8f0",
    above="#f79a50",
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

# A lit room adds a fifth of the projector's white: only black and white text stays readable, so nothing is
# quiet, and the curves' colours are those that stay apart then, under three kinds of colour blindness too.
PROJECTED_LIGHT = replace(
    LIGHT,
    panel="#ffffff",
    ink="#000000",
    quiet="#000000",
    line="#d0d0d0",
    accent="#000077",
    warning="#550011",
    below="#000077",
    above="#cc4400",
    losses=("#000077", "#cc4400", "#550011", "#0000ff", "#667788", "#aa55cc"),
)

PROJECTED_DARK = replace(
    DARK,
    ground="#1a1a1a",
    panel="#1a1a1a",
    card="#1a1a1a",
    ink="#ffffff",
    quiet="#ffffff",
    line="#4a4a4a",
    accent="#33bbff",
    warning="#ddaa22",
    below="#33bbff",
    above="#ddaa22",
    losses=("#33bbff", "#ddaa22", "#ccffbb", "#ffee11", "#33ffff", "#aabbaa"),
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}
PROJECTED = {theme.name: theme for theme in (PROJECTED_LIGHT, PROJECTED_DARK)}
