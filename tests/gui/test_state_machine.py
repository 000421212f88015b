"""A window that is worked in at random, compared after every step with the same work on plain lists."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from gui.person import Person, pick
from gui.plain import meaning
from gui.plain.losses import KNOWN
from gui.plain.study import Chosen
from gui.starts import chosen, under
from gui.work_in_tables import PLACES, WorkInTables
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test
from pytestqt.exceptions import capture_exceptions, format_captured_exceptions

from lossgui import LOSSES
from lossgui.core.parameter import Parameter
from lossgui.gui.tables import scrub
from lossgui.gui.window import MainWindow

FILES = st.sampled_from(["a.lossgui", "b.lossgui"])
SHARES = st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.5, -1.0])
MOST_LOSSES = 4
MUCH = settings(
    max_examples=200,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # a busy machine is no fault of the code
)
has_losses = precondition(lambda self: self.now.choices)


class Machine(WorkInTables):
    """All that a person does: in the tables, with losses and files, back and forth."""

    # Losses

    @rule(loss=st.sampled_from(list(KNOWN)) | st.sampled_from(list(LOSSES)))
    @precondition(lambda self: len(self.now.choices) < MOST_LOSSES)
    def add_loss(self, loss: str) -> None:
        self.person.add_loss(LOSSES[loss].title)
        used = {choice.colour for choice in self.now.choices}
        choice = chosen(loss, next(colour for colour in range(MOST_LOSSES) if colour not in used))
        if self.now.kind == "logits" and choice.parameters[:1] == (("from_logits", False),):
            choice = replace(choice, parameters=(("from_logits", True), *choice.parameters[1:]))
        self.attempt(lambda: meaning.with_choice(self.now, len(self.now.choices), choice))

    @rule(at=PLACES)
    @has_losses
    def remove_loss(self, at: int) -> None:
        at %= len(self.now.choices)
        self.window.losses.cards[at].remove_action.trigger()
        self.attempt(lambda: meaning.without_choice(self.now, at))

    @rule(at=PLACES, place=PLACES)
    @has_losses
    def change_profile(self, at: int, place: int) -> None:
        at %= len(self.now.choices)
        profiles = LOSSES[self.now.choices[at].loss].profiles
        profile = profiles[place % len(profiles)]
        pick(self.window.losses.cards[at].profile, profile)
        self._change(at, under(self.now.choices[at], profile))

    @rule(at=PLACES, place=PLACES)
    @has_losses
    def change_reduction(self, at: int, place: int) -> None:
        at %= len(self.now.choices)
        choice = self.now.choices[at]
        offered = list(LOSSES[choice.loss].reductions(choice.profile))
        if offered:
            reduction = offered[place % len(offered)]
            pick(self.window.losses.cards[at].reduction, reduction)
            self._change(at, replace(self.now.choices[at], reduction=reduction))

    @rule(at=PLACES, colour=PLACES)
    @has_losses
    def change_colour(self, at: int, colour: int) -> None:
        at %= len(self.now.choices)
        pick(self.window.losses.cards[at].stripe, colour)
        self._change(at, replace(self.now.choices[at], colour=colour))

    @rule(at=PLACES, which=PLACES, share=SHARES)
    @has_losses
    def change_parameter(self, at: int, which: int, share: float) -> None:
        """Choose a parameter between its ends, or beyond, which is refused."""
        at %= len(self.now.choices)
        choice = self.now.choices[at]
        parameters = LOSSES[choice.loss].form(choice.profile).parameters
        if parameters:
            parameter = parameters[which % len(parameters)]
            value = between(parameter, share)
            self.person.set_parameter(at, parameter.name, value)
            if parameter.low <= value <= parameter.high:
                changed = {**dict(choice.parameters), parameter.name: value}
                self._change(at, replace(choice, parameters=tuple(changed.items())))

    def _change(self, at: int, choice: Chosen) -> None:
        self.attempt(lambda: meaning.with_choice(self.now, at, choice))

    # Back and forth

    @rule()
    def undo(self) -> None:
        self.window.menus.undo.trigger()
        self.history.undo()

    @rule()
    def redo(self) -> None:
        self.window.menus.redo.trigger()
        self.history.redo()

    # Files

    @rule(name=FILES)
    def save_as(self, name: str) -> None:
        self.path = self.folder / name
        self.person.save_as(self.path)
        self._saved()

    @rule()
    @precondition(lambda self: self.path)
    def save(self) -> None:
        assert self.window.filing.save()
        self._saved()

    def _saved(self) -> None:
        assert self.path is not None
        self.files[self.path] = self.now
        self.history.saved = self.history.done
        self.holds(self.path, self.now)

    @rule(name=FILES)
    def open(self, name: str) -> None:
        path = self.folder / name
        if path in self.files:
            self.person.open(path)
            self.path = path
            self.history.open(self.files[path])

    # Looking

    @rule(tab=PLACES, row=PLACES, column=PLACES)
    def look_elsewhere(self, tab: int, row: int, column: int) -> None:
        self.window.plots.setCurrentIndex(tab % self.window.plots.count())
        self.window.document.focus_on(row, column)
        for command in ("shade", "select_all", "copy"):
            getattr(self.window.tables, command).trigger()


def between(parameter: Parameter, share: float) -> float | bool:
    """Return a value of a parameter that lies at a share of its range."""
    if isinstance(parameter.default, bool):
        return share > 0.5
    low, high = parameter.low, parameter.high
    value = low + share * (high - low) if math.isfinite(high - low) else parameter.default + share
    return float(round(value)) if parameter.whole else value


@pytest.fixture
def window(first_window: MainWindow, monkeypatch) -> MainWindow:
    monkeypatch.setattr(scrub, "BURST", 10**9)
    return first_window


@pytest.mark.timeout(900)
def test_work_at_random_comes_to_the_same_on_plain_lists(window, qtbot, qtlog, monkeypatch, tmp_path):
    person = Person(window, qtbot, monkeypatch)
    with capture_exceptions() as exceptions:

        def trouble() -> list[str]:
            said = [record.message for record in qtlog.records if not record.ignored]
            return said + [format_captured_exceptions([one]) for one in exceptions]

        run_state_machine_as_test(lambda: Machine(person, tmp_path, trouble), settings=MUCH)
