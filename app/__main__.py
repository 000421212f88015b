"""`python3 app [ARGS]`: make .venv in this checkout, install Loss Explorer into it, start it.

Standard library only, since it runs before anything is installed. A stamp in .venv tells that
everything is in place, so that any later start goes straight to the program.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)  # as in pyproject.toml
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PYPROJECT = ROOT / "pyproject.toml"
QT_PACKAGES = ROOT / "app" / "debian-packages.txt"

# Importing finds what Qt itself misses; the plugin that opens windows on X11 is loaded only later.
QT_PROBE = """
import ctypes, pathlib, PySide6.QtSvg, PySide6.QtWidgets
for plugin in pathlib.Path(PySide6.__path__[0]).glob("Qt/plugins/platforms/libqxcb.so"):
    ctypes.CDLL(str(plugin))
"""


def main(arguments: list[str]) -> int:
    """Set up where needed, then become Loss Explorer."""
    set_up()
    # -P: a file of the current folder that happens to be called numpy.py must not be imported.
    return start(["-P", "-m", "lossgui", *arguments])


def start(arguments: list[str]) -> int:
    """Run .venv's Python in place of this process; where that cannot be, wait and return its status."""
    command = [str(PYTHON), *arguments]
    if os.name == "posix":
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(command[0], command)
    return subprocess.run(command).returncode


def set_up(extra: str = "") -> None:
    """Make .venv hold Loss Explorer (with one of pyproject's extras), unless its stamp says that it does."""
    check_python()
    key = stamp()
    if is_ready(extra, key):
        return
    make_venv()
    install_project(extra)
    check_qt()
    for installed in {"", extra}:
        stamp_file(installed).write_text(key)
    say("Everything is in place.")


def check_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        raise SystemExit(
            f"Loss Explorer needs Python {version_text(OLDEST_PYTHON)} or newer, and this is Python "
            f"{version_text(sys.version_info[:3])}. Start it with a newer one, for example: python3.12 app"
        )


# The stamp


def stamp() -> str:
    """Return a digest of all that decides what is in .venv: when it changes, .venv is set up again."""
    return digest(
        PYPROJECT.read_bytes(),
        QT_PACKAGES.read_bytes(),
        os.fsencode(ROOT),
        version_text(sys.version_info[:2]).encode(),
    )


def digest(*parts: bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def stamp_file(extra: str) -> Path:
    return VENV / f"ready-{extra or 'app'}"


def is_ready(extra: str, key: str) -> bool:
    try:
        return PYTHON.exists() and stamp_file(extra).read_text() == key
    except OSError:
        return False


# .venv and what is installed into it


def make_venv() -> None:
    if is_whole():
        return
    if not can_make_venv():
        get_packages(
            [venv_package(), *read_packages(QT_PACKAGES)],
            "This Python cannot make virtual environments (its module ensurepip is missing).",
        )
    say("Making the virtual environment .venv.")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], "The virtual environment could not be made.")


def is_whole() -> bool:
    """Tell whether .venv was made at this very place, runs, and has pip."""
    try:
        made_here = str(VENV) in (VENV / "pyvenv.cfg").read_text()
        return made_here and not subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode
    except OSError:
        return False


def can_make_venv() -> bool:
    importlib.invalidate_caches()
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def venv_package() -> str:
    """Return the package that completes the running Python; plain python3-venv fits the system's own only."""
    return f"python{version_text(sys.version_info[:2])}-venv"


def install_project(extra: str) -> None:
    say("Installing Loss Explorer and what it needs into .venv. This takes a minute or so.")
    what = f".[{extra}]" if extra else "."
    run(
        [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", what],
        "pip could not install Loss Explorer; its own words are above. The first start fetches about 100 MB "
        "from the Python package index: check the connection (behind a proxy, set HTTPS_PROXY) and the free "
        "space on the disk, then start again.",
    )


def check_qt() -> None:
    if missing := qt_error():
        get_packages(read_packages(QT_PACKAGES), f"Qt cannot be loaded: {missing}.")
        if missing := qt_error():
            raise SystemExit(f"Qt still cannot be loaded: {missing}")


def qt_error() -> str:
    """Return the line that says why Qt cannot be loaded, or nothing when it can."""
    probe = subprocess.run([PYTHON, "-c", QT_PROBE], capture_output=True, text=True)
    lines = probe.stderr.strip().splitlines() or [f"Python ended with status {probe.returncode}"]
    return lines[-1] if probe.returncode else ""


# Packages of the system


def read_packages(path: Path) -> list[str]:
    return parse_packages(path.read_text(encoding="utf-8"))


def parse_packages(text: str) -> list[str]:
    """Return the package names in `text`, where # starts a comment."""
    return [name for line in text.splitlines() for name in line.partition("#")[0].split()]


def get_packages(names: list[str], why: str) -> None:
    """Install Debian packages where that is allowed; elsewhere say `why` and what to type, and stop."""
    if not may_install():
        raise SystemExit(f"{why}\n{advice(names)}\nThen start again.")
    say(f"{why} Installing packages of the system: {' '.join(names)}.")
    install_packages(names)


def may_install() -> bool:
    return has_apt() and os.geteuid() == 0


def has_apt() -> bool:
    return shutil.which("apt-get") is not None


def install_packages(names: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in apt_commands(names):
        run(command, "apt-get failed; its own words are above.", environment)


def apt_commands(names: list[str]) -> list[list[str]]:
    return [["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *names]]


def advice(names: list[str]) -> str:
    """Return what a person has to do to get `names`: one line to type where there is apt-get."""
    if has_apt():
        line = " && ".join("sudo " + " ".join(command) for command in apt_commands(names))
        return f"To get what is missing, type this line:\n{line}"
    return (
        f"To get what is missing, install what your system calls these packages of Debian: {' '.join(names)}"
    )


# Words


def run(command: list[str], failure: str, environment: dict[str, str] | None = None) -> None:
    """Run `command` in the checkout; when it fails, show all that it said, then `failure`, and stop."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        raise SystemExit(f"{done.stdout}\n{failure}")


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def version_text(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
