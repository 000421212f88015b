"""How the number of a loss comes about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QKeySequence, QPaintEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from lossgui.core import text
from lossgui.core.evaluate import Outcome
from lossgui.gui import formulas, style
from lossgui.gui.document import Document
from lossgui.gui.menu_button import MenuButton, Option
from lossgui.gui.working import copies
from lossgui.gui.working.lines import Line, lines_of
from lossgui.gui.working.look import Look
from lossgui.gui.working.pace import Pace
from lossgui.gui.working.reader import Reader

LOAD_AFTER = 200
"""Milliseconds from the last paint until ziamath is imported, and between the steps of that."""


@dataclass(frozen=True)
class Worked:
    """What the view says about a result."""

    heading: str
    lines: tuple[Line, ...] = ()
    accent: str = "#000000"
    names: tuple[str, ...] = ()
    current: int = 0


class WorkingView(QWidget):
    """How the number of the chosen loss comes about, for the sample in focus.

    An edit costs nothing here: the view follows at most ten times a second, in turns of the event loop.

    Parameters
    ----------
    document
        What is shown.

    Attributes
    ----------
    copy_text, copy_latex, copy_markdown
        Copy the lines that are chosen, or all.
    """

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._wanted = 0
        self._stale = True
        self._waiting = True
        self._worked = Worked("")
        self.heading = QLabel()
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setProperty("role", "quiet")
        style.dress(self.heading, style.SMALL)
        self.chooser = MenuButton("Loss that is worked out")
        self.chooser.picked.connect(self.choose)
        self.reader = Reader()
        self._lay_out()
        self.copy_text = self._action("Copy as text", self._copy_text)
        # Not the action's own key, which would meet that of the tables where both are in the menu.
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.reader)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self.copy_text.trigger)
        self.copy_latex = self._action("Copy as LaTeX", self._copy_latex)
        self.copy_markdown = self._action("Copy as Markdown", self._copy_markdown)
        self.pace = Pace(self._round, self)
        self._import = formulas.load()
        self._loading = QTimer(self, interval=LOAD_AFTER)
        self._loading.timeout.connect(self._load)
        document.changed.connect(self.refresh)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(2)
        first.setContentsMargins(style.GRID // 2, 0, 0, 0)
        first.addWidget(self.heading)
        first.addWidget(self.chooser)
        first.addStretch(1)
        column = QVBoxLayout(self)
        edge = 2 * style.GRID - style.GRID // 2
        column.setContentsMargins(edge, style.GRID // 2, edge, style.GRID)
        column.setSpacing(style.GRID // 2)
        column.addLayout(first)
        column.addWidget(self.reader, 1)

    def _action(self, name: str, slot: object) -> QAction:
        action = QAction(name, self)
        action.triggered.connect(slot)
        self.reader.addAction(action)
        return action

    def sizeHint(self) -> QSize:
        return QSize(700, 180)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 80)

    # What is worked out

    @property
    def current(self) -> int | None:
        """Which of the chosen losses is worked out; None where there is none."""
        count = len(self._document.result.outcomes)
        return min(self._wanted, count - 1) if count else None

    @Slot(int)
    @Slot(object)
    def choose(self, place: int) -> None:
        """Work out another of the chosen losses."""
        self._wanted = max(place, 0)
        self.refresh()

    def _work_out(self) -> Worked:
        current, document = self.current, self._document
        if current is None:
            return Worked("No loss is chosen yet.")
        outcome, row = document.result.outcomes[current], document.focus[0]
        sample = document.study.sample_name(row)
        if outcome.refusal is None:
            heading = f"How {self._number(outcome, row)} comes about: sample {sample},"
            lines = lines_of(outcome, row, document.computing)
        else:
            heading, lines = f"No number for sample {sample}:", (Line("", outcome.refusal),)
        accent = style.theme().loss(outcome.choice.colour).name()
        names = (f"{o.choice.entry.title}, {o.choice.profile}" for o in document.result.outcomes)
        return Worked(heading, lines, accent, tuple(names), current)

    def _number(self, outcome: Outcome, row: int) -> str:
        """Return the number that the lines lead to: the sample's, or that of the whole batch."""
        if outcome.chain.finish is None:
            return text.number(float(outcome.rows(row, row + 1).statistics[0, 0]))
        return "the number" if self._document.computing else text.number(float(outcome.value or 0))

    # Showing it

    @Slot()
    def refresh(self) -> None:
        """Show the document's result soon, if it can be seen."""
        self._stale = True
        if self.isVisible():
            self.pace.ask()

    def settle(self) -> None:
        """Show the document's result now, and typeset, if it can be seen."""
        if not self.isVisible():
            return
        for _ in self._import:
            pass
        plain = formulas.loaded() and not all(look.typeset for look in self.reader.looks)
        if self._stale or plain or not self.pace.idle:
            self.pace.now()

    def _round(self) -> Iterator[None]:
        """Work out what is to be shown, make its formulas one after the other, and show it."""
        self._stale = False
        worked, typeset = self._work_out(), formulas.loaded()
        looks = tuple(Look.of(line, worked.accent, typeset) for line in worked.lines)
        yield
        for asked in (asked for look in looks if typeset for asked in look.wanted()):
            known = formulas.formula.cache_info().misses
            formulas.formula(*asked)
            if formulas.formula.cache_info().misses > known:
                yield
        self._show(worked)
        self.reader.show_looks(looks)

    def _show(self, worked: Worked) -> None:
        self._worked = worked
        if worked.heading != self.heading.text():
            self.heading.setText(worked.heading)
        self.chooser.setVisible(bool(worked.names))
        if worked.names:
            options = [Option(place, name) for place, name in enumerate(worked.names)]
            self.chooser.offer(options, worked.current)

    @Slot()
    def _load(self) -> None:
        """Import ziamath, step by step."""
        if next(self._import, self) is self:
            self._waiting = False
            self._loading.stop()
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.pace.now()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._waiting:
            # Anew with each paint: first come the plots, and whoever edits is not kept waiting.
            self._loading.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if not hasattr(self, "pace"):
            return
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            # Ink of the former theme would vanish on the ground of this one.
            self.pace.now()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.refresh()

    # Taking it elsewhere

    def _chosen(self) -> tuple[Line, ...]:
        """Return the lines to copy, as the document is now."""
        if self._stale or not self.pace.idle:
            self.pace.now()
        return self.reader.chosen()

    @Slot()
    def _copy_text(self) -> None:
        QApplication.clipboard().setText(copies.as_text(self._chosen()))

    @Slot()
    def _copy_latex(self) -> None:
        QApplication.clipboard().setText(copies.as_latex(self._chosen()))

    @Slot()
    def _copy_markdown(self) -> None:
        lines, worked = self._chosen(), self._worked
        name = worked.names[worked.current] if worked.names else ""
        QApplication.clipboard().setText(copies.as_markdown(f"{worked.heading} {name}".strip(), lines))
