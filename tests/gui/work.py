"""Work in a window and on plain lists at once, and what must be the same after every step."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from gui.person import Person
from gui.plain.history import History
from gui.plain.losses import headline, is_known
from gui.plain.study import TITLES, Plain, Refused
from gui.starts import starts, study_of
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant
from PySide6.QtCore import Qt

from lossgui import Choice
from lossgui.gui.losses.card import Card

MOST = 6
"""Samples and classes."""


def close(a: Any, b: Any) -> bool:
    """Tell whether numbers, or lists of them, are the same up to rounding."""
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(close, a, b))
    if isinstance(a, float | int) and isinstance(b, float | int):
        both_nan = math.isnan(a) and math.isnan(b)
        return both_nan or math.isclose(a, b, rel_tol=1e-11, abs_tol=1e-11)
    return bool(a == b)


class Work(RuleBasedStateMachine):
    """A window, and the history that it should have.

    Parameters
    ----------
    trouble
        Exceptions and messages of Qt so far.
    """

    def __init__(self, person: Person, folder: Path, trouble: Callable[[], list[str]]) -> None:
        super().__init__()
        self.person, self.window, self.folder, self.trouble = person, person.window, folder, trouble
        self.files: dict[Path, Plain] = {}
        self.path: Path | None = None
        self.rescale, self._before = True, len(trouble())

    @initialize(start=starts())
    def begin(self, start: Plain) -> None:
        self.history = History(start)
        self.person.look()
        self.person.begin(study_of(start))
        self.window.document.rescale = True

    @property
    def now(self) -> Plain:
        return self.history.study

    def attempt(self, edited: Callable[[], Plain]) -> None:
        """Edit the lists, unless they refuse."""
        with suppress(Refused):
            self.history.edit(edited())

    def place(self, which: str, row: int, column: int) -> tuple[int, int] | None:
        """Return a place in a table; None where there is no such table."""
        rows = self.now.tables[which]
        return None if rows is None else (row % len(rows), column % len(rows[0]))

    def room(self, which: str, row: int, column: int) -> tuple[int, int]:
        """Return how many rows and columns there are from a place on."""
        rows = self.now.rows(which)
        return len(rows) - row, len(rows[0]) - column

    # What must be the same

    @invariant()
    def all_is_the_same(self) -> None:
        assert self.trouble()[self._before :] == []
        self._tables()
        self._numbers()
        self._history()
        self._star()

    def _tables(self) -> None:
        now, person = self.now, self.person
        for which, rows in now.tables.items():
            assert close(person.numbers(which), rows), (which, person.numbers(which), rows)
        assert person.headings(Qt.Orientation.Horizontal) == now.classes
        assert person.headings(Qt.Orientation.Vertical) == [now.name(row) for row in range(now.samples)]
        assert self.window.tables.encoding.text() == f"{TITLES[now.encoding]} ▾"
        assert self.window.tables.kind.text() == f"{now.kind} ▾"

    def _numbers(self) -> None:
        cards = self.window.losses.cards
        assert len(cards) == len(self.now.choices)
        for card, choice in zip(cards, self.now.choices, strict=True):
            assert card.choice() == Choice(**vars(choice)), choice
            assert card.profile.text() == f"{choice.profile} ▾"
            assert card.hero.isHidden() != card.warning.isHidden()
            if is_known(choice):
                expected = headline(self.now, choice, self.window.document.focus[0])
                assert close(shown_by(card), expected), (choice, shown_by(card), expected)

    def _history(self) -> None:
        history, stack, menus = self.history, self.window.document.stack, self.window.menus
        assert (stack.index(), stack.count()) == (history.done, len(history.steps))
        if history.done:
            last = history.steps[history.done - 1]
            last.text = last.text or stack.undoText()
            assert last.text and last.text == stack.undoText()
        assert menus.undo.isEnabled() == stack.canUndo() and stack.undoText() in menus.undo.text()
        assert stack.redoText() == (history.steps[history.done].text if stack.canRedo() else "")
        assert menus.redo.isEnabled() == stack.canRedo()

    def _star(self) -> None:
        window, clean = self.window, self.history.clean
        name = self.path.name if self.path else "Untitled"
        assert window.windowTitle() == f"{name}[*]"
        assert window.isWindowModified() is not clean
        assert window.title.text() == (name if clean else f"{name}*")

    def teardown(self) -> None:
        """Undo everything, and the first study is there again."""
        if hasattr(self, "history"):
            for _ in range(self.history.done):
                self.window.menus.undo.trigger()
                self.history.undo()
            self.person.look()
            self.all_is_the_same()

    def holds(self, path: Path, plain: Plain) -> None:
        """Look into a saved file."""
        study = json.loads(path.read_text(encoding="utf-8"))["study"]
        for which, rows in plain.tables.items():
            rows = rows if which in ("labels", "predictions") else flat(rows)
            assert close(study.get(which), rows), which
        names = [[row, name] for row, name in enumerate(plain.names) if name]
        assert (study["classes"], study.get("sample_names", [])) == (plain.classes, names)
        losses = [choice["loss"] for choice in study.get("choices", [])]
        assert losses == [choice.loss for choice in plain.choices]


def flat(rows: list[list[float]] | None) -> list[float] | None:
    return None if rows is None else [value for row in rows for value in row]


def shown_by(card: Card) -> float | None:
    """Return the number that a card shows; None where it shows a sentence instead."""
    return None if card.hero.isHidden() else card.hero.value
