"""What the columns of a table on show are: its own numbers, then sums, weights, a mask."""

from __future__ import annotations

from dataclasses import dataclass

from lossgui.core.study import CLASS_WEIGHT, LABELS, MASK, PREDICTIONS, SAMPLE_WEIGHT, Study
from lossgui.gui.tables import words
from lossgui.gui.tables.words import SUM
from lossgui.gui.tips import tip

SIGMA = "Σ"
CLASS_WEIGHTS = "weight"
"""What stands before the row of class weights."""

TITLES = {SUM: SIGMA, SAMPLE_WEIGHT: "weight", MASK: "counts"}
TIPS = {
    SUM: "sum of the row",
    SAMPLE_WEIGHT: "how much the sample weighs",
    MASK: "whether the sample counts; one that is masked is left out of every sum",
}


@dataclass(frozen=True)
class Columns:
    """The columns of a table on show.

    Parameters
    ----------
    which
        The name of the table: 'labels', 'predictions' or 'class_weight'.
    rows, own
        How many rows and columns it has.
    tail
        The parts that have one column each to the right of its own.
    """

    which: str
    rows: int
    own: int
    tail: tuple[str, ...] = ()

    @classmethod
    def of(cls, study: Study, which: str) -> Columns:
        """Return the columns of a table; weights and mask stand beside labels if there are labels."""
        table = study.table(which)
        if table is None:
            return cls(which, 0, 0)
        sums = (SUM,) if which == PREDICTIONS else ()
        beside = which == (PREDICTIONS if study.labels is None else LABELS)
        there = [part for part in (SAMPLE_WEIGHT, MASK) if beside and study.table(part) is not None]
        return cls(which, len(table), table.columns, (*sums, *there))

    @property
    def count(self) -> int:
        """How many columns are on show."""
        return self.own + len(self.tail)

    def part(self, column: int) -> str:
        """Return the part that a column belongs to: the table itself, 'sum', 'sample_weight' or 'mask'."""
        return self.which if column < self.own else self.tail[column - self.own]

    def place(self, part: str) -> int | None:
        """Return the column at which a part begins; None if it is not on show."""
        if part == self.which:
            return 0
        return self.own + self.tail.index(part) if part in self.tail else None

    def title(self, study: Study, column: int) -> str:
        """Return what stands above a column."""
        if column >= self.own:
            return TITLES[self.tail[column - self.own]]
        return "class" if self._indexed(study) else words.name_of(study, column)

    def tip(self, study: Study, column: int) -> str | None:
        """Return what a column holds, as HTML; None where its title says it all."""
        if column >= self.own:
            return TIPS[self.tail[column - self.own]]
        return None if self._indexed(study) else tip(words.name_of(study, column))

    def row_title(self, study: Study, row: int) -> str:
        """Return what stands before a row."""
        return CLASS_WEIGHTS if self.which == CLASS_WEIGHT else study.sample_name(row)

    def row_tip(self, study: Study, row: int) -> str | None:
        """Return the whole name of a sample, as HTML; None where it has none."""
        name = study.sample_name(row)
        named = self.which != CLASS_WEIGHT and name != study.sample_number(row)
        return tip(name) if named else None

    def _indexed(self, study: Study) -> bool:
        return self.which == LABELS and study.indexed
