"""The program: `lossgui`, or `python -m lossgui`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its status, as `command_line.run` does."""
    # While modules are imported nothing becomes garbage, and to look for it takes a tenth of the start.
    # As long as the window is shown it collects garbage itself, on a timer.
    gc.disable()
    from lossgui import command_line

    try:
        return command_line.run(sys.argv[1:] if arguments is None else arguments)
    finally:
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())
