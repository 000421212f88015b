"""A study of plain lists, and its edits: each gives another study, the same one if nothing changes."""

from __future__ import annotations

import math
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

Rows = list[list[float]]
TITLES = {
    "one-hot": "one-hot",
    "index": "class index",
    "binary": "0/1",
    "signed": "−1/+1",
    "soft": "soft",
    "real": "real",
}
RULES: dict[str, Callable[[list[float], int], bool]] = {
    "one-hot": lambda row, classes: all(y in (0, 1) for y in row) and sum(row) == 1,
    "index": lambda row, classes: row[0] in range(classes),
    "binary": lambda row, classes: all(y in (0, 1) for y in row),
    "signed": lambda row, classes: all(y in (-1, 1) for y in row),
    "soft": lambda row, classes: all(0 <= y <= 1 for y in row),
    "real": lambda row, classes: all(math.isfinite(y) for y in row),
}


class Refused(Exception):  # noqa: N818
    """What the program does not take either."""


@dataclass(frozen=True)
class Chosen:
    """A chosen loss."""

    loss: str
    profile: str = "Textbook"
    parameters: tuple[tuple[str, float | bool], ...] = ()
    reduction: str | None = "mean"
    colour: int = 0


@dataclass
class Plain:
    """Tables by name, None where there is none; labels of class indices have one column."""

    tables: dict[str, Rows | None]
    encoding: str
    kind: str
    classes: list[str]
    names: list[str | None]
    choices: list[Chosen] = field(default_factory=list)

    @property
    def samples(self) -> int:
        return len(self.names)

    def rows(self, which: str) -> Rows:
        rows = self.tables[which]
        assert rows is not None
        return rows

    def name(self, row: int) -> str:
        return self.names[row] or str(row + 1)

    def counts(self, row: int) -> bool:
        return self.tables["mask"] is None or bool(self.rows("mask")[row][0])

    def weight(self, row: int) -> float:
        return 1.0 if self.tables["sample_weight"] is None else self.rows("sample_weight")[row][0]

    # Checks

    def checked(self) -> Plain:
        """Return the study itself, or refuse it."""
        labels, predictions = self.rows("labels"), self.rows("predictions")
        rule = RULES[self.encoding]
        fits = all(rule(row, len(self.classes)) for row in labels)
        if self.kind == "probabilities":
            fits = fits and all(0 <= p <= 1 for row in predictions for p in row)
        weights = (self.tables["sample_weight"] or []) + (self.tables["class_weight"] or [])
        if not fits or any(not 0 <= weight < math.inf for row in weights for weight in row):
            raise Refused
        return self

    # Cells

    def with_cell(self, which: str, row: int, column: int, value: float) -> Plain:
        """Write one number; in one-hot labels, a 1 moves the row's one there."""
        old = self.rows(which)[row][column]
        if old == value and math.copysign(1, old) == math.copysign(1, value):
            return self
        if which == "labels" and self.encoding == "one-hot" and value == 1:
            own = [float(k == column) for k in range(len(self.classes))]
            return self.with_block(which, row, 0, [own])
        return self._written(which, row, column, [[value]])

    def with_block(self, which: str, row: int, column: int, block: Rows) -> Plain:
        """Write a block of numbers."""
        rows = self.rows(which)
        if row + len(block) > len(rows) or column + len(block[0]) > len(rows[0]):
            raise Refused
        there = [line[column : column + len(block[0])] for line in rows[row : row + len(block)]]
        return self if there == block else self._written(which, row, column, block)

    def _written(self, which: str, row: int, column: int, block: Rows) -> Plain:
        changed = deepcopy(self)
        for line, values in zip(changed.rows(which)[row:], block, strict=False):
            line[column : column + len(values)] = values
        return changed.checked()

    def cleared(self, which: str, row: int, column: int, rows: int, columns: int) -> Plain:
        empty = -1.0 if which == "labels" and self.encoding == "signed" else 0.0
        return self.with_block(which, row, column, [[empty] * columns for _ in range(rows)])

    def filled(self, which: str, row: int, column: int, rows: int, columns: int) -> Plain:
        """Repeat the first row of an area in all of it; a single one is filled from above."""
        first = row - (rows == 1)
        if first < 0:
            raise Refused
        if which == "labels" and self.encoding == "one-hot":
            column, columns = 0, len(self.classes)
        source = self.rows(which)[first][column : column + columns]
        return self.with_block(which, first, column, [source] * (row + rows - first))

    # Samples

    def with_sample(self) -> Plain:
        """Add a sample of the first class, predicted uniform or 0, after the last one."""
        changed, count = deepcopy(self), len(self.classes)
        first = [0.0] if self.encoding == "index" else [-1.0 if self.encoding == "signed" else 0.0] * count
        if self.encoding in ("one-hot", "signed", "soft", "binary"):
            first[0] = 1.0
        changed.rows("labels").append(first)
        changed.rows("predictions").append([1 / count if self.kind == "probabilities" else 0.0] * count)
        for which in ("sample_weight", "mask"):
            if changed.tables[which] is not None:
                changed.rows(which).append([1.0])
        changed.names.append(None)
        return changed

    def without_samples(self, row: int, count: int) -> Plain:
        if count >= self.samples:
            raise Refused
        return self._each_sample(lambda rows: rows[:row] + rows[row + count :])

    def with_samples_moved(self, row: int, count: int, by: int) -> Plain:
        """Move `count` samples from `row` on by so many places."""
        if not 0 <= row + by <= self.samples - count:
            raise Refused
        return self._each_sample(lambda rows: moved(rows, row, count, by)) if by else self

    def _each_sample(self, changed: Callable[[list], list]) -> Plain:
        result = deepcopy(self)
        for which in ("labels", "predictions", "sample_weight", "mask"):
            if result.tables[which] is not None:
                result.tables[which] = changed(result.rows(which))
        result.names = changed(result.names)
        return result

    def with_sample_name(self, row: int, name: str) -> Plain:
        name = _name(name)
        if name == self.name(row):
            return self
        changed = deepcopy(self)
        changed.names[row] = None if name == str(row + 1) else name
        return changed

    # Classes

    def with_class(self) -> Plain:
        """Add a class that no sample has after the last one."""
        changed = deepcopy(self)
        free = next(str(n) for n in range(len(self.classes), 99) if str(n) not in self.classes)
        changed.classes.append(free)
        for which, fill in self._by_class().items():
            for line in changed.rows(which):
                line.append(fill)
        return changed

    def without_classes(self, column: int, count: int) -> Plain:
        gone = range(column, column + count)
        if count >= len(self.classes):
            raise Refused
        if self.encoding == "index" and any(row[0] in gone for row in self.rows("labels")):
            raise Refused
        if self.encoding == "one-hot" and any(row[k] for row in self.rows("labels") for k in gone):
            raise Refused
        return self._each_class(lambda columns: columns[:column] + columns[column + count :])

    def with_classes_moved(self, column: int, count: int, by: int) -> Plain:
        if not 0 <= column + by <= len(self.classes) - count:
            raise Refused
        return self._each_class(lambda columns: moved(columns, column, count, by)) if by else self

    def _each_class(self, changed: Callable[[list], list]) -> Plain:
        result = deepcopy(self)
        for which in self._by_class():
            result.tables[which] = [changed(line) for line in result.rows(which)]
        result.classes = changed(result.classes)
        if self.encoding == "index":
            places = changed(list(range(len(self.classes))))
            result.tables["labels"] = [[float(places.index(row[0]))] for row in self.rows("labels")]
        return result

    def _by_class(self) -> dict[str, float]:
        """Return the tables that have a column for each class, with what a new one holds."""
        fills = {
            "predictions": 0.0,
            "class_weight": 1.0,
            "labels": -1.0 if self.encoding == "signed" else 0.0,
        }
        if self.encoding == "index":
            del fills["labels"]
        return {which: fill for which, fill in fills.items() if self.tables[which] is not None}

    def with_class_name(self, column: int, name: str) -> Plain:
        name = _name(name)
        if name == self.classes[column]:
            return self
        if name in self.classes:
            raise Refused
        changed = deepcopy(self)
        changed.classes[column] = name
        return changed


def moved(items: list, at: int, count: int, by: int) -> list:
    part, rest = items[at : at + count], items[:at] + items[at + count :]
    return rest[: at + by] + part + rest[at + by :]


def _name(name: str) -> str:
    name = name.strip(" \t")
    if not name.strip() or len(name) > 200:
        raise Refused
    return name
