"""Curves as data: their notes, labels and descriptions, and losses of the whole batch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from core.curved import BIRD, CCE, LABELS, MSE, PREDICTIONS, at, said, shown, start, there

from lossgui.core.evaluate import Outcome, evaluate
from lossgui.core.study import Choice, Study

# Where there is no number, and where there are too many


def test_notes_say_where_a_curve_goes_that_leaves_the_frame() -> None:
    assert said(shown(start(), rescale=True)) == ["16.1181 (clip 1e−7) ↑", "∞ ↑"]
    assert [note.line for note in shown(start(), rescale=True).notes] == [0, 1]
    delta = Choice.of("crossentropy_with_delta", "NumPy", {"delta": 1e-7})
    assert said(shown(start(delta), rescale=True)) == ["16.1181 at 0 ↑"]


def test_a_plateau_in_the_frame_is_named() -> None:
    figure = shown(start().with_prediction(*BIRD, 0))
    assert said(figure) == ["16.1181 (clip 1e−7)", "∞ ↑"]
    keras, textbook, _ = figure.series
    assert keras.value == pytest.approx(16.1181, abs=1e-4) and textbook.value == np.inf
    assert np.ptp(keras.y[keras.x < 0.9e-7]) == 0
    assert [point.y for point in figure.points][:2] == [keras.value, np.inf]


def test_a_row_that_is_not_a_number_breaks_the_curve() -> None:
    study = Study.of([[1, 0, 0]], [[np.nan, 1, 2]], kind="logits", choices=(Choice.of(MSE),))
    whole = shown(study, (0, 1))
    assert np.isnan(whole.series[0].y).all() and not whole.points
    assert said(whole) == ["Mean squared error: undefined"]
    itself = shown(study, (0, 0))
    assert itself.current is None and not itself.points
    assert np.isfinite(itself.series[0].y).all()
    assert itself.legend is not None and itself.legend.entries[0].value == "undefined"


def test_a_single_place_without_a_number_is_a_gap_in_the_line() -> None:
    cosine = Study.of([[1.0]], [[0.5]], "real", "values", choices=(Choice.of("cosine_similarity"),))
    figure = shown(cosine, (0, 0))
    assert np.isnan(figure.series[0].y[figure.series[0].x == 0]).all()
    assert said(figure) == ["undefined"] and figure.notes[0].x == 0


def test_a_slope_that_jumps_is_not_connected() -> None:
    study = Study.of([[1.0]], [[0.5]], "soft", choices=(Choice.of("mean_absolute_error"),))
    slope = shown(study.with_kind("values"), (0, 0), gradient=True).series[1]
    before, after = slope.y[slope.x < 1][-2:], slope.y[slope.x > 1][:2]
    assert (before[0], after[1]) == (-1, 1) and np.isnan([before[1], after[0]]).all()


# The whole batch


def test_a_loss_of_the_whole_batch_says_so() -> None:
    study = start(Choice.of("l2_norm"), Choice.of(MSE, colour=1))
    figure = shown(study)
    assert [series.label for series in figure.series] == ["L2 norm, of the batch", "Mean squared error"]
    assert figure.y.label == "loss of sample 2"
    assert shown(start(Choice.of("l2_norm"))).y.label == "loss of the batch"
    assert figure.series[0].value == evaluate(study).outcomes[0].value


def test_the_batch_counts_the_others_even_where_the_sample_is_not_a_number() -> None:
    study = Study.of([[0, 1], [1, 0]], [[np.nan, 1], [2, 3]], "real", "values")
    series = shown(replace(study, choices=(Choice.of("l2_norm"),)), (0, 0)).series[0]
    assert at(series, 0) == pytest.approx(np.sqrt(10))


def test_sums_are_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Outcome, "sums", None)
    figure = shown(start(Choice.of("l2_norm"), Choice.of(MSE)), ready=False)
    assert [series.label for series in figure.series] == ["Mean squared error"]
    assert figure.legend is not None and figure.legend.entries[1].value == "computing…"


# Words


def test_labels_say_as_much_as_tells_two_apart() -> None:
    def labels(*choices: Choice) -> list[str]:
        return [series.label for series in shown(start(*choices)).series]

    title = "Categorical cross-entropy"
    assert labels(Choice.of(CCE, "Keras 3"), Choice.of(MSE)) == [title, "Mean squared error"]
    assert labels(Choice.of(CCE, "Keras 3"), Choice.of(CCE)) == [f"{title} · Keras 3", f"{title} · Textbook"]
    deltas = [Choice.of("crossentropy_with_delta", parameters={"delta": delta}) for delta in (0.1, 0.2)]
    assert [label.partition(", ")[2] for label in labels(*deltas)] == ["δ = 0.1", "δ = 0.2"]
    assert labels(Choice.of(MSE), Choice.of(MSE))[1].endswith(" (2)")


def test_losses_that_do_not_fit_are_left_out() -> None:
    hinge = Choice.of("sparse_categorical_crossentropy")
    assert [series.label for series in shown(start(Choice.of(MSE), hinge)).series] == ["Mean squared error"]
    alone = shown(start(hinge))
    assert not alone.series and "class index" in alone.description == alone.notes[0].text
    assert "Choose a loss" in shown(Study.of(LABELS, PREDICTIONS)).notes[0].text


def test_names_are_data_on_one_line() -> None:
    study = replace(start(), classes=("<b>a</b>\n" * 60, "b", "c"))
    label = shown(study, (1, 0)).x.label
    assert "\n" not in label and "<b>" in label and len(label) < 110


def test_the_description_says_the_numbers() -> None:
    figure = shown(start(), rescale=True)
    for words in ("sample 2", "class bird", "At 0.1", "2.3026", "0.4867", "∞", "16.1181 (clip 1e−7)"):
        assert words in figure.description


def test_values_can_be_read_off() -> None:
    figure = shown(start().with_prediction(*BIRD, 0), rescale=True)
    assert [entry.value for entry in figure.read(0.0)] == ["16.1181", "∞", "0.5500"]
    assert figure.nearest(0.4567) == 0.455
    exact = there(start(Choice.of(MSE)).with_prediction(*BIRD, 0), 0.455, True)
    assert figure.read(0.4567)[2].value == f"{exact:.4f}"
    # Without its 0.1 the row sums to 0.9: there is no more to take.
    assert figure.nearest(0.95) is None
