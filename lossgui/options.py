"""The options of the command line."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from lossgui import __version__
from lossgui.files.sheet import PARTS, millimetres
from lossgui.gui.plots import PLOTS

SHOWN = tuple(f"{plot.name}:{way}".rstrip(":") for plot in PLOTS for way in plot.ways)
"""What can be shown, as it is written."""


def options_of(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options that a command line gives.

    Raises
    ------
    SystemExit
        If it cannot be understood, or asks for help.
    """
    return parser().parse_args(joined(arguments))


def joined(arguments: Sequence[str]) -> list[str]:
    """Return the arguments, a formula joined to its option: argparse takes a leading minus for another."""
    result = list(arguments)
    if "--formula" in result[:-1]:
        at = result.index("--formula")
        result[at : at + 2] = [f"--formula={result[at + 1]}"]
    return result


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    result = argparse.ArgumentParser(
        prog="lossgui", description="Edit labels and predictions, pick losses, and see what they come to."
    )
    add = result.add_argument
    add(
        "file",
        nargs="?",
        metavar="FILE",
        type=Path,
        help="a study, a figure of one, CSV, NPY or NPZ",
    )
    add("--labels", metavar="FILE", type=Path, help="a second file, with the labels of the predictions")
    add("--version", action="version", version=f"lossgui {__version__}")
    add("--example", metavar="NAME", help="open this example")
    add("--list-examples", action="store_true", help="list the examples: name, two spaces, title")
    add("--formula", metavar="TEXT", help="with a loss of your own, such as --formula='-y*log(p)'")
    add("--print", action="store_true", help="print the losses as JSON; open no window")
    add("--picture", metavar="OUT.png", type=Path, help="write the window as a picture; needs no display")
    add("--size", metavar="WxH", type=size, default=(1366, 768), help="size of the picture (1366x768)")
    add("--theme", choices=("light", "dark"), help="colours (as last time; light in pictures)")
    add(
        "--plot",
        metavar="PLOTS",
        type=plots,
        default=plots("curve"),
        help=f"the plot in front, of {', '.join(SHOWN)}; with --export several",
    )
    add("--export", metavar="OUT", type=Path, help="write the plot as .pdf, .svg, .png, .csv, .json or .py")
    add("--width", metavar="LENGTH", type=length, help="of the figure, such as 120mm, 12cm or 4.7in")
    add("--height", metavar="LENGTH", type=length, help="of the figure (two thirds of its width)")
    add("--text", metavar="POINTS", type=float, help="size of the figure's text (9)")
    add("--dpi", metavar="N", type=int, help="pixels to the inch of a figure in PNG (300)")
    add("--transparent", action="store_true", help="draw nothing behind the figure")
    add("--outlines", action="store_true", help="draw the letters of a figure in SVG as outlines")
    add("--without", metavar="PARTS", type=parts, default=(), help="of title,legend,caption,point")
    add("--gallery", metavar="DIR", type=Path, help="write every plot of every example, with an index")
    add("--projector", action="store_true", help="show the projector page: plot, numbers, focused sample")
    add("--quit-after", metavar="SECONDS", type=seconds, help="close the window after a while")
    add("--state-dir", metavar="DIR", type=Path, default=state_dir(), help="where preferences are kept")
    return result


def plots(text: str) -> tuple[tuple[str, str], ...]:
    """Return the plots that a list names, each with the way in which it is shown, or ''.

    Raises
    ------
    argparse.ArgumentTypeError
        If there is no such plot, or it is not shown in that way.
    """
    asked = [part.strip() for part in text.split(",")]
    for part in asked:
        if part not in (*SHOWN, *(plot.name for plot in PLOTS)):
            raise argparse.ArgumentTypeError(f"there is no plot ‘{part}’, but {', '.join(SHOWN)}")
    return tuple((name, way) for name, _, way in (part.partition(":") for part in asked))


def length(text: str) -> float:
    """Return a length in millimetres.

    Raises
    ------
    argparse.ArgumentTypeError
        If it is none.
    """
    try:
        return millimetres(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def parts(text: str) -> tuple[str, ...]:
    """Return the parts of a figure that a list names.

    Raises
    ------
    argparse.ArgumentTypeError
        If it has no such part.
    """
    named = tuple(part.strip() for part in text.split(","))
    for part in named:
        if part not in PARTS:
            raise argparse.ArgumentTypeError(f"a figure has no ‘{part}’, but {', '.join(PARTS)}")
    return named


def size(text: str) -> tuple[int, int]:
    """Return width and height in pixels.

    Raises
    ------
    argparse.ArgumentTypeError
        If `text` is not like 1920x1080, each from 320 to 8192.
    """
    width, cross, height = text.lower().partition("x")
    if not (cross and width.isascii() and width.isdigit() and height.isascii() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"‘{text}’ is not a size such as 1920x1080")
    if not all(320 <= side <= 8192 for side in (int(width), int(height))):
        raise argparse.ArgumentTypeError("each side of a picture is from 320 to 8192 pixels")
    return int(width), int(height)


def seconds(text: str) -> float:
    """Return a time in seconds.

    Raises
    ------
    argparse.ArgumentTypeError
        If `text` is not a number from 0 to a million.
    """
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1e6:
        raise argparse.ArgumentTypeError(f"‘{text}’ is not a time in seconds")
    return value


def state_dir() -> Path:
    """Return the folder where the program keeps what it remembers."""
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "lossgui"
