"""The start of the program, over that of a script which only shows a table and two plots.

Both sides are whole processes that take turns, imports included; one is ready when what it shows has been
painted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ROUNDS = 15
WORDS = ("window", "plots")


def seconds(script: str) -> dict[str, float]:
    """Return when a script says each of its words, in seconds from its start."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    # Both sides run from bytecode, which their first round writes.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    said = {}
    with tempfile.TemporaryDirectory() as folder:
        start = perf_counter()
        command = [sys.executable, str(HERE / f"{script}.py"), folder]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            for line in process.stdout or ():
                said[line.strip()] = perf_counter() - start
    return said


@cache
def ratios() -> dict[str, float]:
    """Return the times to the program's words over that of the peer, medians of rounds in turns."""
    rounds = [(seconds("program"), seconds("peer")["all"]) for _ in range(ROUNDS + 1)][1:]
    peer = median(theirs for _, theirs in rounds)
    return {word: median(mine[word] for mine, _ in rounds) / peer for word in WORDS}


def to_window() -> float:
    """Return the ratio of the first painted window with its tables."""
    return ratios()["window"]


def to_plots() -> float:
    """Return the ratio of the window with tables, numbers and both plots painted."""
    return ratios()["plots"]
