"""The document: the study on show, its undo stack, its result, and the one signal of the model."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from lossgui.core.evaluate import Result, consequence, evaluate, telling_entry
from lossgui.core.study import RefusedError, Study

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

UNDO_STEPS = 1000
"""Steps that undo keeps: at 256 KiB each, 252 MB at any size of the tables."""

AT_ONCE = 400_000
"""Numbers that are computed while the person waits, about 16 ms; more go to the worker."""

REST = 250
"""Milliseconds after an edit until exact numbers are sought that take long: a drag does not wait for them."""


class Edit(QUndoCommand):
    """The one undo command: from one study to another. Commands with the same `merge` become one step."""

    def __init__(self, document: Document, text: str, new: Study, merge: object | None) -> None:
        super().__init__(text)
        self._document, self._old, self._new, self._merge = document, document.study, new, merge

    def id(self) -> int:
        return -1 if self._merge is None else 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Edit) or other._merge is not self._merge:
            return False
        self._new = other._new
        self.setText(other.text())
        # A drag that was taken back leaves no step.
        self.setObsolete(self._new is self._old)
        return True

    def undo(self) -> None:
        self._document._show(self._old)

    def redo(self) -> None:
        self._document._show(self._new)


class Document(QObject):
    """A study that can be edited and undone, with what the views show of it.

    Attributes
    ----------
    study
        The study on show.
    focus
        The (sample, class) that curves vary; part of the view, so not undone.
    result
        What views show. Headlines are known unless `computing`; rows and curves always are.
    computing
        Whether headlines are still being computed by the worker; `changed` comes again when they are there,
        and once more when exact ones have taken the place of fast ones.
    stack
        The undo stack; its clean state means saved.
    shaded
        Whether cells are shaded by value; part of the view.
    """

    changed = Signal()
    view_changed = Signal()
    said = Signal(str)
    _computed = Signal(object)

    def __init__(self, study: Study, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(UNDO_STEPS)
        self._stop = Event()
        self._merge: object | None = None
        self._before: Result | None = None
        self._computed.connect(self._finish)
        self._awaited: Result | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._refine)
        self.computing = self._shaded = False
        self._rescale: bool | None = None
        self.focus = telling_entry(study)
        self._show(study)

    @property
    def rescale(self) -> bool:
        """Whether the rest of a row is rescaled as one of its predictions is dragged, or held.

        Until a person says, it is rescaled where rows are distributions; part of the view.
        """
        from lossgui.core.figures import can_rescale

        usual = self.study.encoding in ("one-hot", "index", "soft")
        return can_rescale(self.result) and (usual if self._rescale is None else self._rescale)

    @rescale.setter
    def rescale(self, rescale: bool) -> None:
        self._rescale = rescale
        self.view_changed.emit()

    @property
    def shaded(self) -> bool:
        return self._shaded

    @shaded.setter
    def shaded(self, shaded: bool) -> None:
        self._shaded = shaded
        self.view_changed.emit()

    def open(self, study: Study) -> None:
        """Show another study; nothing of the former can be undone."""
        self.stack.clear()
        self.focus = telling_entry(study)
        self._show(study)
        self.said.emit(f"Opened ‘{study.title}’." if study.title else "Opened.")

    def edit(self, text: str, study: Study, merge: object | None = None) -> None:
        """Show an edited study, as one undo step.

        Parameters
        ----------
        text
            What was done, a sentence for the status line and the undo menu.
        merge
            Edits with the same object, such as those of one drag, are undone together.
        """
        if study is self.study:
            return
        if merge is None or merge is not self._merge:
            # What a drag has led to is told from where it began.
            self._merge, self._before = merge, None if self.computing else self.result
        self.stack.push(Edit(self, text, study, merge))
        told = consequence(self._before, self.result) if self._before and not self.computing else ""
        self.said.emit(f"{text}. {told}" if told else text)

    def attempt(self, text: str, edited: Callable[[], Study], merge: object | None = None) -> str | None:
        """Make an edit; return why it was refused, in words, or None if it was made."""
        try:
            study = edited()
        except (RefusedError, ValueError) as error:
            self.said.emit(str(error))
            return str(error)
        self.edit(text, study, merge)
        return None

    def focus_on(self, row: int, column: int) -> None:
        """Let curves vary another entry."""
        result = evaluate(self.study, (row, column))
        if result.focus == self.focus:
            return
        self.focus = result.focus
        self._evaluate()

    def close(self) -> None:
        """Stop computing; the document is not used any more."""
        self.stack.blockSignals(True)
        self._pause.stop()
        self._stop.set()
        self._worker.shutdown(wait=True, cancel_futures=True)

    @cached_property
    def _worker(self) -> ThreadPoolExecutor:
        # Imported once there is work: the window is on the screen by then.
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(1, "evaluate")

    def _show(self, study: Study) -> None:
        self.study = study
        self._evaluate()

    def _evaluate(self) -> None:
        self._stop.set()
        self.result = evaluate(self.study, self.focus)
        self.focus = self.result.focus
        self._pause.stop()
        self.computing = self.result.missing() > AT_ONCE
        if self.computing:
            self._await(self.result)
        else:
            self._rest()
        self.changed.emit()

    def _rest(self) -> None:
        if self.result.could_be_exact:
            self._pause.start(REST)

    def _refine(self) -> None:
        self._await(self.result.exactly())

    def _await(self, result: Result) -> None:
        self._stop, self._awaited = Event(), result
        self._worker.submit(self._compute, result, self._stop)

    def _compute(self, result: Result, stop: Event) -> None:
        for outcome in result.outcomes:
            if outcome.refusal is None:
                for _ in outcome.compute():
                    if stop.is_set():
                        return
        self._computed.emit(result)

    def _finish(self, result: Result) -> None:
        if result is self._awaited and not self._stop.is_set():
            self.result, self.computing = result, False
            self._rest()
            self.changed.emit()
