"""The quick reader of delimited text and the exact one: they agree, and every text is read or refused."""

from __future__ import annotations

import random
import string
from pathlib import Path

import numpy as np
import pytest
from files.hostile import written
from hypothesis import given, settings
from hypothesis import strategies as st

from lossgui.files.cells import Exact, records
from lossgui.files.delimited import as_utf8, read_delimited
from lossgui.files.heading import layout
from lossgui.files.open import open_path
from lossgui.files.quick import Quick
from lossgui.files.unreadable import UnreadableError


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.lists(st.floats() | st.integers(-(2**53), 2**53), min_size=3, max_size=3), min_size=1, max_size=8
    ),
    st.sampled_from([",", ";", "\t"]),
    st.booleans(),
)
def test_what_repr_writes_is_read_to_the_last_bit(
    rows: list[list[float]], delimiter: str, header: bool
) -> None:
    text = "\n".join(delimiter.join(map(repr, row)) for row in rows)
    if header:
        text = delimiter.join("abc") + "\n" + text
    elif [str(cell) for cell in rows[0]] == ["0", "1", "2"]:
        return
    got = read_delimited(text.encode()).predictions
    assert got is not None and np.array_equal(got, np.array(rows, float), equal_nan=True)


def test_both_readers_agree_on_a_long_file(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(3)
    rows = generator.normal(size=(3_000, 4)) * 10.0 ** generator.integers(-320, 300, (3_000, 4))
    lines = ["label;a;b;c;d"]
    for name, row in zip("abcd" * 750, rows.tolist(), strict=True):
        lines.append(";".join([name, *map(repr, row)]))
    text = as_utf8("\n".join(lines).encode())
    quick = read_delimited(text)
    monkeypatch.setattr(Quick, "read", lambda self, chunk: None)
    exact = read_delimited(text)
    for got in (quick, exact):
        assert got.predictions is not None and got.labels is not None
        assert np.array_equal(got.predictions, rows)
        assert got.labels[:, 0].tolist() == [0, 1, 2, 3] * 750


def test_a_clean_file_needs_only_the_quick_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*arguments: object) -> None:
        raise AssertionError("the exact reader was asked")

    monkeypatch.setattr(Exact, "read", never)
    for text in (
        'label,a,b\n1,"0.5",0.5\n',
        "label,a,b\n1,0.5,0.5\n",
        "a;b\n0,5;1\n",
        "a b\n0.5 1e-9\n",
        "a,b,label\n1,2,a\n1,2,b\n",
    ):
        assert read_delimited(text.encode()).predictions is not None


def test_cells_are_split_as_in_the_csv_module() -> None:
    assert list(records('a,"b ""c""\nd"\n1,2', ",")) == [(1, ["a", 'b "c"\nd']), (2, ["1", "2"])]


def test_the_layout_is_found_in_the_head_of_a_long_file() -> None:
    data = b"a,b\n" + b"0.25,0.75\n" * 600_000
    assert layout(data).columns == 2 and layout(data).start == 4


@pytest.mark.parametrize("seed", range(4))
def test_noise_is_read_or_refused_in_words(tmp_path: Path, seed: int) -> None:
    chooser = random.Random(seed)
    signs = "0123456789.,;\t\n\r\"'-+eE naif#[]{}" + string.ascii_letters[:6] + "\x00\ufeffü"
    for _ in range(400):
        text = "".join(chooser.choices(signs, k=chooser.randrange(1, 40)))
        try:
            assert open_path(written(tmp_path / "a.csv", text)).samples >= 1
        except UnreadableError as error:
            assert str(error).startswith("a.csv: ")
