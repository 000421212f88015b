"""All results of a study as one table: a row for each sample, written block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise, repeat
from typing import Any

from lossgui.core.evaluate import Outcome, evaluate
from lossgui.core.figures import labels_of
from lossgui.core.study import Study
from lossgui.core.table import Array
from lossgui.files import layout
from lossgui.files.figures.delimited import START, lines

Rows = list[list[Any]]


def csv(study: Study) -> bytes:
    """Return the whole table, as `parts` writes it."""
    return b"".join(parts(study))


def parts(study: Study) -> Iterator[bytes]:
    """Yield the results of a study as CSV: the header, then block after block of samples.

    Notes
    -----
    One table without a second part, so that spreadsheets and data frames read it as it is: a row for each
    sample with its name, its labels, its predictions, its weight and its mask where there are some; then for
    each chosen loss the sample's loss, times its weight, and its gradient, a column for each class. What all
    samples add up to, the headline, is a column too, the same number in each row; where each sample stands by
    itself there is none. A loss that does not fit the study has a column that says why.

    Losses of the Textbook profile are right to the last digit. Numbers have the fewest digits that read back
    as the same number of the study's type; 'nan' and 'inf' are those. UTF-8 with a byte order mark, lines
    ending in a line feed; no cell is taken for a formula.
    """
    result = evaluate(study).exactly()
    pairs = list(zip(result.outcomes, labels_of(result), strict=True))
    header = [*_given_header(study), *chain.from_iterable(_header(*pair) for pair in pairs)]
    yield START.encode() + lines([header])
    starts = study.predictions.starts
    for start, stop in pairwise(starts):
        names = ([study.sample_name(row)] for row in range(start, stop))
        tables = [
            names,
            *_given(study, start, stop),
            *(_results(one, start, stop) for one in result.outcomes),
        ]
        yield lines([*chain.from_iterable(cells)] for cells in zip(*tables, strict=True))


# The study


def _given_header(study: Study) -> list[str]:
    """Return what the columns of the study itself are called."""
    labels = ["label"] if study.indexed else _each("label", study.classes)
    labels = [] if study.labels is None else labels
    weight = ["sample_weight"] if study.sample_weight is not None else []
    mask = ["mask"] if study.mask is not None else []
    return ["sample", *labels, *_each("prediction", study.classes), *weight, *mask]


def _given(study: Study, start: int, stop: int) -> Iterator[Rows]:
    """Yield what some rows of the study's own tables hold."""
    for table in (study.labels, study.predictions, study.sample_weight, study.mask):
        if table is not None:
            yield _plain(table.rows(start, stop))


# The losses


def _header(outcome: Outcome, label: str) -> list[str]:
    """Return what the columns of a loss are called."""
    if outcome.refusal is not None:
        return [f"{label}, refused"]
    weighed = "" if outcome.study.sample_weight is None else ", weighted"
    headline = [] if outcome.value is None else [f"{label}, headline"]
    first = outcome.chain.statistics[0]
    return [f"{label}, {first}{weighed}", *_each(f"{label}, gradient", outcome.study.classes), *headline]


def _results(outcome: Outcome, start: int, stop: int) -> Iterator[list[Any]]:
    """Yield the columns of a loss for some rows, row by row."""
    if outcome.refusal is not None:
        yield from repeat([outcome.refusal], stop - start)
        return
    losses = _plain(outcome.per_sample(start, stop)[:, None])
    headline = [] if outcome.value is None else [outcome.value]
    for loss, gradient in zip(losses, _plain(outcome.gradient(start, stop)), strict=True):
        yield [*loss, *gradient, *headline]


def _each(what: str, classes: Sequence[str]) -> list[str]:
    return [f"{what} {name}" for name in classes]


def _plain(array: Array) -> Rows:
    """Return numbers as lists, those of small types in few digits, and of truth as 1 and 0."""
    if array.dtype == bool:
        return _plain(array.astype(int))
    rows: Rows = (layout.shortest(array) if array.dtype.name in layout.DIGITS else array).tolist()
    return rows
