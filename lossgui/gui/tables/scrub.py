"""Scrubbing: a prediction changed in small steps, by keys or a drag, each run of them one undo step."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Slot

from lossgui.core import text
from lossgui.core.study import Study, room
from lossgui.gui.document import Document
from lossgui.gui.tables import words

FRAME = 16
"""Milliseconds between two edits of a drag."""

BURST = 1000
"""Milliseconds after which a key begins another undo step."""

STEP = {"probabilities": 0.01, "logits": 0.1, "log-probabilities": 0.1, "values": 0.1}
BIG = 10
"""How many steps a big step has."""


class Scrub(QObject):
    """Changes the focused prediction, with the rest of its row held or rescaled as the document says."""

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._token = object()
        self._begun: Study = document.study
        self._made: Study | None = None
        self._focus = document.focus
        self._rescale = False
        self._wanted: int | None = None
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._drag)
        self.dragging = False

    @property
    def is_lost(self) -> bool:
        """Whether the document, or its focus, was changed by somebody else since."""
        return self._document.study is not self._made or self._document.focus != self._focus

    # Keys

    def step(self, steps: int) -> None:
        """Change the prediction by some steps; steps in a row are undone together."""
        fresh = not self._since.isValid() or self._since.elapsed() > BURST
        if fresh or self.is_lost or self._rescale != self._document.rescale:
            self._begin()
        row, column = self._focus
        self._edit(float(self._document.study.predictions[row, column]) + steps * self._size)
        self._since.restart()

    # Mouse

    def begin(self) -> None:
        """Begin a drag, which is one undo step, from the study as it is."""
        self._begin()
        self._since.invalidate()
        self.dragging = True

    def move(self, steps: int) -> None:
        """Ask for a value, in steps from where the drag began; of many in a frame, the last is taken."""
        self._wanted = steps
        if self.dragging and not self._timer.isActive():
            waited = self._since.elapsed() if self._since.isValid() else FRAME
            self._timer.start(max(0, FRAME - waited))

    def end(self) -> None:
        """End a drag with the value that was asked for last."""
        if self._timer.isActive():
            self._drag()
        self._let_go()

    def cancel(self) -> None:
        """End a drag, and leave everything as it was when it began."""
        begun, lost = self._begun, self.is_lost
        self._let_go()
        if not lost and self._document.study is not begun:
            row, column = self._focus
            at = words.place(begun, "predictions", row, column)
            self._document.edit(f"{at}: left as it was", begun, self._token)

    def _let_go(self) -> None:
        self._timer.stop()
        self._since.invalidate()
        self._wanted, self.dragging = None, False

    @Slot()
    def _drag(self) -> None:
        self._timer.stop()
        if self._wanted is None or self.is_lost:
            return
        row, column = self._focus
        steps, self._wanted = self._wanted, None
        self._edit(float(self._begun.predictions[row, column]) + steps * self._size)
        self._since.restart()

    # Both

    @property
    def _size(self) -> float:
        return STEP[self._document.study.kind]

    def _begin(self) -> None:
        self._token, self._begun = object(), self._document.study
        self._made, self._focus = self._begun, self._document.focus
        self._rescale = self._document.rescale

    def _edit(self, value: float) -> None:
        row, column = self._focus
        low, high = self._bounds(row, column)
        value = min(max(float(f"{value:.12g}"), low), high)
        table = self._document.study.predictions
        if table.dtype.type(value) == table[row, column]:
            return
        before = float(f"{float(self._begun.predictions[row, column]):.12g}")
        old, new = text.inputs([before, value])
        said = f"{words.place(self._begun, 'predictions', row, column)}: {old} → {new}"
        self._document.attempt(said, partial(self._edited, row, column, value), self._token)

    def _edited(self, row: int, column: int, value: float) -> Study:
        # Known before the document says that it has changed.
        self._made = self._begun.with_prediction(row, column, value, self._rescale)
        return self._made

    def _bounds(self, row: int, column: int) -> tuple[float, float]:
        """Return between which values the prediction may go."""
        study, own = self._begun, np.asarray(self._begun.predictions.row(row), float)
        if study.kind != "probabilities":
            most = float(np.finfo(study.predictions.dtype).max)
            return -most, most
        low, high = room(own, column) if self._rescale else (0.0, 1.0)
        return min(low, own[column]), max(high, own[column])
