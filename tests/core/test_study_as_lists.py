"""A study, edited at random, against plain lists edited in the same way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from core.drawn import cut
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lossgui.core.study import CLASS_WEIGHT, LABELS, MASK, PREDICTIONS, SAMPLE_WEIGHT, RefusedError, Study

PLACES, NUMBERS = st.integers(0, 9), st.floats(-5, 5)
WEIGHTS = st.floats(0, 5)
WORDS = st.text("abc de", min_size=1, max_size=3).map(str.strip).filter(bool)


@dataclass
class Sample:
    """A sample of plain lists: its label says classes by what they are, not by where they stand."""

    label: Any
    predictions: dict[int, float]
    name: str | None = None
    weight: float = 1.0
    counts: bool = True


@dataclass
class Class:
    """A class: what it is, its name, its weight."""

    key: int
    name: str
    weight: float = 1.0


class Edits(RuleBasedStateMachine):
    """The same edits of a study and of lists of samples and classes."""

    @initialize(encoding=st.sampled_from(["one-hot", "index", "real"]), rows=st.sampled_from([1, 2, 3, 100]))
    def begin(self, encoding: str, rows: int) -> None:
        self.classes = [Class(k, str(k)) for k in range(3)]
        self.keys = 3
        self.weighs = self.weighs_classes = self.masks = False
        rng = np.random.default_rng(0)
        predictions, own = rng.normal(size=(5, 3)), rng.integers(0, 3, 5)
        labels = {"one-hot": np.eye(3)[own], "index": own, "real": rng.normal(size=(5, 3))}[encoding]
        self.study = cut(Study.of(labels, predictions, encoding, "logits"), rows)
        self.samples = [
            Sample(
                dict(enumerate(labels[row])) if encoding == "real" else int(own[row]),
                dict(enumerate(predictions[row])),
            )
            for row in range(5)
        ]

    # Samples

    @rule(at=PLACES, count=st.integers(1, 3))
    def add_samples(self, at: int, count: int) -> None:
        at %= len(self.samples) + 1
        self.study = self.study.with_samples(at, count)
        keys = [one.key for one in self.classes]
        label = dict.fromkeys(keys, 0.0) if self.study.encoding == "real" else keys[0]
        fresh = (dict(label) if isinstance(label, dict) else label for _ in range(count))
        self.samples[at:at] = [Sample(label, dict.fromkeys(keys, 0.0)) for label in fresh]

    @rule(rows=st.lists(PLACES, min_size=1, max_size=4))
    def remove_samples(self, rows: list[int]) -> None:
        gone = {row % len(self.samples) for row in rows}
        if len(gone) == len(self.samples):
            with pytest.raises(RefusedError, match="at least one sample"):
                self.study.without_samples(sorted(gone))
            return
        self.study = self.study.without_samples(sorted(gone))
        self.samples = [sample for row, sample in enumerate(self.samples) if row not in gone]

    @rule(old=PLACES, new=PLACES)
    def move_sample(self, old: int, new: int) -> None:
        old, new = old % len(self.samples), new % len(self.samples)
        self.study = self.study.with_sample_moved(old, new)
        self.samples.insert(new, self.samples.pop(old))

    @rule(row=PLACES, name=WORDS)
    def name_sample(self, row: int, name: str) -> None:
        row %= len(self.samples)
        self.study = self.study.with_sample_name(row, name)
        self.samples[row].name = name

    @rule(row=PLACES)
    def forget_name(self, row: int) -> None:
        row %= len(self.samples)
        self.study = self.study.with_sample_name(row, str(row + 1))
        self.samples[row].name = None

    # Classes

    @rule(at=PLACES)
    @precondition(lambda self: len(self.classes) < 6)
    def add_class(self, at: int) -> None:
        at %= len(self.classes) + 1
        self.study = self.study.with_classes(at)
        self.classes.insert(at, Class(self.keys, self.study.classes[at]))
        for sample in self.samples:
            sample.predictions[self.keys] = 0.0
            if isinstance(sample.label, dict):
                sample.label[self.keys] = 0.0
        self.keys += 1

    @rule(column=PLACES)
    def remove_class(self, column: int) -> None:
        gone = self.classes[column % len(self.classes)]
        labelled = any(sample.label == gone.key for sample in self.samples)
        if len(self.classes) == 1 or labelled:
            with pytest.raises(RefusedError, match=r"at least one class|is labelled with that class"):
                self.study.without_classes([column % len(self.classes)])
            return
        self.study = self.study.without_classes([column % len(self.classes)])
        self.classes.remove(gone)

    @rule(old=PLACES, new=PLACES)
    def move_class(self, old: int, new: int) -> None:
        old, new = old % len(self.classes), new % len(self.classes)
        self.study = self.study.with_class_moved(old, new)
        self.classes.insert(new, self.classes.pop(old))

    @rule(column=PLACES, name=WORDS)
    def name_class(self, column: int, name: str) -> None:
        column %= len(self.classes)
        if name in {one.name for one in self.classes} - {self.classes[column].name}:
            with pytest.raises(RefusedError, match="Another class is called"):
                self.study.with_class_name(column, name)
            return
        self.study = self.study.with_class_name(column, name)
        self.classes[column].name = name

    # Weights and mask

    @rule(weighs=st.booleans(), classes=st.booleans(), masks=st.booleans())
    def weigh_and_mask(self, weighs: bool, classes: bool, masks: bool) -> None:
        self.study = self.study.weighing_samples(weighs).weighing_classes(classes).masking(masks)
        self.weighs, self.weighs_classes, self.masks = weighs, classes, masks
        for sample in self.samples:
            sample.weight = sample.weight if weighs else 1.0
            sample.counts = sample.counts or not masks
        for one in self.classes:
            one.weight = one.weight if classes else 1.0

    @rule(row=PLACES, weight=WEIGHTS)
    def weigh(self, row: int, weight: float) -> None:
        row %= len(self.samples)
        self.study = self.study.with_sample_weight(row, weight)
        self.samples[row].weight, self.weighs = weight, True

    @rule(column=PLACES, weight=WEIGHTS)
    def weigh_class(self, column: int, weight: float) -> None:
        column %= len(self.classes)
        self.study = self.study.with_class_weight(column, weight)
        self.classes[column].weight, self.weighs_classes = weight, True

    @rule(row=PLACES, on=st.booleans())
    def mask(self, row: int, on: bool) -> None:
        row %= len(self.samples)
        self.study = self.study.with_mask(row, on)
        self.samples[row].counts, self.masks = on, True

    # Cells

    @rule(row=PLACES, column=PLACES, value=NUMBERS)
    def predict(self, row: int, column: int, value: float) -> None:
        row, column = row % len(self.samples), column % len(self.classes)
        self.study = self.study.with_prediction(row, column, value)
        self.samples[row].predictions[self.classes[column].key] = value

    @rule(row=PLACES, rows=st.integers(1, 4), column=PLACES, columns=st.integers(1, 3))
    def fill_predictions(self, row: int, rows: int, column: int, columns: int) -> None:
        row, column = row % len(self.samples), column % len(self.classes)
        stop, last = min(row + rows, len(self.samples)), min(column + columns, len(self.classes))
        self.study = self.study.with_filled(PREDICTIONS, row, stop, column, last)
        for sample in self.samples[row:stop]:
            for one in self.classes[column:last]:
                sample.predictions[one.key] = self.samples[row].predictions[one.key]

    @rule(row=PLACES, rows=st.integers(1, 4), column=PLACES)
    def fill_labels(self, row: int, rows: int, column: int) -> None:
        row, stop = row % len(self.samples), min(row % len(self.samples) + rows, len(self.samples))
        column = 0 if self.study.indexed else column % len(self.classes)
        self.study = self.study.with_filled(LABELS, row, stop, column, column + 1)
        for sample in self.samples[row:stop]:
            if isinstance(sample.label, dict):
                key = self.classes[column].key
                sample.label[key] = self.samples[row].label[key]
            else:
                sample.label = self.samples[row].label

    @rule(row=PLACES, rows=st.integers(1, 4))
    def fill_weights_and_mask(self, row: int, rows: int) -> None:
        row, stop = row % len(self.samples), min(row % len(self.samples) + rows, len(self.samples))
        for which, there in ((SAMPLE_WEIGHT, self.weighs), (MASK, self.masks)):
            if there:
                self.study = self.study.with_filled(which, row, stop, 0, 1)
        for sample in self.samples[row:stop]:
            sample.weight, sample.counts = self.samples[row].weight, self.samples[row].counts

    # What must hold

    @invariant()
    def the_same(self) -> None:
        study, keys = self.study, [one.key for one in self.classes]
        assert study.checked() is study
        assert study.classes == tuple(one.name for one in self.classes)
        assert study.predictions.to_array().tolist() == [
            [s.predictions[k] for k in keys] for s in self.samples
        ]
        assert study.labels is not None and study.labels.to_array().tolist() == self.labels(keys)
        names = [sample.name or str(row + 1) for row, sample in enumerate(self.samples)]
        assert [study.sample_name(row) for row in range(study.samples)] == names
        assert [study.counts(row) for row in range(study.samples)] == [s.counts for s in self.samples]
        assert study.counted == sum(sample.counts for sample in self.samples)
        assert self.column(SAMPLE_WEIGHT) == ([s.weight for s in self.samples] if self.weighs else None)
        assert self.column(MASK) == ([s.counts for s in self.samples] if self.masks else None)
        weights = tuple(one.weight for one in self.classes) if self.weighs_classes else None
        assert study.class_weight == weights
        shown = study.table(CLASS_WEIGHT)
        assert (shown is None) == (weights is None)
        assert shown is None or tuple(shown.row(0)) == weights

    @invariant()
    def tables_are_cut_at_the_same_rows(self) -> None:
        study = self.study
        for table in (study.labels, study.sample_weight, study.mask):
            assert table is None or table.starts == study.predictions.starts

    def labels(self, keys: list[int]) -> list[list[float]]:
        if self.study.indexed:
            return [[keys.index(sample.label)] for sample in self.samples]
        if self.study.encoding == "one-hot":
            return [[float(sample.label == key) for key in keys] for sample in self.samples]
        return [[sample.label[key] for key in keys] for sample in self.samples]

    def column(self, which: str) -> list[Any] | None:
        table = self.study.table(which)
        return None if table is None else table.to_array()[:, 0].tolist()


TestEdits = Edits.TestCase


def test_an_outer_shape_ends_where_samples_are_moved() -> None:
    study = Study.of(np.zeros((2, 2), int), np.full((2, 2, 3), 0.25), "index")
    assert study.with_class_moved(0, 2).outer == (2, 2)
    assert study.with_sample_moved(0, 3).outer is None
    assert study.with_sample_moved(1, 1) is study and study.with_class_moved(1, 1) is study
    assert replace(study, outer=None).with_sample_moved(0, 3) == study.with_sample_moved(0, 3)
