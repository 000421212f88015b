"""The command line: `lossgui`, or `python -m lossgui`. Loads Qt only for a window or a picture."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from lossgui import __version__
from lossgui.core.choice import Choice
from lossgui.core.own import Own
from lossgui.core.study import Study
from lossgui.files import examples
from lossgui.files.sheet import millimetres
from lossgui.files.studies import Saved
from lossgui.files.unreadable import UnreadableError

USAGE, UNREADABLE = 2, 3
"""Status for a command line that cannot be understood, and for a file or a formula that is not read."""

OF_LOGITS = "A_ce_logits_correct"
"""The example on which a formula of logits is tried."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its status: 0, or 2 for a wrong command line."""
    try:
        options = parser().parse_args(joined(sys.argv[1:] if arguments is None else arguments))
    except SystemExit as stop:
        return int(stop.code or 0)
    if options.list_examples:
        for example in examples.examples():
            print(f"{example.name}  {example.title}")
        return 0
    try:
        saved = opened(options)
    except UnreadableError as error:
        print(f"lossgui: {error}", file=sys.stderr)
        return UNREADABLE
    except ValueError as error:
        print(f"lossgui: {error}", file=sys.stderr)
        return USAGE
    if options.gallery:
        return written_to(lambda: gallery(options.gallery), "the gallery")
    if options.export:
        return written_to(lambda: export(saved, options), "the figure")
    if options.print:
        from lossgui.files import report

        print(json.dumps(report.report(saved.study), indent=1, ensure_ascii=False, allow_nan=False))
        return 0
    return show(saved, options)


def opened(options: argparse.Namespace) -> Saved:
    """Return the study that the command line names.

    Raises
    ------
    UnreadableError
        If its file is not read.
    ValueError
        If there is no such example, or options do not go together.
    """
    if options.file is None and options.labels is not None:
        raise ValueError("--labels names the labels of a FILE of predictions, and there is none.")
    choices = None if options.formula is None else (written(options.formula),)
    saved = source(options, choices)
    return saved if choices is None else replace(saved, study=replace(saved.study, choices=choices))


def joined(arguments: Sequence[str]) -> list[str]:
    """Return the arguments, a formula joined to its option: argparse takes a leading minus for another."""
    result = list(arguments)
    if "--formula" in result[:-1]:
        at = result.index("--formula")
        result[at : at + 2] = [f"--formula={result[at + 1]}"]
    return result


def written(formula: str) -> Choice:
    """Return the loss that a formula is.

    Raises
    ------
    UnreadableError
        If it is none; the message shows the place.
    """
    from lossgui.core.formula import FormulaError

    try:
        return Choice.written(Own(formula))
    except FormulaError as error:
        raise UnreadableError(f"This is no formula. {error}\n{error.marked(formula)}") from None


def source(options: argparse.Namespace, choices: Sequence[Choice] | None) -> Saved:
    """Return the study of the file or the example; formulas of logits go to logits if none is named."""
    if options.file is None:
        of_logits = choices is not None and choices[0].entry.kinds == ("logits",)
        return Saved(examples.load(options.example or (OF_LOGITS if of_logits else examples.FIRST)))
    from lossgui.files.open import open_file

    return open_file(options.file, options.labels)


def show(saved: Saved, options: argparse.Namespace) -> int:
    """Show a study in a window, or as a picture where one is asked for or there is no display."""
    study = saved.study
    if options.picture:
        return picture(study, options, options.picture)
    if not has_display():
        from lossgui.files import report

        print("There is no display, so here are the numbers and a picture of the window.")
        print(report.text(study))
        target = options.state_dir / "lossgui.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        status = picture(study, options, target)
        if status == 0:
            print(f"The window as a picture: {target}")
        return status
    gc.disable()  # as long as the window is shown, which collects garbage on a timer
    from lossgui.gui import application

    return application.run(saved, options)


def picture(study: Study, options: argparse.Namespace, target: Path) -> int:
    """Write the window as a picture; return the status."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from lossgui.gui import application

    return written_to(lambda: application.picture(study, target, options), "the picture")


def export(saved: Saved, options: argparse.Namespace) -> None:
    """Write a figure of a study."""
    from lossgui.gui.export import headless

    headless.export(saved, options)


def gallery(folder: Path) -> None:
    """Write every plot of every example."""
    from lossgui.gui.export import headless

    count = headless.gallery(folder)
    print(f"{count} figures: {folder / 'index.html'}")


def written_to(write: Callable[[], None], what: str) -> int:
    """Draw without a display; return the status."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        write()
    except ValueError as error:
        print(f"lossgui: {error}", file=sys.stderr)
        return USAGE
    except OSError as error:
        print(f"lossgui: {what} was not written: {error}", file=sys.stderr)
        return 1
    return 0


def has_display() -> bool:
    """Tell whether a window can be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


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
        help="a study, a figure that carries one, CSV, NPY or NPZ",
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
    add("--plot", choices=PLOT_NAMES, default=PLOT_NAMES[0], help="the plot in front")
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


PLOT_NAMES = ("curve", "contributions", "gradient")


PARTS = ("title", "legend", "caption", "point")


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


if __name__ == "__main__":
    sys.exit(main())
