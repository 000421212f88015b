"""The one way in: what a file is, what its numbers mean, and what is said of those that are not read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from files.hostile import npy_bytes, refused, written

from lossgui.core.evaluate import evaluate
from lossgui.files.examples import examples
from lossgui.files.open import open_file, open_path
from lossgui.files.studies import encode
from lossgui.files.unreadable import in_words

ROOT = Path(__file__).resolve().parents[2]
THREE = "cat,dog,bird\n0.2,0.7,0.1\n0.5,0.25,0.25\n"


# What a file is


def test_what_a_file_holds_decides_and_then_its_ending(tmp_path: Path) -> None:
    start = examples()[0].path.read_bytes()
    for name in ("a.lossgui", "a.json", "a.csv", "a"):
        assert open_path(written(tmp_path / name, start)).title == "Cat, dog, bird"
    for name in ("a.npy", "a.csv", "a.lossgui"):
        assert open_path(written(tmp_path / name, npy_bytes(np.eye(2)))).samples == 2
    for header in ("PK,PAR1", "PAR1,PK", "x\x80,é"):
        study = open_path(written(tmp_path / "a.csv", f"{header}\n0.5,0.5\n"))
        assert ",".join(study.classes) == header
    for name in ("a.csv", "a.tsv", "a.txt", "a.dat", "a"):
        study = open_path(written(tmp_path / name, THREE))
        assert (study.samples, study.title) == (2, "a")


def test_a_saved_study_is_opened_as_it_was(tmp_path: Path) -> None:
    study = open_path(written(tmp_path / "a.csv", "label," + THREE.replace("\n", "\n1,", 2)))
    saved = written(tmp_path / "a.lossgui", encode(study))
    assert open_path(str(saved)) == study
    assert not open_file(saved).kept.file


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.npy", THREE, "does not begin as NPY does"),
        ("a.npz", THREE, "does not begin as NPZ does"),
        ("a.lossgui", THREE, "not a study: JSON is malformed"),
        ("a.csv", '{"a": 1}', "not a study"),
        ("a.parquet", "PAR1\x15..", "Parquet is not read"),
        ("a.h5", b"\x89HDF\r\n\x1a\n", "HDF5 is not read"),
        ("a.csv.gz", b"\x1f\x8b\x08", "compressed"),
        ("a.pkl", b"\x80\x04\x95", "a pickle, which could run a program"),
        ("a.csv", "", "It is empty"),
    ],
)
def test_what_is_not_read_is_said_with_what_to_do(
    tmp_path: Path, name: str, content: str | bytes, words: str
) -> None:
    assert words in refused(written(tmp_path / name, content))


def test_what_is_no_plain_file_is_not_opened(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "missing.csv")
    (tmp_path / "folder.csv").mkdir()
    assert "It is a folder" in refused(tmp_path / "folder.csv")
    assert "cannot be looked at" in refused(tmp_path / ("n" * 300))
    assert "cannot be looked at" in refused(tmp_path / "a\0b")


@pytest.mark.skipif(os.name == "nt", reason="of Unix file systems")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    assert "not a plain file" in refused(tmp_path / "a.csv")
    (tmp_path / "loop").symlink_to("loop")
    assert "cannot be looked at" in refused(tmp_path / "loop")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="of Linux file systems")
def test_a_name_that_is_no_text_is_read_and_shown(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csv"))
    study = open_path(written(path, THREE))
    assert study.title == "caf\ufffd" and encode(study)


@pytest.mark.parametrize("locale", ["C", "de_DE.UTF-8", "ar_EG.UTF-8"])
def test_numbers_are_the_same_in_every_locale(tmp_path: Path, locale: str) -> None:
    path = written(tmp_path / "ä.csv", "a;b\n0,5;1\n")
    code = (
        "from lossgui.files.open import open_path as o; import sys; print(o(sys.argv[1]).predictions[0, 0])"
    )
    environment = {**os.environ, "LC_ALL": locale, "LANG": locale}
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.stdout.strip() == "0.5", done.stderr


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 bytes"), (999, "999 bytes"), (1500, "1.5 kB"), (10**9, "1 GB")]
)
def test_sizes_in_words(size: int, words: str) -> None:
    assert in_words(size) == words


# What the numbers mean


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0.2,0.8\n1,0\n", "probabilities"),
        ("0.3333,0.3333,0.3333\n0.1429,0.2857,0.5714\n", "probabilities"),
        ("0.2\n0.9\n", "probabilities"),
        ("0.2,0.7\n1,0\n", "values"),
        ("0.2\n1.01\n", "values"),
        ("-0.1,1.1\n", "values"),
        ("nan,0.5\n", "values"),
        ("2.5,-1\n", "values"),
    ],
)
def test_predictions_are_probabilities_only_where_that_is_plain(tmp_path: Path, text: str, kind: str) -> None:
    assert open_path(written(tmp_path / "a.csv", text)).kind == kind


SINGLE, TWO, LOGITS, FREE = "p\n0.2\n0.7", "a,b\n0.2,0.8\n0.5,0.5", "a,b\n2,-1\n0,3", "a,b\n0.2,0.9\n0.5,0.6"


@pytest.mark.parametrize(
    ("predictions", "labels", "encoding", "loss", "from_logits"),
    [
        (TWO, "1\n0", "index", "sparse_categorical_crossentropy", False),
        (LOGITS, "1\n0", "index", "sparse_categorical_crossentropy", True),
        (FREE, "1\n0", "index", "sparse_categorical_crossentropy", False),
        (TWO, "1,0\n0,1", "one-hot", "categorical_crossentropy", False),
        (LOGITS, "1,0\n0,1", "one-hot", "categorical_crossentropy", True),
        (FREE, "1,0\n0,1", "one-hot", "mean_squared_error", None),
        (TWO, "1,1\n0,1", "binary", "binary_crossentropy", False),
        (LOGITS, "1,1\n0,1", "binary", "binary_crossentropy", True),
        (TWO, "1,-1\n-1,1", "signed", "hinge", None),
        (TWO, "0.5,0.5\n0.1,0.9", "soft", "categorical_crossentropy", False),
        (LOGITS, "1.5,2\n0,1", "real", "mean_squared_error", None),
        (SINGLE, "1\n0", "binary", "binary_crossentropy", False),
        ("p\n3\n-2", "1\n0", "binary", "binary_crossentropy", True),
        (SINGLE, "1\n-1", "signed", "hinge", None),
        (SINGLE, "0.5\n0.1", "soft", "mean_squared_error", None),
        (SINGLE, "17\n-3.5", "real", "mean_squared_error", None),
        (TWO, None, "one-hot", "entropy", None),
        (LOGITS, None, "one-hot", "mean_squared_error", None),
    ],
)
def test_labels_are_told_by_their_numbers_and_a_loss_that_fits_is_chosen(
    tmp_path: Path, predictions: str, labels: str | None, encoding: str, loss: str, from_logits: bool | None
) -> None:
    second = None if labels is None else written(tmp_path / "l.csv", labels)
    study = open_path(written(tmp_path / "p.csv", predictions), second)
    assert study.encoding == encoding and (study.labels is None) == (labels is None)
    (choice,) = study.choices
    assert choice.loss == loss
    assert dict(choice.parameters).get("from_logits") == from_logits
    outcome = evaluate(study).outcomes[0]
    doubtful = predictions in (FREE, LOGITS) and (labels is None or (encoding == "index" and not from_logits))
    assert (outcome.refusal is not None) == doubtful


@pytest.mark.parametrize("name", ["label", "Labels", "TARGET", "y_true"])
@pytest.mark.parametrize("place", [0, 1, 3])
def test_a_column_of_labels_is_known_by_its_name(tmp_path: Path, name: str, place: int) -> None:
    rows = [line.split(",") for line in THREE.split()]
    for row, cell in zip(rows, (name, "2", "0"), strict=True):
        row.insert(place, cell)
    study = open_path(written(tmp_path / "a.csv", "\n".join(map(",".join, rows))))
    assert study.classes == ("cat", "dog", "bird") and study.encoding == "index"
    assert study.labels is not None and study.labels.to_array().tolist() == [[2], [0]]
    assert study.predictions.to_array().tolist() == [[0.2, 0.7, 0.1], [0.5, 0.25, 0.25]]


def test_labels_may_be_names_of_classes(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "label,cat,dog\ndog,0.2,0.8\ncat,1,0\n")
    study = open_path(path)
    assert study.labels is not None and study.labels.to_array().tolist() == [[1], [0]]
    path = written(tmp_path / "a.csv", "label,7,9\n9,0.2,0.8\n7,1,0\n")
    study = open_path(path)
    assert study.labels is not None and study.labels.to_array().tolist() == [[1], [0]]
    words = refused(written(path, "label,cat,dog\ndog,0.2,0.8\ncow,1,0\n"))
    assert "Row 3, column 1 (‘label’): ‘cow’ is none of the classes ‘cat’, ‘dog’" in words


def test_a_table_of_labels_in_the_same_file(tmp_path: Path) -> None:
    study = open_path(written(tmp_path / "a.csv", "y_true_a,y_true_b,a,b\n0,1,0.5,0.5\n1,0,0.2,0.8\n"))
    assert study.encoding == "one-hot" and study.classes == ("a", "b")


@pytest.mark.parametrize("prefix", ["label_", "y_true_", "Targets_"])
def test_labels_of_a_class_in_another_place_are_refused(tmp_path: Path, prefix: str) -> None:
    header = f"{prefix}cat,{prefix}dog,dog,cat"
    assert "The columns of labels are ‘cat’, ‘dog’, and those of the predictions ‘dog’, ‘cat’." in refused(
        written(tmp_path / "a.csv", f"{header}\n1,0,0.2,0.8\n")
    )
    study = open_path(written(tmp_path / "b.csv", f"{prefix}a,{prefix}b,cat,dog\n1,0,0.2,0.8\n"))
    assert study.classes == ("cat", "dog")


def test_sample_weights_are_known_by_their_name(tmp_path: Path) -> None:
    study = open_path(written(tmp_path / "a.csv", "label,sample_weight,a,b\n0,2,0.5,0.5\n1,0.5,0.2,0.8\n"))
    assert study.sample_weight is not None and study.sample_weight.to_array().tolist() == [[2], [0.5]]
    assert "none below 0; that of sample 1 is -2." in refused(
        written(tmp_path / "a.csv", "label,sample_weight,a,b\n0,-2,0.5,0.5\n")
    )


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("3", "label 3 of sample 2 is no class: there are 0 to 2"),
        ("-1", "label -1 of sample 2 is no class"),
        ("0.5", "label 0.5 of sample 2 is no class"),
        ("nan", "label nan of sample 2 is no class"),
        ("cat", "Row 3, column 1 (‘label’): ‘cat’ is not a number"),
        ("", "Row 3, column 1 (‘label’): A number is missing"),
    ],
)
def test_a_label_that_is_no_class_is_named(tmp_path: Path, label: str, words: str) -> None:
    text = f"label,cat,dog,bird\n2,0.2,0.7,0.1\n{label},0.5,0.25,0.25\n"
    assert words in refused(written(tmp_path / "a.csv", text))


def test_labels_that_count_from_1_are_said_to(tmp_path: Path) -> None:
    text = "label,a,b\n1,0.5,0.5\n2,0.5,0.5\n"
    assert "They seem to be counted from 1" in refused(written(tmp_path / "a.csv", text))
