"""What cells, samples, classes and edits are called, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossgui.core import text
from lossgui.core.edits.cells import table_of
from lossgui.core.study import CLASS_WEIGHT, LABELS, MASK, PREDICTIONS, SAMPLE_WEIGHT, Study
from lossgui.gui.tables import edits
from lossgui.gui.tables.edits import Area

LONGEST_NAME = 200
SUM = "sum"
"""The part of a table that holds the sums of its rows."""


def name_of(study: Study, column: int) -> str:
    """Return the name of a class, cut if it is very long."""
    name = study.classes[column]
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def place(study: Study, which: str, row: int, column: int) -> str:
    """Return what a cell is called in a sentence: 'Sample 2, bird', or 'Sample 2, label of bird'."""
    if which == CLASS_WEIGHT:
        return f"Weight of {name_of(study, column)}"
    sample = f"Sample {study.sample_name(row)}"
    if which in (SAMPLE_WEIGHT, MASK):
        return f"{sample}, {'weight' if which == SAMPLE_WEIGHT else 'mask'}"
    if which == PREDICTIONS:
        return f"{sample}, {name_of(study, column)}"
    return f"{sample}, label" + ("" if study.indexed else f" of {name_of(study, column)}")


def sentence(study: Study, which: str, row: int, column: int, value: str | float) -> str:
    """Return what writing a number into a cell does, in words; '' if it is none."""
    try:
        changed = float(edits.typed(value))
    except ValueError:
        return ""
    if which == MASK:
        return masked(study, [row], changed == 1)
    old = table_of(study, which)
    if which == LABELS and study.encoding == "one-hot" and changed == 1:
        before = name_of(study, int(np.argmax(old.row(row))))
        return f"Sample {study.sample_name(row)}, label: {before} → {name_of(study, column)}"
    before, after = text.inputs([old[row, column], changed])
    return f"{place(study, which, row, column)}: {before} → {after}"


def masked(study: Study, rows: Sequence[int], on: bool) -> str:
    """Return that samples count from now on, or that they do not."""
    which = listed(study, rows)
    one = len(rows) == 1
    does = ("counts" if one else "count") if on else ("is masked" if one else "are masked")
    return f"{which[0].upper()}{which[1:]} {does} now"


def many(areas: Sequence[Area]) -> str:
    """Return how many numbers there are in areas: '1 number', '6 numbers'."""
    return text.counted(sum(area.size for area in areas), "number")


def listed(study: Study, rows: Sequence[int]) -> str:
    """Return 'sample 2', 'samples 2 to 4' or '3 samples'."""
    if len(rows) == 1:
        return f"sample {study.sample_name(rows[0])}"
    if rows[-1] - rows[0] + 1 == len(rows):
        return f"samples {study.sample_name(rows[0])} to {study.sample_name(rows[-1])}"
    return f"{len(rows):,} samples"


def flattened(study: Study) -> str:
    """Return what is to be said of the shape of the samples, which an edit of their order ends."""
    if study.outer is None:
        return ""
    return f"; the samples, {' × '.join(map(str, study.outer))} before, are a plain list now"


def beside(parts: Sequence[str]) -> str:
    """Return what the columns after the classes hold, for those who cannot see them."""
    names = {SUM: "the sum of the row", SAMPLE_WEIGHT: "its weight", MASK: "whether it counts"}
    return "".join(f", then {names[part]}" for part in parts)


def inside(words: str) -> str:
    """Return words that begin a sentence as they stand inside one."""
    return words[0].lower() + words[1:]
