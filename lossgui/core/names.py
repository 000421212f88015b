"""Names of samples and classes: what they may be, and how those of samples follow their rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

Named = tuple[tuple[int, str], ...]
"""(row, name) of each sample that has a name, by row: most of a million have none."""

LONGEST = 200


def why_not(name: str) -> str | None:
    """Return why nothing can be called that, in words; None if it can."""
    if not name.strip():
        return "A name needs at least one character."
    if name.splitlines() != [name]:
        return "A name is one line."
    if len(name) > LONGEST:
        return f"A name has {LONGEST} characters at most; this one has {len(name):,}."
    return None


def name_at(names: Named, row: int) -> str | None:
    """Return the name of a row; None if it has none."""
    place = _place(names, row)
    return names[place][1] if place < len(names) and names[place][0] == row else None


def with_name(names: Named, row: int, name: str | None) -> Named:
    """Return the names with that of one row changed; None takes it away."""
    place = _place(names, row)
    after = place + (name_at(names, row) is not None)
    return (*names[:place], *(((row, name),) if name is not None else ()), *names[after:])


def with_rows(names: Named, at: int, count: int) -> Named:
    """Return the names after `count` rows without a name came before row `at`."""
    place = _place(names, at)
    return (*names[:place], *((row + count, name) for row, name in names[place:]))


def without_rows(names: Named, rows: Sequence[int]) -> Named:
    """Return the names after rows went."""
    gone = np.unique(np.asarray(rows, int))
    before = np.searchsorted(gone, [row for row, _ in names]).tolist()
    stay = ~np.isin([row for row, _ in names], gone)
    return tuple(
        (row - less, name) for (row, name), less, stays in zip(names, before, stay, strict=True) if stays
    )


def with_row_moved(names: Named, old: int, new: int) -> Named:
    """Return the names after row `old` became row `new`."""
    name = name_at(names, old)
    moved = with_rows(without_rows(names, [old]), new, 1)
    return moved if name is None else with_name(moved, new, name)


def _place(names: Named, row: int) -> int:
    return bisect_left(names, (row, ""))
