"""What a command line asks for. Loads Qt only for a window, a picture or a figure."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from lossgui.core.choice import Choice
from lossgui.core.own import Own
from lossgui.core.study import Study
from lossgui.files import examples
from lossgui.files.studies import Saved
from lossgui.files.unreadable import UnreadableError
from lossgui.options import options_of

USAGE, UNREADABLE = 2, 3
"""Status for a command line that cannot be understood, and for a file or a formula that is not read."""

OF_LOGITS = "A_ce_logits_correct"
"""The example on which a formula of logits is tried."""


def run(arguments: Sequence[str]) -> int:
    """Run the program; return its status: 0, or 2 for a wrong command line."""
    try:
        options = options_of(arguments)
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
    if options.print:
        return print_report(saved)
    if options.gallery:
        return written_to(lambda: gallery(options.gallery))
    if options.export:
        return written_to(lambda: export(saved, options))
    return show(saved, options)


def print_report(saved: Saved) -> int:
    """Print the losses as JSON; return the status."""
    import json

    from lossgui.files import report

    print(json.dumps(report.report(saved.study), indent=1, ensure_ascii=False, allow_nan=False))
    return 0


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
    if options.file is not None and options.example is not None:
        raise ValueError("Either a FILE is opened, or an --example.")
    choices = None if options.formula is None else (written(options.formula),)
    saved = source(options, choices)
    return saved if choices is None else replace(saved, study=replace(saved.study, choices=choices))


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
        status = written_to(lambda: target.parent.mkdir(parents=True, exist_ok=True))
        status = status or picture(study, options, target)
        if status == 0:
            print(f"The window as a picture: {target}")
        return status
    import signal

    # Until the window listens, Ctrl+C ends the process without a word.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from lossgui.gui import application

    return application.run(saved, options)


def picture(study: Study, options: argparse.Namespace, target: Path) -> int:
    """Write the window as a picture; return the status."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from lossgui.gui import application

    return written_to(lambda: application.picture(study, target, options))


def export(saved: Saved, options: argparse.Namespace) -> None:
    """Write a figure of a study."""
    from lossgui.gui.export import headless

    headless.export(saved, options)


def gallery(folder: Path) -> None:
    """Write every plot of every example."""
    from lossgui.gui.export import headless

    count = headless.gallery(folder)
    print(f"{count} figures: {folder / 'index.html'}")


def written_to(write: Callable[[], None]) -> int:
    """Draw without a display; return the status."""
    gc.enable()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        write()
    except ValueError as error:
        print(f"lossgui: {error}", file=sys.stderr)
        return USAGE
    except OSError as error:
        print(f"lossgui: {error}", file=sys.stderr)
        return 1
    return 0


def has_display() -> bool:
    """Tell whether a window can be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
