"""Files and the window: open, save, the star, the question, drops, and what is remembered."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox

from lossgui.files import examples, preferences
from lossgui.files.figures.carried import with_study
from lossgui.files.open import open_path
from lossgui.files.studies import encode
from lossgui.gui import filing, places, style
from lossgui.gui.application import remembered_of
from lossgui.gui.document import Document
from lossgui.gui.window import MainWindow

Buttons = QMessageBox.StandardButton


@pytest.fixture
def window(qtbot, tmp_path):
    style.apply("light")
    made = MainWindow(Document(examples.load(examples.FIRST)))
    made.asks = False
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.settle()
    made.filing.recent = [tmp_path / "somewhere.lossgui"]
    return made


@pytest.fixture
def asked(window, monkeypatch):
    """Answers to the question before work is lost, and whether it was asked."""

    class Asked:
        answer, count = Buttons.Cancel, 0

        def __call__(self):
            self.count += 1
            return self.answer

    question = Asked()
    monkeypatch.setattr(window.filing, "ask", question)
    return question


def named(monkeypatch, path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(path), ""))


def edit(window):
    window.document.edit("Bird: 0.3", window.document.study.with_prediction(1, 2, 0.3, rescale=True))


def read(qtbot, window, path, labels=None):
    before = window.document.study
    window.filing.open(path, labels)
    qtbot.waitUntil(lambda: window.document.study is not before)


def dialogs(window):
    return [box.informativeText() for box in window.findChildren(QMessageBox) if box.isVisible()]


def test_save_asks_for_a_name_once_and_what_is_saved_opens_equal(qtbot, window, tmp_path, monkeypatch):
    named(monkeypatch, tmp_path / "work")
    edit(window)
    assert window.windowTitle() == "Cat, dog, bird[*]" and window.isWindowModified()
    assert window.filing.save()
    assert window.windowTitle() == "work.lossgui[*]" and not window.isWindowModified()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", pytest.fail)
    edit(window)
    window.document.edit("Dog: 0.1", window.document.study.with_prediction(0, 1, 0.1))
    assert window.filing.save()
    assert open_path(tmp_path / "work.lossgui") == window.document.study
    window.document.stack.undo()
    assert window.isWindowModified()


def test_a_study_that_is_opened_is_the_one_that_was_saved(qtbot, window, tmp_path):
    study = examples.load("B_hinge")
    (tmp_path / "a.lossgui").write_bytes(encode(study))
    read(qtbot, window, tmp_path / "a.lossgui")
    assert window.document.study == study
    assert window.filing.path == tmp_path / "a.lossgui"
    assert window.filing.recent[0] == tmp_path / "a.lossgui"
    assert not window.document.stack.canUndo()


def test_a_file_that_a_name_without_ending_would_replace_is_kept(window, tmp_path, monkeypatch):
    kept = tmp_path / "study.lossgui"
    kept.write_bytes(b"something else")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *asked: (str(tmp_path / "study"), ""))
    monkeypatch.setattr(window.filing, "_tell", lambda title, words: None)
    assert not window.filing.save_as()
    assert kept.read_bytes() == b"something else"
    assert "it is there already" in window.statusBar().currentMessage()


def test_a_table_opens_as_a_new_study_whose_save_asks_for_a_name(qtbot, window, tmp_path):
    (tmp_path / "t.csv").write_text("cat,dog,label\n0.2,0.8,dog\n0.6,0.4,cat\n")
    read(qtbot, window, tmp_path / "t.csv")
    assert window.document.study.classes == ("cat", "dog") and window.filing.path is None


@pytest.mark.parametrize("name", ["a.png", "a.lossgui"])
def test_a_figure_brings_its_study_back_and_is_not_saved_over(qtbot, window, tmp_path, name):
    study, image = examples.load("B_hinge"), QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    image.save(str(tmp_path / "plain.png"))
    data = with_study((tmp_path / "plain.png").read_bytes(), encode(study))
    (tmp_path / name).write_bytes(data)
    read(qtbot, window, tmp_path / name)
    assert window.document.study == study and not window.isWindowModified()
    assert window.filing.path is None


def test_labels_in_a_second_file(qtbot, window, tmp_path):
    np.save(tmp_path / "p.npy", np.array([[0.2, 0.8], [0.6, 0.4]]))
    np.save(tmp_path / "y.npy", np.array([1, 0]))
    read(qtbot, window, tmp_path / "p.npy", tmp_path / "y.npy")
    assert window.document.study.labels.to_array().ravel().tolist() == [1, 0]


@pytest.mark.parametrize("content", [b"", b"\x80\x04", b'{"format": "lossgui study"', b"a,b\n1,2,3\n"])
def test_what_cannot_be_opened_is_said_and_the_study_stays(qtbot, window, tmp_path, content):
    path = tmp_path / "bad.lossgui" if content.startswith(b"{") else tmp_path / "bad.csv"
    path.write_bytes(content)
    before = window.document.study
    window.filing.open(path)
    qtbot.waitUntil(lambda: bool(dialogs(window)))
    assert dialogs(window)[0].startswith(path.name)
    assert window.statusBar().currentMessage() == dialogs(window)[0]
    assert window.document.study is before
    for box in window.findChildren(QMessageBox):
        box.close()


def test_a_save_that_fails_is_said_and_leaves_the_star(window, tmp_path, monkeypatch):
    named(monkeypatch, tmp_path / "missing" / "x.lossgui")
    edit(window)
    assert not window.filing.save()
    assert "no folder" in dialogs(window)[0]
    assert window.isWindowModified() and window.filing.path is None
    for box in window.findChildren(QMessageBox):
        box.close()


@pytest.mark.parametrize("leave", ["new", "example", "open", "close"])
@pytest.mark.parametrize("answer", [Buttons.Cancel, Buttons.Discard])
def test_the_question_comes_before_changes_are_lost(qtbot, window, asked, tmp_path, leave, answer):
    (tmp_path / "a.lossgui").write_bytes(encode(examples.load("B_hinge")))
    asked.answer = answer
    window.asks = True
    edit(window)
    before = window.document.study
    if leave == "new":
        window.filing.new()
    elif leave == "example":
        window.open_example("B_cosine")
    elif leave == "close":
        window.close()
    elif answer == Buttons.Discard:
        read(qtbot, window, tmp_path / "a.lossgui")
    else:
        window.filing.open(tmp_path / "a.lossgui")
    assert asked.count == 1
    stays = answer == Buttons.Cancel
    if leave == "close":
        assert window.isVisible() == stays
    else:
        assert (window.document.study is before) == stays
    window.asks = False


@pytest.mark.parametrize("answer", [Buttons.Cancel, Buttons.Discard])
def test_what_is_edited_while_a_file_is_read_is_asked_about(qtbot, window, asked, tmp_path, answer):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n0.5,0.5\n")
    asked.answer = answer
    window.filing.open(path)
    assert asked.count == 0
    edit(window)  # before the event loop hears that the file was read
    edited = window.document.study
    qtbot.waitUntil(lambda: asked.count == 1)
    assert (window.document.study is edited) == (answer == Buttons.Cancel)
    assert window.document.stack.canUndo() == (answer == Buttons.Cancel)


def test_changes_that_may_go_are_not_asked_about_twice(qtbot, window, asked, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n0.5,0.5\n")
    edit(window)
    asked.answer = Buttons.Discard
    read(qtbot, window, path)
    assert asked.count == 1 and window.document.study.classes == ("a", "b")


def test_nothing_is_asked_when_nothing_would_be_lost(window, asked):
    window.filing.new()
    assert asked.count == 0 and window.document.study == filing.new_study()


def test_save_in_the_question_saves_first(window, asked, tmp_path, monkeypatch):
    named(monkeypatch, tmp_path / "kept.lossgui")
    asked.answer = Buttons.Save
    edit(window)
    kept = window.document.study
    window.filing.new()
    assert open_path(tmp_path / "kept.lossgui") == kept
    assert window.document.study == filing.new_study()


def drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPoint(10, 10).toPointF(), Qt.DropAction.CopyAction, data, buttons, keys))


def test_a_dropped_file_is_opened(qtbot, window, tmp_path):
    study = examples.load("B_hinge")
    (tmp_path / "a.lossgui").write_bytes(encode(study))
    drop(window, tmp_path / "a.lossgui")
    qtbot.waitUntil(lambda: window.document.study == study)


def test_three_dropped_files_are_refused_in_words(window, tmp_path):
    before = window.document.study
    drop(window, *(tmp_path / name for name in "abc"))
    assert window.statusBar().currentMessage().startswith("3 files were dropped")
    assert window.document.study is before


def test_recent_files_are_listed_without_markup_and_missing_ones_are_grey(window, tmp_path):
    there = tmp_path / "a & b.lossgui"
    there.write_bytes(encode(examples.load("B_hinge")))
    window.filing.recent = [there, Path("/nowhere/gone.lossgui")]
    window.filing._recent_menu.aboutToShow.emit()
    actions = window.filing._recent_menu.actions()
    assert [action.text() for action in actions[:2]] == ["a && b.lossgui", "gone.lossgui"]
    assert [action.isEnabled() for action in actions[:2]] == [True, False]
    actions[-1].trigger()
    assert window.filing.recent == []


def test_place_and_sizes_are_remembered(qtbot, window, tmp_path):
    window.splitters[0].setSizes([400, 600, 366])
    window.settle()
    preferences.write(tmp_path, remembered_of(window))
    again = preferences.read(tmp_path)
    other = MainWindow(Document(examples.load(examples.FIRST)))
    qtbot.addWidget(other)
    assert places.restore(other, again.place)
    places.share_out(other.splitters, again.sizes)
    other.show()
    other.settle()
    assert other.size() == window.size()
    assert other.splitters[0].sizes() == window.splitters[0].sizes()


@pytest.mark.parametrize("place", ["", "!", "AAAA", "AdnQywADAAD"])
def test_a_broken_place_is_not_restored(window, place):
    assert not places.restore(window, place)


def test_broken_sizes_are_left_alone(window):
    before = places.sizes_of(window.splitters)
    for sizes in ([], [[1]], [[0, 0, 0], [0, 0]], [[-5, 1, 1], [10**9, 1]]):
        places.share_out(window.splitters, sizes)
    assert places.sizes_of(window.splitters) == before
