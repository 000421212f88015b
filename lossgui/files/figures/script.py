"""A figure as a matplotlib script of its own: its data, and what draws it."""

from __future__ import annotations

import re
from textwrap import fill

from lossgui.core.figures import Axis, Figure
from lossgui.files.figures import cells, drawing
from lossgui.files.figures.literals import Code, assigned, call
from lossgui.files.figures.look import Look

IMPORTS = {
    "LinearSegmentedColormap": "from matplotlib.colors import FuncNorm, LinearSegmentedColormap",
    "Line2D": "from matplotlib.lines import Line2D",
    "Patch": "from matplotlib.patches import Patch",
    "Rectangle": "from matplotlib.patches import Rectangle",
    "inf": "from numpy import inf",
    "nan": "from numpy import nan",
}
"""What a script imports if it uses a name."""

WIDE = 0.5
"""The width of a letter, as a share of the size of its text."""

BOLD = 0.66
"""How many letters of a title, which is large and bold, have the room of one."""

BODY = """fig, ax = plt.subplots(figsize=FIGSIZE, layout="constrained")
ax.spines[:].set_visible(False)
ax.tick_params(length=0, colors=QUIET)"""


def script(figure: Figure, look: Look) -> str:
    """Return a Python script that draws a figure with matplotlib, and needs nothing besides but NumPy.

    Parameters
    ----------
    look
        Colours, dashes, markers, sizes.

    Notes
    -----
    Names that people type are written as literals only, and never read as mathematics.
    """
    parts = [*_data(figure, look), _body(look), *("\n".join(part) for part in _drawn(figure, look) if part)]
    body = "\n\n".join([*parts, "plt.show()"])
    head = f"# {figure.name.capitalize()}, drawn by Loss Explorer. Needs numpy and matplotlib."
    return "\n\n".join([head, _imports(body), _constants(body, look), _style(look), body]) + "\n"


def _imports(body: str) -> str:
    lines = (line for name, line in IMPORTS.items() if _uses(body, name))
    return "\n".join(["import matplotlib.pyplot as plt", "import numpy as np", *lines])


def _constants(body: str, look: Look) -> str:
    """Return the assignments of the colours that are used by name, and of what parts have in common."""
    colours = {
        "INK": look.ink,
        "QUIET": look.quiet,
        "LINE": look.line,
        "GROUND": look.ground,
        "CHIP": look.chip,
    }
    lines = [f'{name} = "{colour}"' for name, colour in colours.items() if _uses(body, name)]
    common = {"MARK": drawing.MARK, "BEHIND": drawing.BEHIND, "NOTE": drawing.NOTE}
    lines += [assigned(name, values) for name, values in common.items() if _uses(body, name)]
    return "\n".join(lines)


def _uses(body: str, name: str) -> bool:
    return re.search(rf"\b{name}\b", body) is not None


def _style(look: Look) -> str:
    """Return the lines that say how all is drawn."""
    settings = {
        "font.family": list(look.fonts),
        "font.size": look.points,
        "text.parse_math": False,
        "text.color": look.ink,
        "axes.labelcolor": look.ink,
        "axes.facecolor": look.ground,
        "figure.facecolor": look.ground,
        "savefig.facecolor": look.ground,
    }
    return "\n".join([assigned("STYLE", settings), "plt.rcParams.update(STYLE)"])


def _body(look: Look) -> str:
    return BODY.replace("FIGSIZE", repr(look.size))


def _data(figure: Figure, look: Look) -> list[str]:
    """Return the assignments of all numbers."""
    if figure.image is not None:
        return cells.cell_data(figure, figure.image, look)
    if figure.bars is not None:
        return drawing.bar_data(figure.bars, look)
    return drawing.curve_data(figure.series)


def _drawn(figure: Figure, look: Look) -> list[list[str]]:
    """Return the lines that draw, part by part."""
    return [
        [*_title(figure, look), *_axis("x", figure.x, look), *_axis("y", figure.y, look)],
        _grid(figure),
        drawing.curves(figure.series, look),
        drawing.bars() if figure.bars is not None else [],
        cells.cells(figure, figure.image, look) if figure.image is not None else [],
        drawing.points(figure, look),
        drawing.notes(figure, look),
        _legend(figure, look),
    ]


def _legend(figure: Figure, look: Look) -> list[str]:
    found = figure.legend
    return drawing.legend(found.entries, found.place, look) if found is not None and found.entries else []


def _title(figure: Figure, look: Look) -> list[str]:
    width = int(72 * look.size[0] / (WIDE * look.points))
    lines = []
    if figure.title:
        title = fill(figure.title, int(BOLD * width))
        lines.append(call("fig.suptitle", title, x=0.02, ha="left", fontweight="bold", fontsize="large"))
    if figure.subtitle:
        subtitle = "\n".join(fill(line, width) for line in figure.subtitle.splitlines())
        lines.append(call("ax.set_title", subtitle, loc="left", color=Code("QUIET"), fontsize="medium"))
    return lines


def _axis(name: str, axis: Axis, look: Look) -> list[str]:
    room = drawing.LINE * look.points / look.pitch(axis, True) if name == "y" else 0.0
    shown = [axis.ticks[place] for place in drawing.spaced([value for value, _ in axis.ticks], room)]
    values, texts = ([tick[part] for tick in shown] for part in (0, 1))
    return [
        call(f"ax.set_{name}lim", axis.low, axis.high),
        call(f"ax.set_{name}ticks", values, texts),
        *([call(f"ax.set_{name}label", axis.label)] if axis.label else []),
    ]


def _grid(figure: Figure) -> list[str]:
    """Return the lines of the grid: across the axis of numbers, that at 0 darker inside the frame."""
    if figure.image is not None:
        return []
    name, axis = ("x", figure.x) if figure.y.categories else ("y", figure.y)
    if not axis.ticks:
        return []
    lines = [call("ax.grid", axis=name, color=Code("LINE"), linewidth=drawing.BASE), "ax.set_axisbelow(True)"]
    if axis.low < 0 < axis.high:
        across = "ax.axvline" if name == "x" else "ax.axhline"
        lines.append(call(across, 0, color=Code("QUIET"), linewidth=drawing.BASE, zorder=1.5))
    return lines
