"""The seal of saved studies: no change goes unseen, and what a later version wrote is kept."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lossgui.core.choice import Choice, Origin
from lossgui.core.study import Study
from lossgui.files.examples import examples
from lossgui.files.studies import Kept, decode, encode, read, seal
from lossgui.files.unreadable import UnreadableError

FLIPS = 3_000


def study() -> Study:
    generator = np.random.default_rng(3)
    return Study.of(
        generator.integers(0, 3, 12),
        generator.dirichlet(np.ones(3), 12).astype(np.float32),
        "index",
        classes=("cat", "dog ‘ü’", "ptaki"),
        choices=(Choice.of("sparse_categorical_crossentropy", "Keras 3"),),
        sample_weight=generator.random(12),
        class_weight=(1, 2, 0.5),
        title="A study",
        origin=Origin("Group", "0.1", "A remark."),
    )


def test_no_bit_can_change_unseen() -> None:
    data, chooser = encode(study()), random.Random(7)
    for _ in range(FLIPS):
        place, bit = chooser.randrange(len(data)), chooser.randrange(8)
        changed = bytearray(data)
        changed[place] ^= 1 << bit
        with pytest.raises(UnreadableError):
            decode(bytes(changed))


def test_a_cut_file_is_refused_wherever_it_ends() -> None:
    data = encode(study())
    for end in range(len(data) - 1):  # the last byte is a line feed
        with pytest.raises(UnreadableError):
            decode(data[:end])


def test_blocks_of_zeros_and_what_follows_the_end_are_refused() -> None:
    data = encode(study())
    for changed in (data[:512] + bytes(512) + data[1024:], data + b"}", data + bytes(4096), data + data):
        with pytest.raises(UnreadableError):
            decode(changed)


def test_line_ends_may_be_those_of_another_system() -> None:
    data = encode(study())
    assert decode(data.replace(b"\n", b"\r\n")) == study()


def test_other_white_space_is_a_change() -> None:
    with pytest.raises(UnreadableError, match="not as it was saved"):
        decode(encode(study()).replace(b",", b", "))


def test_every_bit_of_small_floats_is_kept_in_few_digits() -> None:
    halves = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    halves = halves[~np.isnan(halves)][:, None]
    generator = np.random.default_rng(5)
    bits = generator.integers(0, 1 << 32, 20_000, dtype=np.uint32)
    singles = bits.view(np.float32)
    singles = np.concatenate([singles[~np.isnan(singles)], np.float32([0.1, -0.0, 1e-45, 3.4028235e38])])[
        :, None
    ]
    for numbers in (halves, singles):
        data = encode(Study.of(None, numbers, kind="values"))
        assert decode(data).predictions.to_array().tobytes() == numbers.tobytes()
    assert b"[0.1],\n   [-0.0]" in data


# What a later version wrote


def with_keys(data: bytes, **more: Any) -> bytes:
    """Return a file with keys that this version does not know, at its top and in its study."""
    file = json.loads(data)
    content = json.dumps({**file["study"], **more}).encode()
    top = {**file, "sha256": seal(content), "study": None, "view": {"tab": 3, "zoom": [0.5, 1e-9]}}
    return json.dumps(top).encode().replace(b'"study": null', b'"study": ' + content)


def test_keys_that_are_not_known_are_kept_through_open_edit_and_save() -> None:
    data = with_keys(encode(study()), notes=["ü", 1.0], lesson={"steps": []})
    found = read(data)
    assert found.study == study()
    edited = found.study.with_prediction(0, 0, 0.25)
    again = encode(edited, found.kept)
    assert read(again).kept == found.kept
    assert read(again).study == edited
    file = json.loads(again)
    assert file["view"] == {"tab": 3, "zoom": [0.5, 1e-9]}
    assert file["study"]["notes"] == ["ü", 1.0] and file["study"]["lesson"] == {"steps": []}
    assert encode(edited, found.kept) == again


def test_a_file_of_this_version_has_nothing_to_keep() -> None:
    assert read(encode(study())).kept == Kept()


def test_a_later_version_is_refused_as_such_whatever_else_is_in_it() -> None:
    for changed in (
        encode(study()).replace(b'"version": 4', b'"version": 5'),
        b'{"format": "lossgui study", "version": 12, "sha512": "0", "studies": []}',
    ):
        with pytest.raises(UnreadableError, match="later version"):
            decode(changed)


# What people type


def test_text_that_has_no_utf_8_does_not_stop_a_save() -> None:
    # A text field can hold half of a surrogate pair.
    odd = Study.of([[0, 1]], [[0.5, 0.5]], classes=("a\ud800", "\udfffb"), title="\ud83d")
    again = decode(encode(odd))
    assert again.classes == ("a\ufffd", "\ufffdb") and again.title == "\ufffd"
    whole = Study.of([[0, 1]], [[0.5, 0.5]], classes=("\U0001f431", "\ud83d\udc36"))
    assert decode(encode(whole)).classes == ("\U0001f431", "\U0001f436")


@pytest.mark.parametrize("text", ['"\\ud800"', '"\\udc00x"'])
def test_half_a_surrogate_pair_in_a_file_is_read_as_text_or_refused(text: str) -> None:
    data = encode(Study.of(None, [[0.5, 0.5]], title="TITLE"))
    content = data[data.index(b"{", 1) : data.rindex(b"}")].rstrip().replace(b'"TITLE"', text.encode())
    changed = b'{"format": "lossgui study", "version": 1, "sha256": "%s", "study": %s}'
    try:
        found = decode(changed % (seal(content).encode(), content))
    except UnreadableError:
        return
    assert decode(encode(found)).samples == 1


@pytest.mark.parametrize("path", [example.path for example in examples()], ids=lambda path: path.stem)
def test_examples_have_a_row_of_a_table_in_a_line(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    tables = json.loads(path.read_bytes())["study"]
    rows = len(tables["predictions"]) + len(tables.get("labels") or ())
    assert sum(line.startswith("   [") for line in lines) == rows
