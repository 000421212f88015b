"""Names, weights and masks of a study: what they may be, what is refused, in words."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from core.drawn import cut
from core.small import PREDICTED, numbers, study

from lossgui.core.names import LONGEST
from lossgui.core.study import CLASS_WEIGHT, LABELS, MASK, PREDICTIONS, SAMPLE_WEIGHT, RefusedError, Study

EDITS: list[tuple[Callable[[Study], Study], str]] = [
    (lambda s: s.with_class_name(0, ""), "A name needs at least one character."),
    (lambda s: s.with_class_name(0, " \t "), "A name needs at least one character."),
    (lambda s: s.with_class_name(0, "cat\ndog"), "A name is one line."),
    (lambda s: s.with_class_name(0, "cat\u2028dog"), "A name is one line."),
    (lambda s: s.with_class_name(0, "x" * 201), "A name has 200 characters at most; this one has 201."),
    (lambda s: s.with_class_name(0, "2"), "Another class is called ‘2’."),
    (lambda s: s.with_class_name(3, "x"), "There is no class in column 4: there are 3."),
    (lambda s: s.with_class_name(-1, "x"), "There is no class in column 0: there are 3."),
    (lambda s: s.with_sample_name(0, "  "), "A name needs at least one character."),
    (lambda s: s.with_sample_name(0, "a\rb"), "A name is one line."),
    (lambda s: s.with_sample_name(0, "x" * 999), "A name has 200 characters at most; this one has 999."),
    (lambda s: s.with_sample_name(3, "x"), "There is no sample 4: there are 3."),
    (lambda s: s.with_sample_moved(0, 3), "There is no sample 4: there are 3."),
    (lambda s: s.with_sample_moved(-1, 0), "There is no sample 0: there are 3."),
    (lambda s: s.with_class_moved(3, 0), "There is no class in column 4: there are 3."),
    (lambda s: s.with_sample_weight(0, -1), "Weights must be finite numbers, and none below 0."),
    (lambda s: s.with_sample_weight(0, np.nan), "Weights must be finite numbers"),
    (lambda s: s.with_sample_weight(3, 1), "1 x 1 numbers do not fit at sample 4, column 1"),
    (lambda s: s.with_class_weight(0, np.inf), "Weights must be finite numbers"),
    (lambda s: s.with_class_weight(3, 1), "1 x 1 numbers do not fit at sample 1, column 4"),
    (lambda s: s.with_mask(3, False), "1 x 1 numbers do not fit at sample 4, column 1"),
    (lambda s: s.masking().with_cells(MASK, 0, 0, [[0.5]]), "A sample counts, 1, or it does not, 0."),
    (lambda s: s.with_cells(SAMPLE_WEIGHT, 0, 0, [[1]]), "This study has no sample weights."),
    (lambda s: s.with_cells(CLASS_WEIGHT, 0, 0, [[1]]), "This study has no class weights."),
    (lambda s: s.with_filled(MASK, 0, 2, 0, 1), "This study has no mask."),
    (lambda s: s.with_filled(PREDICTIONS, 0, 4, 0, 1), "There is nothing to fill."),
    (lambda s: s.with_filled(PREDICTIONS, 1, 1, 0, 1), "There is nothing to fill."),
    (lambda s: s.with_filled(PREDICTIONS, 0, 2, 2, 4), "There is nothing to fill."),
    (lambda s: s.with_filled(LABELS, -1, 2, 0, 1), "There is nothing to fill."),
]


@pytest.mark.parametrize(("edit", "words"), EDITS)
def test_what_cannot_be_is_refused_in_words(edit: Callable[[Study], Study], words: str) -> None:
    for before in (study(), study("index")):
        with pytest.raises(RefusedError, match=re.escape(words)):
            edit(before)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"mask": [True, False]}, "Masks of the shape (2,) do not fit (3,) samples."),
        ({"mask": [1, 0, 0.5]}, "A mask is 1 where a sample counts, and 0 where it does not."),
        ({"mask": [1, 0, np.nan]}, "A mask is 1 where a sample counts"),
        ({"sample_names": {3: "x"}}, "Names of samples are not those of samples in order."),
        ({"sample_names": {-1: "x"}}, "Names of samples are not those of samples in order."),
        ({"sample_names": {0: ""}}, "A name needs at least one character."),
        ({"sample_names": {0: "x", 2: "a\nb"}}, "A name is one line."),
    ],
)
def test_a_study_is_not_made_of_what_does_not_fit(more: dict[str, object], words: str) -> None:
    with pytest.raises(RefusedError, match=re.escape(words)):
        study(**more)


# Names


def test_a_name_may_be_anything_else() -> None:
    for name in ("cat", "<b>dog</b>", "貓", "x" * LONGEST, "a\tb", "7", "1 000"):
        assert study().with_class_name(0, name).classes == (name, "1", "2")
        assert study().with_sample_name(1, name).sample_name(1) == name
    assert study().with_class_name(0, "  cat ").classes[0] == "cat"


def test_the_same_name_changes_nothing() -> None:
    before = study(sample_names={1: "fido"})
    assert before.with_class_name(0, "0") is before
    assert before.with_sample_name(1, "fido") is before
    assert before.with_sample_name(0, "1") is before


def test_its_number_takes_the_name_of_a_sample_away() -> None:
    named = study(sample_names={1: "fido", 2: "rex"})
    assert [named.sample_name(row) for row in range(3)] == ["1", "fido", "rex"]
    assert named.with_sample_name(1, "2") == study(sample_names={2: "rex"})
    batch = Study.of(None, np.full((2, 2, 3), 0.25)).with_sample_name(3, "last")
    assert batch.sample_name(3) == "last" and batch.with_sample_name(3, "(2, 2)").sample_names == ()


def test_only_named_samples_are_stored() -> None:
    large = Study.of(None, np.zeros((100_000, 1))).with_sample_name(99_999, "last")
    assert large.sample_names == ((99_999, "last"),)
    assert large.with_samples(0, 2).sample_names == ((100_001, "last"),)
    assert large.with_sample_moved(99_999, 5).sample_names == ((5, "last"),)


def test_refusals_call_samples_by_their_names() -> None:
    named = study("soft", sample_names={1: "fido"})
    for edit in (
        lambda: named.with_cell(LABELS, 1, 0, 2),
        lambda: named.with_cell(PREDICTIONS, 1, 0, 2),
        lambda: named.with_cell(LABELS, 1, 0, 0.5).with_encoding("one-hot"),
        lambda: study(sample_names={1: "fido"}).without_classes([1]),
        lambda: named.with_cells(PREDICTIONS, 1, 0, np.zeros((1, 3))).normalised(),
    ):
        with pytest.raises(RefusedError, match=r"[Ss]ample fido "):
            edit()


# Weights and masks


def test_weights_come_as_ones_and_go() -> None:
    before = cut(study(), 2)
    weighed = before.weighing_samples().weighing_classes().masking()
    assert numbers(weighed.sample_weight) == [[1], [1], [1]] and numbers(weighed.mask) == [[True]] * 3
    assert weighed.class_weight == (1, 1, 1)
    assert weighed.mask is not None and weighed.mask.dtype == bool
    assert weighed.weighing_samples() is weighed and weighed.masking() is weighed
    assert weighed.weighing_samples(False).weighing_classes(False).masking(False) == before
    assert before.masking(False) is before and before.weighing_classes(False) is before


def test_the_first_weight_brings_the_others_along() -> None:
    weighed = study().with_sample_weight(1, 2.5).with_class_weight(2, 0).with_mask(0, False)
    assert numbers(weighed.sample_weight) == [[1], [2.5], [1]]
    assert weighed.class_weight == (1, 1, 0)
    assert numbers(weighed.mask) == [[False], [True], [True]]
    assert weighed.with_mask(0, True).with_mask(0, False) == weighed


def test_studies_that_differ_in_a_mask_or_a_name_are_not_equal() -> None:
    assert study(mask=[1, 0, 1]) == study(mask=[True, False, True]) != study(mask=[1, 1, 1]) != study()
    assert study(sample_names={0: "a"}) != study(sample_names={0: "b"}) != study()


# Filling down


def test_the_first_row_fills_the_others() -> None:
    filled = study("soft").with_filled(PREDICTIONS, 0, 3, 1, 3)
    assert numbers(filled.predictions) == [[0.7, 0.2, 0.1], [0.1, 0.2, 0.1], [0.3, 0.2, 0.1]]
    assert filled.with_filled(PREDICTIONS, 2, 3, 0, 3) is filled


def test_one_hot_labels_are_filled_as_whole_rows() -> None:
    assert numbers(study().with_filled(LABELS, 1, 3, 0, 1).labels) == [[1, 0, 0], [0, 1, 0], [0, 1, 0]]
    assert numbers(study("soft").with_filled(LABELS, 1, 3, 0, 1).labels) == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]


def test_class_weights_are_one_row() -> None:
    weighed = Study.of(None, PREDICTED, class_weight=[1, 2, 3]).with_cells(CLASS_WEIGHT, 0, 1, [[5, 7]])
    assert weighed.class_weight == (1, 5, 7)
