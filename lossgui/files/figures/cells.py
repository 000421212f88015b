"""The cells of an image in a matplotlib script: colours, hatches, numbers, and the bar beside them."""

from __future__ import annotations

import numpy as np

from lossgui.core import text
from lossgui.core.figures import Figure, Image
from lossgui.files.figures.drawing import LINE, WIDE
from lossgui.files.figures.literals import Code, array, call
from lossgui.files.figures.look import Look

DECIMALS = (text.DECIMALS, 2, 1)
"""Decimals of the numbers in the cells: as many as there is room for."""

INK_ON = '''def ink_on(colour):
    """Black or white, whichever stands out more."""
    rgb = np.array(colour[:3])
    linear = np.where(rgb > 0.04045, ((rgb + 0.055) / 1.055) ** 2.4, rgb / 12.92)
    return "black" if linear @ [0.2126, 0.7152, 0.0722] > 0.179 else "white"'''

NORM = """# Colours grow with the square root: small numbers show their sign beside large ones.
norm = FuncNorm((lambda v: np.sign(v) * np.sqrt(np.abs(v)), lambda s: np.sign(s) * s**2), -reach, reach)"""

NUMBERS = """for (row, column), number in np.ndenumerate(numbers):
    ink = ink_on(colours(norm(shown[row, column])))
    ax.text(column, rows - 1 - row, number, ha="center", va="center", color=ink)"""

HATCH = """for row, column in np.argwhere(hatched):
    place = (column - 0.5, rows - 1.5 - row)
    ax.add_patch(Rectangle(place, 1, 1, fill=False, hatch="////", edgecolor=QUIET, linewidth=0))"""


def cell_data(figure: Figure, image: Image, look: Look) -> list[str]:
    """Return the assignments of the numbers in the cells, and of what is written there."""
    lines = [array("values", image.values)]
    if image.hatched.any():
        lines.append(array("hatched", image.hatched))
    written = _written(figure, image, look)
    return lines if written is None else [*lines, array("numbers", np.array(written, object)), INK_ON]


def cells(figure: Figure, image: Image, look: Look) -> list[str]:
    """Return the lines that draw the cells and the bar beside them."""
    colours = [look.below, look.chip, look.above]
    lines = [
        f"reach = {image.scale.reach!r}",
        NORM,
        call("colours = LinearSegmentedColormap.from_list", "below and above 0", colours),
        "colours = colours.with_extremes(bad=CHIP)",
        "rows, columns = values.shape",
        "shown = np.clip(values, -reach, reach)",
        "left, top = np.arange(columns + 1) - 0.5, np.arange(rows, -1, -1) - 0.5",
        "mesh = ax.pcolormesh(left, top, shown, cmap=colours, norm=norm, edgecolors=GROUND, linewidth=0.8)",
    ]
    lines += [HATCH] if image.hatched.any() else []
    lines += [NUMBERS] if _written(figure, image, look) is not None else []
    return [*lines, *_ring(image), *_bar(image)]


def _ring(image: Image) -> list[str]:
    if image.focus is None:
        return []
    row, column = image.focus
    place = column - 0.5, image.values.shape[0] - 1.5 - row
    ring = call("Rectangle", place, 1, 1, fill=False, edgecolor=Code("INK"), linewidth=1.5)
    return [call("ax.add_patch", Code(ring))]


def _bar(image: Image) -> list[str]:
    values, texts = ([tick[part] for tick in image.scale.ticks] for part in (0, 1))
    return [
        call("bar = fig.colorbar", Code("mesh"), label=image.scale.label),
        call("bar.set_ticks", values, labels=texts),
        "bar.minorticks_off()",
        "bar.outline.set_visible(False)",
    ]


def _written(figure: Figure, image: Image, look: Look) -> list[list[str]] | None:
    """Return the numbers of the cells with as many decimals as there is room for; None if there is none."""
    width, height = look.pitch(figure.x, False), look.pitch(figure.y, True)
    if height < LINE * look.points:
        return None
    for decimals in DECIMALS:
        numbers = image.numbers(decimals)
        if max(len(number) for row in numbers for number in row) * WIDE * look.points <= width:
            return numbers
    return None
