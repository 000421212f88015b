"""How a number comes about: that of one sample, and from the samples that of the batch."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeySequence,
    QShowEvent,
    QTextCharFormat,
    QTextCursor,
    QTextLength,
    QTextTableCell,
    QTextTableCellFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from lossgui.core import text
from lossgui.core.evaluate import Outcome
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.menu_button import MenuButton, Option
from lossgui.gui.working_lines import UNCHANGED, Line, lines_of


class Reader(QTextEdit):
    """Text to read and copy: lines with a quiet title each. Text is inserted as such, never as HTML."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._lines: tuple[Line, ...] = ()
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("How the number comes about")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(0)

    def show_lines(self, lines: tuple[Line, ...], accent: QColor, force: bool = False) -> None:
        """Show lines; the entry of the sample's own class in the colour of the loss."""
        if lines == self._lines and not force:
            return
        self._lines = lines
        at = self.verticalScrollBar().value()
        self.setUpdatesEnabled(False)
        cursor = QTextCursor(self.document())
        # As one edit, so that the text is laid out once.
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        if lines:
            self._write(cursor, lines, accent)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.setUpdatesEnabled(True)
        self.verticalScrollBar().setValue(at)

    def as_text(self) -> str:
        """Return all lines as plain text."""
        return "\n".join(f"{line.title}: {line.words}" if line.title else line.words for line in self._lines)

    def _write(self, cursor: QTextCursor, lines: tuple[Line, ...], accent: QColor) -> None:
        small = QFontMetrics(style.font(style.SMALL))
        widest = max(small.horizontalAdvance(line.title) for line in lines)
        widest += 2 * style.GRID if widest else 0
        grid = QTextTableFormat()
        grid.setBorder(0)
        grid.setCellSpacing(0)
        grid.setCellPadding(0)
        grid.setColumnWidthConstraints(
            [
                QTextLength(QTextLength.Type.FixedLength, widest),
                QTextLength(QTextLength.Type.PercentageLength, 100),
            ]
        )
        table = cursor.insertTable(len(lines), 2, grid)
        quiet = QColor(style.theme().quiet)
        for place, line in enumerate(lines):
            ascent = QFontMetrics(_font(line)).ascent()
            _pad(table.cellAt(place, 0), 2 + ascent - small.ascent())
            _pad(table.cellAt(place, 1), 2)
            title = table.cellAt(place, 0).firstCursorPosition()
            title.insertText(line.title, _format(style.font(style.SMALL), quiet))
            _write_words(table.cellAt(place, 1).firstCursorPosition(), line, accent)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction("Copy", self.copy)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setEnabled(self.textCursor().hasSelection())
        menu.addAction("Copy all lines", self.copy_all)
        menu.popup(event.globalPos())

    @Slot()
    def copy_all(self) -> None:
        """Put all lines on the clipboard, as text."""
        QApplication.clipboard().setText(self.as_text())


def _font(line: Line) -> QFont:
    return style.formula(style.WORKING if line.large else style.BODY)


def _format(font: QFont, colour: QColor) -> QTextCharFormat:
    result = QTextCharFormat()
    result.setFont(font)
    result.setForeground(colour)
    return result


def _pad(cell: QTextTableCell, top: int) -> None:
    padding = QTextTableCellFormat()
    padding.setTopPadding(top)
    padding.setBottomPadding(2)
    cell.setFormat(padding)


def _write_words(cursor: QTextCursor, line: Line, accent: QColor) -> None:
    look = style.theme()
    plain = _format(_font(line), QColor(look.quiet if line.words.endswith(UNCHANGED) else look.ink))
    bold = QTextCharFormat(plain)
    bold.setFontWeight(QFont.Weight.Bold)
    own = QTextCharFormat(bold)
    own.setForeground(accent)
    begin, end = line.true or (0, 0)
    cursor.insertText(line.words[:begin], plain)
    cursor.insertText(line.words[begin:end], own)
    cursor.insertText(line.words[end : line.result], plain)
    cursor.insertText(line.words[line.result :], bold)


class WorkingView(QWidget):
    """How the number of the chosen loss comes about, for the sample in focus.

    Parameters
    ----------
    document
        What is shown.
    """

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        self._document = document
        self._wanted = 0
        self._stale = True
        super().__init__(parent)
        self.heading = QLabel()
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setProperty("role", "quiet")
        self.heading.setFont(style.font(style.SMALL))
        self.chooser = MenuButton("Loss that is worked out")
        self.chooser.picked.connect(self.choose)
        self.reader = Reader()
        first = QHBoxLayout()
        first.setSpacing(2)
        first.addWidget(self.heading)
        first.addWidget(self.chooser)
        first.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * style.GRID, style.GRID // 2, 2 * style.GRID, style.GRID)
        column.setSpacing(style.GRID // 2)
        column.addLayout(first)
        column.addWidget(self.reader, 1)
        document.changed.connect(self.refresh)
        self.show_result()

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

    def sizeHint(self) -> QSize:
        return QSize(700, 180)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 80)

    @Slot()
    def refresh(self) -> None:
        """Show the document's result, at once if it can be seen."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.show_result()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Text keeps the colours that it was written in.
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "reader"):
            self.show_result(force=True)

    def show_result(self, force: bool = False) -> None:
        """Show the working of the current loss."""
        current, document = self.current, self._document
        self.chooser.setVisible(current is not None)
        if current is None:
            self._say("No loss is chosen yet.")
            self.reader.show_lines((), QColor())
            return
        outcome = document.result.outcomes[current]
        names = [f"{o.choice.entry.title}, {o.choice.profile}" for o in document.result.outcomes]
        self.chooser.offer([Option(place, name) for place, name in enumerate(names)], current)
        row = document.focus[0]
        if outcome.refusal is not None:
            self._say(f"No number for sample {row + 1}:")
            lines: tuple[Line, ...] = (Line("", outcome.refusal),)
        else:
            lines = lines_of(outcome, row, document.computing)
            self._say(f"How {self._number(outcome, row)} comes about: sample {row + 1},")
        self.reader.show_lines(lines, style.theme().loss(outcome.choice.colour), force)

    def _number(self, outcome: Outcome, row: int) -> str:
        """Return the number that the lines lead to: the sample's, or that of the whole batch."""
        if outcome.chain.finish is None:
            return text.number(float(outcome.rows(row, row + 1).statistics[0, 0]))
        return "the number" if self._document.computing else text.number(float(outcome.value or 0))

    def _say(self, words: str) -> None:
        if words != self.heading.text():
            self.heading.setText(words)
