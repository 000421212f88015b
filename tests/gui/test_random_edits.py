"""Three thousand random edits, pastes, loss changes and undos: nothing raises, and undo leads back."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from lossgui import LOSSES, Choice, Study
from lossgui.core.encodings import ENCODINGS
from lossgui.core.loss import KINDS
from lossgui.files import examples
from lossgui.gui.document import Document
from lossgui.gui.window import MainWindow

RUNS, STEPS = 3, 1000


def cell(study: Study, random: Random) -> Study:
    which = random.choice(["labels", "predictions"])
    table = study.table(which)
    if table is None:
        return study
    row, column = random.randrange(len(table)), random.randrange(table.columns)
    return study.with_cell(which, row, column, random.choice([0, 1, -1, 0.3, random.uniform(-3, 3), 2]))


def drag(study: Study, random: Random) -> Study:
    row, column = random.randrange(study.samples), random.randrange(len(study.classes))
    return study.with_prediction(row, column, random.random(), rescale=random.random() < 0.5)


def rows_and_classes(study: Study, random: Random) -> Study:
    step = random.randrange(4)
    if step == 0 and study.samples < 12:
        return study.with_samples(random.randrange(study.samples + 1), random.randrange(1, 3))
    if step == 1 and len(study.classes) < 12:
        return study.with_classes(random.randrange(len(study.classes) + 1))
    if step == 2:
        return study.without_samples([random.randrange(study.samples)])
    return study.without_classes([random.randrange(len(study.classes))])


def meaning(study: Study, random: Random) -> Study:
    step = random.randrange(4)
    if step == 0:
        return study.with_encoding(random.choice(list(ENCODINGS)))
    if step == 1:
        return study.with_kind(random.choice(KINDS))
    return study.normalised() if step == 2 else study.softmaxed()


def order_and_names(study: Study, random: Random) -> Study:
    row, column = random.randrange(study.samples), random.randrange(len(study.classes))
    step = random.randrange(4)
    if step == 0:
        return study.with_sample_moved(row, random.randrange(study.samples))
    if step == 1:
        return study.with_class_moved(column, random.randrange(len(study.classes)))
    name = random.choice(["fido", "", "<b>rex</b>", "x" * 200, str(row + 1)])
    return study.with_sample_name(row, name) if step == 2 else study.with_class_name(column, name)


def weights(study: Study, random: Random) -> Study:
    row, column = random.randrange(study.samples), random.randrange(len(study.classes))
    step, on = random.randrange(6), random.random() < 0.5
    if step == 0:
        return study.weighing_samples(on)
    if step == 1:
        return study.weighing_classes(on)
    if step == 2:
        return study.masking(on)
    if step == 3:
        return study.with_sample_weight(row, random.choice([-1, 0, 2.5]))
    return study.with_class_weight(column, random.random()) if step == 4 else study.with_mask(row, on)


def losses(study: Study, random: Random) -> Study:
    step, count = random.randrange(4), len(study.choices)
    if step == 0 and count < 5:
        entry = LOSSES[random.choice(list(LOSSES))]
        return study.with_choice(Choice.of(entry.name, random.choice(entry.profiles), colour=count))
    if not count:
        return study
    at = random.randrange(count)
    choice = study.choices[at]
    if step == 1:
        return study.without_choice(at)
    if step == 2 and choice.parameters:
        parameter = random.choice(choice.form.parameters)
        return study.with_choice(choice.with_parameter(parameter.name, random.choice([0, 1, 0.5])), at)
    reduction = random.choice(choice.entry.reductions or (None,))
    return study.with_choice(replace(choice, reduction=reduction), at)


EDITS = (cell, cell, drag, drag, rows_and_classes, order_and_names, weights, meaning, losses)


def paste(window: MainWindow, random: Random) -> None:
    row = [random.choice([0, 1, 0.25, 0.5]) for _ in range(random.randrange(1, 4))]
    rows = [row] * random.randrange(1, 3)
    text = "\n".join("\t".join(str(number) for number in row) for row in rows)
    QApplication.clipboard().setText(random.choice([text, "nonsense", "1\t2\n3", ""]))
    window.tables.paste.trigger()


def command(window: MainWindow, random: Random) -> None:
    tables = window.tables
    view = random.choice([tables.labels, tables.predictions, tables.class_weights])
    view.setFocus()
    rows, columns = view.numbers.rowCount(), view.numbers.columnCount()
    if rows and columns:
        view.setCurrentIndex(view.numbers.index(random.randrange(rows), random.randrange(columns)))
    names = ["fill", "clear", "move_up", "move_down", "move_left", "move_right", "shade", "select_all"]
    names += ["weigh_samples", "weigh_classes", "mask_samples"]
    getattr(tables, random.choice(names)).trigger()
    key = random.choice([Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Up])
    modifier = random.choice([Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier])
    QTest.keyClick(view, key, modifier)


@pytest.mark.parametrize("run", range(RUNS))
def test_random_work_is_undone_to_the_same_study(qtbot, run):
    random = Random(run)
    window = MainWindow(Document(examples.load(examples.FIRST)))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.settle()
    document = window.document
    start, made = document.study, 0
    for _ in range(STEPS):
        step = random.randrange(10)
        before = document.stack.index()
        if step == 0:
            document.stack.undo()
        elif step == 1:
            document.stack.redo()
        elif step == 2:
            paste(window, random)
        elif step == 3:
            command(window, random)
        elif step == 4:
            window.plots.setCurrentIndex(random.randrange(window.plots.count()))
            document.focus_on(random.randrange(20) - 1, random.randrange(20) - 1)
        else:
            edit = random.choice(EDITS)
            document.attempt(edit.__name__, lambda edit=edit: edit(document.study, random))
        made += document.stack.index() != before
        QApplication.processEvents()
        window.settle()
    assert made > STEPS / 4
    while document.stack.canUndo():
        document.stack.undo()
    assert document.study is start or document.study == start
    window.close()
