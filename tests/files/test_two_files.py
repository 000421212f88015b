"""Predictions in one file and labels in another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from files.hostile import npy_bytes, refused, written

from lossgui.files.open import open_path
from lossgui.files.studies import encode

THREE = "cat,dog,bird\n0.2,0.7,0.1\n0.5,0.25,0.25\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("l.csv", "label\n2\n0\n"),
        ("l.csv", "2\n0\n"),
        ("l.csv", "id,label\n17,2\n18,0\n"),
        ("l.csv", "bird\ncat\n"),
        ("l.csv", "class\nbird\ncat\n"),
        ("l.npy", npy_bytes(np.array([2, 0], np.uint8))),
        ("l.npy", npy_bytes(np.array([[2.0], [0.0]]))),
        ("l.npy", npy_bytes(np.array([2, 0], ">i2"))),
    ],
    ids=range(8),
)
def test_labels_come_from_a_second_file(tmp_path: Path, name: str, content: str | bytes) -> None:
    study = open_path(written(tmp_path / "p.csv", THREE), written(tmp_path / name, content))
    assert study.encoding == "index" and study.labels is not None
    assert study.labels.to_array().tolist() == [[2], [0]] and study.labels.dtype.kind == "i"


def test_labels_come_from_an_archive(tmp_path: Path) -> None:
    predictions = written(tmp_path / "p.npy", npy_bytes(np.full((2, 3), 1 / 3, np.float32)))
    for arrays in ({"arr_0": [2, 0]}, {"y_true": [2, 0], "predictions": np.zeros((2, 3))}):
        np.savez(tmp_path / "l.npz", **arrays)
        study = open_path(predictions, tmp_path / "l.npz")
        assert study.labels is not None and study.labels.to_array().tolist() == [[2], [0]]
    np.savez(tmp_path / "l.npz", a=[2, 0], b=[2, 0])
    assert "Which array are the labels?" in refused(predictions, tmp_path / "l.npz")


def test_names_of_classes_may_come_with_the_labels(tmp_path: Path) -> None:
    predictions = written(tmp_path / "p.npy", npy_bytes(np.full((2, 3), 1 / 3)))
    study = open_path(predictions, written(tmp_path / "l.csv", "cat,dog,bird\n0,0,1\n1,0,0\n"))
    assert study.classes == ("cat", "dog", "bird") and study.encoding == "one-hot"
    study = open_path(predictions, written(tmp_path / "l.csv", "label\n1\n0\n"))
    assert study.classes == ("0", "1", "2")


def test_labels_of_an_outer_shape(tmp_path: Path) -> None:
    predictions = written(tmp_path / "p.npy", npy_bytes(np.zeros((2, 4, 3), np.float32)))
    for labels in (np.ones((2, 4), int), np.ones((2, 4, 1), int)):
        study = open_path(predictions, written(tmp_path / "l.npy", npy_bytes(labels)))
        assert study.outer == (2, 4) and study.encoding == "index"
    words = refused(predictions, written(tmp_path / "l.npy", npy_bytes(np.ones(8, int))))
    assert "Labels of the shape 8 do not fit predictions of 2 × 4 × 3" in words


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ("1\n0\n1\n", "The labels have 3 rows, and the predictions 2"),
        ("label\n1\n", "The labels have 1 rows, and the predictions 2"),
        ("0,1\n1,0\n", "Labels of the shape 2 × 2 do not fit predictions of 2 × 3"),
        (
            "dog,cat,bird\n0,0,1\n1,0,0\n",
            "l.csv: The columns of labels are ‘dog’, ‘cat’, ‘bird’, and those of the predictions ‘cat’",
        ),
        ("fish,cat,bird\n0,0,1\n1,0,0\n", "l.csv: The columns of labels are ‘fish’, ‘cat’, ‘bird’, and"),
        ("5\n1\n", "l.csv: The label 5 of sample 1 is no class: there are 0 to 2"),
        ("label\ncat\ncow\n", "l.csv: Row 3, column 1 (‘label’): ‘cow’ is none of the classes"),
        ("label\n1\nx\n", "l.csv: Row 3, column 1 (‘label’): ‘x’ is not a number"),
        ("label,target\n1,1\n0,0\n", "l.csv: Columns 1 and 2 may both be the labels"),
        ("", "l.csv: It is empty"),
    ],
)
def test_what_is_wrong_with_a_second_file_is_said(tmp_path: Path, labels: str, words: str) -> None:
    assert words in refused(written(tmp_path / "p.csv", THREE), written(tmp_path / "l.csv", labels))


def test_other_names_in_the_same_places_are_taken(tmp_path: Path) -> None:
    labels = written(tmp_path / "l.csv", "is_cat,is_dog,bird\n0,0,1\n1,0,0\n")
    study = open_path(written(tmp_path / "p.csv", THREE), labels)
    assert study.classes == ("cat", "dog", "bird") and study.encoding == "one-hot"


def test_one_file_of_labels_is_enough(tmp_path: Path) -> None:
    labels = written(tmp_path / "l.csv", "1\n0\n")
    both = written(tmp_path / "p.csv", "label,a,b\n1,0.5,0.5\n0,0.5,0.5\n")
    assert "It holds labels itself, so l.csv is one file too many" in refused(both, labels)
    study = written(tmp_path / "s.lossgui", encode(open_path(both)))
    assert "a study, with labels of its own" in refused(study, labels)
    assert "s.lossgui: It is a study, not a file of labels" in refused(
        written(tmp_path / "p.csv", THREE), study
    )
    assert "no such file" in refused(both.with_name("q.csv"), labels)


def test_text_labels_need_names_of_classes(tmp_path: Path) -> None:
    predictions = written(tmp_path / "p.npy", npy_bytes(np.full((2, 2), 0.5)))
    words = refused(predictions, written(tmp_path / "l.csv", "label\ncat\ndog\n"))
    assert "Row 2, column 1 (‘label’): ‘cat’ is no number, and the predictions name no classes" in words
