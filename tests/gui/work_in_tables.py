"""What a person does in the tables, and the same on plain lists."""

from __future__ import annotations

from gui.person import pick
from gui.plain import meaning
from gui.plain.study import TITLES
from gui.starts import KINDS
from gui.work import MOST, Work
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from PySide6.QtWidgets import QApplication

PLACES, SIZES, ON = st.integers(0, MOST - 1), st.sampled_from([1, 1, 2, 3]), st.booleans()
ORDINARY = st.sampled_from([0.0, 1.0, 1.0, 0.5, 0.25, 1 / 3])
NUMBERS = ORDINARY | st.floats(0, 1) | st.floats(-5, 5) | st.sampled_from([-1.0, -0.0, 1e-300, 1e200])
NO_NUMBERS = st.sampled_from(["", "nan", "1e999", "1_0", "٣", "0.5.1", "\ud800", "1e-999", "1.2,3"])
NO_BLOCKS = st.sampled_from(["", "nonsense", "1\t2\n3", "0,5\t0.5"])
BLOCKS = st.lists(
    st.lists(ORDINARY | st.sampled_from([0.0, 1.0, 2.0]), min_size=MOST, max_size=MOST),
    min_size=1,
    max_size=3,
)
NAMES = st.sampled_from(["fido", "", " rex ", "<b>bold</b>", "0", "1", "2", "3", "x" * 200, "y" * 201])
PARTS = st.sampled_from(["predictions", "predictions", "labels", "sample_weight", "class_weight"])
VERBS = st.sampled_from(["fill", "clear", "cut"])
WEIGHTS = {"sample_weight": "weigh_samples", "class_weight": "weigh_classes", "mask": "mask_samples"}
DISTRIBUTIONS = {"softmax": meaning.softmaxed, "normalise": meaning.normalised}


class WorkInTables(Work):
    """The rules of the tables."""

    # Cells

    @rule(which=PARTS, row=PLACES, column=PLACES, value=NUMBERS, comma=ON)
    def write(self, which: str, row: int, column: int, value: float, comma: bool) -> None:
        if place := self.place(which, row, column):
            self.person.write(which, *place, repr(value).replace(".", "," if comma else "."))
            self.attempt(lambda: self.now.with_cell(which, *place, value))

    @rule(which=PARTS, row=PLACES, column=PLACES, text=NO_NUMBERS)
    def write_nonsense(self, which: str, row: int, column: int, text: str) -> None:
        if place := self.place(which, row, column):
            self.person.write(which, *place, text)

    @rule(which=PARTS, row=PLACES, column=PLACES, block=BLOCKS, columns=PLACES, fits=ON)
    def paste(
        self, which: str, row: int, column: int, block: list[list[float]], columns: int, fits: bool
    ) -> None:
        if place := self.place(which, row, column):
            rows, room = self.room(which, *place) if fits else (len(block), MOST)
            cut = [line[: min(columns + 1, room)] for line in block[:rows]]
            QApplication.clipboard().setText("\n".join("\t".join(map(repr, line)) for line in cut))
            self.person.go(which, *place)
            self.window.tables.paste.trigger()
            self.attempt(lambda: self.now.with_block(which, *place, cut))

    @rule(
        which=PARTS, row=PLACES, column=PLACES, text=st.sampled_from(["", "nonsense", "1\t2\n3", "0,5\t0.5"])
    )
    def paste_nonsense(self, which: str, row: int, column: int, text: str) -> None:
        QApplication.clipboard().setText(text)
        if place := self.place(which, row, column):
            self.person.go(which, *place)
            self.window.tables.paste.trigger()

    @rule(
        which=PARTS,
        row=PLACES,
        column=PLACES,
        rows=SIZES,
        columns=SIZES,
        verb=st.sampled_from(["fill", "clear", "cut"]),
    )
    def change_an_area(self, which: str, row: int, column: int, rows: int, columns: int, verb: str) -> None:
        if place := self.place(which, row, column):
            room = self.room(which, *place)
            area = (*place, min(rows, room[0]), min(columns, room[1]))
            self.person.go(which, *area)
            getattr(self.window.tables, verb).trigger()
            self.attempt(lambda: getattr(self.now, "filled" if verb == "fill" else "cleared")(which, *area))

    @rule(row=PLACES, column=PLACES, keys=st.lists(st.sampled_from([1, -1, 10, -10]), min_size=1, max_size=4))
    def scrub(self, row: int, column: int, keys: list[int]) -> None:
        place = self.place("predictions", row, column)
        assert place is not None
        self.person.go("predictions", *place)
        for steps in keys:
            self.person.scrub(steps)
            self.history.step(place, steps, self.rescale)

    @rule(rescale=ON)
    def hold_or_rescale(self, rescale: bool) -> None:
        self.window.document.rescale = self.rescale = rescale

    # Samples and classes

    @rule()
    @precondition(lambda self: self.now.samples < MOST)
    def add_sample(self) -> None:
        self.window.tables.add_sample.trigger()
        self.attempt(self.now.with_sample)

    @rule()
    @precondition(lambda self: len(self.now.classes) < MOST)
    def add_class(self) -> None:
        self.window.tables.add_class.trigger()
        self.attempt(self.now.with_class)

    @rule(row=PLACES, count=SIZES)
    def remove_samples(self, row: int, count: int) -> None:
        row, count = self._samples(row, count)
        self.window.tables.remove_sample.trigger()
        self.attempt(lambda: self.now.without_samples(row, count))

    @rule(column=PLACES, count=SIZES)
    def remove_classes(self, column: int, count: int) -> None:
        column, count = self._classes(column, count)
        self.window.tables.remove_class.trigger()
        self.attempt(lambda: self.now.without_classes(column, count))

    @rule(row=PLACES, count=SIZES, up=ON)
    def move_samples(self, row: int, count: int, up: bool) -> None:
        row, count = self._samples(row, count)
        (self.window.tables.move_up if up else self.window.tables.move_down).trigger()
        self.attempt(lambda: self.now.with_samples_moved(row, count, -1 if up else 1))

    @rule(column=PLACES, count=SIZES, left=ON)
    def move_classes(self, column: int, count: int, left: bool) -> None:
        column, count = self._classes(column, count)
        (self.window.tables.move_left if left else self.window.tables.move_right).trigger()
        self.attempt(lambda: self.now.with_classes_moved(column, count, -1 if left else 1))

    def _samples(self, row: int, count: int) -> tuple[int, int]:
        """Select samples; return the first and how many."""
        row %= self.now.samples
        count = min(count, self.now.samples - row)
        self.person.go("predictions", row, 0, count)
        return row, count

    def _classes(self, column: int, count: int) -> tuple[int, int]:
        """Select classes; return the first and how many."""
        column %= len(self.now.classes)
        count = min(count, len(self.now.classes) - column)
        self.person.go("predictions", 0, column, 1, count)
        return column, count

    @rule(old=PLACES, new=PLACES)
    def drag_a_sample_elsewhere(self, old: int, new: int) -> None:
        old, new = old % self.now.samples, new % self.now.samples
        self.window.tables.predictions.rows_header.dropped.emit(old, new)
        self.attempt(lambda: self.now.with_samples_moved(old, 1, new - old))

    @rule(old=PLACES, new=PLACES)
    def drag_a_class_elsewhere(self, old: int, new: int) -> None:
        old, new = old % len(self.now.classes), new % len(self.now.classes)
        self.window.tables.predictions.columns_header.dropped.emit(old, new)
        self.attempt(lambda: self.now.with_classes_moved(old, 1, new - old))

    @rule(row=PLACES, name=NAMES)
    def name_a_sample(self, row: int, name: str) -> None:
        row %= self.now.samples
        self.person.name(self.window.tables.predictions.rows_header, row, name)
        self.attempt(lambda: self.now.with_sample_name(row, name))

    @rule(column=PLACES, name=NAMES)
    def name_a_class(self, column: int, name: str) -> None:
        column %= len(self.now.classes)
        self.person.name(self.window.tables.predictions.columns_header, column, name)
        self.attempt(lambda: self.now.with_class_name(column, name))

    # What they are

    @rule(encoding=st.sampled_from(list(TITLES)))
    def write_labels_as(self, encoding: str) -> None:
        pick(self.window.tables.encoding, encoding)
        self.attempt(lambda: meaning.with_encoding(self.now, encoding))

    @rule(kind=st.sampled_from(KINDS))
    def take_predictions_for(self, kind: str) -> None:
        pick(self.window.tables.kind, kind)
        self.attempt(lambda: meaning.with_kind(self.now, kind))

    @rule(verb=st.sampled_from(list(DISTRIBUTIONS)))
    def make_distributions(self, verb: str) -> None:
        action = getattr(self.window.tables, verb)
        if action.isEnabled():
            action.trigger()
            self.attempt(lambda: DISTRIBUTIONS[verb](self.now))

    # Weights and mask

    @rule(which=st.sampled_from(list(WEIGHTS)))
    def weigh_or_mask(self, which: str) -> None:
        getattr(self.window.tables, WEIGHTS[which]).trigger()
        self.attempt(lambda: meaning.weighing(self.now, which, self.now.tables[which] is None))

    @rule(row=PLACES, count=SIZES)
    def mask(self, row: int, count: int) -> None:
        if self.now.tables["mask"] is not None:
            row %= self.now.samples
            count = min(count, self.now.samples - row)
            self.person.toggle(row, count)
            counts = float(not self.now.counts(row))
            self.attempt(lambda: self.now.with_block("mask", row, 0, [[counts]] * count))
