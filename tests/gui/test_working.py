"""The working: how a number comes about, read as text, for every loss and profile."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lossgui import LOSSES, Choice, Study
from lossgui.core import text
from lossgui.gui import document as documents
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.working import WorkingView
from lossgui.gui.working_lines import lines_of

LABELS, PREDICTIONS = [[0, 1, 0], [0, 0, 1]], [[0.05, 0.95, 0.0], [0.1, 0.8, 0.1]]
EVERY = [
    pytest.param(entry.name, profile, id=f"{entry.name}-{profile}")
    for entry in LOSSES.values()
    for profile in entry.profiles
]


def study(*choices: Choice, **more: object) -> Study:
    return Study.of(LABELS, PREDICTIONS, classes=["cat", "dog", "bird"], choices=choices, **more)  # type: ignore[arg-type]


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    style.apply("light")
    choices = [
        Choice.of("categorical_crossentropy", "Textbook"),
        Choice.of("categorical_crossentropy", "Keras 3", colour=1),
        Choice.of("sparse_categorical_crossentropy", colour=2),
        Choice.of("l2_norm", colour=3),
    ]
    result = Document(study(*choices))
    result.focus_on(0, 1)
    yield result
    result.close()


@pytest.fixture
def view(qtbot: QtBot, document: Document) -> WorkingView:
    widget = WorkingView(document)
    qtbot.addWidget(widget)
    widget.resize(700, 180)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def test_the_textbook_working_of_the_first_study(view: WorkingView) -> None:
    assert view.reader.as_text().splitlines() == [
        "Σ classes: −(0 ln 0.05 + 1 ln 0.95 + 0 ln 0.00) = 0.0513",
        "batch of 2: (0.0513 + 2.3026) / 2 = 1.1769",
    ]
    assert view.heading.text() == "How 0.0513 comes about: sample 1,"
    assert "−(0 ln 0.05 + 1 ln 0.95 + 0 ln 0.00) = 0.0513" in view.reader.toPlainText()


def test_the_working_of_keras_3_says_each_convention(view: WorkingView) -> None:
    view.choose(1)
    normalised, clipped, summed, batch = view.reader.as_text().splitlines()
    assert normalised == "÷ row sum: the row sums to 1: unchanged"
    assert clipped.startswith("clip 1e−7: [0.05, 0.95, 0.00] → [0.05")
    assert summed.startswith("Σ classes: −(0 ln 0.05") and summed.endswith(") = 0.0513")
    assert batch == "batch of 2: (0.0513 + 2.3026) / 2 = 1.1769"
    assert view.chooser.text() == "Categorical cross-entropy, Keras 3 ▾"


def test_a_refusal_is_said_and_a_whole_batch_is_worked_out(view: WorkingView) -> None:
    view.choose(2)
    assert "class index" in view.reader.as_text()
    view.choose(3)
    assert view.reader.as_text().splitlines()[-1] == "whole batch: √1.4650 = 1.2104"
    assert view.heading.text().startswith("How 1.2104 comes about")


def test_it_follows_focus_and_edits_without_new_widgets(view: WorkingView, document: Document) -> None:
    document.focus_on(1, 2)
    parts = len(view.findChildren(QWidget))
    for value in np.linspace(0.1, 0.9, 20):
        document.edit("Dragged", document.study.with_prediction(1, 2, float(value), rescale=True))
        loss = text.number(float(-np.log(document.study.predictions.row(1)[2])))
        assert loss in view.heading.text()
        assert view.reader.as_text().splitlines()[0].endswith(f"= {loss}")
    assert len(view.findChildren(QWidget)) == parts
    assert view.reader.toPlainText().count("batch of 2") == 1


def test_the_loss_may_be_taken_away(view: WorkingView, document: Document) -> None:
    view.choose(3)
    document.edit("Removed", document.study.without_choice(3))
    assert view.current == 2
    for _ in range(3):
        document.edit("Removed", document.study.without_choice(0))
    assert view.current is None and not view.chooser.isVisible()
    assert view.reader.toPlainText() == ""
    document.stack.undo()
    assert view.current == 0


def test_sample_weights_have_their_line(qtbot: QtBot) -> None:
    document = Document(study(Choice.of("categorical_crossentropy"), sample_weight=[2, 1]))
    (outcome,) = document.result.outcomes
    titles = {line.title: line.words for line in lines_of(outcome, 0, False)}
    assert titles["sample weight"] == "2 · 0.0513 = 0.1026"
    document.close()


def test_while_computing_the_batch_says_so(
    qtbot: QtBot, view: WorkingView, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "AT_ONCE", 0)
    document.edit("Changed", document.study.with_prediction(1, 2, 0.5, rescale=True))
    assert document.computing
    assert view.reader.as_text().splitlines()[-1] == "batch of 2: computing"
    view.choose(3)
    assert "the number" in view.heading.text() or not document.computing
    qtbot.waitUntil(lambda: not document.computing)
    assert "computing" not in view.reader.as_text()


def test_a_hidden_view_waits_until_it_is_seen(view: WorkingView, document: Document) -> None:
    view.hide()
    before = view.reader.as_text()
    document.focus_on(1, 0)
    assert view.reader.as_text() == before
    view.show()
    assert view.reader.as_text() != before


def colours(view: WorkingView) -> dict[str, str]:
    """Return the pieces of text that are bold, with their colours."""
    found: dict[str, str] = {}
    block = view.reader.document().begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            form = pieces.fragment().charFormat()
            if form.fontWeight() > 500:
                name = form.foreground().color().name()
                found[name] = found.get(name, "") + pieces.fragment().text()
            pieces += 1
        block = block.next()
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_true_class_has_the_colour_of_the_loss_in_each_theme(view: WorkingView, theme: str) -> None:
    style.apply(theme)
    look = style.theme()
    assert colours(view) == {look.loss(0).name(): "1 ln 0.95", look.ink: "0.05131.1769"}
    style.apply("light")


@pytest.mark.parametrize(("name", "profile"), EVERY)
@pytest.mark.parametrize("kind", ["probabilities", "logits", "values"])
@pytest.mark.parametrize("encoding", ["one-hot", "index"])
def test_every_loss_is_worked_out_to_its_own_number(
    name: str, profile: str, kind: str, encoding: str
) -> None:
    labels = [1, 2] if encoding == "index" else LABELS
    choice = Choice.of(name, profile)
    document = Document(Study.of(labels, PREDICTIONS, encoding, kind, choices=(choice,)))
    (outcome,) = document.result.outcomes
    if outcome.refusal is None:
        for row in range(2):
            lines = lines_of(outcome, row, False)
            assert lines[-1].words.endswith(text.number(outcome.value or 0))
            assert all(line.words and line.title for line in lines)
            for line in lines:
                if line.true:
                    own = line.words[slice(*line.true)]
                    assert own and own in line.words
            if len(outcome.chain.statistics) == 1:
                alone = text.number(float(outcome.rows(row, row + 1).statistics[0, 0]))
                assert lines[-2].words.endswith(alone)
    document.close()


def test_many_classes_are_shortened_around_the_true_one() -> None:
    labels = np.zeros((1, 300))
    labels[0, 200] = 1
    predictions = np.random.default_rng(1).dirichlet(np.ones(300), 1)
    document = Document(Study.of(labels, predictions, choices=(Choice.of("categorical_crossentropy"),)))
    line = lines_of(document.result.outcomes[0], 0, False)[-2]
    assert line.true is not None
    assert line.words[slice(*line.true)].startswith("1 ln ")
    assert len(line.words) < 400
    document.close()


def test_all_lines_can_be_copied(qtbot: QtBot, view: WorkingView) -> None:
    view.reader.copy_all()
    assert QApplication.clipboard().text() == view.reader.as_text()


def test_whatever_takes_the_focus_has_a_name(view: WorkingView) -> None:
    for part in view.findChildren(QWidget):
        if part.focusPolicy() and part.isVisible():
            assert part.accessibleName(), type(part)
    assert view.reader.isReadOnly() and view.reader.tabChangesFocus()
