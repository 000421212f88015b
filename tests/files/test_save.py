"""Saving: a file holds the new bytes or the old ones, whole, and the program says which."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lossgui.files.save import save

OLD, NEW = b"old" * 1000, b"new" * 2_000_000

ROOT = Path(__file__).resolve().parents[2]
unix = pytest.mark.skipif(os.name == "nt", reason="of Unix file systems")
not_root = pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may write everywhere")


def refused(path: Path, data: bytes = NEW) -> str:
    """Return the words with which a save is refused; nothing is left beside what was there."""
    before = sorted(path.parent.iterdir()) if path.parent.is_dir() else None
    with pytest.raises(OSError) as error:
        save(path, data)
    assert before == (sorted(path.parent.iterdir()) if path.parent.is_dir() else None)
    return str(error.value)


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT)


@pytest.mark.parametrize("data", [b"", b"a", NEW], ids=["nothing", "little", "much"])
def test_a_file_holds_what_was_saved_and_nothing_lies_beside_it(tmp_path: Path, data: bytes) -> None:
    for _ in range(2):
        save(tmp_path / "study ü.lossgui", data)
        assert (tmp_path / "study ü.lossgui").read_bytes() == data
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("parts", [[], [b""], [b"a", b"", b"bc"], [NEW, b"x", NEW]])
def test_what_comes_in_parts_is_written_one_after_the_other(tmp_path: Path, parts: list[bytes]) -> None:
    save(tmp_path / "a.csv", iter(parts))
    assert (tmp_path / "a.csv").read_bytes() == b"".join(parts)
    assert len(list(tmp_path.iterdir())) == 1


def test_where_making_a_part_fails_the_old_file_is_whole(tmp_path: Path) -> None:
    def parts() -> Iterator[bytes]:
        yield NEW
        raise KeyboardInterrupt

    (tmp_path / "a.csv").write_bytes(OLD)
    with pytest.raises(KeyboardInterrupt):
        save(tmp_path / "a.csv", parts())
    assert (tmp_path / "a.csv").read_bytes() == OLD
    assert len(list(tmp_path.iterdir())) == 1


@unix
def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path) -> None:
    # A limit on the size of files fails as a full disk does: with a short write.
    path = tmp_path / "study.lossgui"
    path.write_bytes(OLD)
    code = """
import resource, sys
from lossgui.files.save import save
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    save(sys.argv[1], b"new" * 2_000_000)
except OSError as error:
    sys.exit(str(error))
"""
    for limit in (0, 1, 100_000, 1 << 20, (1 << 20) + 1, 5_999_999):
        done = run(code, path, limit)
        assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
        assert "‘study.lossgui’ was not saved: " in done.stderr
        assert path.read_bytes() == OLD
        assert list(tmp_path.iterdir()) == [path]
    assert run(code, path, 6_000_000).returncode == 0
    assert path.read_bytes() == NEW


@unix
def test_a_save_that_is_killed_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "study.lossgui"
    path.write_bytes(b"0" * 3_000_000)
    code = """
import os, signal, sys
from PySide6.QtCore import QSaveFile
from lossgui.files.save import save
number, write = 0, QSaveFile.write

class Deadly(QSaveFile):
    def write(self, data):
        global number
        number += 1
        if number == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().write(data)

import PySide6.QtCore
PySide6.QtCore.QSaveFile = Deadly
save(sys.argv[1], b"1" * 3_000_000)
"""
    for number in range(1, 5):
        done = run(code, path, number)
        killed = number <= 3
        assert (done.returncode != 0) == killed, done.stderr
        assert path.read_bytes() == (b"0" if killed else b"1") * 3_000_000
        assert list(tmp_path.iterdir()) == [path]


@unix
def test_a_link_stays_one_and_its_target_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    target, link = folder / "study.lossgui", tmp_path / "link.lossgui"
    link.symlink_to(target)
    for data in (OLD, NEW):
        save(link, data)
        assert link.is_symlink() and target.read_bytes() == data


@unix
def test_permissions_are_kept_and_new_files_have_the_usual_ones(tmp_path: Path) -> None:
    kept, new = tmp_path / "kept", tmp_path / "new"
    kept.write_bytes(OLD)
    kept.chmod(0o640)
    mask = os.umask(0o022)
    try:
        save(kept, NEW)
        save(new, NEW)
    finally:
        os.umask(mask)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (kept, new)] == [0o640, 0o644]


def test_a_folder_or_a_missing_one_is_said(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert "it is a folder" in refused(tmp_path / "folder")
    assert "there is no folder" in refused(tmp_path / "missing" / "study.lossgui")
    (tmp_path / "file").write_bytes(OLD)
    assert "was not saved: " in refused(tmp_path / "file" / "study.lossgui")


def test_a_read_only_file_is_left_alone_even_by_root(tmp_path: Path) -> None:
    path = tmp_path / "study.lossgui"
    path.write_bytes(OLD)
    path.chmod(0o444)
    assert "it is read-only" in refused(path)
    assert path.read_bytes() == OLD


@unix
@not_root
def test_a_read_only_folder_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "study.lossgui"
    path.write_bytes(OLD)
    folder.chmod(0o555)
    try:
        for name in (path, folder / "new.lossgui"):
            assert "was not saved: " in refused(name)
        assert path.read_bytes() == OLD
    finally:
        folder.chmod(0o755)


@unix
def test_what_is_no_plain_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "not a plain file" in refused(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "was not saved: " in refused(tmp_path / "loop")


@unix
def test_a_name_that_is_not_utf_8_is_refused_since_qt_would_write_another_file(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xff\xfe.lossgui"))
    assert "not UTF-8" in refused(path)
    assert not list(tmp_path.iterdir())


def test_a_name_that_is_too_long_or_holds_a_zero_is_said(tmp_path: Path) -> None:
    for name in ("n" * 300, "a\0b"):
        assert "was not saved: " in refused(tmp_path / name)


def test_importing_it_loads_no_qt() -> None:
    done = run("import sys, lossgui.files.save, lossgui.files.open; sys.exit('PySide6' in sys.modules)")
    assert done.returncode == 0
