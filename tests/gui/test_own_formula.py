"""The editor of a person's own loss, from the picker to the card, the curves and back by undo."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from core.formula_lists import GOOD, HOSTILE
from core.formulas import any_kind, over_classes
from gui.shown import activate, offered, pick, shown, study
from hypothesis import given, settings
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from lossgui import Choice
from lossgui.core.formula import read
from lossgui.core.formula.derivative import gradient
from lossgui.core.formula.own import LONGEST_SHOWN
from lossgui.core.formula.scripts import Latex, latex
from lossgui.core.formula.tree import Name, size
from lossgui.core.own import OWN, Own
from lossgui.gui import formulas, style
from lossgui.gui.document import Document
from lossgui.gui.losses import LossesPanel
from lossgui.gui.losses.formula_editor import FormulaEditor
from lossgui.gui.losses.parameters import NumberEditor
from lossgui.gui.losses.picker import Picker
from lossgui.gui.window import MainWindow

CROSS_ENTROPY = "-(y*log(p) + (1-y)*log(1-p))"
HUBER = "where(abs(y-p) <= d, (y-p)**2/2, d*(abs(y-p)-d/2))"


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    style.apply("light")
    result = Document(study(Choice.of("mean_squared_error")))
    yield result
    result.close()


@pytest.fixture
def panel(qtbot: QtBot, document: Document) -> LossesPanel:
    return shown(qtbot, LossesPanel(document))


def editor_of(panel: QWidget) -> FormulaEditor:
    editors = [editor for editor in panel.findChildren(FormulaEditor) if editor.isVisible()]
    assert len(editors) == 1
    return editors[0]


def opened(panel: LossesPanel, text: str = "") -> FormulaEditor:
    panel.own.trigger()
    editor = editor_of(panel)
    editor.line.setText(text)
    editor.settle()
    return editor


def words(editor: FormulaEditor) -> dict[str, str]:
    return {look.line.title: look.line.words for look in editor.reader.looks}


# From the picker to a card


def test_a_formula_is_added_from_the_picker_and_undone(
    qtbot: QtBot, panel: LossesPanel, document: Document
) -> None:
    before = document.study
    panel.add.trigger()
    picker = panel.findChild(Picker)
    assert picker is not None
    picker.search.setText("-(y*log(p))")
    assert not picker.add.isEnabled()
    qtbot.mouseClick(picker.own, Qt.MouseButton.LeftButton)
    editor = editor_of(panel)
    assert not picker.isVisible() and editor.line.text() == "-(y*log(p))"
    editor.name.setText("Mine & <b>yours</b>")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    QApplication.processEvents()
    (_, choice) = document.study.choices
    assert choice == Choice.written(Own("-(y*log(p))", title="Mine & <b>yours</b>"), colour=1)
    card = panel.cards[1]
    assert card.title.text() == "Mine & <b>yours</b>" and card.formula.text() == "−¹⁄K Σ y ln ŷ"
    assert card.hero.value == pytest.approx(document.result.outcomes[1].value)
    assert card.chips.shown == ("0 · ln 0 = 0", "mean of classes")
    document.stack.undo()
    assert document.study is before and len(panel.cards) == 1


def test_what_the_search_finds_is_not_typed_into_the_editor(qtbot: QtBot, panel: LossesPanel) -> None:
    panel.add.trigger()
    picker = panel.findChild(Picker)
    assert picker is not None
    picker.search.setText("mse")
    picker.own.click()
    editor = editor_of(panel)
    assert editor.line.text() == "" and editor.message.text() == ""
    assert not editor.take.isEnabled() and not editor.reader.looks
    editor.reject()


def test_the_formula_of_a_card_is_changed_in_one_step(qtbot: QtBot, document: Document) -> None:
    document.edit("", document.study.with_choice(Choice.of(OWN, parameters={"d": 0.5}, own=Own(HUBER))))
    panel = shown(qtbot, LossesPanel(document))
    activate(qtbot, panel)
    plain, own = panel.cards
    assert not plain.formula_action.isVisible() and own.formula_action.isVisible()
    own.setFocus()
    qtbot.keyClick(own, Qt.Key.Key_Return)
    editor = editor_of(panel)
    assert (editor.line.text(), editor.take.text()) == (HUBER, "Change")
    before, value = document.study, own.hero.value
    editor.line.setText("d*(y-p)^2 + c")
    assert document.study is before
    editor.accept()
    assert document.study.choices[1].parameters == (("d", 0.5), ("c", 1.0))
    assert document.study.choices[1].colour == before.choices[1].colour
    assert own.hero.value != value
    document.stack.undo()
    assert document.study is before and own.hero.value == value
    qtbot.keyClick(plain, Qt.Key.Key_Return)
    assert not [editor for editor in panel.findChildren(FormulaEditor) if editor.isVisible()]


def test_parameters_become_sliders(qtbot: QtBot, document: Document) -> None:
    document.edit("", document.study.with_choice(Choice.written(Own("δ*abs(y-p)^γ"))))
    panel = shown(qtbot, LossesPanel(document))
    editors = panel.cards[1].parameters.editors
    assert list(editors) == ["delta", "gamma"]
    delta = editors["delta"]
    assert isinstance(delta, NumberEditor) and delta.slider is not None
    assert (delta.field.accessibleName(), delta.field.text()) == ("δ", "1")
    delta.slider.setValue(25)
    assert document.study.choices[1].parameter("delta") == 2.5
    delta.field.setText("-3,5")
    qtbot.keyClick(delta.field, Qt.Key.Key_Return)
    assert document.study.choices[1].parameter("delta") == -3.5
    document.stack.undo()
    assert document.study.choices[1].parameter("delta") == 2.5


# While it is typed


def test_what_is_wrong_is_said_with_its_place_and_nothing_changes(
    qtbot: QtBot, panel: LossesPanel, document: Document
) -> None:
    editor, before = opened(panel, CROSS_ENTROPY), document.study
    assert editor.take.isEnabled() and editor.line.marked() is None
    right = words(editor)
    editor.line.setText("p + foo(y)")
    editor.settle()
    assert editor.message.text() == "Position 5: There is no function ‘foo’."
    assert editor.line.accessibleDescription() == editor.message.text()
    assert editor.line.property("wrong") is True and not editor.take.isEnabled()
    mark, metrics = editor.line.marked(), QFontMetricsF(editor.line.font())
    assert mark is not None and mark.width() == pytest.approx(metrics.horizontalAdvance("foo"))
    editor.line.setCursorPosition(0)
    assert editor.line.marked().left() == pytest.approx(mark.left(), abs=1.5)
    # What was right before stays on show, and quiet.
    assert words(editor) == right
    assert {look.ink for look in editor.reader.looks} == {style.theme().quiet}
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    editor.accept()
    assert editor.isVisible() and document.study is before
    editor.line.setText(CROSS_ENTROPY)
    editor.settle()
    assert editor.message.text() == "" and editor.take.isEnabled() and editor.line.property("wrong") is False
    assert {look.ink for look in editor.reader.looks} == {style.theme().ink}
    qtbot.keyClick(editor.line, Qt.Key.Key_Escape)
    assert not editor.isVisible() and document.study is before


def test_a_mark_at_the_end_of_a_long_formula_is_in_sight(panel: LossesPanel) -> None:
    editor = opened(panel, "+".join(["p"] * 90) + " +")
    mark = editor.line.marked()
    assert mark is not None and mark.left() > 0 and mark.right() <= editor.line.width()
    editor.reject()


def test_what_a_formula_is_and_does_is_shown(panel: LossesPanel) -> None:
    editor = opened(panel, HUBER)
    said = words(editor)
    assert said["formula"] == "ℓ = (y − ŷ)² / 2 if |y − ŷ| ≤ d; d (|y − ŷ| − d / 2) otherwise"
    assert said["derivative"] == "∂ℓ / ∂ŷ = ŷ − y if |y − ŷ| ≤ d; d sign(ŷ − y) otherwise"
    assert said["domain"] == "Defined for ŷ from 0 to 1."
    assert said["values"] == "Values from 0 to 0.5."
    assert said["checked"].startswith("The derivative agrees with central differences at 99 places")
    assert editor.unfit.isHidden()
    assert formulas.loaded() and all(look.typeset for look in editor.reader.looks)
    editor.reject()


def test_classes_are_averaged_or_added_up_as_the_person_says(
    qtbot: QtBot, panel: LossesPanel, document: Document
) -> None:
    editor = opened(panel, "(y-p)^2")
    assert offered(editor.over) == ["Averaged over the classes", "Added up over the classes"]
    pick(editor.over, "Added up over the classes")
    editor.settle()
    assert words(editor)["classes"] == "One value for each, added up over the classes."
    editor.line.setText("sum((y-p)^2)")
    editor.settle()
    assert not editor.over.isEnabled() and editor.over.text().startswith("one value a sample")
    editor.line.setText("(y-p)^2")
    editor.accept()
    assert document.study.choices[1].own == Own("(y-p)^2", "sum")
    assert panel.cards[1].chips.shown == ("Σ classes",)


def test_a_formula_of_logits_says_that_these_are_none(panel: LossesPanel, document: Document) -> None:
    editor = opened(panel, "softplus(z) - y*z")
    assert editor.unfit.text() == "It takes logits; these predictions are probabilities."
    assert editor.take.isEnabled()
    editor.accept()
    assert panel.cards[1].warning.text() == editor.unfit.text()


def test_a_name_is_one_line(panel: LossesPanel) -> None:
    editor = opened(panel, "p")
    editor.name.setText("x" * 500)
    assert len(editor.name.text()) == 200 and editor.take.isEnabled()
    editor.reject()


def test_whatever_is_typed_is_refused_in_words_or_right(panel: LossesPanel) -> None:
    editor = opened(panel)
    for text in (text for texts in HOSTILE.values() for text in texts if len(text) < 10_000):
        editor.line.setText(text)
        if editor.line.text() == text:  # The line leaves out what is no character.
            assert not editor.take.isEnabled()
            assert editor.message.text().startswith("Position ") or not text
    for text, _ in GOOD:
        editor.line.setText(text)
        assert editor.take.isEnabled() and not editor.message.text()
    editor.reject()


# For everybody


def test_tab_goes_through_every_part_and_each_has_a_name(panel: LossesPanel) -> None:
    editor = opened(panel, "p")
    stops, widget = [], editor.line
    while widget not in stops:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            assert widget.accessibleName() or widget.text()
            stops.append(widget)
        widget = widget.nextInFocusChain()
        if not editor.isAncestorOf(widget):
            break
    cancel = editor.buttons.button(QDialogButtonBox.StandardButton.Cancel)
    assert stops == [editor.line, editor.name, editor.over, editor.reader, editor.take, cancel]
    editor.reject()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("zoom", [0.5, 1.0, 2.0, 4.0])
def test_it_can_be_read_in_every_look(panel: LossesPanel, theme: str, zoom: float) -> None:
    editor = opened(panel, HUBER)
    style.apply(theme)
    style.zoom_to(zoom)
    editor.settle()
    try:
        assert {look.ink for look in editor.reader.looks} == {style.theme().ink}
        assert editor.line.font().pointSizeF() == pytest.approx(style.points(style.BODY))
        assert editor.width() <= editor.screen().size().width()
        picture = editor.grab().toImage()
        assert picture.pixelColor(2, 2).name() == style.theme().ground
    finally:
        style.zoom_to(1.0)
        style.apply("light")
        editor.reject()


def test_it_is_in_every_view(qtbot: QtBot, document: Document) -> None:
    made = study(Choice.written(Own(HUBER)), Choice.written(Own("sqrt(sum((y-p)^2))", title="Length")))
    window = MainWindow(Document(made))
    qtbot.addWidget(window, before_close_func=lambda w: setattr(w, "asks", False))
    window.show()
    for place in range(window.plots.count()):
        window.plots.setCurrentIndex(place)
        window.settle()
    assert "Own loss" in window.working.chooser.text() or "Own loss" in window.working.heading.text()
    assert any("(1 − 0.1)² / 2" in look.line.words for look in window.working.reader.looks)
    window.losses.own.trigger()
    editor_of(window).reject()
    window.projection.begin(1080)
    window.projection.end()
    window.close_unasked()


# Typesetting


@settings(deadline=None, max_examples=25)
@given(any_kind() | over_classes())
def test_formulas_and_derivatives_can_be_set(qapp: QApplication, text: str) -> None:
    tree = read(text).tree
    for node in (tree, gradient(tree, Name("p"))):
        if size(node) > LONGEST_SHOWN:
            continue
        for _, part in Latex().addends(node):
            made = formulas.formula(part, 20.0, "#000000")
            # ziamath does not set every nest of cases: those are shown as plain text.
            assert made is None or made.width > 0
            assert made is not None or formulas.weight(part) > formulas.HEAVIEST or "cases" in part
            # Brackets that are stretched too far are higher than all else.
            assert made is None or made.ascent + made.descent < 40 * (3 + part.count("{"))


@pytest.mark.parametrize(
    ("latex", "heavy"),
    [
        ("e^{" * 12 + "x" + "}" * 12, True),
        ("x" * 501, True),
        ("x" * 500, False),
        (r"\left(" * 12 + "x", True),
    ],
)
def test_what_would_take_ziamath_for_ever_stays_plain_text(
    qapp: QApplication, latex: str, heavy: bool
) -> None:
    start = time.perf_counter()
    assert (formulas.formula(latex, 20.0, "#000000") is None) == heavy
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("text", [text for text, _ in GOOD])
def test_good_formulas_can_be_set(qapp: QApplication, text: str) -> None:
    tree = read(text).tree
    for node in (tree, gradient(tree, Name("p"))):
        assert formulas.formula(latex(node), 20.0, "#000000") is not None
