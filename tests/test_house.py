"""The house: what the repository holds at its top, what may import what, and how `python3 app` sets up."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
BOOTSTRAPS = ["app/__main__.py", "tests/__main__.py"]
AT_THE_TOP = {"app", "lossgui", "tests", "resources", "pyproject.toml", "README.md"}


def load(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def app() -> ModuleType:
    return load("app/__main__.py")


@pytest.fixture
def checkout(app: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make `app` believe that it lies in an empty checkout, where every step that installs is refused."""
    (tmp_path / "pyproject.toml").write_text("[project]")
    (tmp_path / "packages.txt").write_text("libgl1")
    monkeypatch.setattr(app, "ROOT", tmp_path)
    monkeypatch.setattr(app, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(app, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(app, "PYPROJECT", tmp_path / "pyproject.toml")
    monkeypatch.setattr(app, "QT_PACKAGES", tmp_path / "packages.txt")
    return tmp_path


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)


# The tree


def test_the_top_holds_only_what_belongs_there() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    top = {line.partition("/")[0] for line in listed.splitlines()}
    assert {name for name in top if not name.startswith(".")} <= AT_THE_TOP


@pytest.mark.parametrize("path", BOOTSTRAPS)
def test_bootstraps_import_the_standard_library_only(path: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_importing_lossgui_loads_no_qt() -> None:
    code = """
import sys, lossgui
loaded = {name.partition(".")[0] for name in sys.modules} & {"PySide6", "shiboken6"}
sys.exit(f"loaded {loaded}" if loaded else 0)
"""
    done = run_python(code)
    assert done.returncode == 0, done.stderr


def test_pyside_keeps_its_references_to_none_and_true() -> None:
    # PySide6 6.12.0 drops one for each call, and Python before 3.12 then aborts after some hundred.
    code = """
from PySide6.QtCore import QObject, Signal
class Sender(QObject):
    sent = Signal()
sender = Sender()
sender.sent.connect(lambda: None)
for _ in range(3_000):
    sender.sent.emit()
for _ in range(10_000):
    QObject().parent()
"""
    done = run_python(code)
    assert done.returncode == 0, done.stderr


# The setup


def test_the_oldest_python_is_that_of_pyproject(app: ModuleType) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=" + app.version_text(app.OLDEST_PYTHON)


def test_an_older_python_is_refused_in_words(app: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "OLDEST_PYTHON", (99, 0))
    with pytest.raises(SystemExit, match=r"needs Python 99\.0 or newer"):
        app.check_python()


def test_package_lists_may_hold_comments(app: ModuleType) -> None:
    assert app.parse_packages("# Qt\nlibgl1  # OpenGL\n\n  libegl1 libx11-6\n#libold0") == [
        "libgl1",
        "libegl1",
        "libx11-6",
    ]


@pytest.mark.parametrize("path", ["app/debian-packages.txt", "tests/debian-packages.txt"])
def test_package_lists_name_each_package_once(app: ModuleType, path: str) -> None:
    names = app.read_packages(ROOT / path)
    assert names and len(names) == len(set(names))


def test_digests_tell_parts_apart(app: ModuleType) -> None:
    assert app.digest(b"ab", b"c") == app.digest(b"ab", b"c")
    assert len({app.digest(b"ab", b"c"), app.digest(b"a", b"bc"), app.digest(b"abc")}) == 3


@pytest.mark.parametrize("changed", ["pyproject.toml", "packages.txt"])
def test_the_stamp_changes_with_what_it_stands_for(app: ModuleType, checkout: Path, changed: str) -> None:
    before = app.stamp()
    assert app.stamp() == before
    (checkout / changed).write_text("else")
    assert app.stamp() != before


def test_the_stamp_changes_with_the_place(
    app: ModuleType, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = app.stamp()
    monkeypatch.setattr(app, "ROOT", checkout / "moved")
    assert app.stamp() != before


def pretend_steps(app: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace the steps of the setup by a list of their names."""
    steps: list[str] = []

    def make_venv() -> None:
        steps.append("venv")
        app.PYTHON.parent.mkdir(parents=True, exist_ok=True)
        app.PYTHON.touch()

    monkeypatch.setattr(app, "make_venv", make_venv)
    monkeypatch.setattr(app, "install_project", lambda extra: steps.append(f"pip {extra}".strip()))
    monkeypatch.setattr(app, "check_qt", lambda: steps.append("qt"))
    return steps


@pytest.mark.usefixtures("checkout")
def test_a_second_start_does_nothing(app: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = pretend_steps(app, monkeypatch)
    app.set_up()
    assert steps == ["venv", "pip", "qt"]
    app.set_up()
    assert steps == ["venv", "pip", "qt"]


@pytest.mark.usefixtures("checkout")
def test_a_setup_for_the_tests_serves_the_program_too(
    app: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = pretend_steps(app, monkeypatch)
    app.set_up("test")
    app.set_up()
    assert steps == ["venv", "pip test", "qt"]
    app.PYPROJECT.write_text("changed")
    app.set_up()
    app.set_up("test")
    assert steps[3:] == ["venv", "pip", "qt", "venv", "pip test", "qt"]


@pytest.mark.usefixtures("checkout")
def test_a_setup_that_failed_is_tried_again(app: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = pretend_steps(app, monkeypatch)

    def fail() -> None:
        raise SystemExit("no Qt")

    monkeypatch.setattr(app, "check_qt", fail)
    for _ in range(2):
        with pytest.raises(SystemExit, match="no Qt"):
            app.set_up()
    assert steps == ["venv", "pip"] * 2


@pytest.mark.parametrize("text", [None, "", "command = python3 -m venv elsewhere/.venv"])
def test_a_half_made_or_moved_venv_is_not_whole(app: ModuleType, checkout: Path, text: str | None) -> None:
    if text is not None:
        (checkout / ".venv").mkdir()
        (checkout / ".venv" / "pyvenv.cfg").write_text(text)
    assert not app.is_whole()


def test_a_venv_whose_python_is_gone_is_not_whole(app: ModuleType, checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "pyvenv.cfg").write_text(f"command = python3 -m venv {app.VENV}")
    assert not app.is_whole()


def test_who_may_not_install_gets_one_line_to_type(app: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "has_apt", lambda: True)
    monkeypatch.setattr(app, "may_install", lambda: False)
    with pytest.raises(SystemExit) as stopped:
        app.get_packages(["libgl1", "libegl1"], "Qt misses a library.")
    line = "sudo apt-get update && sudo apt-get install -y --no-install-recommends libgl1 libegl1"
    assert str(stopped.value).splitlines() == [
        "Qt misses a library.",
        "To get what is missing, type this line:",
        line,
        "Then start again.",
    ]


def test_without_apt_the_packages_are_named(app: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "has_apt", lambda: False)
    advice = app.advice(["libgl1"])
    assert "apt-get" not in advice and advice.endswith("libgl1")


def test_root_installs(app: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[list[str], str]] = []

    def run(command: list[str], failure: str, environment: dict[str, str]) -> None:
        seen.append((command, environment["DEBIAN_FRONTEND"]))

    monkeypatch.setattr(app, "may_install", lambda: True)
    monkeypatch.setattr(app, "run", run)
    app.get_packages(["libgl1"], "Qt misses a library.")
    assert seen == [
        (["apt-get", "update"], "noninteractive"),
        (["apt-get", "install", "-y", "--no-install-recommends", "libgl1"], "noninteractive"),
    ]


def test_a_failing_command_is_shown_in_full(app: ModuleType) -> None:
    code = "import sys; print('chatter', flush=True); print('error', file=sys.stderr); sys.exit(3)"
    with pytest.raises(SystemExit) as stopped:
        app.run([sys.executable, "-c", code], "What to do.")
    assert str(stopped.value) == "chatter\nerror\n\nWhat to do."


def test_a_command_that_succeeds_is_quiet(app: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    app.run([sys.executable, "-c", "print('chatter')"], "What to do.")
    assert capfd.readouterr() == ("", "")


# `python3 tests`


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module tests/__main__.py over a folder with a script and a test."""
    module = load("tests/__main__.py")
    (tmp_path / "benchmark.py").touch()
    (tmp_path / "test_core.py").touch()
    monkeypatch.setattr(module, "TESTS", tmp_path)
    return module


@pytest.mark.parametrize(
    "arguments", [[], ["-q"], ["-k", "benchmark"], ["test_core"], ["tests/test_core.py"], [""]]
)
def test_arguments_go_to_pytest(runner: ModuleType, arguments: list[str]) -> None:
    assert runner.command(arguments) == ["-m", "pytest", *runner.SPREAD, *arguments]


def test_a_word_runs_the_script_of_that_name(runner: ModuleType, tmp_path: Path) -> None:
    command = runner.command(["benchmark", "--size", "10"])
    assert command == [str(tmp_path / "benchmark.py"), "--size", "10"]


@pytest.mark.skipif(os.name == "nt", reason="starts a shell")
def test_ci_calls_the_commands_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert "python3 tests" in script.read_text(encoding="utf-8")
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", str(script)]).returncode == 0
