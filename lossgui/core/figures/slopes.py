"""Slopes: the derivative of a headline by predictions, or by the logits that they come of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lossgui.core.encodings import SUM_TOLERANCE
from lossgui.core.evaluate import Outcome
from lossgui.core.figures.dead import Dead, dead_of
from lossgui.core.figures.links import LOGIT, link_of, linked, possible
from lossgui.core.figures.part import Part
from lossgui.core.stages import Softmax, Stage
from lossgui.core.study import Study
from lossgui.core.table import Array


@dataclass(frozen=True, eq=False)
class Slopes:
    """The derivative of a headline by some samples.

    Parameters
    ----------
    study, rows
        The study, and the samples in it.
    by
        'prediction' or 'logit'.
    link
        What the derivative was carried back through; None where that was not needed.
    values
        Shape (rows, classes).
    dead
        Its dead entries, cause by cause.
    """

    study: Study
    rows: tuple[int, ...]
    by: str
    link: Stage | None
    values: Array
    dead: tuple[Dead, ...]

    @property
    def off(self) -> tuple[int, ...]:
        """The samples whose predictions no softmax gives, since they do not sum to one."""
        if not isinstance(self.link, Softmax):
            return ()
        sums = [float(self.study.predictions.row(row).sum(dtype=np.float64)) for row in self.rows]
        pairs = zip(self.rows, sums, strict=True)
        return tuple(row for row, total in pairs if not abs(total - 1) <= SUM_TOLERANCE)

    @property
    def words(self) -> str:
        """What the derivative is by: 'by logit, back through softmax'."""
        return f"by {self.by}" + (f", back through {self.link.name}" if self.link else "")


def slopes(outcome: Outcome, rows: Sequence[int], by: str) -> Slopes:
    """Return the derivative by some samples; by what is asked for, if there is one.

    Parameters
    ----------
    outcome
        A loss that has a number for the study.
    """
    part, count = Part(outcome, rows), len(rows)
    by = possible(outcome.study, by)
    link = link_of(outcome.study) if by == LOGIT else None
    run = part.rows(0, count)
    if link is not None:
        run = linked(run, link, part.study.predictions.rows(0, count))
    values = part.gradient_of(run, 0, count)
    with np.errstate(all="ignore"):
        dead = dead_of(part, run, values)
    # Plus 0, since −0 is no more than 0 to those who read it.
    return Slopes(outcome.study, tuple(rows), by, link, values.astype(np.float64) + 0.0, dead)
