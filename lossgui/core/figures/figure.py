"""A figure: everything that a plot shows, as data. All that is visible is here, and nothing of a screen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lossgui.core import text
from lossgui.core.figures.image import Image
from lossgui.core.table import Array

LONGEST = 40
"""Characters of a name that a figure shows; people type names of any length."""


@dataclass(frozen=True)
class Colour:
    """A place in a palette.

    Parameters
    ----------
    palette
        'losses', 'classes', or one of 'ink', 'quiet' and 'ground', which have one colour each.
    index
        For losses, also the place in the dashes and markers.
    """

    palette: str
    index: int = 0


INK, QUIET, GROUND = Colour("ink"), Colour("quiet"), Colour("ground")


@dataclass(frozen=True)
class Axis:
    """One axis.

    Parameters
    ----------
    label
        What is along it, with its unit.
    low, high
        The ends of the frame; low < high.
    ticks
        (value, text), from low to high.
    categories
        Whether the ticks name categories, which stand at whole numbers and have no grid lines.
    """

    label: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    categories: bool = False


@dataclass(frozen=True, eq=False)
class Series:
    """A curve.

    Parameters
    ----------
    label
        What it is called, in the legend and as a column.
    x, y
        Shape (n,), float64; x rises. A y that is not finite is not drawn and breaks the line.
    colour
        Place in the palette, the dashes and the markers of losses.
    role
        'loss', or 'gradient', which is drawn thinner.
    value
        The number at the current x.
    own
        The place in `x` that is there for the current x alone. A curve is drawn without it, so that it stays
        the same while that is dragged along it.
    """

    label: str
    x: Array
    y: Array
    colour: int
    role: str = "loss"
    value: float = float("nan")
    own: int | None = None


@dataclass(frozen=True)
class Point:
    """A marker on a curve; beyond the frame, infinity included, it is drawn on the frame's edge."""

    x: float
    y: float
    colour: int
    draggable: bool = False


@dataclass(frozen=True)
class Note:
    """Words in the frame.

    Parameters
    ----------
    x, y
        Where it belongs.
    side
        Where the words stand of that: 'right', 'left', 'above', 'below' or 'centre'.
    arrow
        'up' or 'down' where the curve goes on beyond the frame; else empty.
    line
        How many lines further down it stands, so that notes at one place do not overlap.
    short
        What stands there instead where others leave no room for all of it.
    """

    x: float
    y: float
    text: str
    side: str = "right"
    arrow: str = ""
    colour: Colour = QUIET
    line: int = 0
    short: str = ""


@dataclass(frozen=True, eq=False)
class Bars:
    """Rectangles.

    Parameters
    ----------
    left, right, bottom, top
        Their edges, shape (n,), finite.
    values
        The number that each stands for, shape (n,); not finite where the rectangle is cut at the frame.
    colours, categories, groups
        Of each: its colour, the category on the axis, and what it is a part of ('' where it is the whole).
    horizontal
        Whether they grow to the right.
    """

    left: Array
    right: Array
    bottom: Array
    top: Array
    values: Array
    colours: tuple[Colour, ...]
    categories: tuple[str, ...]
    groups: tuple[str, ...]
    horizontal: bool = False

    def at(self, x: float, y: float) -> int | None:
        """Return which rectangle holds a place, or None."""
        inside = (self.left <= x) & (x <= self.right) & (self.bottom <= y) & (y <= self.top)
        return int(np.argmax(inside)) if inside.any() else None


@dataclass(frozen=True)
class Entry:
    """A line of a legend or a read-out.

    Parameters
    ----------
    mark
        What stands before it: 'line' with its marker, 'thin' line, 'bar', or '' for a heading.
    """

    label: str
    value: str
    colour: Colour
    mark: str = "line"


BESIDE, BELOW = "beside", "below"
"""Places of a legend outside the frame, which is smaller then."""


@dataclass(frozen=True)
class Legend:
    """What the colours mean.

    Parameters
    ----------
    place
        Where it covers least, as 'top right', or `BESIDE` or `BELOW`.
    columns
        How many entries stand beside one another.
    """

    entries: tuple[Entry, ...]
    place: str = "top right"
    columns: int = 1


@dataclass(frozen=True, eq=False)
class Figure:
    """What a plot shows.

    Parameters
    ----------
    name
        What kind of figure it is, as in code: the stem of a file it is written to.
    title, subtitle
        What stands above the frame, each line of it in as many as it needs; may be empty.
    current
        The x at which a dotted line stands; None for none.
    bounds
        The least and greatest x to which points can be dragged; None where they cannot.
    description
        Sentences that say what is to be seen, with its numbers, for those who hear it.
    """

    name: str
    title: str
    x: Axis
    y: Axis
    series: tuple[Series, ...] = ()
    points: tuple[Point, ...] = ()
    bars: Bars | None = None
    notes: tuple[Note, ...] = ()
    legend: Legend | None = None
    current: float | None = None
    bounds: tuple[float, float] | None = None
    subtitle: str = ""
    description: str = ""
    image: Image | None = None

    def nearest(self, x: float) -> float | None:
        """Return the x nearest to some x at which values are known, if any lies inside the bounds."""
        if not self.series or self.bounds is None or not self.bounds[0] <= x <= self.bounds[1]:
            return None
        known = self.series[0].x
        return float(known[_nearest(known, x)])

    def read(self, x: float) -> tuple[Entry, ...]:
        """Return the value of each series at the known x that is nearest to `x`."""
        return tuple(
            Entry(
                series.label,
                text.number(float(series.y[_nearest(series.x, x)])),
                Colour("losses", series.colour),
                "line" if series.role == "loss" else "thin",
            )
            for series in self.series
        )


def _nearest(known: Array, x: float) -> int:
    return int(np.argmin(np.abs(known - x)))


def words(name: str, sentence: str) -> Figure:
    """Return a figure that says why there is nothing to draw."""
    note = Note(0.5, 0.5, sentence, "centre")
    return Figure(name, "", Axis("", 0, 1, ()), Axis("", 0, 1, ()), notes=(note,), description=sentence)


def shortened(name: str, longest: int = LONGEST) -> str:
    """Return a name on one line, the middle of a long one left out."""
    name = " ".join(name.split())
    if len(name) <= longest:
        return name
    half = (longest - 1) // 2
    return f"{name[: longest - 1 - half]}…{name[-half:]}"
