"""The working: how a number comes about, typeset, followed at ease, and copied, for every loss."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lossgui import LOSSES, Choice, Study
from lossgui.core import text
from lossgui.gui import document as documents
from lossgui.gui import formulas, style
from lossgui.gui.document import Document
from lossgui.gui.working import WorkingView, copies
from lossgui.gui.working.lines import Line, lines_of
from lossgui.gui.working.look import Look
from lossgui.gui.working.pace import PAUSE, Pace

LABELS, PREDICTIONS = [[0, 1, 0], [0, 0, 1]], [[0.05, 0.95, 0.0], [0.1, 0.8, 0.1]]
EVERY = [
    pytest.param(entry.name, profile, id=f"{entry.name}-{profile}")
    for entry in LOSSES.values()
    for profile in entry.profiles
]
SUM = "−(0 ln 0.05 + 1 ln 0.95 + 0 ln 0.00) = 0.0513"


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
    widget.settle()
    return widget


def told(view: WorkingView) -> list[str]:
    """Return the lines that are on show."""
    return [look.line.text for look in view.reader.looks]


def drag(document: Document, value: float) -> None:
    document.edit("Dragged", document.study.with_prediction(0, 1, value, rescale=True), merge=drag)


# What is said


def test_the_textbook_working_of_the_first_study(view: WorkingView) -> None:
    assert told(view) == [f"Σ classes: {SUM}", "batch of 2: (0.0513 + 2.3026) / 2 = 1.1769"]
    assert view.heading.text() == "How 0.0513 comes about: sample 1,"


def test_the_working_of_keras_3_says_each_convention(view: WorkingView) -> None:
    view.choose(1)
    view.settle()
    normalised, clipped, summed, batch = told(view)
    assert normalised == "÷ row sum: the row sums to 1: unchanged"
    assert clipped.startswith("clip 1e−7: [0.05, 0.95, 0.00] → [0.05")
    assert summed.startswith("Σ classes: −(0 ln 0.05") and summed.endswith(") = 0.0513")
    assert batch == "batch of 2: (0.0513 + 2.3026) / 2 = 1.1769"
    assert view.chooser.text() == "Categorical cross-entropy, Keras 3 ▾"


def test_a_refusal_is_said_and_a_whole_batch_is_worked_out(view: WorkingView) -> None:
    view.choose(2)
    view.settle()
    assert "class index" in told(view)[0]
    view.choose(3)
    view.settle()
    assert told(view)[-1] == "whole batch: √1.4650 = 1.2104"
    assert view.heading.text().startswith("How 1.2104 comes about")


def test_it_follows_focus_and_edits_without_new_widgets(view: WorkingView, document: Document) -> None:
    document.focus_on(1, 2)
    parts = len(view.findChildren(QWidget))
    for value in np.linspace(0.1, 0.9, 20):
        document.edit("Dragged", document.study.with_prediction(1, 2, float(value), rescale=True))
        view.settle()
        loss = text.number(float(-np.log(document.study.predictions.row(1)[2])))
        assert loss in view.heading.text()
        assert told(view)[0].endswith(f"= {loss}")
    assert len(view.findChildren(QWidget)) == parts


def test_the_loss_may_be_taken_away(view: WorkingView, document: Document) -> None:
    view.choose(3)
    document.edit("Removed", document.study.without_choice(3))
    assert view.current == 2
    for _ in range(3):
        document.edit("Removed", document.study.without_choice(0))
    view.settle()
    assert view.current is None and not view.chooser.isVisible()
    assert told(view) == [] and view.heading.text() == "No loss is chosen yet."
    document.stack.undo()
    view.settle()
    assert view.current == 0 and view.chooser.isVisible()


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
    view.settle()
    assert told(view)[-1] == "batch of 2: computing"
    qtbot.waitUntil(lambda: not document.computing)
    view.settle()
    assert "computing" not in told(view)[-1]


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


# How it looks


def colours(view: WorkingView) -> dict[str, str]:
    """Return the LaTeX of what is bold, by its colour."""
    asked = [asked for look in view.reader.looks for asked in look.wanted()]
    found: dict[str, str] = {}
    for latex, _, colour, bold in asked:
        if bold:
            found[colour] = found.get(colour, "") + latex
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_true_class_has_the_colour_of_the_loss_in_each_theme(view: WorkingView, theme: str) -> None:
    style.apply(theme)
    look = style.theme()
    assert colours(view) == {look.loss(0).name(): r"1 \ln 0.95", look.ink: "0.05131.1769"}
    style.apply("light")


def test_a_change_of_theme_paints_everything_in_its_ink(view: WorkingView) -> None:
    for theme, light in (("dark", True), ("light", False)):
        style.apply(theme)
        image = view.reader.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        ground = image.pixelColor(image.width() - 1, image.height() - 1).lightness()
        row = [image.pixelColor(x, 14).lightness() - ground for x in range(image.width())]
        assert (max(row) > 150) is light and (min(row) < -150) is not light


def test_larger_text_makes_larger_formulas(view: WorkingView) -> None:
    before = view.reader.looks[0].placed(600).height
    style.zoom_to(2)
    view.settle()
    assert view.reader.looks[0].placed(6000).height == pytest.approx(2 * before, rel=0.2)
    style.zoom_to(1)


def look(words: str, large: bool = True, typeset: bool = True, **more: tuple[int, int]) -> Look:
    return Look.of(Line("title", words, large, **more), "#123456", typeset)


def rows(shown: Look, room: float) -> int:
    return len({baseline for _, _, baseline in shown.placed(room).places})


def test_a_wide_formula_is_broken_at_its_signs(view: WorkingView) -> None:
    wide = look(" + ".join(["0 ln 0.05"] * 12) + " = 3.1416")
    assert rows(wide, 10_000) == 1
    for room in (300, 500, 700):
        placed = wide.placed(room)
        assert rows(wide, room) > 1 and placed.fits
        assert max(x + box.width for box, x, _ in placed.places) <= room
        baselines = [baseline for _, _, baseline in placed.places]
        first = [
            box
            for before, (box, _, at) in zip([0.0, *baselines], placed.places, strict=False)
            if before != at
        ]
        assert all(box.breaks for box in first[1:])


def test_a_result_stays_in_one_row_where_it_can(view: WorkingView) -> None:
    line = look("[1, 2, 3, 4, 5, 6, 7] → [10, 20, 30, 40, 50]")
    whole = line.placed(10_000)
    width = max(x + box.width for box, x, _ in whole.places)
    placed = line.placed(width - 5)
    at = next(place for place, (box, _, _) in enumerate(placed.places) if box.relates)
    assert len({baseline for _, _, baseline in placed.places[:at]}) == 1
    assert len({baseline for _, _, baseline in placed.places[at:]}) == 1


def test_what_cannot_be_broken_or_set_is_plain_text(
    view: WorkingView, monkeypatch: pytest.MonkeyPatch
) -> None:
    fraction = look("(0.0513 + 2.3026 + 0.1234) / 3 = 0.8258")
    plain = len(look("(0.0513 + 2.3026 + 0.1234) / 3 = 0.8258", typeset=False).placed(9999).places)
    assert len(fraction.placed(9999).places) < plain
    assert len(fraction.placed(90).places) == plain
    monkeypatch.setattr("lossgui.gui.working.look.formula", lambda *asked: None)
    assert len(look("1 + 1 = 2").placed(9999).places) == 5


@pytest.mark.parametrize("typeset", [True, False])
def test_words_and_nothing_are_placed_too(view: WorkingView, typeset: bool) -> None:
    for words in ("", "class 2", "the row sums to 1: unchanged", "类 = 1"):
        placed = look(words, typeset=typeset).placed(50)
        assert placed.height > 0 and (bool(placed.places) or not words)


def test_a_formula_that_fails_never_raises(
    view: WorkingView, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(latex: str) -> None:
        raise RuntimeError(latex)

    monkeypatch.setattr(formulas, "_set", fail)
    formulas._plate.cache_clear()
    formulas.formula.cache_clear()
    drag(document, 0.3)
    view.settle()
    view.grab()
    assert told(view)[0].endswith("= 1.2040")
    formulas._plate.cache_clear()
    formulas.formula.cache_clear()


# How it follows


def test_at_most_ten_rounds_a_second_and_the_last_state_is_shown(
    qtbot: QtBot, view: WorkingView, document: Document
) -> None:
    shots, shown = [], []
    view.pace.pause.timeout.connect(lambda: shots.append(None))
    view.reader.model().dataChanged.connect(lambda *_: shown.append(told(view)[0]))
    for value in np.linspace(0.05, 0.9, 200):
        drag(document, float(value))
        QApplication.processEvents()
    assert view.pace.pause.interval() == PAUSE == 100
    qtbot.waitUntil(lambda: view.pace.idle)
    assert 0 < len(shown) <= len(shots) + 1
    assert told(view)[0].endswith("= 0.1054") and "0.1054" in view.heading.text()


def test_an_edit_works_nothing_out(
    view: WorkingView, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: list[None] = []
    monkeypatch.setattr("lossgui.gui.working.view.lines_of", lambda *_: worked.append(None) or ())
    for value in (0.2, 0.3, 0.4):
        drag(document, value)
    assert not worked
    view.settle()
    assert len(worked) == 1


def test_only_what_changes_is_made(view: WorkingView, document: Document) -> None:
    drag(document, 0.25)
    view.settle()
    plates, made = formulas._plate.cache_info().misses, formulas.formula.cache_info().misses
    document.focus_on(0, 2)
    view.settle()
    assert formulas.formula.cache_info().misses == made
    drag(document, 0.35)
    view.settle()
    assert formulas.formula.cache_info().misses - made <= 7  # three entries, two results, the mean, a label
    assert formulas._plate.cache_info().misses == plates


def test_rounds_are_done_in_turns_and_again_if_asked_for_meanwhile(qtbot: QtBot, view: WorkingView) -> None:
    steps: list[int] = []

    def begin() -> Iterator[None]:
        for step in range(3):
            if not steps:
                pace.ask()
            steps.append(step)
            yield

    pace = Pace(begin, view)
    assert pace.idle
    pace.ask()
    pace.ask()
    assert not steps and not pace.idle
    qtbot.waitUntil(lambda: pace.idle)
    assert steps == [0, 1, 2] * 2
    pace.ask()
    pace.now()
    assert pace.idle and steps == [0, 1, 2] * 3


def test_a_round_that_raises_is_over(qtbot: QtBot, view: WorkingView) -> None:
    def begin() -> Iterator[None]:
        yield
        raise RuntimeError("round")

    pace = Pace(begin, view)
    with qtbot.captureExceptions() as raised:
        pace.ask()
        qtbot.waitUntil(lambda: pace.idle)
    assert [str(error) for _, error, _ in raised] == ["round"]


def test_a_hidden_view_waits_until_it_is_seen(view: WorkingView, document: Document) -> None:
    view.hide()
    before = told(view)
    document.focus_on(1, 0)
    view.settle()
    assert told(view) == before and view.pace.idle
    view.show()
    assert told(view) != before


def test_it_is_plain_until_ziamath_is_there(
    qtbot: QtBot, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formulas, "loaded", lambda: False)
    widget = WorkingView(document)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.settle()
    assert told(widget)[0].endswith("= 0.0513")
    assert not any(look.typeset for look in widget.reader.looks)
    monkeypatch.undo()
    qtbot.waitUntil(lambda: all(look.typeset for look in widget.reader.looks))


# Taking it elsewhere


def clipboard() -> str:
    return QApplication.clipboard().text()


def test_copied_as_text(qtbot: QtBot, view: WorkingView) -> None:
    view.copy_text.trigger()
    assert clipboard() == f"Σ classes: {SUM}\nbatch of 2: (0.0513 + 2.3026) / 2 = 1.1769"


def test_copied_as_latex(qtbot: QtBot, view: WorkingView) -> None:
    view.copy_latex.trigger()
    assert clipboard().splitlines() == [
        r"\begin{aligned}",
        r"  \text{$\Sigma$ classes} && -(0 \ln 0.05 + 1 \ln 0.95 + 0 \ln 0.00) &= 0.0513 \\",
        r"  \text{batch of 2} && \frac{0.0513 + 2.3026}{2} &= 1.1769",
        r"\end{aligned}",
    ]


def test_copied_as_markdown(qtbot: QtBot, view: WorkingView) -> None:
    view.choose(1)
    view.copy_markdown.trigger()
    blocks = clipboard().split("\n\n")
    assert blocks[0] == "### How 0.0513 comes about: sample 1, Categorical cross-entropy, Keras 3"
    assert blocks[1:3] == ["÷ row sum", "the row sums to 1: unchanged"]
    assert blocks[-2] == "batch of 2"
    assert blocks[-1] == "$$\n\\frac{0.0513 + 2.3026}{2} = 1.1769\n$$\n"


def test_lines_that_are_chosen_are_copied_alone(qtbot: QtBot, view: WorkingView) -> None:
    index = view.reader.model().index(1, 0)
    view.reader.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
    view.copy_text.trigger()
    assert clipboard() == "batch of 2: (0.0513 + 2.3026) / 2 = 1.1769"


def test_an_edit_that_is_not_shown_yet_is_copied(view: WorkingView, document: Document) -> None:
    drag(document, 0.5)
    view.copy_text.trigger()
    assert "= 0.6931" in clipboard()
    view.hide()
    drag(document, 0.25)
    view.copy_text.trigger()
    assert "= 1.3863" in clipboard()


def test_the_keyboard_copies_and_chooses(qtbot: QtBot, view: WorkingView) -> None:
    QApplication.clipboard().clear()
    view.activateWindow()
    view.reader.setFocus()
    qtbot.waitUntil(view.reader.hasFocus)
    qtbot.keyClick(view.reader, Qt.Key.Key_End)
    qtbot.keyClick(view.reader, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "batch of 2: (0.0513 + 2.3026) / 2 = 1.1769"
    qtbot.keyClick(view.reader, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view.reader, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard().startswith(f"Σ classes: {SUM}\n")
    view.grab()


def test_nothing_to_copy_is_no_fault(view: WorkingView, document: Document) -> None:
    for _ in range(4):
        document.edit("Removed", document.study.without_choice(0))
    for action in (view.copy_text, view.copy_latex, view.copy_markdown):
        action.trigger()
    assert clipboard() == "### No loss is chosen yet.\n"


@pytest.mark.parametrize(("name", "profile"), EVERY)
def test_every_working_can_be_copied_as_latex(name: str, profile: str) -> None:
    document = Document(Study.of(LABELS, PREDICTIONS, choices=(Choice.of(name, profile),)))
    (outcome,) = document.result.outcomes
    if outcome.refusal is None:
        latex = copies.as_latex(lines_of(outcome, 1, False))
        assert latex.count("{") == latex.count("}") and latex.isascii()
        assert len(re.findall(r"(?<!\\)&&", latex)) == len(latex.splitlines()) - 2
    document.close()


def test_the_list_is_sound_and_read_aloud(qtbot: QtBot, view: WorkingView, document: Document) -> None:
    tester = QAbstractItemModelTester(
        view.reader.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, view
    )
    for place in (1, 0, 2, 3):
        view.choose(place)
        view.settle()
    model = tester.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == told(view)


def test_whatever_takes_the_focus_has_a_name(view: WorkingView) -> None:
    for part in view.findChildren(QWidget):
        if part.focusPolicy() and part.isVisible():
            assert part.accessibleName(), type(part)
    assert not view.reader.tabKeyNavigation()
