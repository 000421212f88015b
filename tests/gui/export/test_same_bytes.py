"""The same study, the same bytes: twice, and in every locale, time zone and theme of a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from gui.export.exported import exports

from lossgui.files.examples import load
from lossgui.files.sheet import ENDINGS, Sheet

ROOT = Path(__file__).resolve().parents[3]
PLACES = {
    "C": {"LC_ALL": "C", "TZ": "UTC"},
    "en_US": {"LC_ALL": "en_US.UTF-8", "LANGUAGE": "en", "TZ": "America/New_York"},
    "de_DE": {"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de", "TZ": "Asia/Kolkata"},
    "zh_CN": {"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "zh", "TZ": "Asia/Shanghai"},
}
CODE = """
import sys
from lossgui.__main__ import main
for ending in sys.argv[2:]:
    size = ["--width", "12.5cm", "--dpi", "96", "--export", f"{sys.argv[1]}/a.{ending}"]
    status = main(["--example", "start", "--plot", "curve", *size])
    assert not status, status
"""


def written(folder: Path, place: dict[str, str]) -> dict[str, bytes]:
    """Return what the command line writes under a locale and in a time zone."""
    folder.mkdir()
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "random",
        **place,
    }
    command = [sys.executable, "-c", CODE, str(folder), *ENDINGS]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_command_line_writes_the_same_bytes_in_every_locale(tmp_path: Path) -> None:
    found = {name: written(tmp_path / name, place) for name, place in PLACES.items()}
    assert set(found["C"]) == {f"a.{ending}" for ending in ENDINGS}
    for name, files in found.items():
        differing = [file for file in files if files[file] != found["C"][file]]
        assert not differing, name


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("example", ["start", "F_class_weights_index"])
def test_every_plot_twice_is_the_same_bytes(example: str) -> None:
    sheet = Sheet(dpi=96)
    first, second = (exports(load(example), sheet) for _ in range(2))
    for name, made in first.items():
        for ending in ENDINGS:
            assert made.contents(ending) == second[name].contents(ending), (name, ending)
