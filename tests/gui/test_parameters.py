"""Editors of parameters: they keep to the ranges of the catalogue, and every change is undone."""

from __future__ import annotations

import numpy as np
import pytest
from gui.shown import fitting, shown
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lossgui import LOSSES, Choice
from lossgui.core import text
from lossgui.core.loss import Loss
from lossgui.core.parameter import Parameter
from lossgui.gui.document import Document
from lossgui.gui.losses import LossesPanel
from lossgui.gui.losses.parameters import STEPS, NumberEditor, Scale, Switch

PARAMETERS = [
    pytest.param(entry, parameter, id=f"{entry.name}-{parameter.name}")
    for entry in LOSSES.values()
    for parameter in entry.form(entry.profiles[0]).parameters
]


def parameter_editor(panel: LossesPanel, parameter: Parameter) -> Switch | NumberEditor:
    return panel.cards[0].parameters.editors[parameter.name]


@pytest.mark.parametrize(("entry", "parameter"), PARAMETERS)
def test_parameters_keep_to_their_ranges_and_are_undone(
    qtbot: QtBot, entry: Loss, parameter: Parameter
) -> None:
    document = Document(fitting(entry).with_choice(Choice.of(entry.name)))
    panel = shown(qtbot, LossesPanel(document))
    editor, before = parameter_editor(panel, parameter), document.study
    if isinstance(editor, Switch):
        qtbot.keyClick(editor, Qt.Key.Key_Space)
        assert document.study.choices[0].parameter(parameter.name) is (not parameter.default)
        document.stack.undo()
        assert editor.isChecked() is parameter.default
    else:
        check_number(qtbot, document, editor, parameter)
    assert document.study is before
    document.close()


def write(qtbot: QtBot, editor: NumberEditor, words: str) -> None:
    editor.field.setFocus()
    editor.field.selectAll()
    qtbot.keyClick(editor.field, Qt.Key.Key_Delete)
    qtbot.keyClicks(editor.field, words)
    qtbot.keyClick(editor.field, Qt.Key.Key_Return)


def check_number(qtbot: QtBot, document: Document, editor: NumberEditor, parameter: Parameter) -> None:
    def now() -> object:
        return document.study.choices[0].parameter(parameter.name)

    inside = parameter.low + (parameter.high - parameter.low) / 4
    inside = float(round(inside)) if parameter.whole else inside
    write(qtbot, editor, text.exact(inside).replace(".", ","))
    assert now() == inside and not editor.warning.isVisible()
    broken = ("1.5",) if parameter.whole else ()
    for wrong in (text.exact(parameter.high * 2 + 1), "1.000,5", "about 3", "", *broken):
        write(qtbot, editor, wrong)
        assert now() == inside
        assert editor.warning.isVisible() and editor.warning.text()
        assert editor.field.text() == wrong
    qtbot.keyClick(editor.field, Qt.Key.Key_Escape)
    assert editor.field.text() == text.exact(inside) and not editor.warning.isVisible()
    document.stack.undo()
    assert now() == parameter.default
    assert editor.field.text() == text.exact(float(parameter.default))


def test_a_drag_of_a_slider_is_one_step_and_rounding_writes_nothing_back(qtbot: QtBot) -> None:
    entry = LOSSES["crossentropy_with_delta"]
    choice = Choice.of(entry.name, parameters={"delta": 0.1234567})
    document = Document(fitting(entry).with_choice(choice))
    panel = shown(qtbot, LossesPanel(document))
    editor = parameter_editor(panel, choice.form.parameters[0])
    assert isinstance(editor, NumberEditor) and editor.slider is not None
    assert document.study.choices[0] == choice and document.stack.count() == 0
    for drag in range(2):
        editor.slider.setSliderDown(True)
        for place in (10, 20, 30 + drag):
            editor.slider.setValue(place)
        editor.slider.setSliderDown(False)
        assert document.stack.count() == drag + 1
    document.stack.undo()
    document.stack.undo()
    assert document.study.choices[0] == choice
    document.close()


@pytest.mark.parametrize(
    "parameter",
    [
        Parameter("gamma", "γ", 2.0, "", 0, 5),
        Parameter("delta", "δ", 1e-7, "", 0, 1),
        Parameter("weight", "q", 1.0, "", 0, 1000),
    ],
)
def test_scales_reach_both_ends_and_the_default(parameter: Parameter) -> None:
    scale = Scale.of(parameter)
    assert scale is not None
    assert scale.value(0) == parameter.low and scale.value(STEPS) == parameter.high
    values = [scale.value(place) for place in range(STEPS + 1)]
    assert values == sorted(values)
    assert [scale.place(value) for value in values[2:]] == list(range(2, STEPS + 1))
    assert np.isclose(scale.value(scale.place(float(parameter.default))), float(parameter.default), rtol=0.05)


def test_no_slider_where_it_would_not_help() -> None:
    assert Scale.of(Parameter("x", "x", 50.0, "", 0, 1000)) is None
    assert Scale.of(Parameter("x", "x", 1.0, "", 0, float("inf"))) is None
