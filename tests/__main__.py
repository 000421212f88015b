"""`python3 tests [ARGS]`: set up as `python3 app` does, with the tools of the tests, and run pytest.

`python3 tests WORD [ARGS]` runs tests/WORD.py instead, where there is such a file (a benchmark, the parity
with the frameworks). Everything runs from the top of the checkout. Standard library only.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
PACKAGES = TESTS / "debian-packages.txt"
PROGRAMS = ("Xvfb", "rsvg-convert", "pdftoppm")
"""One program of each of these packages: where one is missing, they are installed."""

SPREAD = ("-n", "auto", "--dist", "worksteal")
"""All cores run tests; `-n 0` among the arguments has one do it, as debugging needs."""


def main(arguments: list[str]) -> int:
    """Set up where needed, then become pytest or the script that the first argument names."""
    app = load_app()
    os.chdir(ROOT)
    app.set_up("test")
    if lacking():
        get_programs(app)
    return int(app.start(command(arguments)))


def load_app() -> ModuleType:
    """Import app/__main__.py by its path, since app is not a package."""
    spec = importlib.util.spec_from_file_location("app_main", ROOT / "app" / "__main__.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def command(arguments: list[str]) -> list[str]:
    """Return what Python is to run: tests/WORD.py for a WORD that names one, else pytest."""
    word, rest = arguments[:1], arguments[1:]
    if word and (script := script_called(word[0])):
        return [str(script), *rest]
    return ["-m", "pytest", *SPREAD, *arguments]


def script_called(word: str) -> Path | None:
    script = TESTS / f"{word}.py"
    is_pytests_own = script.name.startswith(("test_", "conftest", "__"))
    return script if script.is_file() and not is_pytests_own else None


def lacking() -> list[str]:
    """Return which of the programs that tests run are missing."""
    if not sys.platform.startswith("linux"):
        return []
    return [program for program in PROGRAMS if shutil.which(program) is None]


def get_programs(app: ModuleType) -> None:
    """Install what is missing where that is allowed; elsewhere say how, and go on without."""
    names = app.read_packages(PACKAGES)
    missing = ", ".join(lacking())
    if app.may_install():
        app.get_packages(names, f"The tests need {missing}.")
    else:
        app.say(f"There is no {missing}: the tests that need it will be skipped.\n{app.advice(names)}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
