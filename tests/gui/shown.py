"""Studies and panels that tests of the column of losses look at."""

from __future__ import annotations

from core.drawn import cases_of, drawn
from pytestqt.qtbot import QtBot

from lossgui import Choice, Study
from lossgui.core.loss import Loss
from lossgui.gui.losses import LossesPanel
from lossgui.gui.menu_button import MenuButton

LABELS, PREDICTIONS = [[0, 1, 0], [0, 0, 1]], [[0.05, 0.95, 0.0], [0.1, 0.8, 0.1]]


def study(*choices: Choice, kind: str = "probabilities") -> Study:
    return Study.of(LABELS, PREDICTIONS, kind=kind, classes=["cat", "dog", "<b>bird</b>"], choices=choices)


def fitting(entry: Loss, profile: str | None = None) -> Study:
    """Return a study that a loss has a number for under a profile; None: its first."""
    wanted = profile or entry.profiles[0]
    return drawn(next(case for case in cases_of(entry) if case.profile == wanted), samples=2)


def shown(qtbot: QtBot, widget: LossesPanel, width: int = 310) -> LossesPanel:
    qtbot.addWidget(widget)
    widget.resize(width, 800)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def activate(qtbot: QtBot, panel: LossesPanel) -> None:
    """Give the window the focus: without a window manager it does not come by itself."""
    panel.activateWindow()
    with qtbot.waitActive(panel):
        pass


def offered(button: MenuButton) -> list[str]:
    return [action.text() for action in button.menu().actions()]


def pick(button: MenuButton, words: str) -> None:
    next(action for action in button.menu().actions() if action.text() == words).trigger()
