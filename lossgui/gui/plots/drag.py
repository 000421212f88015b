"""Dragging the focused prediction along the curve: one undo step a drag, at most one edit a frame."""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Slot

from lossgui.core import text
from lossgui.core.figures import Figure, Held, shortened
from lossgui.core.study import Study
from lossgui.gui.document import Document

FRAME = 16
"""Milliseconds between two edits of a drag."""

STEPS = 1000
"""Steps into which a drag divides the axis, so that values stay short."""

BURST = 1000
"""Milliseconds after which a key begins another undo step."""


class Drag(QObject):
    """Moves the focused prediction.

    Attributes
    ----------
    held
        What stays as it is while a drag lasts; None between drags.
    """

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self.held: Held | None = None
        self._token = object()
        self._begun: Study = document.study
        self._made: Study | None = None
        self._focus = document.focus
        self._rescale = False
        self._wanted: float | None = None
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._edit)

    @property
    def is_lost(self) -> bool:
        """Whether the document, or what its curves vary, was changed by somebody else since."""
        if self._made is None:
            return False
        return self._document.study is not self._made or self._document.focus != self._focus

    def begin(self, figure: Figure, rescale: bool) -> None:
        """Begin an undo step, from the study as it is."""
        self._begin(rescale)
        self.held = Held.at(self._document.result, figure)

    def move(self, x: float) -> None:
        """Ask for another value; of many in a frame, the last is taken."""
        self._wanted = x
        if not self._timer.isActive():
            waited = self._since.elapsed() if self._since.isValid() else FRAME
            self._timer.start(max(0, FRAME - waited))

    def end(self) -> None:
        """Make the last edit that was asked for, and let the frame go."""
        if self._timer.isActive():
            self._timer.stop()
            self._edit()
        self.held = self._made = None
        self._since.invalidate()

    def cancel(self) -> None:
        """Let everything go, what was asked for included."""
        self._timer.stop()
        self.held = self._made = self._wanted = None

    def step(self, figure: Figure, steps: float, rescale: bool) -> None:
        """Move by some steps of the axis, infinitely many to its end; steps in a row are undone together."""
        fresh = not self._since.isValid() or self._since.elapsed() > BURST
        if fresh or self._made is None or self.is_lost or rescale != self._rescale:
            self._begin(rescale)
        if figure.bounds is None or figure.current is None:
            return
        self._wanted = figure.bounds[int(steps > 0)]
        if math.isfinite(steps):
            self._wanted = figure.current + steps * _step(figure)
        self._edit(figure)

    def _begin(self, rescale: bool) -> None:
        self._token, self._begun, self._rescale = object(), self._document.study, rescale
        self._made, self._focus = self._document.study, self._document.focus

    @Slot()
    def _edit(self, figure: Figure | None = None) -> None:
        figure = figure or (self.held.figure if self.held else None)
        if figure is None or self._wanted is None or self.is_lost:
            return
        value, self._wanted = rounded(self._wanted, figure), None
        self._since.restart()
        row, column = self._document.focus
        table = self._document.study.predictions
        if table.dtype.type(value) == table[row, column]:
            return
        edited = partial(self._edited, row, column, value)
        self._document.attempt(self._said(row, column, value), edited, self._token)

    def _edited(self, row: int, column: int, value: float) -> Study:
        # Known before the document says that it has changed.
        self._made = self._begun.with_prediction(row, column, value, self._rescale)
        return self._made

    def _said(self, row: int, column: int, value: float) -> str:
        before = float(self._begun.predictions[row, column])
        old, new = text.inputs([round(before, 4), value])
        sample, name = self._begun.sample_name(row), shortened(self._begun.classes[column])
        return f"Sample {sample}, {name}: {old} → {new}"


def _step(figure: Figure) -> float:
    return (figure.x.high - figure.x.low) / STEPS


def rounded(x: float, figure: Figure) -> float:
    """Return a value on a step of the axis, inside the bounds."""
    low, high = figure.bounds or (figure.x.low, figure.x.high)
    step = _step(figure)
    value = float(f"{round(x / step) * step:.12g}")
    return min(max(value, low), high)
