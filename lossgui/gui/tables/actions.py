"""All actions of the tables, by name, for menus, buttons and keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from lossgui.core.study import Study
from lossgui.gui.document import Document
from lossgui.gui.tables.command import OF_CELLS, OF_ORDER, OF_STUDIES, OF_VIEW, Command
from lossgui.gui.tables.commands import CellCommands
from lossgui.gui.tables.desk import Desk
from lossgui.gui.tables.headings import Headings
from lossgui.gui.tables.order_commands import OrderCommands
from lossgui.gui.tables.study_commands import CHECKED, StudyCommands
from lossgui.gui.tables.view import NumbersView

OF_CLASSES = ("rename_class", "move_left", "move_right", "remove_class")
OF_SAMPLES = ("rename_sample", "move_up", "move_down", "remove_sample")
MENU = (
    ("cut", "copy", "paste", "clear", "fill", "select_all"),
    ("add_sample", "add_class", "remove_sample", "remove_class"),
    ("weigh_samples", "weigh_classes", "mask_samples"),
    ("normalise", "softmax"),
)
"""The groups of the menu Edit; names and order have a menu of their own in it."""


class Exposed:
    """The actions as attributes, each called after its command."""

    cut: QAction
    copy: QAction
    paste: QAction
    clear: QAction
    fill: QAction
    select_all: QAction
    add_sample: QAction
    add_class: QAction
    remove_sample: QAction
    remove_class: QAction
    weigh_samples: QAction
    weigh_classes: QAction
    mask_samples: QAction
    normalise: QAction
    softmax: QAction
    rename_sample: QAction
    move_up: QAction
    move_down: QAction
    rename_class: QAction
    move_left: QAction
    move_right: QAction
    shade: QAction

    def fill_menu(self, menu: QMenu) -> None:
        """Add the commands to the menu Edit."""
        for names in MENU:
            menu.addSeparator()
            menu.addActions([getattr(self, name) for name in names])
            if "add_sample" in names:
                order = menu.addMenu("&Order and names")
                order.addActions([self.rename_sample, self.move_up, self.move_down])
                order.addSeparator()
                order.addActions([self.rename_class, self.move_left, self.move_right])

    def expose(self, actions: Mapping[str, QAction]) -> None:
        """Take the actions as attributes."""
        for name, action in actions.items():
            setattr(self, name, action)


class Actions(QObject):
    """Makes the actions, and enables those that make sense.

    Parameters
    ----------
    tables
        Labels, predictions, class weights.
    panel
        Where the keys of the actions work.

    Attributes
    ----------
    by_name
        An action for each command.
    """

    def __init__(self, document: Document, tables: Sequence[NumbersView], panel: QWidget) -> None:
        super().__init__(panel)
        self._document = document
        self._desk = Desk(document, tables, panel)
        orders = OrderCommands(self._desk)
        groups: tuple[tuple[QObject, tuple[Command, ...]], ...] = (
            (CellCommands(self._desk), OF_CELLS),
            (StudyCommands(self._desk), OF_STUDIES),
            (orders, OF_ORDER),
            (self, OF_VIEW),
        )
        self.by_name = {
            command.name: command.action(panel, receiver) for receiver, group in groups for command in group
        }
        menus = self._named(OF_CLASSES), self._named(OF_SAMPLES)
        for table in tables:
            table.addActions(self._named([command.name for command in OF_CELLS]))
            orders.headings[table] = Headings(document, table, menus)

    def _named(self, names: Sequence[str]) -> list[QAction]:
        return [self.by_name[name] for name in names]

    def allow(self, study: Study, rows_off: bool) -> None:
        """Enable what makes sense for a study, and check what it has."""
        self._desk.show(study)
        self.by_name["normalise"].setEnabled(study.sums_to_one and rows_off)
        self.by_name["softmax"].setEnabled(study.kind != "probabilities")
        for name, which in CHECKED.items():
            self.by_name[name].setChecked(study.table(which) is not None)

    @Slot(bool)
    def shade(self, shaded: bool) -> None:
        """Shade cells by value, or not."""
        self._document.shaded = shaded
