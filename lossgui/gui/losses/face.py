"""The face of a card: what one chosen loss looks like. It shows; `Card` edits."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from lossgui.core import text
from lossgui.core.chain import Chain
from lossgui.core.choice import Choice
from lossgui.core.evaluate import Outcome, can_be_exact
from lossgui.core.profiles import PROFILES
from lossgui.core.reductions import words_of
from lossgui.gui import style
from lossgui.gui.icons import icon
from lossgui.gui.losses.chips import Chips, conventions
from lossgui.gui.losses.hero import Hero
from lossgui.gui.losses.parameters import ParameterEditors
from lossgui.gui.losses.stripe import Stripe
from lossgui.gui.menu_button import MenuButton, Option
from lossgui.gui.tips import tip

WHOLE_BATCH = ("whole batch", "One number for all samples together; there is nothing to reduce.")

EXACT = "Computed with twice the digits of float64 and rounded once: right to the last digit."
FAST = "Computed in float64, rounded at every step; the exact number takes its place in a moment."


def reduced(kind: str, samples: int, entries: int = 0) -> str:
    """Return what a kind of reduction does to so many samples, in a chip's words.

    Parameters
    ----------
    entries
        How many of them there are, where a mean is that of single entries; else 0.
    """
    of_samples = f"of {text.counted(samples, 'sample')}"
    return {
        "mean": f"mean of {entries:,} entries" if entries else f"mean {of_samples}",
        "sum": f"sum {of_samples}",
        "weighted mean": "÷ sum of weights",
        "none": "each sample by itself",
        "mean of rows": f"÷ {text.counted(samples, 'sample')}",
        "mean of the weighted": "÷ number of weights ≠ 0",
    }[kind]


def reductions_of(choice: Choice) -> list[Option]:
    """Return the reductions of a loss, by their names; the profile's own come first."""
    own = choice.entry.own_reductions(choice.profile)
    lacking = f"{choice.profile} has no such reduction; as the textbook has it."
    return [
        Option(name, f"{name}: {words_of(each.kind, choice.by_entry)}", "" if name in own else lacking)
        for name, each in choice.entry.reductions(choice.profile).items()
    ]


def chain_of(outcome: Outcome) -> Chain:
    """Return the stages, also where class weights do not go with the loss."""
    try:
        return outcome.chain
    except ValueError:
        return outcome.choice.entry.chain(outcome.choice.profile, outcome.choice.parameters)


def _put(label: QLabel, words: str) -> None:
    if words != label.text():
        label.setText(words)


def _label(size: style.Size, bold: bool = False, role: str = "") -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    style.dress(label, size, bold)
    if role:
        label.setProperty("role", role)
    return label


def _aside(outcome: Outcome, row: int) -> tuple[str, str]:
    """Return what is said beside a number, and why."""
    if outcome.refusal is not None:
        return "", ""
    said = [f"sample {row + 1}"] if outcome.choice.unreduced else []
    if not can_be_exact(outcome.choice):
        return "".join(said), ""
    exact = outcome.exact
    return " · ".join([*said, "exact" if exact else "fast"]), EXACT if exact else FAST


class State(NamedTuple):
    """What a card shows besides its number: why there is none, or what is said beside it, and why."""

    refusal: str
    waiting: bool
    aside: str
    why: str


class Face(QFrame):
    """A card with all its parts; a result updates them in place."""

    def __init__(self) -> None:
        super().__init__()
        self._chain: Chain | None = None
        self._choice: Choice | None = None
        self._state: State | None = None
        self._conventions: tuple[Chain, Choice, str, int, int] | None = None
        self._title = ""
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.stripe = Stripe()
        self.title = _label(style.BODY, bold=True)
        self.profile = MenuButton("Computed as")
        self.hero = Hero()
        self.warning = _label(style.BODY, role="warning")
        self.aside = _label(style.SMALL, role="quiet")
        self.aside.setWordWrap(False)
        self.notes = _label(style.SMALL, role="note")
        self.formula = _label(style.BODY, role="quiet")
        style.dress(self.formula, style.BODY, formulas=True)
        self.reduction = MenuButton("Reduction")
        self.reduction.setProperty("role", "chip")
        self.chips = Chips(self.reduction)
        self.parameters = ParameterEditors()
        self._make_menu()
        self._lay_out()

    def _make_menu(self) -> None:
        self.menu = QMenu(self)
        self.formula_action = self.menu.addAction("Change the formula…")
        self.copy_action = self.menu.addAction("Copy number")
        self.about_action = self.menu.addAction("About this loss")
        self.menu.addSeparator()
        self.remove_action = self.menu.addAction("Remove")
        # Shown here, but taken by the card, while it has the focus: the tables have a Delete of their own.
        self.remove_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        self.remove_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.more = QToolButton()
        self.more.setIcon(icon("menu", "quiet"))
        self.more.setToolTip("More")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.more.setMenu(self.menu)

    def _lay_out(self) -> None:
        top, right = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignRight
        first = QHBoxLayout()
        first.addWidget(self.title, 1, Qt.AlignmentFlag.AlignVCenter)
        first.addWidget(self.more, 0, top)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.profile, 0, right)
        beside.addWidget(self.aside, 0, right)
        number = QHBoxLayout()
        number.setSpacing(style.GRID)
        number.addWidget(self.hero, 1)
        number.addLayout(beside)
        column = QVBoxLayout()
        column.setContentsMargins(0, 6, 0, style.GRID + 4)
        column.setSpacing(2)
        self.aside.setContentsMargins(4, 0, 4, 0)
        column.addLayout(first)
        column.addLayout(number)
        for part in (self.warning, self.notes, self.formula):
            column.addWidget(part)
        column.addSpacing(style.GRID // 2)
        column.addWidget(self.chips)
        column.addWidget(self.parameters)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, style.GRID - 2, 0)
        row.setSpacing(2)
        row.addWidget(self.stripe)
        row.addLayout(column, 1)

    def focusables(self) -> list[QWidget]:
        """Return what the Tab key goes through, in order."""
        editors = self.parameters.focusables()
        reduction = [] if self.reduction.isHidden() else [self.reduction]
        return [self, self.stripe, self.more, self.profile, *reduction, *editors]

    @property
    def name(self) -> str:
        """What the card is called: loss and profile."""
        return f"{self._title}, {self.profile.text().removesuffix(' ▾')}"

    def show_outcome(self, outcome: Outcome, computing: bool, row: int, decimals: int) -> None:
        """Show one loss of a result; nothing is touched that stays the same.

        Parameters
        ----------
        computing
            Whether the headline is not known yet.
        row
            The sample in focus.
        decimals
            Of the number.
        """
        if outcome.choice != self._choice:
            self._choice = outcome.choice
            self._show_choice(outcome.choice)
        self._show_number(outcome, computing, row, decimals)
        _put(self.notes, "\n".join(outcome.notes))
        self.notes.setVisible(bool(outcome.notes))
        self._show_conventions(outcome)

    def _show_choice(self, choice: Choice) -> None:
        """Show what does not depend on the numbers."""
        entry = choice.entry
        self._title = entry.title
        # Titles break between words only.
        _put(self.title, entry.title.replace("-", "\u2011"))
        _put(self.formula, entry.plain)
        self.formula.setToolTip(tip(entry.words))
        self.stripe.show_colour(choice.colour, entry.title)
        profiles = [Option(name, name, PROFILES[name].words) for name in entry.profiles]
        self.profile.offer(profiles, choice.profile)
        self.parameters.show_choice(choice)
        self.formula_action.setVisible(choice.own is not None)

    def _show_number(self, outcome: Outcome, computing: bool, row: int, decimals: int) -> None:
        refusal, alone = outcome.refusal, outcome.choice.unreduced
        waiting = computing and not alone and refusal is None
        state = State(refusal or "", waiting, *(("computing", "") if waiting else _aside(outcome, row)))
        if state != self._state:
            self._state = state
            self._show_state(state)
        if not state.refusal and not waiting:
            self.hero.show_value(outcome.headline(row), self.name, decimals)
        self._call(state.refusal or ("computing" if waiting else f"{self.hero.text()} {state.aside}".strip()))

    def _show_state(self, state: State) -> None:
        """Show what stands instead of the number, or beside it."""
        self.hero.setVisible(not state.refusal and (not state.waiting or self.hero.value is not None))
        self.hero.setEnabled(not state.waiting)
        self.warning.setVisible(bool(state.refusal))
        _put(self.warning, state.refusal)
        _put(self.aside, state.aside)
        self.aside.setToolTip(tip(state.why) if state.why else "")
        self.aside.setAccessibleDescription(state.why)
        self.aside.setVisible(bool(state.aside))
        self.copy_action.setEnabled(not state.refusal and not state.waiting)

    def _call(self, words: str) -> None:
        name = f"{self.name}: {words}"
        if name != self.accessibleName():
            self.setAccessibleName(name)
            self.more.setAccessibleName(f"More about {self.name}")

    def _show_conventions(self, outcome: Outcome) -> None:
        samples, columns = outcome.study.counted, outcome.study.predictions.columns
        chain, kind = chain_of(outcome), outcome.reduces_to
        known = chain, outcome.choice, kind, samples, columns
        if known == self._conventions:
            return
        self._conventions = known
        batch = () if kind else (WHOLE_BATCH,)
        if chain is not self._chain:
            self._chain = chain
            self.chips.show_chips((*conventions(chain), *batch))
        entries = samples * columns if chain.elementwise else 0
        self._show_reduction(outcome.choice, reduced(kind, samples, entries) if kind else "")

    def _show_reduction(self, choice: Choice, words: str) -> None:
        name, before = choice.reduction, self.reduction.text()
        if name is not None:
            options = reductions_of(choice)
            self.reduction.offer(options, name, words)
            self.reduction.setToolTip(tip(next(each.text for each in options if each.key == name)))
        if self.reduction.isHidden() != (name is None) or self.reduction.text() != before:
            self.reduction.setVisible(name is not None)
            self.chips.arrange()
