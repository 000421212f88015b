"""Samples and classes that come and go, with all that is theirs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from core.small import PREDICTED, numbers, study

from lossgui.core.encodings import ENCODINGS
from lossgui.core.study import LABELS, Study

# Samples


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("at", [0, 1, 3])
def test_new_samples_are_ordinary_ones(encoding: str, at: int) -> None:
    old = study(encoding, sample_weight=[1, 2, 3])
    new = old.with_samples(at, 2)
    assert new.samples == 5 and new.checked() is new
    assert new.labels is not None and new.sample_weight is not None and old.labels is not None
    first = old.labels.row(0) if encoding != "real" else np.zeros(3)
    np.testing.assert_array_equal(new.labels.rows(at, at + 2), [first, first])
    np.testing.assert_array_equal(new.predictions.rows(at, at + 2), np.full((2, 3), 1 / 3))
    np.testing.assert_array_equal(new.sample_weight.rows(at, at + 2), [[1], [1]])
    assert new.without_samples([at, at + 1]) == old


def test_new_logits_are_zero() -> None:
    assert numbers(study(kind="logits").with_samples(0).predictions)[0] == [0, 0, 0]


def test_samples_go_with_all_that_is_theirs() -> None:
    left = study("index", sample_weight=[1, 2, 3]).without_samples([0, 2])
    assert (numbers(left.labels), numbers(left.predictions), numbers(left.sample_weight)) == (
        [[1]],
        [PREDICTED[1]],
        [[2]],
    )


# Classes


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("at", [0, 1, 3])
def test_no_sample_has_a_new_class(encoding: str, at: int) -> None:
    old = study(encoding, class_weight=[1, 2, 3])
    new = old.with_classes(at, ["x", "y"])
    assert new.checked() is new and new.labels is not None and new.class_weight is not None
    assert new.classes[at : at + 2] == ("x", "y") and new.class_weight[at : at + 2] == (1, 1)
    assert (new.predictions.to_array()[:, at : at + 2] == 0).all()
    if encoding == "index":
        # The samples keep their class, whatever its number is now.
        assert [new.classes[int(k)] for k in new.labels.to_array()[:, 0]] == ["0", "1", "2"]
    else:
        assert (new.labels.to_array()[:, at : at + 2] == (-1 if encoding == "signed" else 0)).all()
    assert new.without_classes([at, at + 1]) == old


def test_a_new_class_gets_a_name_that_is_free() -> None:
    assert study(classes=["0", "3", "4"]).with_classes(3).classes == ("0", "3", "4", "5")
    assert study().with_classes(0).classes == ("3", "0", "1", "2")


def test_classes_go_with_all_that_is_theirs() -> None:
    left = study("soft", class_weight=[1, 2, 3]).without_classes([0, 2])
    assert (left.classes, left.class_weight) == (("1",), (2,))
    assert (numbers(left.labels), numbers(left.predictions)) == ([[0], [1], [0]], [[0.2], [0.8], [0.3]])


def test_class_indices_move_up_when_a_class_goes() -> None:
    left = study("index").with_cell(LABELS, 1, 0, 2).without_classes([1])
    assert numbers(left.labels) == [[0], [1], [1]]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_study_without_labels_can_be_edited_all_the_same(encoding: str) -> None:
    bare = replace(Study.of(None, PREDICTED), encoding=encoding)
    edited = (
        bare.with_samples(0).with_classes(0).without_samples([0]).without_classes([0]).with_encoding("index")
    )
    assert edited == replace(bare, encoding="index")
