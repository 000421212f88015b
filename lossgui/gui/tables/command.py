"""The commands of the tables: their words and keys."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

Keys = QKeySequence.StandardKey


@dataclass(frozen=True)
class Command:
    """A command: its text in a menu and on a button, its keys, and what it does in a sentence.

    Parameters
    ----------
    name
        The method that carries it out; where `checkable`, that method takes whether it is checked.
    """

    name: str
    text: str
    button: str
    keys: Keys | str
    tip: str
    checkable: bool = False

    def action(self, panel: QWidget, receiver: QObject) -> QAction:
        """Return an action whose keys work in a panel."""
        action = QAction(self.text, panel)
        action.setObjectName(self.name)
        action.setIconText(self.button)
        action.setShortcut(QKeySequence(self.keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setStatusTip(self.tip)
        action.setToolTip(self.tip)
        action.setCheckable(self.checkable)
        action.triggered.connect(getattr(receiver, self.name))
        panel.addAction(action)
        return action


OF_CELLS = (
    Command("cut", "Cu&t", "cut", Keys.Cut, "Copy the selected numbers, then set them to 0"),
    Command("copy", "&Copy", "copy", Keys.Copy, "Copy the selected numbers with all their digits"),
    Command("paste", "&Paste", "paste", Keys.Paste, "Paste a block of numbers at the current cell"),
    Command("clear", "C&lear", "clear", Keys.Delete, "Set the selected numbers to 0"),
    Command("fill", "F&ill down", "fill down", "Ctrl+D", "Copy the first selected row into those below it"),
    Command("select_all", "Select &all", "select all", Keys.SelectAll, "Select all numbers of the table"),
)
OF_STUDIES = (
    Command("add_sample", "Add a &sample", "+ sample", "Alt+Ins", "Add a sample after the last one"),
    Command("add_class", "A&dd a class", "+ class", "Alt+Shift+Ins", "Add a class after the last one"),
    Command("remove_sample", "Remo&ve samples", "− sample", "Alt+Del", "Remove the selected samples"),
    Command("remove_class", "Re&move classes", "− class", "Alt+Shift+Del", "Remove the selected classes"),
    Command("weigh_samples", "&Weigh samples", "weigh samples", "", "Give each sample a weight", True),
    Command("weigh_classes", "Wei&gh classes", "weigh classes", "", "Give each class a weight", True),
    Command("mask_samples", "Mas&k samples", "mask samples", "", "Leave samples out of every sum", True),
    Command("normalise", "&Normalise rows", "normalise rows", "", "Divide each row by its sum"),
    Command("softmax", "Apply so&ftmax", "softmax", "", "Make probabilities of each row of predictions"),
)
OF_ORDER = (
    Command("rename_sample", "Rename &sample", "rename", "Ctrl+F2", "Type another name for the sample"),
    Command("move_up", "Move &up", "move up", "Ctrl+Shift+Up", "Move the selected samples up by one"),
    Command(
        "move_down", "Move &down", "move down", "Ctrl+Shift+Down", "Move the selected samples down by one"
    ),
    Command("rename_class", "Rename &class", "rename", "Shift+F2", "Type another name for the class"),
    Command(
        "move_left", "Move &left", "move left", "Ctrl+Shift+Left", "Move the selected classes left by one"
    ),
    Command(
        "move_right",
        "Move &right",
        "move right",
        "Ctrl+Shift+Right",
        "Move the selected classes right by one",
    ),
)
OF_VIEW = (
    Command("shade", "Sha&de cells by value", "shade", "", "The larger a number, the darker its cell", True),
)
