"""Cells shaded by value: how deep, how legible, and that it is how a study is looked at, no edit."""

from __future__ import annotations

import numpy as np
import pytest
from gui.tables.shown import SAMPLES, colours, indexed
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from lossgui import Study
from lossgui.gui import style, themes
from lossgui.gui.tables.delegate import SHADES
from lossgui.gui.tables.shading import Scale, scale_of

FINITE = st.floats(allow_nan=False)
SCALES = [Scale(), Scale(-1), Scale(-3, 700), Scale(sigmoid=True)]


@pytest.mark.parametrize("scale", SCALES)
@given(st.lists(FINITE, min_size=2))
def test_the_larger_a_number_the_deeper_its_shade(scale, values):
    shares = [scale.share(value) for value in sorted(values)]
    assert shares == sorted(shares) and 0 <= shares[0] <= shares[-1] <= 1


@pytest.mark.parametrize("scale", [*SCALES, Scale(2, 2), Scale(float("inf"), -float("inf"))])
def test_what_is_no_number_has_no_shade(scale):
    assert scale.share(float("nan")) == 0


@pytest.mark.parametrize(
    ("encoding", "kind", "labels", "predictions"),
    [
        ("one-hot", "probabilities", Scale(), Scale()),
        ("signed", "logits", Scale(-1), Scale(sigmoid=True)),
        ("index", "logits", None, Scale(sigmoid=True)),
        ("real", "values", Scale(0, 1), Scale(-2, 5)),
    ],
)
def test_a_table_has_the_scale_of_what_it_holds(encoding, kind, labels, predictions):
    own = {"index": [0, 1], "signed": [[1, -1], [-1, 1]]}.get(encoding, [[1, 0], [0, 1]])
    numbers = [[0.5, 1], [0, 0.5]] if kind == "probabilities" else [[-2, 5], [0, 1]]
    study = Study.of(own, numbers, encoding, kind)
    assert (scale_of(study, "labels"), scale_of(study, "predictions")) == (labels, predictions)
    assert scale_of(study.weighing_samples(), "sample_weight") is None
    assert scale_of(study.weighing_classes(), "class_weight") is None


def test_numbers_that_are_not_finite_do_not_stretch_a_scale():
    study = Study.of(None, [[np.nan, 1], [np.inf, 3], [-np.inf, 2]], kind="values")
    assert scale_of(study, "predictions") == Scale(1, 3)
    lost = Study.of(None, [[np.nan]], kind="values")
    assert scale_of(lost, "predictions").share(1.0) == 0


# Legible


def luminance(colour):
    parts = [part / 255 for part in (colour.red(), colour.green(), colour.blue())]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_is_legible_on_every_shade_and_shades_rise(show, name):
    shown = show()
    style.apply(name)
    shades = shown.predictions.delegate._shades
    theme = style.theme()
    assert len(shades) == SHADES + 1 and shades[0] == QColor(theme.ground)
    assert min(contrast(QColor(theme.ink), shade) for shade in shades) >= 4.5
    assert contrast(QColor(theme.quiet), shades[0]) >= 4.5
    steps = np.diff([luminance(shade) for shade in shades])
    assert (steps < 0).all() if name == "light" else (steps > 0).all()
    assert contrast(shades[0], shades[-1]) > 1.5
    style.apply("light")


@pytest.mark.parametrize("theme", [*themes.THEMES.values(), *themes.PROJECTED.values()], ids=str)
def test_the_deepest_shade_of_every_theme_carries_text(theme):
    assert contrast(QColor(theme.ink), QColor(theme.shade)) >= 4.5


# A way to look


def test_cells_are_shaded_when_asked_for(show):
    shown = show()
    deepest = int(shown.predictions.delegate._shades[-1].name()[1:], 16)
    shown.after.setFocus()
    QApplication.processEvents()
    assert not shown.panel.shade.isChecked() and deepest not in colours(shown.labels)
    shown.panel.shade.trigger()
    QApplication.processEvents()
    assert shown.document.shaded and shown.panel.shade.isChecked()
    assert deepest in colours(shown.labels.viewport())
    assert shown.document.stack.count() == 0
    shown.panel.shade.trigger()
    QApplication.processEvents()
    assert deepest not in colours(shown.labels.viewport())


def test_shades_follow_edits_themes_and_scales(show):
    shown = show(Study.of(None, [[1.0, 2], [3, 4]], kind="values"))
    shown.document.shaded = True
    shown.after.setFocus()
    table = shown.predictions

    def deepest():
        QApplication.processEvents()
        name = table.delegate._shades[-1].name()
        return int(name[1:], 16) in colours(table.viewport())

    assert deepest()
    shown.document.edit("larger", shown.study.with_cell("predictions", 0, 0, 40))
    assert deepest() and table.delegate._scale == Scale(2, 40)
    style.apply("dark")
    assert deepest() and table.delegate._shades[-1] == QColor(themes.DARK.shade)
    style.apply("light")


def test_masked_rows_class_indices_and_weights_are_not_shaded(show):
    shown = show(indexed().weighing_samples().masking().with_mask(0, False).with_mask(1, False))
    shown.after.setFocus()
    QApplication.processEvents()
    before = colours(shown.panel)
    shown.document.shaded = True
    QApplication.processEvents()
    assert colours(shown.panel) == before


def test_a_shaded_study_starts_as_it_is(show):
    shown = show(Study.of(None, SAMPLES))
    assert shown.document.shaded is False
    shown.document.shaded = True
    shown.document.edit("cell", shown.study.with_cell("predictions", 0, 0, 0.5))
    shown.document.stack.undo()
    assert shown.document.shaded is True
