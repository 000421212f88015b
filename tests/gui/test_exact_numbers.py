"""Exact numbers in the window: at once where that is quick, else in the place of the fast ones once known."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from gui.shown import shown, study
from pytestqt.qtbot import QtBot

from lossgui import Choice, Study
from lossgui.core import evaluate as evaluation
from lossgui.core import text
from lossgui.core.outcome import Outcome
from lossgui.core.reference import Reference
from lossgui.gui import document as documents
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.losses import LossesPanel

CHOICES = (Choice.of("categorical_crossentropy"), Choice.of("categorical_crossentropy", "Keras 3", colour=1))


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be exact at once, and seek exact numbers soon."""
    monkeypatch.setattr(evaluation, "EXACT_AT_ONCE", 0)
    monkeypatch.setattr(documents, "REST", 30)


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    """Return a study of which float64's mean is not the exact one."""
    style.apply("light")
    rng = np.random.default_rng(0)
    predictions = rng.dirichlet(np.ones(3), 50)
    result = Document(Study.of(np.eye(3)[rng.integers(0, 3, 50)], predictions, choices=CHOICES))
    fast, exact = (kind(result.study, CHOICES[0]).value for kind in (Outcome, Reference))
    assert fast != exact
    yield result
    result.close()


def test_a_card_says_that_its_number_is_exact_and_why(qtbot: QtBot) -> None:
    document = Document(study(*CHOICES))
    panel = shown(qtbot, LossesPanel(document))
    ours, theirs = panel.cards
    assert (ours.aside.text(), theirs.aside.text(), theirs.aside.isVisible()) == ("exact", "", False)
    assert "last digit" in ours.aside.toolTip() and "last digit" in ours.aside.accessibleDescription()
    assert ours.accessibleName().endswith("exact") and not theirs.accessibleName().endswith("exact")
    document.edit("Alone", document.study.with_choice(Choice.of("brier_score", reduction="none"), 0))
    assert ours.aside.text() == "sample 2 · exact"
    document.close()


def test_the_exact_number_takes_the_place_of_the_fast_one(
    slow: None, qtbot: QtBot, document: Document
) -> None:
    panel = shown(qtbot, LossesPanel(document))
    card = panel.cards[0]
    assert not document.computing and card.aside.text() == "fast" and "moment" in card.aside.toolTip()
    assert card.hero.value == Outcome(document.study, CHOICES[0]).value
    with qtbot.waitSignal(document.changed, timeout=5000):
        pass
    exact = Reference(document.study, CHOICES[0]).value
    assert (card.aside.text(), card.hero.value) == ("exact", exact)
    assert exact is not None and card.hero.toolTip() == text.exact(exact)
    # The blocks remember, so that nothing is fast any more when the focus moves.
    document.focus_on(3, 1)
    assert card.aside.text() == "exact"


def test_an_edit_comes_before_exact_numbers(slow: None, qtbot: QtBot, document: Document) -> None:
    panel = shown(qtbot, LossesPanel(document))
    card = panel.cards[0]
    for turn in range(5):
        qtbot.wait(10)
        edited = document.study.with_prediction(0, 0, 0.1 * (turn + 1), rescale=True)
        document.edit("Dragged", edited)
        assert card.aside.text() == "fast"
    qtbot.waitUntil(lambda: card.aside.text() == "exact")
    assert card.hero.value == Reference(document.study, CHOICES[0]).value


def test_what_the_worker_finds_for_another_study_is_dropped(
    slow: None, qtbot: QtBot, document: Document
) -> None:
    waiting = document.result.exactly()
    document._await(waiting)
    document.edit("Edited", document.study.with_prediction(0, 0, 0.5, rescale=True))
    document._finish(waiting)
    assert document.result.study is document.study and not document.result.outcomes[0].exact


def test_closing_does_not_wait_for_exact_numbers(slow: None, qtbot: QtBot, document: Document) -> None:
    document.edit("Edited", document.study.with_prediction(0, 0, 0.5, rescale=True))
    document.close()
    with qtbot.assertNotEmitted(document.changed, wait=80):
        pass
    assert not document.result.outcomes[0].exact


def test_fast_numbers_that_take_long_come_first(
    slow: None, qtbot: QtBot, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "AT_ONCE", 0)
    panel = shown(qtbot, LossesPanel(document))
    card = panel.cards[0]
    document.edit("Edited", document.study.with_prediction(0, 0, 0.5, rescale=True))
    said = [card.aside.text()]
    document.changed.connect(lambda: said.append(card.aside.text()))
    qtbot.waitUntil(lambda: card.aside.text() == "exact")
    assert said[0] == "computing" and not document.computing
