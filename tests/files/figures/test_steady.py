"""The same figure, the same bytes: at another time, in another place, under another locale."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from files.figures import made

from lossgui.files.examples import load
from lossgui.files.figures.carried import study_in
from lossgui.files.figures.steady import steadied
from lossgui.files.studies import encode

pytestmark = pytest.mark.usefixtures("qapp")

PLACES = (
    {"LC_ALL": "C.UTF-8", "TZ": "UTC"},
    {"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de", "TZ": "Asia/Kolkata"},
)
ROOT = Path(__file__).resolve().parents[3]


def drawn(folder: Path, place: dict[str, str]) -> dict[str, bytes]:
    """Return what a program of its own draws under a locale and in a time zone."""
    folder.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "random", **place}
    command = [sys.executable, made.__file__, str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_figures_drawn_at_other_times_and_places_are_the_same_bytes(tmp_path: Path) -> None:
    first = drawn(tmp_path / "first", PLACES[0])
    time.sleep(1.1)
    second = drawn(tmp_path / "second", PLACES[1])
    assert first["raw.pdf"] != second["raw.pdf"]
    assert len(first["raw.pdf"]) != len(second["raw.pdf"])  # a time zone has a longer name than UTC
    assert first["a.pdf"] == second["a.pdf"]
    assert first["a.svg"] == second["a.svg"]


def test_no_date_is_left() -> None:
    found = steadied(made.pdf(None, "Curve"))
    assert b"/CreationDate" not in found and b"/ModDate" not in found
    assert not re.search(rb"20[0-9]{2}-[01][0-9]-[0-3][0-9]T", found)


def test_another_figure_has_another_id() -> None:
    def ids(pdf: bytes) -> set[bytes]:
        found = re.findall(rb"<([0-9a-f]{72})>", pdf.rpartition(b"trailer")[2])
        uuid = re.search(rb'DocumentID="uuid:([^"]*)"', pdf)
        assert uuid is not None
        return {*found, uuid[1].hex().encode()}

    one, same, other = (steadied(made.pdf(None, title)) for title in ("a", "a", "b"))
    assert len(ids(one)) == 1 and ids(one) == ids(same) != ids(other)


def test_cross_references_point_at_their_objects() -> None:
    found = steadied(made.pdf())
    start = int(found.rpartition(b"startxref\n")[2].split()[0])
    assert found[start:].startswith(b"xref\n0 ")
    for number, row in enumerate(found[start:].split(b"trailer")[0].splitlines()[3:], 1):
        assert found[int(row[:10]) :].startswith(b"%d 0 obj" % number)


def test_the_study_is_left_alone_whatever_it_says() -> None:
    data = encode(load("start")).replace(
        b"Cat", b"/CreationDate (D:1)\\n <?xpacket begin xmpMM:DocumentID=uuid: /ID [ < startxref Cat"
    )
    assert study_in(steadied(made.pdf(data))) == data


def test_steadied_twice_is_steadied_once() -> None:
    once = steadied(made.pdf())
    assert steadied(once) == once


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"%PDF-1.4\n1 0 obj\n2 0 obj\nxref\n0 1\n"])
def test_what_qt_did_not_write_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not laid out"):
        steadied(data)


@pytest.mark.skipif(shutil.which("pdfdetach") is None, reason="pdfdetach is not installed")
def test_other_programs_list_the_study_and_take_it_out(tmp_path: Path) -> None:
    data = encode(load("start"))
    path = tmp_path / "a.pdf"
    path.write_bytes(steadied(made.pdf(data)))
    listed = subprocess.run(["pdfdetach", "-list", str(path)], capture_output=True, text=True, timeout=60)
    assert listed.stdout.splitlines() == ["1 embedded files", "1: study.lossgui"] and not listed.stderr
    taken = tmp_path / "study.lossgui"
    command = ["pdfdetach", "-save", "1", "-o", str(taken), str(path)]
    assert subprocess.run(command, timeout=60).returncode == 0
    assert taken.read_bytes() == data
