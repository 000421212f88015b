"""Figures as matplotlib scripts: they run, and what they draw has the figure's data."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pytest
from files.figures.plotted import EXAMPLES, LOOK, plots, study_of
from hypothesis import given, settings
from hypothesis import strategies as st

from lossgui.core.choice import Choice
from lossgui.core.evaluate import evaluate
from lossgui.core.figures import Axis, Figure, Series, by_class, curve, of_batch, words
from lossgui.core.study import Study
from lossgui.files.figures.drawing import drawn
from lossgui.files.figures.script import script

matplotlib.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_hex


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Draw without a screen, and without traces."""
    monkeypatch.setattr(plt, "show", lambda: None)
    with matplotlib.rc_context():
        yield
    plt.close("all")


def run(figure: Figure) -> dict[str, Any]:
    names: dict[str, Any] = {}
    plt.close("all")
    exec(compile(script(figure, LOOK), figure.name, "exec"), names)
    return names


def check_axes(ax: Axes, figure: Figure) -> None:
    assert ax.get_xlim() == (figure.x.low, figure.x.high) and ax.get_ylim() == (figure.y.low, figure.y.high)
    assert (ax.get_xlabel(), ax.get_ylabel()) == (figure.x.label, figure.y.label)
    for axis, known in ((ax.xaxis, figure.x), (ax.yaxis, figure.y)):
        shown = zip(axis.get_ticklocs(), (label.get_text() for label in axis.get_ticklabels()), strict=True)
        assert set(shown) <= set(known.ticks)
    assert [label.get_text() for label in ax.get_xticklabels()] == [text for _, text in figure.x.ticks]


def check_curves(ax: Axes, figure: Figure) -> None:
    lines = [line for line in ax.lines if len(line.get_xdata()) > 2]
    for line, series in zip(lines, figure.series, strict=True):
        x, y = drawn(series)
        assert np.array_equal(line.get_xdata(), x) and np.array_equal(line.get_ydata(), y, equal_nan=True)
        assert to_hex(line.get_color()) == LOOK.of_loss(series.colour)
    points = [line for line in ax.lines if line.get_marker() not in ("None", "")]
    for line, point in zip(points, figure.points, strict=True):
        at = min(max(point.y, figure.y.low), figure.y.high)
        assert (line.get_xdata()[0], line.get_ydata()[0]) == (point.x, at)
        assert line.get_marker() == LOOK.marker(point.colour)


def check_bars(ax: Axes, figure: Figure, names: dict[str, Any]) -> None:
    bars = figure.bars
    assert bars is not None
    assert np.array_equal([row[2] for row in names["bars"]], bars.values, equal_nan=True)
    for patch, (place, colour) in zip(ax.patches, enumerate(bars.colours), strict=True):
        box = [bars.left[place], bars.bottom[place], bars.right[place], bars.top[place]]
        extents = (
            patch.get_x(),
            patch.get_y(),
            patch.get_x() + patch.get_width(),
            patch.get_y() + patch.get_height(),
        )
        assert np.allclose(extents, box, rtol=1e-12, atol=0)
        assert to_hex(patch.get_facecolor(), keep_alpha=True)[: len(LOOK.fill(colour))] == LOOK.fill(colour)
        assert (patch.get_hatch() or "") == LOOK.hatch(colour)


def check_cells(ax: Axes, figure: Figure, names: dict[str, Any]) -> None:
    image = figure.image
    assert image is not None
    assert np.array_equal(names["values"], image.values, equal_nan=True)
    (mesh,) = ax.collections
    with np.errstate(invalid="ignore"):
        shown = np.clip(image.values, -image.scale.reach, image.scale.reach)
    assert np.array_equal(np.ma.filled(mesh.get_array(), np.nan), shown, equal_nan=True)
    shares = np.ma.filled(mesh.norm(np.where(np.isnan(shown), 0, shown)), np.nan)
    assert np.allclose(2 * shares - 1, image.scale.share(image.values), atol=1e-12)
    rows, columns = image.values.shape
    corners = mesh.get_coordinates()
    assert corners[0, 0].tolist() == [-0.5, rows - 0.5] and corners[-1, -1].tolist() == [columns - 0.5, -0.5]
    hatched = [patch for patch in ax.patches if patch.get_hatch()]
    assert len(hatched) == image.hatched.sum()
    bar = ax.figure.axes[1]
    assert [label.get_text() for label in bar.get_yticklabels()] == [text for _, text in image.scale.ticks]
    assert bar.get_ylabel() == image.scale.label


def check_words(ax: Axes, figure: Figure) -> None:
    title = ax.figure.get_suptitle()
    assert " ".join(title.split()) == " ".join(figure.title.split())
    assert ax.get_title(loc="left").split() == figure.subtitle.split()
    said = {text.get_text().lstrip("↑↓ ") for text in ax.texts}
    if figure.bars is None:
        assert {note.text for note in figure.notes} <= said
    legend = ax.get_legend()
    entries = figure.legend.entries if figure.legend else ()
    labels = [text.get_text().split() for text in legend.get_texts()] if legend else []
    assert labels == [f"{entry.label} {entry.value}".split() for entry in entries]


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_script_draws_the_figure(example: str) -> None:
    for figure in plots(study_of(example)):
        names = run(figure)
        ax = names["ax"]
        check_axes(ax, figure)
        check_curves(ax, figure)
        if figure.bars is not None:
            check_bars(ax, figure, names)
        if figure.image is not None:
            check_cells(ax, figure, names)
        check_words(ax, figure)


def test_scripts_are_painted_without_a_warning() -> None:
    for figure in plots(study_of("start")):
        names = run(figure)
        names["fig"].canvas.draw()
        assert np.asarray(names["fig"].canvas.buffer_rgba()).std() > 0


def test_a_script_needs_only_numpy_and_matplotlib(tmp_path: Path) -> None:
    path = tmp_path / "curve.py"
    path.write_text(script(curve(evaluate(study_of("start"))), LOOK), encoding="utf-8")
    environment = {**os.environ, "MPLBACKEND": "agg", "PYTHONPATH": ""}
    code = "import runpy, sys; runpy.run_path(sys.argv[1]); assert 'lossgui' not in sys.modules"
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, str(path)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr


def test_the_page_has_the_size_that_is_asked_for() -> None:
    figure = curve(evaluate(study_of("start")))
    names: dict[str, Any] = {}
    exec(script(figure, replace(LOOK, size=(3.25, 2.5), points=7.0)), names)
    assert tuple(names["fig"].get_size_inches()) == (3.25, 2.5)
    assert names["ax"].xaxis.label.get_size() == 7.0


def test_curves_of_one_x_share_it() -> None:
    code = script(curve(evaluate(study_of("start"))), LOOK)
    assert code.count("x = np.array") == 1 and "x_2" not in code


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=4))
def test_names_are_data_and_never_code(labels: list[str]) -> None:
    hostile = ["'''\"\"\"\\", "$x^$", "_hidden", "x\nimport os", "class", "np", *labels]
    x = np.array([0.0, 0.5, 1.0])
    series = tuple(Series(label, x, x * place, place) for place, label in enumerate(hostile))
    axis = Axis("\\N{x} ' \" $", 0, 1, ((0.0, "$a"), (1.0, "_")))
    names: dict[str, Any] = {}
    code = script(Figure("curve", "${", axis, axis, series), LOOK)
    plt.close("all")
    exec(compile(code, "script", "exec"), names)
    assert "os" not in names
    assert len([line for line in names["ax"].lines if len(line.get_xdata()) == 3]) == len(hostile)
    assert names["ax"].get_xlabel() == axis.label


def test_dollars_are_no_mathematics() -> None:
    study = Study.of([[1, 0]], [[0.5, 0.5]], classes=["$\\frac", "_b"]).with_choice(
        Choice.of("mean_squared_error")
    )
    for figure in (
        by_class(evaluate(study), 0),
        curve(evaluate(study)),
        of_batch(evaluate(study), 0, "prediction"),
    ):
        names = run(figure)
        names["fig"].canvas.draw()


def test_infinite_and_undefined_numbers_are_written_as_such() -> None:
    study = Study.of(None, [[np.nan, np.inf, -np.inf, 1e300]], kind="values")
    x = np.array([0.0, 1.0, 2.0, 3.0])
    axis = Axis("x", 0, 3, ())
    figure = Figure("curve", "", axis, axis, (Series("a", x, study.predictions.to_array()[0], 0),))
    line = run(figure)["ax"].lines[0]
    assert np.array_equal(line.get_ydata(), study.predictions.to_array()[0], equal_nan=True)


def test_a_figure_of_words_says_them() -> None:
    ax = run(words("curve", "Choose a loss to see its curve."))["ax"]
    assert [text.get_text() for text in ax.texts] == ["Choose a loss to see its curve."]
