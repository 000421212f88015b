"""Contributions: what classes and samples add to the headline."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lossgui.core import text
from lossgui.core.evaluate import Outcome, Result
from lossgui.core.figures.figure import QUIET, Colour, Entry, Figure, words
from lossgui.core.figures.stacks import Stack, stacked
from lossgui.core.figures.varied import labels_of
from lossgui.core.summed import NONE_COUNTS
from lossgui.core.sums import Contributions, group_names, sample_groups
from lossgui.core.table import Array

NAME = "contributions"

MOST_CLASSES = 30
"""Bars of classes that a figure has room for; of more, the largest are shown and the rest added up."""

IN_ORDER = 12
"""Samples up to which bars stand in the order of the table, not by size."""

ROUNDING = 1e-13
"""The share of the largest part below which a part is nothing."""

REDUCED = {
    "mean": "the mean of the samples",
    "weighted mean": "the weighted mean of the samples",
    "mean of rows": "the sum over the number of samples",
    "mean of the weighted": "the sum over the number of weights other than 0",
}
"""What samples make together, by the kind of the reduction; otherwise their sum."""

MOST_ADDENDS = 6
"""Numbers of a sum that are written out."""


@np.errstate(all="ignore")
def by_class(result: Result, choice: int) -> Figure:
    """Return what each class adds to the headline of a chosen loss, stacked by the sample's class.

    Parameters
    ----------
    choice
        Its place among the study's choices.
    """
    outcome, label = result.outcomes[choice], labels_of(result)[choice]
    if outcome.refusal is not None:
        return words(NAME, outcome.refusal)
    if not outcome.study.counted:
        return words(NAME, NONE_COUNTS)
    parts = outcome.contributions
    if parts is None:
        return words(NAME, _no_sum(label))
    values, names = _classes(outcome, parts)
    if parts.remainder:
        remainder = np.zeros((len(parts.names), 1))
        remainder[0] = parts.remainder
        values, names = np.hstack([values, remainder]), [*names, "remainder"]
    groups = _group_colours(outcome, parts.names)
    many = len(outcome.study.classes) > MOST_CLASSES and not parts.remainder
    last = QUIET if parts.remainder or many else None
    colours = [[colour] * (values.shape[1] - 1) + [last or colour] for colour in groups]
    entries = _legend(parts.names, groups, values)
    stack = Stack("class", names, values, parts.names, colours, entries, rest=many)
    return stacked(NAME, _sum(values.sum(axis=0), parts.total), _subtitle(outcome, label), stack)


@np.errstate(all="ignore")
def by_sample(result: Result, choice: int) -> Figure:
    """Return what the samples add to the headline of a chosen loss: the largest, and the rest together.

    Parameters
    ----------
    choice
        Its place among the study's choices.
    """
    outcome, label = result.outcomes[choice], labels_of(result)[choice]
    if outcome.refusal is not None:
        return words(NAME, outcome.refusal)
    if not outcome.study.counted:
        return words(NAME, NONE_COUNTS)
    worth = _worth(outcome)
    if worth is None:
        return words(NAME, _no_sum(label))
    factor, remainder = worth
    sums, samples = outcome.sums, outcome.study.counted
    order = np.argsort(sums.rows, kind="stable") if samples <= IN_ORDER else np.arange(len(sums.rows))
    rows, values = sums.rows[order], (factor * sums.largest[order].astype(np.float64)).tolist()
    names = [outcome.study.sample_name(int(row)) for row in rows]
    colours, entries = _sample_colours(outcome, rows)
    rest = factor * (float(sums.statistics[0]) - float(sums.largest.sum(dtype=np.float64)))
    # Infinity less infinity: what the others add is not known then.
    if samples > len(rows) and not np.isnan(rest):
        names.append(f"{samples - len(rows):,} others")
        values.append(rest)
    if remainder:
        names.append("remainder")
        values.append(remainder)
    colours += [QUIET] * (len(names) - len(colours))
    total = factor * float(sums.statistics[0]) + remainder
    rest_is_last = names[-1].endswith("others")
    stack = Stack("sample", names, np.array([values]), ("",), [colours], entries, total, rest_is_last)
    return stacked(NAME, _sum(np.array(values), total), _subtitle(outcome, label), stack)


def _no_sum(label: str) -> str:
    return f"{label} is no sum of terms: it cannot be taken apart."


def _subtitle(outcome: Outcome, label: str) -> str:
    if outcome.chain.finish:
        return f"{label}, of the whole batch"
    return f"{label}, {REDUCED.get(outcome.reduces_to, 'the sum of the samples')}"


def _sum(values: Array, total: float) -> str:
    """Return '0.0256 + 1.1513 = 1.1769'; what is 0 is left out."""
    addends = [float(value) for value in values if value]
    if len(addends) < 2:
        return text.number(total)
    written = text.number(addends[0])
    for value in addends[1:MOST_ADDENDS]:
        written += f" {text.MINUS} {text.number(-value)}" if value < 0 else f" + {text.number(value)}"
    return f"{written}{' + …' if len(addends) > MOST_ADDENDS else ''} = {text.number(total)}"


# Classes


def _classes(outcome: Outcome, parts: Contributions) -> tuple[Array, list[str]]:
    """Return values of the shape (groups, classes shown), and the classes' names."""
    values = parts.factor * parts.groups
    names = outcome.study.classes
    # What is left of a sum less its parts is rounding: it would be a sliver of a colour.
    largest = np.abs(values[np.isfinite(values)]).max(initial=0)
    values = np.where(np.abs(values) <= ROUNDING * largest, 0, values)
    if len(names) <= MOST_CLASSES:
        return values, list(names)
    size = np.abs(values.sum(axis=0))
    order = np.argsort(-np.where(np.isnan(size), np.inf, size), kind="stable")
    shown, rest = order[: MOST_CLASSES - 1], order[MOST_CLASSES - 1 :]
    together = np.hstack([values[:, shown], values[:, rest].sum(axis=1, keepdims=True)])
    return together, [*(names[k] for k in shown), f"{len(rest):,} others"]


def _group_colours(outcome: Outcome, names: Sequence[str]) -> list[Colour]:
    if names is outcome.study.classes:
        return [Colour("classes", k) for k in range(len(names))]
    return [Colour("losses", outcome.choice.colour), QUIET][: len(names)]


def _legend(names: Sequence[str], colours: Sequence[Colour], values: Array) -> tuple[Entry, ...]:
    """Return what the colours of groups that are to be seen mean; nothing where there is but one group."""
    if len(names) < 2:
        return ()
    seen = [k for k in range(len(names)) if (values[k] != 0).any()]
    if not seen:
        return ()
    if colours[0].palette != "classes":
        return tuple(Entry(names[k], "", colours[k], "bar") for k in seen)
    return (Entry("samples of", "", QUIET, ""), *(Entry(names[k], "", colours[k], "bar") for k in seen))


# Samples


def _worth(outcome: Outcome) -> tuple[float, float] | None:
    """Return what a sample's first statistic counts for in the headline, and the remainder.

    None where the headline is no sum of samples.
    """
    parts = outcome.contributions
    if outcome.chain.finish is None:
        return float(np.float64(1) / outcome.denominator), 0.0
    if parts is None:
        return None
    return parts.factor / outcome.chain.scale(outcome.study.predictions.columns), parts.remainder


def _sample_colours(outcome: Outcome, rows: Array) -> tuple[list[Colour], tuple[Entry, ...]]:
    study, names = outcome.study, group_names(outcome.study)
    groups = None
    if study.labels is not None and names is study.classes:
        groups = sample_groups(study, np.stack([study.labels.row(int(row)) for row in rows]))
    if groups is None:
        return [Colour("losses", outcome.choice.colour)] * len(rows), ()
    colours = [Colour("classes", int(group)) for group in groups]
    seen = sorted({int(group) for group in groups})
    entries = (Entry(names[k], "", Colour("classes", k), "bar") for k in seen)
    return colours, (Entry("samples of", "", QUIET, ""), *entries)
