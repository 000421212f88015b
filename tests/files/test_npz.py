"""Archives of arrays: they are known by their names, and never unpacked blindly."""

from __future__ import annotations

import random
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from files.hostile import claimed, npy_bytes, refused, said, written

from lossgui.files.open import open_path
from lossgui.files.unreadable import UnreadableError

ROOT = Path(__file__).resolve().parents[2]
ROWS = np.array([[0.2, 0.8, 0.0], [0.1, 0.6, 0.3]])
PROBABILITIES = "probabilities"


def packed(path: Path, compress: bool = False, **arrays: Any) -> Path:
    (np.savez_compressed if compress else np.savez)(path, **arrays)
    return path


@pytest.mark.parametrize("compress", [False, True])
@pytest.mark.parametrize("name", ["labels", "y_true", "Target", "y"])
def test_arrays_are_known_by_their_names(tmp_path: Path, compress: bool, name: str) -> None:
    path = packed(tmp_path / "a.npz", compress, **{name: np.array([1, 0]), "y_pred": ROWS, "x": np.zeros(3)})
    study = open_path(path)
    assert np.array_equal(study.predictions.to_array(), ROWS)
    assert study.labels is not None and study.labels.to_array().tolist() == [[1], [0]]
    assert (study.encoding, study.kind) == ("index", PROBABILITIES)


def test_an_archive_of_one_array_holds_predictions(tmp_path: Path) -> None:
    assert open_path(packed(tmp_path / "a.npz", arr_0=ROWS)).labels is None


def test_what_is_left_beside_labels_are_predictions(tmp_path: Path) -> None:
    study = open_path(packed(tmp_path / "a.npz", out=ROWS, label=[0, 2]))
    assert study.labels is not None and study.predictions.shape == ROWS.shape


@pytest.mark.parametrize(
    ("name", "kind"), [("logits", "logits"), ("probs", PROBABILITIES), ("pred", PROBABILITIES)]
)
def test_a_name_may_say_what_predictions_are(tmp_path: Path, name: str, kind: str) -> None:
    assert open_path(packed(tmp_path / "a.npz", **{name: ROWS})).kind == kind


def test_sample_weights_are_read(tmp_path: Path) -> None:
    study = open_path(packed(tmp_path / "a.npz", predictions=ROWS, labels=[0, 1], sample_weight=[1, 3]))
    assert study.sample_weight is not None and study.sample_weight.to_array().tolist() == [[1], [3]]


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"a": ROWS, "b": ROWS}, "called ‘a’, ‘b’; looked for are ‘predictions’"),
        ({"label": [0, 1], "target": [0, 1], "p": ROWS}, "‘label’, ‘target’ may all be the labels"),
        ({"logits": ROWS, "probs": ROWS}, "may all be the predictions"),
        ({"labels": [0, 1]}, "Which array are the predictions?"),
        ({"probs": ROWS * 2}, "A probability lies between 0 and 1"),
        ({"predictions": ROWS, "labels": [0, 1, 2]}, "labels have 3 rows, and the predictions 2"),
        ({"predictions": ROWS, "labels": ["cat", "dog"]}, "The array ‘labels’: It holds text"),
        ({"predictions": ROWS, "labels": [0, 3]}, "label 3 of sample 2 is no class: there are 0 to 2"),
    ],
)
def test_what_is_not_known_is_asked_in_words(tmp_path: Path, arrays: dict[str, Any], words: str) -> None:
    assert words in refused(packed(tmp_path / "a.npz", **arrays))


def test_archives_that_are_none_of_arrays_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert "without arrays: save tables as CSV" in refused(path)
    assert "cannot be unpacked" in refused(written(path, b"PK\x03\x04" + bytes(200)))


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path, header = tmp_path / "a.npz", claimed(said(shape="(134217728, 1)"))
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("predictions.npy", "w") as file,
    ):
        file.write(header)
        for _ in range(1024):
            file.write(bytes(1 << 20))
    code = """
import sys
from pathlib import Path
from lossgui.files.open import open_path
def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
before = peak()
try:
    open_path(sys.argv[1])
except ValueError as error:
    print(error, peak() - before)
"""
    if not Path("/proc/self/status").exists():
        assert "Unpacked it takes" in refused(path)
        return
    done = subprocess.run(
        [sys.executable, "-c", code, path], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert "Unpacked it takes 1.1 GB" in done.stdout, done.stderr
    assert int(done.stdout.split()[-1]) < 50_000


def test_a_member_that_is_not_as_long_as_it_claims_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    for numbers in (bytes(8), bytes(24)):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("predictions.npy", claimed(said(), numbers))
        assert "takes 16 bytes" in refused(path)


def test_changed_archives_are_read_or_refused_in_words(tmp_path: Path) -> None:
    whole = packed(tmp_path / "a.npz", True, predictions=ROWS, labels=[0, 1]).read_bytes()
    chooser = random.Random(5)
    contents = [whole[:end] for end in range(0, len(whole), 3)]
    for _ in range(500):
        changed = bytearray(whole)
        changed[chooser.randrange(len(whole))] ^= 1 << chooser.randrange(8)
        contents.append(bytes(changed))
    for content in contents:
        path = written(tmp_path / "a.npz", content)
        try:
            study = open_path(path)
        except UnreadableError as error:
            assert str(error)
        else:  # the change was in a part that is not looked at
            assert np.array_equal(study.predictions.to_array(), ROWS)


def test_encrypted_and_oddly_packed_members_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("predictions.npy", npy_bytes(ROWS))
    assert "packed in a way that is not read" in refused(path)


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "w") as archive:
        archive.writestr("predictions.npy", npy_bytes(ROWS))
        archive.writestr("predictions.npy", npy_bytes(ROWS))
    assert "two of one name" in refused(path)
