"""The picker: every loss is found and added by its title, and what does not fit says why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gui.shown import activate, shown, study
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lossgui import LOSSES, Choice
from lossgui.core.loss import Loss
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.losses import LossesPanel
from lossgui.gui.losses.catalogue import best, catalogue, found, new_choice
from lossgui.gui.losses.picker import Picker

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


def type_into_picker(qtbot: QtBot, panel: LossesPanel, words: str) -> None:
    panel.add.trigger()
    picker = panel.findChild(Picker)
    assert picker is not None
    picker.search.setText(words)
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    QApplication.processEvents()


# Adding


@EVERY
def test_every_loss_is_added_by_its_title_and_enter(
    qtbot: QtBot, panel: LossesPanel, document: Document, entry: Loss
) -> None:
    type_into_picker(qtbot, panel, entry.title)
    assert [choice.loss for choice in document.study.choices] == ["categorical_crossentropy", entry.name]
    assert document.study.choices[1].profile == entry.profiles[0]
    card = panel.cards[1]
    outcome = document.result.outcomes[1]
    assert card.warning.text() == (outcome.refusal or "")
    assert card.hero.isHidden() == (outcome.refusal is not None)
    assert card.formula.text() == entry.plain
    document.stack.undo()
    assert len(panel.cards) == 1


def test_the_new_loss_takes_logits_where_they_are() -> None:
    entry = LOSSES["binary_crossentropy"]
    assert new_choice(study(kind="logits"), entry).parameter("from_logits") is True
    assert new_choice(study(), entry).parameter("from_logits") is False


def test_the_new_loss_gets_the_first_colour_that_is_free() -> None:
    used = study(Choice.of("hinge", colour=0), Choice.of("hinge", colour=2))
    assert new_choice(used, LOSSES["hinge"]).colour == 1
    assert new_choice(study(), LOSSES["hinge"]).colour == 0


@pytest.mark.parametrize(
    ("searched", "name"),
    [
        ("mse", "mean_squared_error"),
        ("keras.losses.CategoricalCrossentropy", "categorical_crossentropy"),
        ("BCE", "binary_crossentropy"),
        ("crossentropy sparse", "sparse_categorical_crossentropy"),
        ("outlier", "mean_absolute_error"),
        ("Saitoh", "crossentropy_with_delta"),
    ],
)
def test_the_search_knows_names_that_people_use(searched: str, name: str) -> None:
    rows = found(catalogue(study()), searched)
    place = best(rows, searched)
    assert place is not None
    entry = rows[place].entry
    assert entry is not None and entry.name == name


def test_the_catalogue_is_grouped_and_says_what_does_not_fit() -> None:
    rows = found(catalogue(study()), "")
    assert [row.entry.name for row in rows if row.entry] == list(LOSSES)
    assert [row.family for row in rows if row.entry is None] == list(
        dict.fromkeys(entry.family for entry in LOSSES.values())
    )
    reasons = {row.entry.name: row.reason for row in rows if row.entry}
    assert reasons["categorical_crossentropy"] is None
    assert "class index" in str(reasons["sparse_categorical_crossentropy"])


def test_the_picker_goes_by_keys_and_never_stops_on_a_heading(qtbot: QtBot, panel: LossesPanel) -> None:
    panel.pick()
    picker = panel.findChild(Picker)
    assert picker is not None
    seen = []
    for _ in LOSSES:
        assert picker.current is not None and picker.current.entry is not None
        seen.append(picker.current.entry.name)
        qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    assert seen == list(LOSSES)
    qtbot.keyClick(picker.search, Qt.Key.Key_PageUp)
    assert picker.current is not None
    picker.search.setText("<img src=x> nothing like it")
    assert picker.current is None and not picker.add.isEnabled()
    assert "<img src=x>" in picker.words.text()
    picker.accept()
    qtbot.keyClick(picker.search, Qt.Key.Key_Escape)
    assert len(panel.cards) == 1
    assert not picker.isVisible()


def test_ctrl_l_opens_the_picker(qtbot: QtBot, panel: LossesPanel) -> None:
    activate(qtbot, panel)
    qtbot.keyClick(panel, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    picker = panel.findChild(Picker)
    assert picker is not None and picker.isVisible()
    picker.reject()
