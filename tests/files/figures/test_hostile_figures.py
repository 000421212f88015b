"""Figures as they should not be: nothing is decoded, expanded, or unpacked further than a study is long."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from files.figures import made
from files.figures.chunks import chunk
from files.hostile import refused, written
from hypothesis import given, settings
from hypothesis import strategies as st

from lossgui.files.examples import load
from lossgui.files.figures import carried, png, svg
from lossgui.files.figures.carried import MOST, study_in
from lossgui.files.studies import encode
from lossgui.files.unreadable import UnreadableError

pytestmark = pytest.mark.usefixtures("qapp")


def png_of(*chunks: bytes) -> bytes:
    return b"".join([png.MAGIC, *chunks, chunk(b"IEND", b"")])


def text_chunk(content: bytes) -> bytes:
    return chunk(b"iTXt", png.KEYWORD + b"\0\1\0\0\0" + content)


BOMB = zlib.compress(bytes(50 * MOST), 9)
LAUGHS = b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><svg>&b;</svg>'
STUDY = f"<study xmlns='{svg.NAMESPACE}' encoding='base64'>".encode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (png_of(text_chunk(BOMB)), "more than 1 MB"),
        (png_of(text_chunk(zlib.compress(b"{}" * 500)[:-5])), "damaged"),
        (png_of(text_chunk(b"not packed")), "damaged"),
        (png_of(chunk(b"iTXt", png.KEYWORD + b"\0")), "damaged"),
        (png_of(text_chunk(zlib.compress(b"{}")))[:-14] + b"....", "carries no study|damaged"),
        (png_of(chunk(b"IHDR", struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0))), "carries no study"),
        (png.MAGIC + b"\xff\xff\xff\xffiTXt" + png.KEYWORD, "carries no study"),
        (LAUGHS, "carries no study"),
        (b'<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg/>', "carries no study"),
        (b"<svg>" + b"<g>" * 1_000_000, "carries no study"),
        (b"<svg>" + STUDY + b"no base64!</study></svg>", "damaged"),
        (b"<svg>" + STUDY + b"&b;</study></svg>", "damaged"),
        (b"<svg>" + STUDY + b"AAA</study></svg>", "damaged"),
        (b"<svg>" + STUDY + b"AAAA", "damaged"),
        (b"<svg>" + STUDY + b"A" * 3 * MOST + b"</study></svg>", "more than 1 MB"),
        (b"<svg>" + STUDY + b"AAAA" * (MOST // 3 + 1) + b"</study></svg>", "more than 1 MB"),
        (b"<svg><study " + b"encoding='base64' " * 500_000 + svg.NAMESPACE.encode(), "damaged"),
        (b"%PDF-1.4\nstream\n" + b'{"format": "lossgui study"' * 100_000, "more than 1 MB"),
        (b"%PDF-1.4\n" + b"stream\n" * 300_000, "carries no study"),
        (
            b"%PDF-1.4\nxref\n0 99999999\ntrailer <</Root 1 0 R /Prev 9>>\nstartxref\n9\n%%EOF",
            "carries no study",
        ),
    ],
)
def test_hostile_figures_are_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        study_in(data)


def test_a_pdf_does_not_unpack_more_than_a_study() -> None:
    start = encode(load("start"))
    bomb = zlib.compress(start[:-1] + b" " * 50 * MOST, 9)
    with pytest.raises(UnreadableError, match="more than 1 MB"):
        study_in(b"%PDF-1.4\n1 0 obj\n<<>>\nstream\n" + bomb + b"\nendstream")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([png.MAGIC, b"%PDF-1.4\nstream\n", b"<svg>", b"<?xml"]), st.binary(max_size=300))
def test_whatever_follows_is_read_or_refused(start: bytes, rest: bytes) -> None:
    with pytest.raises(UnreadableError):
        study_in(start + rest)


def test_too_large_a_figure_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carried, "LARGEST", 1000)
    assert "1 kB can be read" in refused(written(tmp_path / "a.png", made.png().ljust(2000)))
