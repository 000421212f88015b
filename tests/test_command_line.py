"""The program from outside, as a process."""

from __future__ import annotations

import json
import math
import os
import signal
import struct
import subprocess
import sys
import time

import pytest

from lossgui import LOSSES, __version__
from lossgui.__main__ import main
from lossgui.files import examples

KEYS = {"loss", "profile", "parameters", "reduction", "value", "per_sample", "per_class", "gradient"}


def run(*arguments, display=False, **more):
    environment = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM",)}
    if not display:
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "-m", "lossgui", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
        **more,
    )


def png_size(path):
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG")
    return struct.unpack(">II", data[16:24])


def test_version():
    done = run("--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"lossgui {__version__}")


def test_list_examples_names_then_titles():
    done = run("--list-examples")
    lines = done.stdout.splitlines()
    assert done.returncode == 0 and len(lines) == len(examples.examples())
    assert all(line.split("  ")[0] and line.split("  ", 1)[1].strip() for line in lines)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["--example", "no_such"],
        ["--size", "12"],
        ["--quit-after", "soon"],
        ["--plot", "none"],
        ["--formula"],
        ["some.csv", "--example", "start"],
    ],
)
def test_a_wrong_command_line_is_status_2_and_says_why(arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr.strip() and "Traceback" not in done.stderr


def test_an_unknown_example_is_answered_with_the_nearest():
    assert "B_hinge" in run("--example", "B_hing").stderr


def test_print_needs_no_qt_and_is_strict_json():
    code = "import sys, lossgui.__main__ as m; m.main(['--print']); assert 'PySide6' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    losses = json.loads(done.stdout, parse_constant=pytest.fail)["losses"]
    for loss in losses:
        assert set(loss) >= KEYS
        assert loss["loss"] in LOSSES
        assert math.isclose(loss["value"], sum(loss["per_class"]), rel_tol=1e-12)


@pytest.mark.parametrize("name", [example.name for example in examples.examples()])
def test_every_example_prints(name, capsys):
    assert main(["--example", name, "--print"]) == 0
    assert json.loads(capsys.readouterr().out, parse_constant=pytest.fail)["losses"]


FORMULAS = ["-(y*log(p) + (1-y)*log(1-p))", "where(abs(y-p) <= d, (y-p)**2/2, d*(abs(y-p)-d/2))"]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("joined", [True, False])
def test_a_formula_is_evaluated_on_the_example(formula, joined, capsys):
    option = [f"--formula={formula}"] if joined else ["--formula", formula]
    assert main([*option, "--print"]) == 0
    (loss,) = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)["losses"]
    assert set(loss) >= KEYS and loss["loss"] == formula and loss["over"] == "mean"
    assert loss["parameters"] == ({"d": 1} if "d" in formula else {})
    assert math.isclose(loss["value"], sum(loss["per_class"]), rel_tol=1e-12)


def test_a_formula_of_logits_goes_to_logits_and_to_any_example_that_is_named(capsys):
    assert main(["--formula=log(1 + exp(-y*z))", "--print"]) == 0
    assert json.loads(capsys.readouterr().out)["losses"][0]["value"] > 0
    assert main(["--formula=z", "--example", "start", "--print"]) == 0
    assert "It takes logits" in json.loads(capsys.readouterr().out)["losses"][0]["refused"]


def test_an_infinite_formula_is_marked(capsys):
    assert main(["--formula=p + 9**9**9", "--print"]) == 0
    assert json.loads(capsys.readouterr().out, parse_constant=pytest.fail)["losses"][0]["value"] == "inf"


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("p + foo(y)", "Position 5: There is no function ‘foo’.\np + foo(y)\n    ^\n"),
        ("__import__('os').system('touch canary')", "Position 1: "),
        ("", "Position 1: There is no formula yet.\n\n^\n"),
        ("1 + 1", "There is no prediction in it"),
        ("(" * 100_000, "at most 2,000 characters"),
    ],
)
def test_what_is_no_formula_is_status_3_with_message_and_place(
    formula, message, capsys, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert main([f"--formula={formula}", "--print"]) == 3
    said = capsys.readouterr()
    assert message in said.err and said.err.startswith("lossgui: This is no formula. ") and not said.out
    assert not list(tmp_path.iterdir())


def test_a_formula_of_bytes_that_are_no_text_is_refused():
    done = run(b"--formula=p + \xff\xfe".decode("utf-8", "surrogateescape"), "--print")
    assert done.returncode == 3 and "Position 5: " in done.stderr and "Traceback" not in done.stderr


def test_a_picture_has_the_size_that_was_asked_for(tmp_path):
    target = tmp_path / "window.png"
    done = run("--picture", target, "--size", "1000x700", "--theme", "dark", "--plot", "contributions")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert png_size(target) == (1000, 700)


def test_a_picture_that_cannot_be_written_is_said(tmp_path):
    done = run("--picture", tmp_path / "missing" / "window.png")
    assert done.returncode == 1 and "was not written" in done.stderr and "Traceback" not in done.stderr


def test_without_a_display_a_plain_start_prints_and_ends_with_the_path_of_a_picture(tmp_path):
    done = run("--state-dir", tmp_path / "state with blanks")
    assert done.returncode == 0, done.stderr
    assert "no display" in done.stdout and "Categorical cross-entropy" in done.stdout
    path = tmp_path / "state with blanks" / "lossgui.png"
    assert done.stdout.rstrip().endswith(str(path))
    assert png_size(path) == (1366, 768)


def test_a_picture_that_has_no_place_is_said_after_the_numbers(tmp_path):
    (tmp_path / "file").write_text("")
    done = run("--state-dir", tmp_path / "file")
    assert done.returncode == 1 and "Categorical cross-entropy" in done.stdout
    assert done.stderr.startswith("lossgui: ") and "Traceback" not in done.stderr


def test_a_folder_is_refused_by_its_name():
    done = run(".", "--print")
    assert done.returncode == 3 and done.stderr == "lossgui: .: It is a folder.\n"


@pytest.mark.desktop
def test_the_window_closes_by_itself_with_status_0(tmp_path):
    done = run("--quit-after", 1, "--state-dir", tmp_path, display=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads((tmp_path / "preferences.json").read_bytes())["theme"] == "light"


@pytest.mark.desktop
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window_with_status_0(tmp_path, number):
    process = subprocess.Popen(
        [sys.executable, "-m", "lossgui", "--state-dir", str(tmp_path)], stderr=subprocess.PIPE, text=True
    )
    time.sleep(3)
    process.send_signal(number)
    _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, "")


def test_broken_preferences_count_as_none(tmp_path):
    from lossgui.files import preferences

    (tmp_path / preferences.FILE).write_bytes(b'{"theme": 3')
    assert preferences.read(tmp_path) == preferences.Preferences()
