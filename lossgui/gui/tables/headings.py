"""Names and order of classes and samples, changed where they stand: in the headers of a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from lossgui.core.study import Study
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.tables import words
from lossgui.gui.tables.model import HORIZONTAL, VERTICAL
from lossgui.gui.tables.view import NumbersView

LEAST_WIDTH = 18 * style.GRID
ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class NameEditor(QLineEdit):
    """A line over a header in which a name is typed.

    Attributes
    ----------
    done
        What was named, (orientation, section), and the name that was typed; not sent after Escape.
    """

    done = Signal(object, int, str)

    def __init__(self, orientation: Qt.Orientation, section: int, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._of = orientation, section
        self._open = True
        self.setProperty("role", "cell")
        self.setFrame(False)
        style.dress(self, style.BODY)
        self.setAccessibleName(f"Name of {'class' if orientation == HORIZONTAL else 'sample'} {name}")
        self.setAccessibleDescription("Enter keeps the name, Escape leaves the old one.")
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close(False)
        elif event.key() in ENDS:
            self._close(True)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        # Tab ends the name as Enter does; it is no way out of the table.
        self._close(True)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._close(True)

    def _close(self, keep: bool) -> None:
        if not self._open:
            return
        self._open = False
        table = self.parentWidget()
        if table is not None and self.hasFocus():
            table.setFocus()
        self.hide()
        self.deleteLater()
        if keep:
            self.done.emit(*self._of, self.text())


class Headings(QObject):
    """Lets names be typed into the headers of a table, and its sections be dragged.

    Parameters
    ----------
    actions
        The context menu of the header of columns, and that of rows.
    """

    def __init__(
        self,
        document: Document,
        table: NumbersView,
        actions: tuple[Sequence[QAction], Sequence[QAction]],
    ) -> None:
        super().__init__(table)
        self._document, self._table, self._actions = document, table, actions
        columns, rows = table.columns_header, table.rows_header
        table.renamed.connect(self.rename)
        columns.renaming.connect(self.rename_class)
        rows.renaming.connect(self.rename_sample)
        columns.dropped.connect(self.move_class)
        rows.dropped.connect(self.move_sample)
        columns.asked.connect(self._ask_class)
        rows.asked.connect(self._ask_sample)

    # Names

    @Slot(int)
    def rename_class(self, column: int) -> None:
        """Let the name of a class be typed."""
        self.rename(HORIZONTAL, column)

    @Slot(int)
    def rename_sample(self, row: int) -> None:
        """Let the name of a sample be typed."""
        self.rename(VERTICAL, row)

    @Slot(object, int)
    def rename(self, orientation: Qt.Orientation, section: int) -> None:
        """Let the name of a column or of a row be typed."""
        table, study = self._table, self._document.study
        columns = orientation == HORIZONTAL
        if not (table.columns_header if columns else table.rows_header).can_move(section):
            return
        current = table.currentIndex()
        place = (max(0, current.row()), section) if columns else (section, max(0, current.column()))
        table.scrollTo(table.numbers.index(*place))
        name = study.classes[section] if columns else study.sample_name(section)
        editor = NameEditor(orientation, section, name, table)
        editor.setAlignment(Qt.AlignmentFlag.AlignRight if columns else Qt.AlignmentFlag.AlignLeft)
        editor.setGeometry(self._rect(orientation, section))
        editor.done.connect(self._name)
        editor.show()
        editor.setFocus()

    def _rect(self, orientation: Qt.Orientation, section: int) -> QRect:
        """Return where the name of a section is typed: there, and over its neighbours if it is narrow."""
        table = self._table
        if orientation == VERTICAL:
            header = table.rows_header
            top = header.y() + header.sectionViewportPosition(section)
            return QRect(header.x(), top, max(header.width(), LEAST_WIDTH), header.sectionSize(section))
        header = table.columns_header
        width = max(header.sectionSize(section), LEAST_WIDTH)
        right = header.x() + header.sectionViewportPosition(section) + header.sectionSize(section)
        return QRect(max(header.x(), right - width), header.y(), width, header.height())

    @Slot(object, int, str)
    def _name(self, orientation: Qt.Orientation, section: int, name: str) -> None:
        study = self._document.study
        if section >= (len(study.classes) if orientation == HORIZONTAL else study.samples):
            return
        if orientation == HORIZONTAL:
            what = f"Class {words.name_of(study, section)}"
            edited = partial(study.with_class_name, section, name)
        else:
            what = f"Sample {study.sample_name(section)}"
            edited = partial(study.with_sample_name, section, name)
        rect = self._rect(orientation, section)
        reason = self._document.attempt(f"{what} is called {name.strip()} now", edited)
        if reason is not None:
            self._table.say_in(rect, reason)

    # Order

    @Slot(int, int)
    def move_class(self, old: int, new: int) -> None:
        """Move a class to another column."""
        study, row = self._document.study, self._document.focus[0]
        if not max(old, new) < len(study.classes):
            return  # an undo took it away while it was dragged
        text = moved_class(study, old, new)
        if self._document.attempt(text, partial(study.with_class_moved, old, new)) is None:
            self._document.focus_on(row, new)

    @Slot(int, int)
    def move_sample(self, old: int, new: int) -> None:
        """Move a sample to another row."""
        study, column = self._document.study, self._document.focus[1]
        if not max(old, new) < study.samples:
            return
        text = moved_sample(study, old, new)
        if self._document.attempt(text, partial(study.with_sample_moved, old, new)) is None:
            self._document.focus_on(new, column)

    # Menus

    @Slot(int, QPoint)
    def _ask_class(self, column: int, at: QPoint) -> None:
        self._table.selectColumn(column)
        self._ask(self._actions[0], at)

    @Slot(int, QPoint)
    def _ask_sample(self, row: int, at: QPoint) -> None:
        self._table.selectRow(row)
        self._ask(self._actions[1], at)

    def _ask(self, actions: Sequence[QAction], at: QPoint) -> None:
        self._table.setFocus()
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(list(actions))
        menu.popup(at)


def moved_class(study: Study, old: int, new: int) -> str:
    """Return what moving a class does, in words."""
    return f"Moved class {words.name_of(study, old)} to place {new + 1:,} of {len(study.classes):,}"


def moved_sample(study: Study, old: int, new: int) -> str:
    """Return what moving a sample does, in words."""
    name, flattened = study.sample_name(old), words.flattened(study)
    return f"Moved sample {name} to place {new + 1:,} of {study.samples:,}{flattened}"
