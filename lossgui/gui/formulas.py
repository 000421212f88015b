"""Formulas as pictures: ziamath sets LaTeX, Qt draws the SVG.

To set a formula takes 1 to 30 ms. Those that follow one another mostly differ in digits, which are equally
wide: so a formula is set once, as a plate with gaps for its digits, and filling those takes 0.1 ms.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import cycle
from typing import Any

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer

DIGITS = "0123456789"
DIGIT = re.compile(r"[\^_](?:\{[^}]*\}|\d)|(\d)")
"""A digit; digits of exponents and indices, which are not equally wide, are passed over with their braces."""

NAME = r"\\(?:ln|log_2|log|exp|tanh|cosh|sigma|mathrm\{\w+\})"
SPACING = (
    # ziamath sets a sign at the beginning of brackets apart from its number, ...
    (re.compile(r"([(\[|,]) ?-"), r"\1 {-}"),
    # ... and the names of functions close to what stands beside them, but far from a dot.
    (re.compile(rf"(?<=[\d.}})]) ({NAME})"), r"\\,\1"),
    (re.compile(rf"({NAME}) (?=[\d\\|{{])"), r"\1\\,"),
    (re.compile(rf"\\cdot ({NAME})"), r"\\cdot\\!\1"),
)

PARTS = ("latex2mathml.converter", "ziamath.zmath")
"""What is imported late, since it takes long."""

TOKEN = re.compile(r"\\[a-zA-Z]+|[^\s\\]")
DEEPER = {"{": 1, "\\left": 1, "\\begin": 2, "}": -1, "\\right": -1, "\\end": -2}
HEAVIEST = 500
"""How much a formula may weigh to be set: about 0.5 s."""

SIZE = 100.0
"""The size in pixels that every formula is set at, to be drawn at any."""

BOLD = 0.5
"""How much stouter bold outlines are, in twelfths of their size: the font's bold digits differ in width."""


@dataclass(frozen=True, eq=False)
class Formula:
    """A picture of a formula.

    Parameters
    ----------
    svg
        As SVG 1.1, its outlines filled.
    width, ascent, descent
        How far it reaches from its origin, which is on the baseline, in pixels.
    area
        Where the picture lies around that origin.
    """

    svg: str
    width: float
    ascent: float
    descent: float
    area: QRectF
    renderer: QSvgRenderer

    def paint(self, painter: QPainter, x: float, baseline: float) -> None:
        """Draw it with its origin at a point."""
        self.renderer.render(painter, self.area.translated(x, baseline))


def load() -> Iterator[None]:
    """Import ziamath in steps of a tenth of a second; if it is missing, formulas stay plain text.

    In the window's thread: an import elsewhere may collect garbage there, which has ended Python.
    """
    for part in PARTS:
        try:
            import_module(part)
        except ImportError:
            return
        yield


def loaded() -> bool:
    """Tell whether formulas can be made without waiting for an import."""
    return sys.modules.get(PARTS[-1]) is not None


@dataclass(frozen=True, eq=False)
class _Plate:
    """A formula that is set, at `SIZE`.

    Its SVG has fields: ink, edge, width, height, and, where it has `gaps`, one for the outline of each digit.
    """

    svg: str
    gaps: bool
    width: float
    ascent: float
    descent: float
    area: tuple[float, ...]


@lru_cache(maxsize=2048)
def formula(latex: str, size: float, colour: str, bold: bool = False) -> Formula | None:
    """Return a formula, or None where it cannot be set.

    Parameters
    ----------
    latex
        Without words: the font has Latin and Greek letters only.
    size
        Of its font, in pixels.
    colour
        As '#rrggbb'.
    """
    if weight(latex) > HEAVIEST:
        return None
    plate = _plate(_with_digits(latex, cycle(DIGITS)))
    if plate is None or not plate.gaps:
        plate = _plate(latex, gaps=False)
    if plate is None:
        return None
    scale = size / SIZE
    left, top, width, height = (scale * side for side in plate.area)
    outlines = [_outlines()[int(digit)] for digit in DIGIT.findall(latex) if digit]
    edge = colour if bold else "none"
    svg = plate.svg.format(*outlines, ink=colour, edge=edge, width=width, height=height)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    sizes = scale * plate.width, scale * plate.ascent, scale * plate.descent
    return Formula(svg, *sizes, QRectF(left, top, width, height), renderer)


def weight(latex: str) -> int:
    """Return how long ziamath takes for a formula, in letters; each level of nesting doubles it."""
    depth = total = 0
    for token in TOKEN.findall(latex):
        depth += DEEPER.get(token, 0)
        total += 0 if token in DEEPER else 2 ** max(depth, 0)
        if total > HEAVIEST:
            break
    return total


def _with_digits(latex: str, digits: Iterator[str]) -> str:
    """Return a formula with other digits, those of exponents and indices left as they are."""
    return DIGIT.sub(lambda found: next(digits) if found[1] else found[0], latex)


@lru_cache(maxsize=512)
def _plate(latex: str, gaps: bool = True) -> _Plate | None:
    try:
        box, svg = _set(latex)
        cut = gaps and _cut_gaps(svg, latex)
    except Exception:
        # ziamath has no exception of its own: what it cannot set fails anywhere.
        return None
    area = tuple(float(side) for side in svg.attrib["viewBox"].split())
    drawn = {"stroke": "{edge}", "stroke-width": str(BOLD), "width": "{width:.2f}", "height": "{height:.2f}"}
    svg.attrib.update(drawn)
    text = ElementTree.tostring(svg, encoding="unicode")
    return _Plate(text, cut, box.xmax, box.ymax, -box.ymin, area)


def _set(latex: str) -> tuple[Any, ElementTree.Element]:
    """Return the bounds of a formula, and its picture as SVG 1.1, which is all that Qt draws."""
    from ziamath.config import config
    from ziamath.zmath import Latex

    for unequal, equal in SPACING:
        latex = unequal.sub(equal, latex)
    config.svg2 = True  # Glyphs are told apart by their symbols, which _outline then takes away.
    made = Latex(latex, SIZE, color="{ink}")
    svg: ElementTree.Element = made.svgxml()
    symbols = {symbol.attrib["id"]: symbol for symbol in svg.iter("symbol")}
    for parent in list(svg.iter()):
        for child in list(parent):
            if child.tag == "use":
                _outline(child, symbols[child.attrib["href"][1:]])
            if child.tag in ("symbol", "use"):
                parent.remove(child)
    return made.node.bbox, svg


def _outline(use: ElementTree.Element, symbol: ElementTree.Element) -> None:
    """Make a path of the use of a symbol, unless it is a space; tall brackets are put together of several."""
    outline = " ".join(path.attrib["d"] for path in symbol.iter("path"))
    if not outline:
        return
    left, top, _, height = (float(side) for side in symbol.attrib["viewBox"].split())
    scale = float(use.attrib["height"]) / height
    x, y = float(use.attrib["x"]) - scale * left, float(use.attrib["y"]) - scale * top
    kept = {"fill": use.attrib["fill"]} if "fill" in use.attrib else {}
    use.attrib.clear()
    use.attrib.update(kept, d=outline, transform=f"translate({x:.3f} {y:.3f}) scale({scale:.5f})")
    use.tag = "path"


def _cut_gaps(svg: ElementTree.Element, latex: str) -> bool:
    """Put gaps for digits into a formula that is set, unless they are drawn in another order than written."""
    known = dict(zip(_outlines(), DIGITS, strict=True))
    drawn = [path for path in svg.iter("path") if path.get("d") in known]
    if [known[path.attrib["d"]] for path in drawn] != [digit for digit in DIGIT.findall(latex) if digit]:
        return False
    for place, path in enumerate(drawn):
        path.set("d", f"{{{place}}}")
    return True


@lru_cache(maxsize=1)
def _outlines() -> tuple[str, ...]:
    """Return the outlines of the ten digits, of a size that all formulas share."""
    _, svg = _set(DIGITS)
    return tuple(path.attrib["d"] for path in svg.iter("path"))
