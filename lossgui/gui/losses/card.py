"""A card of the column of losses: what can be done to one chosen loss."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication

from lossgui.core import text
from lossgui.core.choice import Choice
from lossgui.core.own import Own
from lossgui.core.parameter import Value
from lossgui.gui.document import Document
from lossgui.gui.losses.face import Face


class Card(Face):
    """A chosen loss that can be changed, copied and removed.

    Parameters
    ----------
    document
        What is shown and edited.
    place
        Which of the study's choices.
    """

    selected = Signal(int)
    stepped = Signal(int, int)

    def __init__(self, document: Document, place: int) -> None:
        super().__init__()
        self._document, self.place = document, place
        self.stripe.picked.connect(self._recolour)
        self.profile.picked.connect(self._set_profile)
        self.reduction.picked.connect(self._set_reduction)
        self.parameters.edited.connect(self._set_parameter)
        self.formula_action.triggered.connect(self.change_formula)
        self.copy_action.triggered.connect(self.copy_number)
        self.about_action.triggered.connect(self.tell_about)
        self.remove_action.triggered.connect(self.remove)

    def choice(self) -> Choice:
        """Return the choice on show."""
        return self._document.study.choices[self.place]

    def _edit(self, words: str, choice: Choice, merge: object | None = None) -> None:
        if choice != self.choice():
            study = self._document.study.with_choice(choice, self.place)
            self._document.edit(f"{choice.entry.title}: {words}", study, merge)

    @Slot(object)
    def _recolour(self, index: int) -> None:
        self._edit("another colour", replace(self.choice(), colour=index))

    @Slot(object)
    def _set_profile(self, profile: str) -> None:
        self._edit(profile, self.choice().with_profile(profile))

    @Slot(object)
    def _set_reduction(self, reduction: str) -> None:
        self._edit(reduction, replace(self.choice(), reduction=reduction))

    @Slot(str, object, object)
    def _set_parameter(self, name: str, value: Value, merge: object | None) -> None:
        title = self.choice().described(name).title
        words = ("on" if value else "off") if isinstance(value, bool) else text.exact(value)
        self._edit(f"{title} {words}", self.choice().with_parameter(name, value), merge)

    @Slot()
    def change_formula(self) -> None:
        """Open the editor of the formula, if the loss is a person's own."""
        if self.choice().own is not None:
            from lossgui.gui.losses.formula_editor import FormulaEditor

            editor = FormulaEditor(self._document.study, self.choice(), parent=self)
            editor.written.connect(self._set_formula)
            editor.open()

    @Slot(object)
    def _set_formula(self, own: Own) -> None:
        self._edit("another formula", self.choice().with_formula(own))

    @Slot()
    def remove(self) -> None:
        """Take the loss out of the study."""
        title = self.choice().entry.title
        self._document.edit(f"Removed {title}.", self._document.study.without_choice(self.place))

    @Slot()
    def tell_about(self) -> None:
        """Show what there is to know of the loss."""
        from lossgui.gui.losses.about import AboutDialog

        AboutDialog(self.choice().entry, self).open()

    @Slot()
    def copy_number(self) -> None:
        """Put the number on the clipboard, all its digits."""
        if self.copy_action.isEnabled() and self.hero.value is not None:
            QApplication.clipboard().setText(text.exact(self.hero.value))

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.hasFocus():
            self.remove()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hasFocus():
            self.change_formula()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_number()
        elif event.key() in steps and not event.modifiers():
            self.stepped.emit(self.place, steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.selected.emit(self.place)
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu.popup(event.globalPos())
