"""The column of chosen losses."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QMenu,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lossgui.core import text
from lossgui.core.choice import Choice
from lossgui.core.own import Own
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.icons import icon
from lossgui.gui.losses.card import Card
from lossgui.gui.losses.catalogue import free_colour


class LossesPanel(QWidget):
    """A card for each chosen loss, and the way to add one.

    Attributes
    ----------
    add
        The action that opens the picker, for a menu; its key works in the whole window.
    own
        The action that opens the editor of a loss of one's own.
    selected
        Sent with the place of a card that is clicked or gets the focus.
    """

    selected = Signal(int)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        self.cards: list[Card] = []
        self._document = document
        self._tabs: list[QWidget] = []
        self._stale = True
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.add = QAction("&Add a loss…", self)
        self.add.setShortcut(QKeySequence("Ctrl+L"))
        self.add.setIcon(icon("add"))
        self.add.triggered.connect(self.pick)
        self.addAction(self.add)
        self.own = QAction("Your own &formula…", self)
        self.own.triggered.connect(self.write)
        self._column = QVBoxLayout()
        self._lay_out()
        document.changed.connect(self.refresh)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        self.show_result()

    def _lay_out(self) -> None:
        heading = QLabel("Losses")
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setProperty("role", "heading")
        self.empty = QLabel("No loss is chosen yet.")
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setProperty("role", "quiet")
        self.button = QToolButton()
        self.button.setText("+ Add a loss")
        self.button.setToolTip("Add a loss (Ctrl+L)")
        self.button.setAccessibleName("Add a loss")
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.clicked.connect(self.pick)
        content = QFrame()
        content.setProperty("role", "panel")
        self._column.setContentsMargins(style.GRID, 0, style.GRID, style.GRID)
        self._column.setSpacing(style.GRID)
        self._column.addWidget(self.empty)
        self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        content.setLayout(self._column)
        self.area = QScrollArea()
        self.area.setProperty("role", "panel")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, style.GRID, 0, 0)
        column.setSpacing(style.GRID)
        heading.setContentsMargins(12, style.GRID // 2, 12, 0)
        column.addWidget(heading)
        column.addWidget(self.area, 1)

    def sizeHint(self) -> QSize:
        return QSize(310, 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 240)

    # Showing

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

    def show_result(self) -> None:
        """Show the document's result; cards are made and taken away only when losses are."""
        document = self._document
        outcomes = document.result.outcomes
        while len(self.cards) > len(outcomes):
            self._drop(self.cards.pop())
        while len(self.cards) < len(outcomes):
            self._append()
        row, computing = document.focus[0], document.computing
        known: dict[str, list[float]] = {outcome.choice.loss: [] for outcome in outcomes}
        for outcome in outcomes:
            if not computing and outcome.refusal is None:
                known[outcome.choice.loss].append(outcome.headline(row))
        for card, outcome in zip(self.cards, outcomes, strict=True):
            card.show_outcome(outcome, computing, row, text.decimals_apart(known[outcome.choice.loss]))
        self.empty.setVisible(not outcomes)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let Tab go down the cards; parts that were made later would come last."""
        chain = [part for card in self.cards for part in card.focusables()] + [self.button]
        # Before it stands in a window, Qt takes the button to follow the last card: at its other end.
        if chain != self._tabs and self.isVisible():
            self._tabs = chain
            for before, after in pairwise(chain):
                QWidget.setTabOrder(before, after)

    def _append(self) -> None:
        card = Card(self._document, len(self.cards))
        card.selected.connect(self.selected)
        card.stepped.connect(self._step)
        self._column.insertWidget(1 + len(self.cards), card)
        self.cards.append(card)

    def _drop(self, card: Card) -> None:
        had_focus = card.hasFocus() or card.isAncestorOf(QApplication.focusWidget() or self)
        self._column.removeWidget(card)
        for menu in card.findChildren(QMenu):
            menu.close()  # a file may be read while it is open, and have fewer losses
        card.hide()
        card.deleteLater()
        if had_focus:
            (self.cards[-1] if self.cards else self.button).setFocus()

    @Slot(int, int)
    def _step(self, place: int, by: int) -> None:
        if 0 <= place + by < len(self.cards):
            self._show_card(place + by)

    def _show_card(self, place: int) -> None:
        self.cards[place].setFocus()
        self.area.ensureWidgetVisible(self.cards[place], 0, style.GRID)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        for card in self.cards:
            if new is card or (new is not None and card.isAncestorOf(new)):
                self.area.ensureWidgetVisible(new, 0, style.GRID)
                self.selected.emit(card.place)

    # Adding

    @Slot()
    def pick(self) -> None:
        """Open the catalogue."""
        from lossgui.gui.losses.picker import Picker

        picker = Picker(self._document.study, self)
        picker.picked.connect(self._added)
        picker.wrote.connect(self.write)
        picker.open()

    @Slot()
    @Slot(str)
    def write(self, text: str = "") -> None:
        """Open the editor of a loss of one's own, with something typed in it already."""
        from lossgui.gui.losses.formula_editor import FormulaEditor

        editor = FormulaEditor(self._document.study, text=text if isinstance(text, str) else "", parent=self)
        editor.written.connect(self._written)
        editor.open()

    @Slot(object)
    def _written(self, own: Own) -> None:
        self._added(Choice.written(own, free_colour(self._document.study)))

    @Slot(object)
    def _added(self, choice: Choice) -> None:
        study = self._document.study.with_choice(choice)
        self._document.edit(f"Added {choice.entry.title}.", study)
        QTimer.singleShot(0, self._show_last)

    @Slot()
    def _show_last(self) -> None:
        if self.cards:
            self._show_card(len(self.cards) - 1)
