"""The column of losses: every loss of the catalogue can be read, changed, undone and removed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from gui.shown import LABELS, PREDICTIONS, activate, fitting, offered, pick, shown, study
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from lossgui import LOSSES, Choice, Study
from lossgui.core import text
from lossgui.core.loss import Loss
from lossgui.gui import document as documents
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.losses import LossesPanel
from lossgui.gui.losses.card import Card
from lossgui.gui.losses.chips import conventions
from lossgui.gui.losses.parameters import Switch
from lossgui.gui.losses.picker import Picker
from lossgui.gui.losses.stripe import DASH_NAMES, look_of
from lossgui.gui.marks import SHAPES

EVERY = pytest.mark.parametrize("entry", LOSSES.values(), ids=LOSSES)


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    style.apply("light")
    result = Document(study(Choice.of("categorical_crossentropy", "Keras 3")))
    yield result
    result.close()


@pytest.fixture
def panel(qtbot: QtBot, document: Document) -> LossesPanel:
    return shown(qtbot, LossesPanel(document))


@EVERY
@pytest.mark.parametrize("profile_at", range(-1, 2))
def test_a_card_shows_number_chips_and_editors(qtbot: QtBot, entry: Loss, profile_at: int) -> None:
    profile = entry.profiles[profile_at % len(entry.profiles)]
    document = Document(fitting(entry, profile).with_choice(Choice.of(entry.name, profile)))
    panel = shown(qtbot, LossesPanel(document))
    (card,), (outcome,) = panel.cards, document.result.outcomes
    assert outcome.refusal is None and outcome.value is not None
    assert card.hero.text() == text.number(outcome.value)
    assert card.hero.toolTip() == text.exact(outcome.value)
    assert text.exact(outcome.value) in card.hero.accessibleName()
    chips = [chip for chip, _ in conventions(outcome.chain)]
    assert list(card.chips.shown[: len(chips)]) == chips
    assert all(stage.chip in chips for stage in outcome.chain.stages if stage.chip)
    assert ("whole batch" in card.chips.shown) == card.reduction.isHidden() == (entry.reduction is None)
    assert list(card.parameters.editors) == [parameter.name for parameter in entry.form(profile).parameters]
    assert offered(card.profile) == list(entry.profiles)
    document.close()


@EVERY
def test_profiles_and_reductions_are_undone(qtbot: QtBot, entry: Loss) -> None:
    document = Document(fitting(entry).with_choice(Choice.of(entry.name)))
    panel = shown(qtbot, LossesPanel(document))
    (card,), before = panel.cards, document.study
    for button in (card.profile, card.reduction):
        words = offered(button)
        for word in words:
            steps = document.stack.count()
            pick(button, word)
            assert document.stack.count() in (steps, steps + 1)
            assert button.menu().actions()[words.index(word)].isChecked()
    while document.stack.canUndo():
        assert document.stack.undoText().startswith(entry.title)
        document.stack.undo()
    assert document.study is before
    assert card.profile.text() == f"{entry.profiles[0]} ▾"
    document.close()


def test_the_colour_is_a_choice_with_its_dash_and_marker(panel: LossesPanel, document: Document) -> None:
    stripe = panel.cards[0].stripe
    assert len(stripe.menu().actions()) == len(style.theme().losses)
    assert len({look_of(index) for index in range(len(style.theme().losses))}) == len(style.theme().losses)
    assert len(DASH_NAMES) == len(style.DASHES) and set(SHAPES) == set(style.MARKERS[1:])
    stripe.menu().actions()[2].trigger()
    assert document.study.choices[0].colour == 2
    assert look_of(2) in stripe.accessibleName()
    document.stack.undo()
    assert document.study.choices[0].colour == 0


# Removing, copying, going about by keys


def test_delete_removes_the_card_in_focus(qtbot: QtBot, panel: LossesPanel, document: Document) -> None:
    document.edit("Added", document.study.with_choice(Choice.of("hinge")))
    activate(qtbot, panel)
    panel.cards[0].setFocus()
    qtbot.keyClick(panel.cards[0], Qt.Key.Key_Delete)
    assert [choice.loss for choice in document.study.choices] == ["hinge"]
    panel.cards[0].remove_action.trigger()
    assert not panel.cards and panel.empty.isVisible()
    document.stack.undo()
    document.stack.undo()
    assert [card.title.text() for card in panel.cards] == ["Categorical cross\u2011entropy", "Hinge"]


def test_the_number_is_copied_with_all_its_digits(
    qtbot: QtBot, panel: LossesPanel, document: Document
) -> None:
    panel.cards[0].copy_action.trigger()
    value = document.result.outcomes[0].value
    assert value is not None and float(QApplication.clipboard().text()) == value


def test_cards_say_that_they_are_looked_at(qtbot: QtBot, panel: LossesPanel, document: Document) -> None:
    document.edit("Added", document.study.with_choice(Choice.of("hinge")))
    activate(qtbot, panel)
    with qtbot.waitSignal(panel.selected) as sent:
        qtbot.mouseClick(panel.cards[1], Qt.MouseButton.LeftButton)
    assert sent.args == [1]
    with qtbot.waitSignal(panel.selected) as sent:
        qtbot.keyClick(panel.cards[1], Qt.Key.Key_Up)
    assert sent.args == [0]


def test_tab_goes_down_the_cards_to_the_button(qtbot: QtBot, panel: LossesPanel, document: Document) -> None:
    document.edit("Added", document.study.with_choice(Choice.of("crossentropy_with_delta"), 0))
    document.edit("Added", document.study.with_choice(Choice.of("l2_norm")))
    activate(qtbot, panel)
    QApplication.processEvents()
    expected = [*panel.cards[0].focusables(), *panel.cards[1].focusables(), panel.button]
    panel.cards[0].setFocus()
    went = []
    for _ in expected:
        went.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert went == expected
    assert QApplication.focusWidget() is panel.cards[0]


def focusable(root: QWidget) -> list[QWidget]:
    return [part for part in root.findChildren(QWidget) if part.focusPolicy() and part.isVisible()]


def test_whatever_takes_the_focus_has_a_name(qtbot: QtBot, panel: LossesPanel, document: Document) -> None:
    for name in ("crossentropy_with_delta", "l2_norm", "binary_crossentropy"):
        document.edit("Added", document.study.with_choice(Choice.of(name)))
    panel.pick()
    picker = panel.findChild(Picker)
    assert picker is not None
    for part in (*focusable(panel), *focusable(picker)):
        assert part.accessibleName() or getattr(part, "text", str)(), type(part)
    picker.reject()


# Showing


def test_an_edit_makes_no_widgets(panel: LossesPanel, document: Document) -> None:
    document.edit("Added", document.study.with_choice(Choice.of("binary_crossentropy", colour=1)))
    before, cards = len(panel.findChildren(QWidget)), list(panel.cards)
    for value in np.linspace(0.1, 0.9, 20):
        document.edit("Dragged", document.study.with_prediction(1, 2, float(value), rescale=True))
        assert panel.cards[0].hero.text() == text.number(document.result.outcomes[0].value or 0)
    assert len(panel.findChildren(QWidget)) == before
    assert panel.cards == cards


def test_without_reduction_the_sample_in_focus_is_shown(panel: LossesPanel, document: Document) -> None:
    pick(panel.cards[0].reduction, "none: each sample by itself")
    document.focus_on(1, 0)
    card = panel.cards[0]
    assert (card.hero.text(), card.aside.text()) == ("2.3026", "sample 2")
    document.focus_on(0, 0)
    assert (card.hero.text(), card.aside.text()) == ("0.0513", "sample 1")


@pytest.mark.parametrize(
    ("profile", "weights", "chip", "name"),
    [
        ("Keras 3", None, "mean of 2 samples", "sum_over_batch_size: mean of the samples"),
        ("PyTorch", None, "mean of 6 entries", "mean: mean of the entries"),
        ("scikit-learn", None, "mean of 2 samples", "uniform_average: sum over the sum of weights"),
        ("scikit-learn", [1, 2], "÷ sum of weights", "uniform_average: sum over the sum of weights"),
    ],
)
def test_the_chip_says_what_is_done_and_its_tip_by_what_name(
    qtbot: QtBot, profile: str, weights: list[float] | None, chip: str, name: str
) -> None:
    own = Study.of(
        LABELS, PREDICTIONS, sample_weight=weights, choices=(Choice.of("mean_squared_error", profile),)
    )
    document = Document(own)
    panel = shown(qtbot, LossesPanel(document))
    (card,) = panel.cards
    assert card.reduction.text() == f"{chip} ▾" and name in card.reduction.toolTip()
    assert card.reduction.menu().actions()[0].text() == name
    document.close()


def test_reductions_that_a_framework_lacks_come_last_and_say_so(panel: LossesPanel) -> None:
    card = panel.cards[0]
    pick(card.profile, "PyTorch")
    assert offered(card.reduction)[-1] == "Textbook weighted mean: sum over the sum of weights"
    tips = [action.toolTip() for action in card.reduction.menu().actions()]
    assert "PyTorch has no such reduction" in tips[-1] and not any("no such" in each for each in tips[:-1])
    pick(card.reduction, offered(card.reduction)[-1])
    assert card.choice().kind == "weighted mean"


def test_a_hidden_panel_waits_until_it_is_seen(panel: LossesPanel, document: Document) -> None:
    panel.hide()
    document.edit("Removed", document.study.without_choice(0))
    assert len(panel.cards) == 1
    panel.show()
    assert not panel.cards


def test_while_computing_the_last_number_is_grey(
    qtbot: QtBot, panel: LossesPanel, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "AT_ONCE", 0)
    card = panel.cards[0]
    document.edit("Changed", document.study.with_prediction(1, 2, 0.5, rescale=True))
    assert document.computing
    assert (card.hero.text(), card.aside.text(), card.hero.isEnabled()) == ("1.1769", "computing", False)
    qtbot.waitUntil(lambda: not document.computing)
    assert (card.aside.isVisible(), card.hero.isEnabled()) == (False, True)
    assert card.hero.text() == "0.3722"


def test_class_weights_that_do_not_apply_are_said(qtbot: QtBot) -> None:
    weighted = Study.of(LABELS, PREDICTIONS, class_weight=[1, 2, 3], choices=(Choice.of("l2_norm"),))
    document = Document(weighted)
    panel = shown(qtbot, LossesPanel(document))
    assert "Class weights do not apply" in panel.cards[0].warning.text()
    document.close()


def test_softmax_twice_is_noted(panel: LossesPanel) -> None:
    editor = panel.cards[0].parameters.editors["from_logits"]
    assert isinstance(editor, Switch)
    editor.click()
    assert "once more" in panel.cards[0].notes.text() and panel.cards[0].notes.isVisible()


@pytest.mark.parametrize("width", [260, 300, 340])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_clipped(qtbot: QtBot, width: int, theme: str) -> None:
    style.apply(theme)
    tiny = np.asarray(PREDICTIONS) * 1e-12
    choices = [Choice.of(entry.name, entry.profiles[-1], colour=k) for k, entry in enumerate(LOSSES.values())]
    document = Document(Study.of(LABELS, tiny, choices=tuple(choices)))
    panel = shown(qtbot, LossesPanel(document), width)
    assert not panel.area.horizontalScrollBar().maximum()
    for card in panel.cards:
        for part in card.findChildren(QWidget):
            if part.isVisible():
                place = part.mapTo(card, part.rect().topLeft())
                assert place.x() >= 0 and place.x() + part.width() <= card.width()
                assert place.y() + part.height() <= card.height()
        whole(card)
    document.close()


def whole(card: Card) -> None:
    """Fail if a label has not enough room for its text."""
    for label in card.findChildren(QLabel):
        if label.isVisible():
            if label.wordWrap():
                assert label.heightForWidth(label.width()) <= label.height(), label.text()
            else:
                needed = label.fontMetrics().horizontalAdvance(label.text())
                assert needed <= label.contentsRect().width(), label.text()


def test_labels_take_text_as_it_is(panel: LossesPanel) -> None:
    for label in panel.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText, label.text()
