"""Studies: what they are made of, what they refuse, in words, and edits of single numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from core.drawn import cut
from core.small import PREDICTED, WRITTEN, numbers, study

from lossgui.core.study import LABELS, PREDICTIONS, RefusedError, Study

# Made


def test_a_study_says_what_it_was_made_of() -> None:
    made = study(
        classes=["cat", "dog", "owl"], sample_weight=[1, 2, 3], class_weight=[1, 2, 0.5], title="pets"
    )
    assert (made.samples, made.classes, made.class_weight, made.title) == (
        3,
        ("cat", "dog", "owl"),
        (1, 2, 0.5),
        "pets",
    )
    assert numbers(made.predictions) == PREDICTED and numbers(made.labels) == np.eye(3).tolist()
    assert numbers(made.sample_weight) == [[1], [2], [3]]
    assert (
        made.indexed is False
        and made.table(LABELS) is made.labels
        and made.table(PREDICTIONS) is made.predictions
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([[1, 0]], [[0.5, 0.5, 0]]), "Labels have 2 classes, predictions 3."),
        (
            ([[1, 0], [0, 1]], [[0.5, 0.5]]),
            "Labels of the shape (2, 2) do not fit predictions of (1,) samples.",
        ),
        ((np.zeros((2, 0)), np.ones((2, 3))), "Labels have 0 classes, predictions 3."),
        (([0, 1], [[0.5, 0.5]], "index"), "Labels of the shape (2,) do not fit predictions of (1,) samples."),
        (([[1, 1]], [[0.5, 0.5]]), "Labels are not one-hot: sample 1 needs one 1, all else 0."),
        (
            ([0, 2], [[0.5, 0.5]] * 2, "index"),
            "Labels are not class index: sample 2 must be the whole number of a class",
        ),
        (([0, 0.5], [[0.5, 0.5]] * 2, "index"), "sample 2 must be the whole number of a class"),
        (([[0, 2]], [[0.5, 0.5]], "binary"), "Labels are not 0/1: sample 1 must be 0 or 1."),
        (([[0, 1]], [[0.5, 0.5]], "signed"), "Labels are not −1/+1: sample 1 must be −1 or 1."),
        (([[0, 1.5]], [[0.5, 0.5]], "soft"), "Labels are not soft: sample 1 must lie between 0 and 1."),
        (([[0, np.inf]], [[0.5, 0.5]], "real"), "Labels are not real: sample 1 must be a finite number."),
        (
            ([[0, 1]] * 2, [[0.5, 0.5], [0.5, 1.5]]),
            "A probability lies between 0 and 1: 1.5 in sample 2 does not.",
        ),
        (([[0, 1]], [[0.5, np.nan]]), "nan in sample 1 does not."),
        ((None, np.zeros((0, 3))), "Predictions need at least one sample and one class."),
        ((None, np.zeros((3, 0))), "Predictions need at least one sample and one class."),
        ((None, 0.5), "Predictions need at least one sample and one class."),
        ((None, [[0.5]], "three-hot"), "There is no probabilities or no three-hot."),
        ((None, [[0.5]], "one-hot", "odds"), "There is no odds or no one-hot."),
    ],
)
def test_what_does_not_hold_together_is_refused(arguments: tuple[Any, ...], words: str) -> None:
    with pytest.raises(RefusedError, match=re.escape(words)):
        Study.of(*arguments)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"classes": ["a", "b"]}, "There are 2 class names and 3 classes."),
        ({"sample_weight": [1, 2]}, "Sample weights of the shape (2,) do not fit (3,) samples."),
        ({"sample_weight": [1, 2, -1]}, "Sample weights must be finite numbers, and none below 0."),
        ({"sample_weight": [1, 2, np.nan]}, "Sample weights must be finite numbers"),
        ({"class_weight": [1, 2]}, "There are 2 class weights and 3 classes."),
        ({"class_weight": [1, 2, -1]}, "Class weights must be finite numbers, and none below 0."),
        ({"class_weight": [1, 2, np.nan]}, "Class weights must be finite numbers"),
    ],
)
def test_names_and_weights_that_do_not_fit_are_refused(more: dict[str, Any], words: str) -> None:
    with pytest.raises(RefusedError, match=re.escape(words)):
        study(**more)


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.float16])
def test_floats_keep_their_type_through_every_edit(dtype: type) -> None:
    made = Study.of(np.eye(3, dtype=dtype), np.array(PREDICTED, dtype), kind="logits")
    edited = (
        made.with_prediction(0, 1, 0.3, rescale=True).with_cells(LABELS, 0, 0, [[0, 1, 0]]).with_samples(1)
    )
    edited = edited.with_classes(0).without_samples([0]).without_classes([0]).softmaxed().normalised()
    for found in (made, edited):
        assert found.labels is not None and found.predictions.dtype == found.labels.dtype == dtype


@pytest.mark.parametrize("dtype", [int, np.uint8, bool])
def test_predictions_that_are_no_floats_become_float64(dtype: type) -> None:
    made = Study.of(np.eye(2, dtype=dtype), np.array([[1, 0], [0, 1]], dtype))
    assert made.labels is not None and made.predictions.dtype == made.labels.dtype == np.float64


def test_arrays_are_not_copied() -> None:
    labels, predictions = np.eye(3), np.array(PREDICTED, np.float32)
    made = Study.of(labels, predictions)
    assert made.labels is not None
    assert np.shares_memory(made.labels.blocks[0].array, labels)
    assert np.shares_memory(made.predictions.blocks[0].array, predictions)


def test_all_tables_are_cut_at_the_same_rows() -> None:
    many = Study.of(np.zeros(40_000, int), np.zeros((40_000, 5)), "index", sample_weight=np.ones(40_000))
    assert many.labels is not None and many.sample_weight is not None
    assert many.predictions.starts == many.labels.starts == many.sample_weight.starts
    assert len(many.predictions.blocks) > 1


# Outer shapes


@pytest.fixture
def batch_and_time() -> Study:
    return Study.of(np.zeros((2, 2), int), np.full((2, 2, 3), 0.25), "index", sample_weight=np.ones((2, 2)))


def test_an_outer_shape_is_kept_until_samples_come_or_go(batch_and_time: Study) -> None:
    assert (batch_and_time.samples, batch_and_time.outer) == (4, (2, 2))
    assert [batch_and_time.sample_name(row) for row in range(4)] == ["(1, 1)", "(1, 2)", "(2, 1)", "(2, 2)"]
    edited = batch_and_time.with_cell(LABELS, 3, 0, 2).with_prediction(3, 0, 0.1).with_encoding("one-hot")
    edited = edited.with_classes(1).without_classes([1]).normalised().with_kind("values").softmaxed()
    assert edited.outer == (2, 2)
    assert edited.with_samples(4).outer is None
    assert edited.without_samples([0]).outer is None
    assert edited.without_samples([0]).sample_name(0) == "1"


def test_class_indices_may_come_in_a_column() -> None:
    assert Study.of([[0], [1]], [[0.5, 0.5]] * 2, "index") == Study.of([0, 1], [[0.5, 0.5]] * 2, "index")


# Cells


EDITS: list[tuple[str, Callable[[Study], Study], str]] = [
    ("one-hot", lambda s: s.with_cell(LABELS, 1, 0, 0.5), "Sample 2 needs one 1, all else 0."),
    ("one-hot", lambda s: s.with_cell(LABELS, 1, 1, 0), "Sample 2 needs one 1, all else 0."),
    (
        "one-hot",
        lambda s: s.with_cell(LABELS, 1, 3, 1),
        "1 x 1 numbers do not fit at sample 2, column 4 of a table of 3 x 3",
    ),
    ("one-hot", lambda s: s.with_cell(LABELS, 1, -1, 1), "1 x 1 numbers do not fit at sample 2, column 0"),
    ("index", lambda s: s.with_cell(LABELS, 2, 0, 3), "Sample 3 must be the whole number of a class"),
    ("index", lambda s: s.with_cell(LABELS, 2, 0, -1), "Sample 3 must be the whole number of a class"),
    ("index", lambda s: s.with_cell(LABELS, 2, 0, 0.5), "Sample 3 must be the whole number of a class"),
    ("index", lambda s: s.with_cell(LABELS, 2, 0, 1e300), "Sample 3 must be the whole number of a class"),
    ("binary", lambda s: s.with_cell(LABELS, 0, 0, 2), "Sample 1 must be 0 or 1."),
    ("signed", lambda s: s.with_cell(LABELS, 0, 0, 0), "Sample 1 must be −1 or 1."),
    ("soft", lambda s: s.with_cell(LABELS, 0, 0, -0.1), "Sample 1 must lie between 0 and 1."),
    ("real", lambda s: s.with_cell(LABELS, 0, 0, np.nan), "Only finite numbers can be entered."),
    ("real", lambda s: s.with_cell(PREDICTIONS, 0, 0, np.inf), "Only finite numbers can be entered."),
    ("one-hot", lambda s: s.with_cell(PREDICTIONS, 2, 0, 1.1), "between 0 and 1: 1.1 in sample 3 does not."),
    (
        "one-hot",
        lambda s: s.with_prediction(2, 0, -0.2, rescale=True),
        "between 0 and 1: -0.2 in sample 3 does not.",
    ),
    ("one-hot", lambda s: s.with_prediction(3, 0, 0.5, rescale=True), "do not fit at sample 4, column 1"),
    ("one-hot", lambda s: s.with_prediction(0, 3, 0.5, rescale=True), "do not fit at sample 1, column 4"),
    (
        "one-hot",
        lambda s: s.with_cells(PREDICTIONS, 2, 1, np.zeros((2, 1))),
        "2 x 1 numbers do not fit at sample 3, column 2",
    ),
    ("one-hot", lambda s: s.with_cells(PREDICTIONS, 1, 0, [[0.1], [1.5]]), "1.5 in sample 3 does not."),
    (
        "one-hot",
        lambda s: s.with_cells(LABELS, 1, 0, [[1, 0, 0], [1, 1, 0]]),
        "Sample 3 needs one 1, all else 0.",
    ),
    ("one-hot", lambda s: s.without_samples([0, 1, 2, 0]), "A study needs at least one sample."),
    ("one-hot", lambda s: s.without_classes([0, 1, 2]), "A study needs at least one class."),
    (
        "one-hot",
        lambda s: s.without_classes([1]),
        "Sample 2 is labelled with that class: give it another label first.",
    ),
    ("index", lambda s: s.without_classes([2]), "Sample 3 is labelled with that class"),
    (
        "one-hot",
        lambda s: (
            s.with_cell(PREDICTIONS, 0, 0, 0)
            .with_kind("values")
            .with_cell(PREDICTIONS, 1, 0, 7)
            .with_kind("probabilities")
        ),
        "7 in sample 2 does not.",
    ),
    (
        "one-hot",
        lambda s: s.with_cells(PREDICTIONS, 1, 0, np.zeros((1, 3))).normalised(),
        "Sample 2 has no positive sum to divide by.",
    ),
]


@pytest.mark.parametrize(("encoding", "edit", "words"), EDITS)
@pytest.mark.parametrize("block_rows", [1, 100])
def test_an_edit_that_does_not_fit_is_refused_and_changes_nothing(
    encoding: str, edit: Callable[[Study], Study], words: str, block_rows: int
) -> None:
    before = cut(study(encoding), block_rows)
    with pytest.raises(RefusedError, match=re.escape(words)):
        edit(before)
    assert before == cut(study(encoding), block_rows)


def test_a_study_without_labels_has_none_to_edit() -> None:
    with pytest.raises(RefusedError, match="This study has no labels"):
        Study.of(None, PREDICTED).with_cell(LABELS, 0, 0, 1)


def test_a_one_moves_within_its_row() -> None:
    moved = study().with_cell(LABELS, 0, 2, 1)
    assert numbers(moved.labels) == [[0, 0, 1], [0, 1, 0], [0, 0, 1]]
    assert moved.predictions is study().predictions or moved.predictions == study().predictions


@pytest.mark.parametrize("encoding", ["binary", "soft", "real", "signed"])
def test_elsewhere_a_one_is_only_a_one(encoding: str) -> None:
    labels = WRITTEN[encoding].copy()
    labels[0, 2] = 1
    assert numbers(study(encoding).with_cell(LABELS, 0, 2, 1).labels) == labels.tolist()


def test_a_rectangle_is_judged_as_a_whole() -> None:
    # Each number by itself would break its row: one after the other they could not be entered.
    assert numbers(study().with_cells(LABELS, 0, 0, [[0, 1], [1, 0]]).labels) == [
        [0, 1, 0],
        [1, 0, 0],
        [0, 0, 1],
    ]


def test_only_the_touched_rows_are_judged() -> None:
    # A wrong number elsewhere (of a file that was opened unchecked) does not stop an edit.
    wrong = replace(study("index"), encoding="index", classes=("a", "b"))
    assert numbers(wrong.with_cell(LABELS, 0, 0, 1).labels) == [[1], [1], [2]]


def test_logits_and_values_may_be_any_number() -> None:
    for kind in ("logits", "values"):
        assert study(kind=kind).with_cell(PREDICTIONS, 0, 0, -40).predictions[0, 0] == -40
