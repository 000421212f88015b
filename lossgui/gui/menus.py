"""The menus of the window: which command stands where, and its keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from lossgui.files import examples
from lossgui.gui import icons, style
from lossgui.gui.plots import PLOTS

if TYPE_CHECKING:
    from lossgui.gui.window import MainWindow

LARGER = 1.1
"""The factor of a step of zoom."""


class Menus(QObject):
    """Fills the window's menu bar.

    Attributes
    ----------
    undo, redo, theme, leave_projector, about
        Commands that the window shows elsewhere too, or switches.
    edit
        The menu to which the commands of losses are added.
    examples
        The menu of examples, filled when it is first opened.
    copies
        The menu that copies the working, filled when that is made.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        bar = window.menuBar()
        file = bar.addMenu("&File")
        window.filing.fill(file)
        window.exporting.fill(file)
        self._add(file, "&Quit", window.close, "Ctrl+Q")
        self._fill_edit(bar.addMenu("&Edit"))
        view = bar.addMenu("&View")
        self._fill_view(view)
        self.examples = bar.addMenu("E&xamples")
        self.examples.aboutToShow.connect(self._fill_examples)
        self.about = self._add(bar.addMenu("&Help"), "&About Loss Explorer", window.about)
        # A menu bar that is hidden, as on the projector page, takes the keys of its commands with it.
        window.addActions([self.undo, self.redo, *_with_keys(file), *_with_keys(view)])
        for action, name in ((self.undo, "undo"), (self.redo, "redo"), (self.theme, "theme")):
            action.setIcon(icons.icon(name))

    def _fill_edit(self, menu: QMenu) -> None:
        window, stack = self._window, self._window.document.stack
        self.undo = stack.createUndoAction(window, "&Undo")
        self.undo.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
        self.redo = stack.createRedoAction(window, "&Redo")
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        menu.addActions([self.undo, self.redo])
        window.tables.fill_menu(menu)
        menu.addSeparator()
        self.edit = menu
        self.copies = menu.addMenu("Copy &working")

    def _fill_view(self, menu: QMenu) -> None:
        window = self._window
        for place, entry in enumerate(PLOTS):
            self._add(menu, entry.title, partial(window.plots.setCurrentIndex, place), f"Ctrl+{place + 1}")
        menu.addSeparator()
        self._add(menu, "&Projector", window.projection.toggle, "F5")
        self.leave_projector = QAction("Leave the projector", window)
        self.leave_projector.setShortcut(QKeySequence("Esc"))
        self.leave_projector.setEnabled(False)
        self.leave_projector.triggered.connect(window.projection.end)
        window.addAction(self.leave_projector)
        self._add(menu, "&Larger text", partial(_zoom, LARGER), "Ctrl++", "Ctrl+=")
        self._add(menu, "&Smaller text", partial(_zoom, 1 / LARGER), "Ctrl+-")
        self._add(menu, "&Usual text", partial(_zoom, 0.0), "Ctrl+0")
        menu.addAction(window.tables.shade)
        self.theme = self._add(menu, "Light or &dark", window.toggle_theme, "Ctrl+Shift+D")

    def _add(self, menu: QMenu, text: str, slot: object, *keys: str) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(slot)
        menu.addAction(action)
        return action

    @Slot()
    def _fill_examples(self) -> None:
        if not self.examples.isEmpty():
            return
        groups: dict[str, QMenu] = {}
        for example in examples.examples():
            if example.group not in groups:
                groups[example.group] = self.examples.addMenu(example.group.replace("&", "&&"))
            action = groups[example.group].addAction(example.title.replace("&", "&&"))
            action.triggered.connect(partial(self._window.open_example, example.name))


def _with_keys(menu: QMenu) -> list[QAction]:
    return [action for action in menu.actions() if action.shortcuts()]


def _zoom(factor: float, checked: bool = False) -> None:
    """Zoom all text by a factor; by 0 back to its usual size."""
    style.zoom_to(style.zoom() * factor if factor else 1.0)
