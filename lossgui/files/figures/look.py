"""How a script draws: the colours, dashes and markers of a theme, and the sizes of a page."""

from __future__ import annotations

from dataclasses import dataclass

from lossgui.core.figures import Axis, Colour

MARKERS = {
    "circle": "o",
    "square": "s",
    "triangle": "v",
    "diamond": "d",
    "pentagon": "p",
    "hexagon": "h",
    "star": "*",
}
"""What matplotlib calls the markers."""

SHARE = 0.75
"""The share of a page's width and height that the frame has, about."""

PALE = "4d"
"""The opacity, 0.3, of what is no part of its own, such as the rest."""


@dataclass(frozen=True)
class Look:
    """How a figure is drawn.

    Parameters
    ----------
    ground, chip, ink, quiet, line, below, above, losses, classes
        Colours as '#rrggbb', as a theme of the window has them.
    dashes
        For each colour of a loss, in widths of the line; () is solid.
    markers
        For each colour of a loss, as `MARKERS` names them.
    size
        Width and height in inches.
    fonts
        Families, the one to be taken first before all.
    points
        Size of the text.
    curve, slope
        Widths of lines, in points.
    """

    ground: str
    chip: str
    ink: str
    quiet: str
    line: str
    below: str
    above: str
    losses: tuple[str, ...]
    classes: tuple[str, ...]
    dashes: tuple[tuple[float, ...], ...]
    markers: tuple[str, ...]
    size: tuple[float, float] = (6.5, 4.5)
    fonts: tuple[str, ...] = ("DejaVu Sans",)
    points: float = 9.0
    curve: float = 1.9
    slope: float = 1.1

    def pitch(self, axis: Axis, upright: bool) -> float:
        """Return about how many points a step of 1 is long on an axis, which stands upright or lies."""
        return 72 * SHARE * self.size[upright] / (axis.high - axis.low)

    def of_loss(self, index: int) -> str:
        """Return the colour of a loss."""
        return self.losses[index % len(self.losses)]

    def colour(self, colour: Colour) -> str:
        """Return a figure's colour."""
        if colour.palette == "losses":
            return self.of_loss(colour.index)
        if colour.palette == "classes":
            return self.classes[colour.index % len(self.classes)]
        return {"ink": self.ink, "ground": self.ground}.get(colour.palette, self.quiet)

    def fill(self, colour: Colour) -> str:
        """Return the colour of a bar, which is pale where it is no part of its own."""
        return self.colour(colour) + (PALE if colour.palette == "quiet" else "")

    def hatch(self, colour: Colour) -> str:
        """Return the pattern of a bar, '' for none: classes have one where their colours begin anew."""
        return "...." if colour.palette == "classes" and colour.index >= len(self.classes) else ""

    def dash(self, index: int) -> str | tuple[float, tuple[float, ...]]:
        """Return the dash of a loss, as matplotlib takes it."""
        dash = self.dashes[index % len(self.dashes)]
        return (0, dash) if dash else "-"

    def marker(self, index: int) -> str:
        """Return the marker of a loss, as matplotlib calls it."""
        return MARKERS[self.markers[index % len(self.markers)]]
