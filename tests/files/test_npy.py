"""Arrays from NPY: what is sound is read as it is, and nothing is believed or run."""

from __future__ import annotations

import io
import pickle
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from files.hostile import claimed, npy_bytes, refused, said, written

from lossgui.files import npy
from lossgui.files.open import open_path
from lossgui.files.unreadable import UnreadableError

ROWS = np.array([[0.2, 0.8, 0.0], [0.1, 0.6, 0.3]])


# What is sound


@pytest.mark.parametrize("dtype", ["<f2", "<f4", "<f8", ">f2", ">f4", ">f8"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_floats_are_read_as_they_are(tmp_path: Path, dtype: str, order: Any) -> None:
    array = np.asarray(np.random.default_rng(1).normal(size=(5, 3)), dtype, order=order)
    study = open_path(written(tmp_path / "a.npy", npy_bytes(array)))
    assert study.predictions.dtype == np.dtype(dtype).newbyteorder("=")
    assert study.predictions.dtype.isnative
    assert np.array_equal(study.predictions.to_array(), array)
    assert (study.kind, study.labels, study.title) == ("values", None, "a")


@pytest.mark.parametrize("dtype", ["i1", "u1", "i2", "u2", ">i4", "u4", "i8", "u8", "?"])
def test_integers_become_float64(tmp_path: Path, dtype: str) -> None:
    study = open_path(written(tmp_path / "a.npy", npy_bytes(np.array([[0, 1], [1, 0]], dtype))))
    assert study.predictions.dtype == np.float64
    assert study.predictions.to_array().tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize("value", [2**53 + 1, -(2**53) - 1])
def test_integers_without_a_float64_are_refused(tmp_path: Path, value: int) -> None:
    assert "beyond 2⁵³" in refused(written(tmp_path / "a.npy", npy_bytes(np.array([[value, 0]]))))


def test_a_list_of_numbers_is_one_column(tmp_path: Path) -> None:
    study = open_path(written(tmp_path / "a.npy", npy_bytes(np.array([0.2, 0.9]))))
    assert study.predictions.shape == (2, 1) and study.kind == "probabilities"


def test_an_outer_shape_is_kept(tmp_path: Path) -> None:
    study = open_path(written(tmp_path / "a.npy", npy_bytes(np.zeros((2, 4, 3)))))
    assert study.outer == (2, 4) and study.predictions.shape == (8, 3)


@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
@pytest.mark.parametrize(
    "text", [said(), said().replace("'", '"'), said(shape="(1L,2L)"), said().replace(" ", "")]
)
def test_headers_may_be_of_any_version_and_writer(
    tmp_path: Path, version: tuple[int, int], text: str
) -> None:
    content = claimed(text, np.array([0.25, 0.75]).tobytes(), version)
    assert open_path(written(tmp_path / "a", content)).predictions.to_array().tolist() == [[0.25, 0.75]]


def test_a_large_file_is_mapped_and_equal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(npy, "MAPPED", 8)
    array = np.random.default_rng(1).random((50, 3))
    found = npy.read_npy(written(tmp_path / "a.npy", npy_bytes(array)))
    assert not found.flags.owndata and not found.flags.writeable and np.array_equal(found, array)
    for other in (array.astype(">f8"), np.asfortranarray(array), np.arange(6).reshape(2, 3)):
        again = npy.read_npy(written(tmp_path / "b.npy", npy_bytes(other)))
        assert np.array_equal(again, other) and again.flags.c_contiguous


# What is not


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x93NUMPY", "does not begin as one"),
        (b"\x93NUMPY\x01\x00", "within its header"),
        (claimed(said(), version=(9, 0)), "version 9"),
        (claimed(said())[:40], "within its header"),
        (claimed(said()), "takes 16 bytes; the file has 0 bytes"),
        (claimed(said(), bytes(15)), "the file has 15 bytes"),
        (claimed(said(), bytes(17)), "the file has 17 bytes"),
        (claimed(said(shape="(1000000, 1000000)"), bytes(72)), "8,000 GB"),
        (claimed(said(shape="(100000, 4000)"), bytes(72)), "3.2 GB"),
        (claimed(said(shape="(9" + "9" * 17 + ", 9" + "9" * 17 + ")"), bytes(72)), "GB"),
        (claimed(said(shape="(9" + "9" * 5000 + ", 2)"), bytes(72)), "not that of an array"),
        (claimed(said(shape="(-1, 3)"), bytes(72)), "a side below 0"),
        (claimed(said(shape="(0, 1000000000000000)")), "holds no numbers"),
        (claimed(said(shape="()"), bytes(8)), "0 axes; a table has two"),
        (claimed(said(shape="(" + "1, " * 70 + ")"), bytes(8)), "70 axes; a table has two"),
        (claimed(said(shape="(1, 2"), bytes(16)), "not that of an array"),
        (claimed(said(shape="(2.0,)"), bytes(16)), "not that of an array"),
        (claimed(said(order="1"), bytes(16)), "not that of an array"),
        (claimed(said(descr="'|O'"), bytes(16)), "pickled"),
        (claimed(said(descr="'<c8'"), bytes(16)), "complex"),
        (claimed(said(descr="'<f16'"), bytes(32)), "‘<f16’ are not read"),
        (claimed(said(descr="'<M8[D]'"), bytes(16)), "no type of numbers"),
        (claimed(said(descr="'<U4'"), bytes(32)), "text"),
        (claimed(said(descr="[('a', '<f8'), ('b', '<f8')]"), bytes(32)), "records"),
        (claimed(said(descr="__import__('os').system('true')"), bytes(16)), "no type of numbers"),
        (claimed("-" * 9000, bytes(16)), "not that of an array"),
        (claimed("(" * 9000, bytes(16)), "not that of an array"),
        (claimed("{" + "'a':[]," * 1200 + "!", bytes(16)), "not that of an array"),
        (claimed(" " * 60_000, bytes(16)), "claims 60,000 bytes"),
        (b"\x93NUMPY\x02\x00\xff\xff\xff\xff" + bytes(64), "claims 4,294,967,295 bytes"),
        (claimed(said(shape="(1, 200000)"), bytes(1_600_000)), "200,000; 100,000 can be opened"),
    ],
    ids=range(32),
)
def test_what_is_wrong_with_an_array_is_said(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in refused(written(tmp_path / "a.npy", content))


def test_objects_are_never_unpickled(tmp_path: Path) -> None:
    canary = tmp_path / "canary"

    class Bomb:
        def __reduce__(self) -> tuple[Any, ...]:
            return open, (str(canary), "w")

    bomb = np.array([[Bomb(), 0.5]], dtype=object)
    packed = io.BytesIO()
    np.savez(packed, predictions=bomb)
    for name, content in {
        "a.npy": npy_bytes(bomb, allow_pickle=True),
        "a.npz": packed.getvalue(),
        "a.pkl": pickle.dumps(Bomb()),
        "b.npy": pickle.dumps(Bomb()),
        "b.npz": pickle.dumps(Bomb(), protocol=0),
    }.items():
        refused(written(tmp_path / name, content))
    assert not canary.exists()


def test_a_sparse_file_of_four_gigabytes_of_header_takes_no_memory(tmp_path: Path) -> None:
    path = written(tmp_path / "a.npy", b"\x93NUMPY\x02\x00\xfe\xff\xff\xff")
    with path.open("r+b") as file:
        try:
            file.truncate(5 << 30)
        except OSError:
            pytest.skip("the file system has no holes")
    assert "claims 4,294,967,294 bytes" in refused(path)


def test_cut_and_changed_headers_are_read_or_refused_in_words(tmp_path: Path) -> None:
    whole, chooser = npy_bytes(ROWS), random.Random(5)
    contents = [whole[:end] for end in range(len(whole))]
    for _ in range(500):
        changed = bytearray(whole)
        changed[chooser.randrange(128)] ^= 1 << chooser.randrange(8)
        contents.append(bytes(changed))
    for place, content in enumerate(contents):
        path = written(tmp_path / "a.npy", content)
        try:
            study = open_path(path)
        except UnreadableError as error:
            assert str(error)
        else:
            assert place >= len(whole) and study.predictions.shape[0] >= 1
