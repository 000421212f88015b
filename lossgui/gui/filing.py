"""The study's file: New, Open, Save, Save As, recent files, and the question before work is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from lossgui.core.choice import Choice
from lossgui.core.study import Study
from lossgui.files.save import save, with_ending
from lossgui.files.studies import Kept, Saved, encode
from lossgui.files.unreadable import UnreadableError, name_of
from lossgui.gui.document import Document

ENDING = ".lossgui"
MOST_RECENT = 10
STUDIES = f"Studies (*{ENDING})"

Buttons = QMessageBox.StandardButton
Keys = QKeySequence.StandardKey | str


def new_study() -> Study:
    """Return what New begins with: one sample, two classes, undecided."""
    choices = (Choice.of("categorical_crossentropy"),)
    return Study.of([[1, 0]], [[0.5, 0.5]], title="Untitled", choices=choices)


class Filing(QObject):
    """Where the document's study is kept.

    Parameters
    ----------
    window
        The parent of dialogs.

    Attributes
    ----------
    path
        The study's file; None where it has none yet.
    kept
        What the study's file holds besides.
    recent
        Files opened and saved, the last one first.
    changed
        The path or the recent files are others now.
    """

    changed = Signal()
    _was_read = Signal(object, object)

    def __init__(self, document: Document, window: QWidget) -> None:
        super().__init__(window)
        self._document = document
        self._window = window
        self.kept = Kept()
        # The study on show when the file that is being read was asked for, in a tuple of its own each time.
        self._reading: tuple[Study] | None = None
        self.path: Path | None = None
        self.recent: list[Path] = []
        self._was_read.connect(self._show_read)

    def fill(self, menu: QMenu) -> None:
        """Put the commands into a menu."""
        keys = QKeySequence.StandardKey
        self._add(menu, "&New", keys.New, self.new)
        self._add(menu, "&Open…", keys.Open, self.ask_and_open)
        self._recent_menu = menu.addMenu("Open &recent")
        self._recent_menu.aboutToShow.connect(self._fill_recent)
        menu.addSeparator()
        self._add(menu, "&Save", keys.Save, self.save)
        self._add(menu, "Save &as…", "Ctrl+Shift+S", self.save_as)
        menu.addSeparator()

    def _add(self, menu: QMenu, text: str, keys: Keys, slot: Callable[[], object]) -> None:
        action = QAction(text, self._window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(slot)
        menu.addAction(action)

    # Opening

    @Slot()
    def new(self) -> None:
        """Begin a study of one's own."""
        if self.may_leave():
            self.take(Saved(new_study()), None)

    @Slot()
    def ask_and_open(self) -> None:
        """Ask for a file and open it."""
        from lossgui.files.open import ENDINGS

        endings = " ".join(f"*{ending}" for ending in ENDINGS)
        kinds = f"All that can be opened ({endings});;All files (*)"
        name, _ = QFileDialog.getOpenFileName(self._window, "Open", self.folder(), kinds)
        if name:
            self.open(Path(name))

    def open(self, path: Path, labels: Path | None = None) -> None:
        """Open a file, beside the window; what cannot be read is said, and the study stays.

        Parameters
        ----------
        labels
            A second file with the labels.
        """
        if not self.may_leave():
            return
        self._reading = token = (self._document.study,)
        self._document.said.emit(f"Reading ‘{name_of(path)}’ …")
        # Imported here, in the window's thread: an import elsewhere may collect garbage there.
        from lossgui.files.open import open_file

        # A daemon: a drive may hang, and the program must end all the same.
        read = partial(open_file, path, labels)
        Thread(target=self._read, args=(token, path, read), daemon=True).start()

    def _read(self, token: object, path: Path, read: Callable[[], Saved]) -> None:
        try:
            found: Saved | UnreadableError = read()
        except UnreadableError as error:
            found = error
        self._was_read.emit(token, (path, found))

    @Slot(object, object)
    def _show_read(self, token: object, read: tuple[Path, Saved | UnreadableError]) -> None:
        if self._reading is None or token is not self._reading:
            return
        (left,), self._reading = self._reading, None
        path, found = read
        if isinstance(found, Saved):
            # What was edited while the file was read was in nobody's mind when the question was asked.
            if self._document.study is left or self.may_leave():
                self.take(found, path)
            else:
                self._document.said.emit(f"‘{name_of(path)}’ was not opened.")
            return
        self._document.said.emit(str(found))
        self._tell("This file was not opened", str(found))

    def take(self, saved: Saved, path: Path | None) -> None:
        """Show a study, with the file that it came from."""
        self._reading = None
        self.kept = saved.kept
        # A table of numbers is no study yet, and a figure is none: saving asks for a name of its own.
        own = path is not None and path.suffix.lower() == ENDING and not saved.carried
        self.path = path if own else None
        if path is not None:
            self._remember(path)
        self._document.open(saved.study)
        self.changed.emit()

    # Saving

    @Slot()
    def save(self) -> bool:
        """Save the study in its file, or ask for one; return whether it was saved."""
        return self.save_as() if self.path is None else self._write(self.path)

    @Slot()
    def save_as(self) -> bool:
        """Ask for a file and save the study in it; return whether it was saved."""
        suggested = self.path or Path(self.folder()) / (self.stem() + ENDING)
        name, _ = QFileDialog.getSaveFileName(self._window, "Save as", str(suggested), STUDIES)
        if not name:
            return False
        try:
            path = with_ending(name, ENDING)
        except OSError as error:
            return self._refuse(error)
        return self._write(path)

    def _refuse(self, error: OSError) -> bool:
        self._document.said.emit(str(error))
        self._tell("The study was not saved", str(error))
        return False

    def _write(self, path: Path) -> bool:
        try:
            save(path, encode(self._document.study, self.kept))
        except OSError as error:
            return self._refuse(error)
        self.path = path
        self._remember(path)
        self._document.stack.setClean()
        self._document.said.emit(f"Saved ‘{name_of(path)}’.")
        self.changed.emit()
        return True

    def may_leave(self) -> bool:
        """Return whether the study on show may be left: it is saved, or the person says so."""
        if self._document.stack.isClean():
            return True
        answer = self.ask()
        return self.save() if answer == Buttons.Save else answer == Buttons.Discard

    def ask(self) -> QMessageBox.StandardButton:
        """Ask what becomes of changes that are not saved."""
        title = self._document.study.title or "Untitled"
        box = _box(self._window, f"‘{title}’ has changes that are not saved.")
        box.setInformativeText("Save them?")
        box.setStandardButtons(Buttons.Save | Buttons.Discard | Buttons.Cancel)
        box.setDefaultButton(Buttons.Save)
        answer = box.exec()
        box.deleteLater()
        return Buttons(answer)

    # Recent files

    def _remember(self, path: Path) -> None:
        path = path.absolute()
        self.recent = [path, *(other for other in self.recent if other != path)][:MOST_RECENT]

    @Slot()
    def _fill_recent(self) -> None:
        self._recent_menu.clear()
        for path in self.recent:
            action = self._recent_menu.addAction(name_of(path).replace("&", "&&"))
            action.setStatusTip(str(path))
            action.setEnabled(path.is_file())
            action.triggered.connect(partial(self._open_recent, path))
        self._recent_menu.addSeparator()
        clear = self._recent_menu.addAction("Clear", self._forget)
        clear.setEnabled(bool(self.recent))

    def _open_recent(self, path: Path, checked: bool = False) -> None:
        self.open(path)

    @Slot()
    def _forget(self) -> None:
        self.recent = []
        self.changed.emit()

    # Words

    def folder(self) -> str:
        """Return where files were last read or written."""
        return str(self.recent[0].parent) if self.recent else str(Path.home())

    def stem(self) -> str:
        """Return the study's title as the name of a file."""
        title = self._document.study.title or "Untitled"
        return "".join(c if c.isalnum() or c in " -_," else "_" for c in title)[:80].strip() or "Untitled"

    def _tell(self, title: str, words: str) -> None:
        box = _box(self._window, title)
        box.setInformativeText(words)
        box.open()


def _box(parent: QWidget, words: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(words)
    return box
