"""The plots: what is hidden is not computed, what stays is drawn once, and all can be read and heard."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gui.plotted import BIRD, LABELS, PREDICTIONS, mouse, on_screen, opened, place
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from lossgui import Study
from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.figures import Axis
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.plots import PLOTS
from lossgui.gui.plots.canvas import Canvas
from lossgui.gui.plots.contributions import ContributionsView
from lossgui.gui.plots.curve import CurveView
from lossgui.gui.plots.curves import pieces
from lossgui.gui.plots.drawing import Drawing
from lossgui.gui.plots.frame import as_curve, thinned
from lossgui.gui.plots.gradient import GradientView
from lossgui.gui.plots.view import FigureView

ROOT = Path(__file__).resolve().parents[2]
KINDS = (CurveView, ContributionsView, GradientView)


@pytest.fixture
def document(qapp: QApplication) -> Iterator[Document]:
    document = opened()
    yield document
    document.close()


@pytest.fixture
def shown(qtbot: QtBot, document: Document) -> Callable[..., Any]:
    def show(kind: type[FigureView] = CurveView) -> FigureView:
        return on_screen(qtbot, kind(document))

    return show


# Only what is looked at


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_hidden_computes_nothing(
    kind: type[FigureView], shown: Any, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = shown(kind)
    if not isinstance(view, CurveView):
        view.choice = 2
    view.hide()
    runs: list[int] = []
    run = Chain.run

    def counted(self: Chain, labels: Any, predictions: np.ndarray, **known: Any) -> Any:
        runs.append(len(predictions))
        return run(self, labels, predictions, **known)

    monkeypatch.setattr(Chain, "run", counted)
    before = view.canvas.figure
    document.edit("hidden", document.study.with_prediction(*BIRD, 0.5, True))
    # The document itself says what became of the first loss.
    assert view.canvas.figure is before and runs == [2]
    view.show()
    assert view.canvas.figure is not before


def test_importing_the_list_of_plots_loads_no_view() -> None:
    code = "import sys, lossgui.gui.plots; sys.exit('lossgui.gui.plots.view' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60).returncode == 0
    assert tuple(plot.name for plot in PLOTS) == ("curve", "contributions", "gradient")


# Drawing


def test_curves_are_drawn_once_while_a_point_is_dragged(
    shown: Any, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = shown()
    view.slope = True
    view.canvas.grab()
    drawn: list[str] = []
    below, above = Drawing.draw_below, Drawing.draw_above
    monkeypatch.setattr(Drawing, "draw_below", lambda *its: (drawn.append("below"), below(*its)))
    monkeypatch.setattr(Drawing, "draw_above", lambda *its: (drawn.append("above"), above(*its)))
    for x in np.linspace(0.1, 0.9, 20):
        document.edit("x", document.study.with_prediction(*BIRD, x, True))
        view.canvas.viewport().repaint()
    assert drawn == 20 * ["above"]
    view.slope = False
    view.canvas.viewport().repaint()
    assert drawn[20:] == ["below", "above"]


def test_a_curve_is_broken_where_it_is_not_finite() -> None:
    there = [True, True, False, False, True, False, True, True, True]
    assert pieces(np.array(there)) == [slice(0, 2), slice(4, 5), slice(6, 9)]
    assert pieces(np.zeros(3, bool)) == pieces(np.zeros(0, bool)) == []


def test_fewer_losses_leave_nothing_behind(shown: Any, document: Document) -> None:
    view = shown()
    document.edit("less", document.study.without_choice(2).without_choice(1))
    assert len(view.canvas.drawing.curves.paths) == 1


@pytest.mark.parametrize(
    "values",
    [
        np.array([1, None, 3], object),
        [1.0, 2.0],
        np.arange(6).reshape(2, 3),
        np.array([np.inf, -np.inf, np.nan]),
    ],
)
def test_whatever_comes_is_a_plain_curve(values: Any) -> None:
    result = as_curve(values, Axis("", 0, 2, ()))
    assert result.ndim == 1 and result.dtype == np.float64 and result.flags.c_contiguous
    assert not np.isinf(result).any()


def test_thinning_keeps_ends_and_gaps() -> None:
    x = np.linspace(0, 1, 10_001)
    y = np.where(abs(x - 0.5) < 1e-3, np.nan, x)
    thin_x, thin_y = thinned(x, y, 100, 100)
    assert len(thin_x) < 450 and (thin_x[0], thin_x[-1]) == (0, 1)
    assert np.isnan(thin_y).any()


# What is read and heard


def test_the_mouse_reads_off_values(shown: Any) -> None:
    view = shown()
    mouse(view, QEvent.Type.MouseMove, place(view, 0.5))
    read_out = view.canvas.drawing.overlay.read_out
    assert [entry.value for entry in read_out.entries] == ["", "0.6931", "0.6931", "0.1502"]
    assert read_out.entries[0].label == "ŷ = 0.5"
    QApplication.sendEvent(view.canvas, QEvent(QEvent.Type.Leave))
    assert view.canvas.drawing.overlay.read_out is None


def test_bars_are_read_off(shown: Any) -> None:
    view = shown(ContributionsView)
    mouse(view, QEvent.Type.MouseMove, place(view, 2, 0.5))
    read_out = view.canvas.drawing.overlay.read_out
    assert [entry.label for entry in read_out.entries] == ["class <b>bird</b>", "samples of <b>bird</b>"]
    assert read_out.entries[1].value == "1.1513"


@pytest.mark.parametrize("kind", [CurveView, ContributionsView])
def test_the_description_is_never_stale(kind: type[FigureView], shown: Any, document: Document) -> None:
    view = shown(kind)
    assert view.canvas.accessibleName() == view.accessibleName() == kind.__name__.removesuffix("View")
    for x in np.random.default_rng(0).random(100):
        document.edit("x", document.study.with_prediction(*BIRD, x, True))
        conventions = [float(one.rows(1, 2).statistics[0, 0]) for one in document.result.outcomes[:2]]
        digits = text.decimals_apart(conventions)
        loss = conventions[0]
        wanted = text.number(loss, digits) if kind is CurveView else text.number(loss / 2)
        assert wanted in view.canvas.accessibleDescription() == view.accessibleDescription()


def test_every_control_has_a_name(shown: Any) -> None:
    for kind in KINDS:
        view = shown(kind)
        for widget in view.findChildren(Canvas) + view.findChildren(QToolButton):
            assert widget.accessibleName()


# Contributions


def test_loss_and_way_can_be_chosen(qtbot: QtBot, shown: Any) -> None:
    view = shown(ContributionsView)
    assert view.canvas.figure.title == "0.0256 + 1.1513 = 1.1769"
    view._losses.picked.emit(2)
    assert view.canvas.figure.title.endswith("0.2442")
    view._switch.picked.emit("sample")
    assert view.canvas.figure.x.label == "sample"


@pytest.mark.parametrize("kind", [ContributionsView, GradientView])
def test_while_headlines_are_computed_it_says_so(
    kind: type[FigureView], shown: Any, document: Document
) -> None:
    view = shown(kind)
    document.computing = True
    document.changed.emit()
    assert view.canvas.figure.notes[0].text == "computing…"
    document.computing = False
    document.changed.emit()
    assert view.canvas.figure.bars is not None


def test_without_losses_there_are_words(shown: Any, document: Document) -> None:
    document.open(Study.of(LABELS, PREDICTIONS))
    for kind in KINDS:
        view = shown(kind)
        assert "Choose a loss" in view.canvas.figure.notes[0].text


# Looks


@pytest.mark.parametrize("kind", KINDS)
def test_the_theme_is_followed(kind: type[FigureView], shown: Any) -> None:
    view = shown(kind)
    for name in ("dark", "light"):
        style.apply(name)
        QApplication.processEvents()
        image = view.canvas.grab().toImage()
        assert QColor(image.pixel(image.width() - 2, image.height() // 2)).name() == style.theme().ground
        seen = {QColor(image.pixel(x, y)).name() for x in range(0, 760, 2) for y in range(0, 480, 2)}
        assert style.theme().losses[0] in seen or style.theme().classes[2] in seen


@pytest.mark.parametrize("size", [(320, 240), (1400, 900), (200, 100)])
def test_every_size_can_be_drawn(size: tuple[int, int], shown: Any) -> None:
    for kind in KINDS:
        view = shown(kind)
        view.resize(*size)
        view.canvas.grab()
