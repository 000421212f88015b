"""The picker: every loss is found and added by its title, and what does not fit says why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gui.shown import activate, shown, study
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from lossgui import LOSSES, Choice
from lossgui.core.loss import Loss
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.losses import LossesPanel
from lossgui.gui.losses.about import AboutDialog, AboutLoss
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


CALLABLES = [
    pytest.param(entry, profile, name, id=f"{entry.name}-{profile}-{name}")
    for entry in LOSSES.values()
    for profile, form in entry.forms.items()
    for name in form.called
]


@pytest.mark.parametrize(("entry", "profile", "name"), CALLABLES)
def test_a_loss_is_found_by_the_name_of_each_callable_and_offered_as_it_computes(
    entry: Loss, profile: str, name: str
) -> None:
    called = [name, name.upper()] + ([] if "(" in name else [f" {name}(y, p) "])
    for searched in called:
        rows = [row for row in found(catalogue(study(), searched), searched) if row.entry is entry]
        assert len(rows) == 1 and rows[0].choice is not None
        assert rows[0].choice.profile == profile


@pytest.mark.parametrize(
    ("searched", "loss", "profile"),
    [
        ("F.mse_loss", "mean_squared_error", "PyTorch"),
        ("nn.MSELoss()", "mean_squared_error", "PyTorch"),
        ("SmoothL1Loss", "smooth_l1", "PyTorch"),
        ("tf.keras.losses.Hinge", "hinge", "Keras 3"),
        ("tf_keras.losses.Hinge", "hinge", "Keras 2"),
        ("sk.metrics.mean_squared_error", "mean_squared_error", "scikit-learn"),
        ("hinge", "hinge", "Textbook"),
    ],
)
def test_shortened_names_of_callables_are_known(searched: str, loss: str, profile: str) -> None:
    rows = found(catalogue(study(), searched), searched)
    place = best(rows, searched)
    assert place is not None and rows[place].choice is not None
    assert (rows[place].choice.loss, rows[place].choice.profile) == (loss, profile)


@EVERY
def test_the_page_of_a_loss_says_all_that_there_is_to_know(qtbot: QtBot, entry: Loss) -> None:
    about = AboutLoss()
    qtbot.addWidget(about)
    about.show_loss(entry)
    said = "\n".join(label.text() for label in about.findChildren(QLabel))
    for words in (entry.title, entry.words, entry.domain, entry.range, entry.use, entry.avoid):
        assert words and words in said
    assert entry.pitfall in said and entry.reference in said
    assert all(name in said for form in entry.forms.values() for name in form.called)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in about.findChildren(QLabel))


def test_a_card_tells_about_its_loss(qtbot: QtBot, panel: LossesPanel) -> None:
    panel.cards[0].about_action.trigger()
    dialog = panel.findChild(AboutDialog)
    assert dialog is not None and dialog.isVisible() and "Categorical" in dialog.windowTitle()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("searched", "name"),
    [
        ("mse", "mean_squared_error"),
        ("keras.losses.CategoricalCrossentropy", "categorical_crossentropy"),
        ("BCE", "binary_crossentropy"),
        ("crossentropy sparse", "sparse_categorical_crossentropy"),
        ("straight line margin", "hinge"),
        ("Saitoh", "crossentropy_with_delta"),
    ],
)
def test_the_search_knows_names_that_people_use(searched: str, name: str) -> None:
    rows = found(catalogue(study(), searched), searched)
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
    assert "<img src=x>" in picker.about.accessibleDescription()
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
