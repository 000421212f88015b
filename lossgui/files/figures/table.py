"""The numbers of a figure: as CSV for spreadsheets and data frames, as JSON with all else that is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from math import isfinite
from typing import Any

import numpy as np

from lossgui.core.figures import Bars, Figure, Image, Series
from lossgui.files import layout
from lossgui.files.figures.delimited import Row, delimited


def csv(figure: Figure) -> bytes:
    """Return the numbers that a figure shows as one table with a header, each in full precision.

    Returns
    -------
    UTF-8 that begins with a byte order mark (in Python 'utf-8-sig'), lines ending in a line feed.
    Of curves, a row for each x and a column for each curve, empty where a curve has no point at that x, and
    'nan' where it is undefined; the x of the study itself has a row too. Of bars, a row for each: its
    category, its group if there are several, and its number. Of an image, a row for each cell: its row, its
    column, its number, and what is said of it.

    Raises
    ------
    ValueError
        If the figure shows no numbers; the message says why.
    """
    if figure.series:
        return delimited([figure.x.label, *(one.label for one in figure.series)], _points(figure.series))
    if figure.bars is not None:
        return _of_bars(figure, figure.bars)
    if figure.image is not None:
        header = [figure.y.label, figure.x.label, figure.image.scale.label, "remark"]
        return delimited(header, _cells(figure, figure.image))
    raise ValueError(figure.description or "This figure shows no numbers.")


def json(figure: Figure) -> bytes:
    """Return all that a figure shows as JSON, by the names of its fields; 'nan' and 'inf' are strings."""
    return layout.fields({name: layout.line(value) for name, value in plain(figure).items()}, 0) + b"\n"


def plain(value: Any) -> Any:
    """Return a figure, or a part of one, as what JSON can hold."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, str):
        return layout.whole(value)
    return str(value) if isinstance(value, float) and not isfinite(value) else value


def _points(series: Sequence[Series]) -> list[Row]:
    columns = [dict(zip(_places(one), one.y.tolist(), strict=True)) for one in series]
    places = sorted({place for column in columns for place in column})
    return [(place[0], *(column.get(place) for column in columns)) for place in places]


def _places(series: Series) -> list[tuple[float, int]]:
    """Return each x of a curve, and how many of its points before lie at the same one."""
    seen: Counter[float] = Counter()
    result = []
    for x in series.x.tolist():
        result.append((x, seen[x]))
        seen[x] += 1
    return result


def _of_bars(figure: Figure, bars: Bars) -> bytes:
    category, value = (figure.y, figure.x) if bars.horizontal else (figure.x, figure.y)
    if not any(bars.groups):
        return delimited([category.label, value.label], zip(bars.categories, bars.values, strict=True))
    header = [category.label, "group", value.label]
    return delimited(header, zip(bars.categories, bars.groups, bars.values, strict=True))


def _cells(figure: Figure, image: Image) -> list[Row]:
    columns = [name for _, name in figure.x.ticks]
    rows = [name for _, name in reversed(figure.y.ticks)]
    return [
        (row, column, image.values[i, k].item(), str(image.words[i, k]))
        for i, row in enumerate(rows)
        for k, column in enumerate(columns)
    ]
