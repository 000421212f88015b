"""What a figure is drawn on: its size and its look, as people choose them and as they are remembered."""

from __future__ import annotations

from dataclasses import dataclass

INCH = 25.4
"""Millimetres to the inch."""

UNITS = {"mm": 1.0, "cm": 10.0, "in": INCH}
"""Millimetres of each unit of length."""

ENDINGS = ("pdf", "svg", "png", "csv", "json", "py")
"""Of the files that a figure can be written as, without the dot."""

LEAST, MOST = 20.0, 2000.0
"""Millimetres that a side of a sheet may have."""

PARTS = ("title", "legend", "caption", "point")
"""The parts of a figure that can be left out."""

LEAST_DPI, MOST_DPI = 36, 1200
LEAST_TEXT, MOST_TEXT = 4.0, 72.0
MOST_PIXELS = 200_000_000
"""Pixels of the largest picture: it takes four bytes for each while it is drawn."""


@dataclass(frozen=True)
class Sheet:
    """What figures are drawn on.

    Parameters
    ----------
    width, height
        In millimetres, from 20 to 2000.
    dpi
        Pixels to the inch, of pictures.
    text
        Size of the text of axes' names, in points; lines and markers are in proportion to it.
    theme
        'light' or 'dark'.
    clear
        Whether nothing is drawn behind figures.
    title, legend, caption, point
        Whether these are drawn; the point is where the study's prediction stands on its curves.
    outlines
        Whether letters in SVG are drawn as outlines, which look the same without their font.

    Raises
    ------
    ValueError
        If a number lies outside its range; the message says which.
    """

    width: float = 120.0
    height: float = 80.0
    dpi: int = 300
    text: float = 9.0
    theme: str = "light"
    clear: bool = False
    title: bool = True
    legend: bool = True
    caption: bool = True
    point: bool = True
    outlines: bool = False

    def __post_init__(self) -> None:
        for name, value, low, high, unit in (
            ("width", self.width, LEAST, MOST, "mm"),
            ("height", self.height, LEAST, MOST, "mm"),
            ("resolution", self.dpi, LEAST_DPI, MOST_DPI, "dpi"),
            ("size of the text", self.text, LEAST_TEXT, MOST_TEXT, "points"),
        ):
            if not low <= value <= high:
                raise ValueError(f"The {name} of a figure is from {low:g} to {high:g} {unit}, not {value:g}.")
        if self.theme not in ("light", "dark"):
            raise ValueError(f"A figure is light or dark, not ‘{self.theme}’.")

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of a picture."""
        return round(self.width / INCH * self.dpi), round(self.height / INCH * self.dpi)


PAPERS = {
    "Column of a paper": (85.0, 64.0, 7.5),
    "Text width of a paper": (120.0, 80.0, 9.0),
    "Width of a page": (170.0, 110.0, 10.0),
    "Slide 16:9": (338.67, 190.5, 20.0),
}
"""Sizes that are asked for again and again: width and height in millimetres, and text in points."""


def millimetres(text: str) -> float:
    """Return a length such as '120mm', '12 cm' or '4.7in' in millimetres.

    Raises
    ------
    ValueError
        If it is none; the message says what one is.
    """
    words = text.strip().lower().replace("inch", "in").replace('"', "in")
    for unit, factor in UNITS.items():
        number = words.removesuffix(unit).strip()
        if words.endswith(unit) and number.replace(".", "", 1).isdigit() and number.isascii():
            return float(number) * factor
    raise ValueError(f"‘{text}’ is no length such as 120mm, 12cm or 4.7in")
