"""Curves as data: what they show is what the study has, everywhere along x."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from core.curved import BIRD, LABELS, MSE, PREDICTIONS, THREE, at, shown, start, there
from core.drawn import WIDE, Case, drawn
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lossgui.core.chain import Chain
from lossgui.core.evaluate import evaluate
from lossgui.core.figures import Axis, Held, curve
from lossgui.core.study import Choice, Study

# Values


@pytest.mark.parametrize("rescale", [False, True])
@pytest.mark.parametrize("case", WIDE, ids=str)
def test_a_curve_goes_through_what_the_study_would_have_there(case: Case, rescale: bool) -> None:
    study = replace(drawn(case), choices=(case.choice(),))
    figure = shown(study, rescale=rescale)
    ((series,), (point,)) = figure.series, figure.points
    assert figure.current == study.predictions[BIRD] == point.x and point.draggable
    assert series.value == at(series, point.x) == point.y
    assert point.y == pytest.approx(there(study, point.x, rescale), rel=1e-12)
    for x in series.x[:: len(series.x) // 7]:
        expected = there(study, float(x), rescale)
        assert at(series, x) == pytest.approx(expected, rel=1e-9, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("rescale", [False, True])
@pytest.mark.parametrize("case", WIDE, ids=str)
def test_the_slope_is_the_central_difference_of_the_curve(case: Case, rescale: bool) -> None:
    study = replace(drawn(case), choices=(case.choice(),))
    figure = shown(study, rescale=rescale, gradient=True)
    loss, slope = figure.series
    assert (slope.role, slope.colour, loss.role) == ("gradient", loss.colour, "loss")
    low, high = figure.bounds or (0, 1)
    step = 1e-6 * (high - low)
    scale = np.abs(slope.y[np.isfinite(slope.y)]).max()
    for share in (0.13, 0.37, 0.61, 0.83):
        x = float(slope.x[int(np.argmin(np.abs(slope.x - (low + share * (high - low)))))])
        difference = (there(study, x + step, rescale) - there(study, x - step, rescale)) / (2 * step)
        assert at(slope, x) == pytest.approx(difference, rel=1e-4, abs=1e-5 * scale, nan_ok=True)


def test_what_may_be_taken_for_the_rest_of_the_row() -> None:
    held, rescaled = shown(start()), shown(start(), rescale=True)
    assert held.x.label == "ŷ of class bird, sample 2 (the rest of the row held)"
    assert rescaled.x.label == "ŷ of class bird, sample 2 (the rest of the row rescaled)"
    # Keras divides the row by its sum: held, the loss of 0.5 is that of 0.5 / 1.4.
    assert at(held.series[0], 0.5) == pytest.approx(-np.log(0.5 / 1.4), rel=1e-2)
    assert at(rescaled.series[0], 0.5) == pytest.approx(-np.log(0.5), rel=1e-2)


def test_logits_and_single_classes_have_no_rest_to_speak_of() -> None:
    logits = Study.of(LABELS, PREDICTIONS, kind="logits", choices=(Choice.of(MSE),))
    assert shown(logits, rescale=True).x.label == "z of class 2, sample 2"
    one = Study.of([[1.0]], [[0.3]], "soft", choices=(Choice.of(MSE),))
    figure = shown(one, (0, 0), rescale=True)
    assert figure.x.label == "ŷ of class 0, sample 1"
    assert at(figure.series[0], 0) == 1


@settings(max_examples=200, deadline=None)
@given(
    row=arrays(float, st.integers(1, 5), elements=st.sampled_from([0, 1e-9, 0.1, 0.25, 1 / 3, 0.7, 1])),
    column=st.integers(0, 4),
    rescale=st.booleans(),
    share=st.floats(0, 1),
)
def test_every_value_between_the_bounds_can_be_edited_in(
    row: np.ndarray, column: int, rescale: bool, share: float
) -> None:
    column %= len(row)
    study = Study.of([np.eye(len(row))[0]], [row], choices=THREE)
    figure = shown(study, (0, column), rescale=rescale)
    series = figure.series[0]
    assert (np.diff(series.x) > 0).all() and figure.bounds is not None
    low, high = figure.bounds
    assert 0 <= low <= row[column] <= high <= 1 and (series.x[0], series.x[-1]) == (low, high)
    rescale = "rescaled" in figure.x.label
    moved = study.with_prediction(0, column, low + share * (high - low), rescale)
    if rescale:
        assert moved.predictions.row(0).sum() == pytest.approx(row.sum(), rel=1e-9)
    assert_round(figure.x)
    assert_round(figure.y)
    assert all(figure.y.low <= point.y for point in figure.points)
    assert all(point.y <= figure.y.high or np.isinf(point.y) for point in figure.points)


def assert_round(axis: Axis) -> None:
    values = [value for value, _ in axis.ticks]
    assert 2 <= len(values) <= 12
    assert axis.low <= min(values) and max(values) <= axis.high
    assert [float(text.replace("−", "-").replace(",", "")) for _, text in axis.ticks] == pytest.approx(values)


# The frame


def test_the_first_frame_is_calm() -> None:
    figure = shown(start(), rescale=True)
    assert (figure.y.low, figure.y.high) == (0, 5)
    assert [text for _, text in figure.y.ticks] == ["0", "1", "2", "3", "4", "5"]
    assert [text for _, text in figure.x.ticks] == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]
    assert figure.legend is not None and figure.legend.place == "top right"
    assert [entry.value for entry in figure.legend.entries] == ["2.3026", "2.3026", "0.4867"]


@pytest.mark.parametrize("rescale", [False, True])
def test_the_frame_stays_while_the_point_moves_inside_it(rescale: bool) -> None:
    frames = {
        (figure.x, figure.y)
        for x in np.linspace(0.03, 0.97, 20)
        for figure in [shown(start().with_prediction(*BIRD, x, rescale), rescale=rescale)]
    }
    assert len(frames) == 1


def test_the_range_of_logits_does_not_follow_the_point_but_makes_room_for_the_row() -> None:
    study = Study.of(LABELS, PREDICTIONS, kind="logits", choices=(Choice.of(MSE),))
    ends = {shown(study.with_prediction(*BIRD, x)).bounds for x in (-10, -9.99, 0, 3, 10)}
    assert ends == {(-10, 10)}
    assert shown(study.with_prediction(*BIRD, 11)).bounds == (-20, 20)
    assert shown(study.with_prediction(1, 0, -30)).bounds == (-50, 50)


def test_a_drag_holds_the_frame_and_the_row_that_it_began_with() -> None:
    begun = evaluate(start(), BIRD)
    first = curve(begun, rescale=True)
    held = Held.at(begun, first)
    far = start().with_prediction(*BIRD, 1, True)
    figure = curve(evaluate(far, BIRD), rescale=True, held=held)
    assert (figure.x, figure.y, figure.bounds) == (first.x, first.y, first.bounds)
    # At 1 nothing is left of the row; yet the curve is that of the row as it was.
    np.testing.assert_allclose(at(figure.series[2], 0.25), at(first.series[2], 0.25), rtol=1e-12)
    low = start().with_prediction(*BIRD, 1e-7, True)
    beyond = curve(evaluate(low, BIRD), rescale=True, held=held)
    assert beyond.y == first.y and beyond.points[0].y > first.y.high
    assert curve(evaluate(low, BIRD), rescale=True).y.high == 20


def test_the_legend_stands_where_the_curves_are_not() -> None:
    rising = shown(start(), (1, 1), rescale=True)
    assert rising.legend is not None and rising.legend.place == "top left"


# Size


@pytest.mark.parametrize(("samples", "classes"), [(1, 1), (1, 2), (8, 10), (50_000, 1_000)])
def test_a_curve_costs_one_row_at_any_size(
    samples: int, classes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[int] = []
    run = Chain.run

    def counted(self: Chain, labels: Any, predictions: np.ndarray, **known: Any) -> Any:
        rows.append(len(predictions))
        return run(self, labels, predictions, **known)

    predictions = np.broadcast_to(np.float64(1 / classes), (samples, classes))
    sparse = Choice.of("sparse_categorical_crossentropy", "Keras 3")
    study = Study.of(np.zeros(samples, int), predictions, "index", choices=(sparse,))
    monkeypatch.setattr(Chain, "run", counted)
    figure = shown(study, (samples - 1, classes - 1), rescale=True, gradient=True)
    assert len(rows) == 1 and rows[0] < 500
    assert figure.series[0].value == pytest.approx(np.log(classes))


def test_conventions_of_one_loss_look_different_in_the_legend() -> None:
    choices = [
        *(Choice.of("categorical_crossentropy", profile) for profile in ("Keras 3", "Textbook")),
        Choice.of("mean_squared_error"),
    ]
    study = Study.of([[0, 1, 0]], [[0.4, 0.1, 0.5000001]], choices=choices)
    figure = curve(evaluate(study, (0, 1)))
    assert figure.legend is not None
    first, second, third = (entry.value for entry in figure.legend.entries)
    exact = [outcome.value for outcome in evaluate(study).outcomes[:2]]
    assert exact[0] != exact[1]
    assert first != second
    assert third == "0.4067"
    for number in (first, second, third):
        assert f" {number}" in figure.description
