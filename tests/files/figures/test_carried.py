"""Figures that carry their study: it comes back equal, and what was tampered with is refused in words."""

from __future__ import annotations

import random
import re
import zlib
from base64 import encodebytes
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from files.figures import made
from files.figures.chunks import chunk
from files.hostile import refused, written
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer

from lossgui.core.study import Study
from lossgui.files.examples import examples, load
from lossgui.files.figures import carried, packed, svg
from lossgui.files.figures.carried import MOST, is_figure, study_in, with_study
from lossgui.files.figures.steady import steadied
from lossgui.files.open import ENDINGS, open_file, open_path
from lossgui.files.studies import encode, seal
from lossgui.files.unreadable import UnreadableError

pytestmark = pytest.mark.usefixtures("qapp")

Carry = Callable[[bytes], bytes]

CARRY: dict[str, Carry] = {
    "png": lambda study: with_study(made.png(), study),
    "svg": lambda study: with_study(made.svg(), study),
    "pdf": made.pdf,
    "steadied.pdf": lambda study: steadied(made.pdf(study)),
}


@pytest.fixture(params=CARRY)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def odd() -> Study:
    return Study.of(
        [[1, 0, 0]],
        [[0.1, 0.2, 0.7]],
        classes=("</study>]]>&amp;", "endstream\u0000\ufffe", "\U0001f431 %PDF-"),
        title="stream\nendstream",
    )


# The study comes back


@pytest.mark.parametrize("example", [example.name for example in examples() if example.name != "digits"])
def test_the_study_of_every_example_comes_back(example: str, tmp_path: Path) -> None:
    study = load(example)
    for kind in ("png", "svg", "pdf"):
        found = open_file(written(tmp_path / f"a.{kind}", CARRY[kind](encode(study))))
        assert found.study == study and found.carried
        assert found.kept.file == {} and found.kept.study == {}


def test_bytes_come_back_as_they_were(kind: str) -> None:
    for study in (load("digits"), odd()):
        data = encode(study)
        assert len(data) <= MOST
        assert study_in(CARRY[kind](data)) == data


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=2, max_size=2))
def test_any_name_comes_back(classes: list[str]) -> None:
    data = encode(Study.of([[1, 0]], [[0.5, 0.5]], classes=classes))
    for carry in CARRY.values():
        assert study_in(carry(data)) == data


def test_a_figure_looks_the_same_with_a_study_in_it() -> None:
    bare = QImage.fromData(made.png())
    assert QImage.fromData(CARRY["png"](encode(load("start")))) == bare
    renderer = QSvgRenderer(CARRY["svg"](encode(odd())))
    assert renderer.isValid() and renderer.viewBoxF().width() == 400


def test_a_study_of_more_than_a_megabyte_is_not_carried() -> None:
    most = b'{"format": "lossgui study"}'.ljust(MOST)
    for figure in (made.png(), made.svg()):
        assert study_in(with_study(figure, most)) == most
        with pytest.raises(ValueError, match="1 MB at most"):
            with_study(figure, most + b" ")


def test_only_a_png_or_svg_is_given_a_study() -> None:
    for data in (made.pdf(), b"", b"GIF89a", made.png()[:40], b"<svg>"):
        with pytest.raises(ValueError):
            with_study(data, b"{}")


def test_every_kind_can_be_opened_and_is_told_by_its_beginning() -> None:
    assert set(carried.ENDINGS) <= set(ENDINGS)
    for data in (made.png(), made.svg(), made.pdf(), b"\xef\xbb\xbf" + made.svg(), b"\n<svg/>"):
        assert is_figure(data[:64])
    for data in (encode(load("start")), b"a,b\n1,2\n", b"\x93NUMPY", b""):
        assert not is_figure(data[:64])


# What carries none


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (made.png, "a.fig: It is a picture that carries no study."),
        (made.svg, "a.fig: It is a picture that carries no study."),
        (lambda: made.pdf(None), "a.fig: It is a PDF that carries no study."),
        (lambda: steadied(made.pdf(b"some other file")), "a.fig: It is a PDF that carries no study."),
        (lambda: made.png()[:50], "a.fig: It is a picture that carries no study."),
        (lambda: made.svg()[:200], "a.fig: It is a picture that carries no study."),
        (lambda: b"<?xml version='1.0'?><html/>", "a.fig: It is no SVG."),
        (lambda: b"%PDF-1.4\n", "a.fig: It is a PDF that carries no study."),
    ],
)
def test_what_carries_no_study_says_so(make: Callable[[], bytes], words: str, tmp_path: Path) -> None:
    assert refused(written(tmp_path / "a.fig", make())).startswith(words)


@pytest.mark.parametrize("name", ["a.png", "a.pdf", "a.svg"])
def test_an_ending_that_is_not_true_is_said(name: str, tmp_path: Path) -> None:
    assert "does not begin as" in refused(written(tmp_path / name, "a,b\n0.5,0.5\n"))


def test_a_figure_takes_no_second_file(tmp_path: Path) -> None:
    figure = written(tmp_path / "a.png", CARRY["png"](encode(load("start"))))
    table = written(tmp_path / "b.csv", "a,b\n0.5,0.5\n")
    assert "a study, with labels of its own" in refused(figure, table)
    assert "not a file of labels" in refused(table, figure)


# What was tampered with


def test_a_study_that_was_changed_is_refused(kind: str, tmp_path: Path) -> None:
    changed = encode(load("start")).replace(b"0.95", b"0.94")
    assert "not as it was saved" in refused(written(tmp_path / "a", CARRY[kind](changed)))


def test_no_bit_of_the_study_can_change_unseen(kind: str) -> None:
    study, chooser = load("start"), random.Random(11)
    figure = CARRY[kind](encode(study))
    bare = {"png": made.png, "svg": made.svg}.get(kind, lambda: made.pdf(None))()
    unseen = 0
    for _ in range(300):
        changed = bytearray(figure)
        changed[chooser.randrange(len(bare) // 2, len(figure))] ^= 1 << chooser.randrange(8)
        try:
            found = open_bytes(bytes(changed))
        except UnreadableError:
            continue
        assert found == study  # the bit was one of the picture
        unseen += 1
    assert unseen < 300


def open_bytes(data: bytes) -> Study:
    from lossgui.files.studies import read

    return read(study_in(data)).study


def test_a_figure_that_was_cut_carries_nothing(kind: str) -> None:
    figure = CARRY[kind](encode(load("start")))
    for end in range(0, len(figure) - 1, 97):
        try:
            found = study_in(figure[:end])
        except UnreadableError:
            continue
        assert found == encode(load("start"))  # only what comes behind the study is missing


# Files of other programs


def test_a_pdf_written_anew_is_read_too() -> None:
    data = encode(load("start"))
    stream = re.sub(rb"stream\nx.*?endstream", b"", made.pdf(None), flags=re.DOTALL)
    for content in (data, data.replace(b"\n", b"\r\n"), zlib.compress(data)):
        anew = stream + b"\n9 0 obj\n<</Length 1 0 R>>\nstream\r\n" + content + b"\nendstream\nendobj\n"
        assert open_bytes(anew) == load("start")


def test_an_svg_laid_out_anew_is_read_too() -> None:
    data = encode(load("start"))
    text = encodebytes(data).decode().replace("\n", "\r\n    ")
    again = f"""<svg:svg xmlns:svg="http://www.w3.org/2000/svg" xmlns:l="{svg.NAMESPACE}">
      <svg:metadata><l:study encoding="base64">{text}</l:study></svg:metadata><svg:g/></svg:svg>"""
    assert study_in(f"<?xml version='1.0'?>\n{again}".encode()) == data


def test_a_png_keeps_its_other_chunks() -> None:
    figure = CARRY["png"](encode(load("start")))
    more = figure[:33] + chunk(b"tEXt", b"Software\0another") + figure[33:]
    assert study_in(more) == encode(load("start"))


def test_a_study_in_a_figure_may_be_any(tmp_path: Path) -> None:
    generator = np.random.default_rng(3)
    study = Study.of(None, generator.normal(size=(50, 4)).astype(np.float32), kind="logits", title="ŷ")
    assert open_path(written(tmp_path / "a.svg", CARRY["svg"](encode(study)))) == study


def test_the_seal_is_that_of_the_study(kind: str) -> None:
    data = encode(load("start"))
    content = data[data.index(b"{", 1) : data.rindex(b"}")].rstrip()
    assert seal(content).encode() in study_in(CARRY[kind](data))


def test_what_is_packed_is_told_by_its_head() -> None:
    data = encode(load("start"))
    assert packed.is_study(data) and packed.is_study(packed.head_of(packed.packed(data)))
    assert not packed.is_study(b'["lossgui study"]') and packed.head_of(b"plain") == b""
    found: Any = packed.unpacked(packed.packed(data) + b"what follows")
    assert found == data
