"""The editor of a person's own loss: a formula is typed, and what it is and does is shown at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from lossgui.core.choice import Choice
from lossgui.core.fit import refusal
from lossgui.core.formula import OVER, FormulaError, read
from lossgui.core.formula.shown import Written, shown
from lossgui.core.names import LONGEST, why_not
from lossgui.core.notation import Piece
from lossgui.core.own import Own
from lossgui.core.study import Study
from lossgui.gui import formulas, style
from lossgui.gui.losses.formula_line import FormulaLine
from lossgui.gui.menu_button import MenuButton, Option
from lossgui.gui.working.lines import Line
from lossgui.gui.working.look import Look
from lossgui.gui.working.pace import Pace
from lossgui.gui.working.reader import Reader

HELP = (
    "y is the label, p the prediction (or z the logit), k the number of classes; any other name is a "
    "parameter. log, exp, sqrt, abs, min, max, clip, where, sigmoid, softmax, tanh and the like; sum and "
    "mean are over the classes."
)
SOON = 200
"""Milliseconds from the last letter until the formula is set and followed."""

LABELS = {"signed": (-1.0, 1.0)}
"""The labels for which a formula is followed, where they are not 0 and 1."""


@dataclass(frozen=True)
class Typeset(Line):
    """A line whose LaTeX is known."""

    latex: tuple[Piece, ...] = ()

    @property
    def result(self) -> int:
        """Nothing in it is a result."""
        return len(self.words)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The LaTeX, or words."""
        return self.latex or (Piece(self.words, "text", 0, len(self.words)),)


class FormulaEditor(QDialog):
    """Where a formula is typed. It is taken once it is right; until then the study stays as it is.

    Parameters
    ----------
    study
        What the formula is for.
    choice
        The loss that is changed; None for a new one.
    text
        What is typed already.
    """

    written = Signal(object)

    def __init__(
        self, study: Study, choice: Choice | None = None, text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        own = choice.own if choice is not None and choice.own is not None else Own(text)
        self._study, self._own = study, own
        self._known = dict(choice.parameters) if choice is not None else {}
        self._shown: tuple[Written, ...] = ()
        self.setWindowTitle("Change the formula" if choice is not None else "Your own formula")
        self.line = FormulaLine()
        self.name = QLineEdit(own.title)
        self.over = MenuButton("Over the classes")
        self.message = _label(role="warning")
        self.reader = Reader()
        self.reader.setAccessibleName("What the formula is and does")
        self.unfit = _label(role="note")
        self.unfit.setVisible(False)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.take = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.take.setText("Change" if choice is not None else "Add")
        self.pace = Pace(self._round, self)
        # To set half a formula would only hold up who types the rest of it.
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._import = formulas.load()
        self._loading = QTimer(self, interval=0)
        self._lay_out()
        self._connect()
        self.line.setText(own.formula)
        self._follow()

    def _lay_out(self) -> None:
        self.over.setProperty("role", "chip")
        self.name.setAccessibleName("Name of the loss")
        self.name.setPlaceholderText("Own loss")
        self.name.setMaxLength(LONGEST)
        self.reader.setMinimumHeight(20 * style.GRID)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID)
        help_ = _label(style.SMALL, role="quiet")
        help_.setText(HELP)
        column.addWidget(self.line)
        column.addWidget(self.message)
        column.addLayout(self._form())
        column.addWidget(self.reader, 1)
        column.addWidget(self.unfit)
        column.addWidget(help_)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*[2 * style.GRID] * 4)
        whole.setSpacing(style.GRID)
        whole.addWidget(area, 1)
        whole.addWidget(self.buttons)
        room = self.screen().availableSize() - QSize(4 * style.GRID, 8 * style.GRID)
        self.resize((QSize(640, 600) * style.zoom()).boundedTo(room))

    def _form(self) -> QGridLayout:
        form = QGridLayout()
        form.setSpacing(style.GRID)
        form.setColumnStretch(1, 1)
        for row, (words, field) in enumerate((("Name", self.name), ("Classes", self.over))):
            label = QLabel(words)
            label.setProperty("role", "quiet")
            label.setBuddy(field)
            form.addWidget(label, row, 0)
            form.addWidget(field, row, 1)
        form.setAlignment(self.over, Qt.AlignmentFlag.AlignLeft)
        return form

    def _connect(self) -> None:
        self.line.textChanged.connect(self._follow)
        self.name.textChanged.connect(self._follow)
        self.over.picked.connect(self._make_over)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self._loading.timeout.connect(self._load)
        self._soon.timeout.connect(self.pace.ask)

    # Following what is typed

    @property
    def own(self) -> Own:
        """What is typed."""
        return self._own

    @Slot(object)
    def _make_over(self, over: str) -> None:
        self._own = replace(self._own, over=over)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """Tell at once whether what is typed is right, and soon what it is."""
        title = self.name.text().strip()
        self._own = Own(self.line.text(), self._own.over, title)
        by_class, wrong = True, None
        try:
            by_class = read(self._own.formula).tree.by_class
        except FormulaError as error:
            wrong = error
        self.line.mark(wrong if self._own.formula else None)
        why = str(wrong) if wrong is not None and self._own.formula else why_not(title) if title else None
        self.message.setText(why or "")
        self.take.setEnabled(wrong is None and not why)
        self._show_over(by_class)
        self._soon.start()

    def _show_over(self, by_class: bool) -> None:
        options = [Option(name, words.capitalize()) for name, words in OVER.items()]
        self.over.offer(options, self._own.over, OVER[self._own.over] if by_class else "one value a sample")
        self.over.setEnabled(by_class)

    def _round(self) -> Iterator[None]:
        """Find out what is typed, make its formulas one after the other, and show them."""
        own, right = self._own, self.take.isEnabled()  # more may be typed before the end
        if right:
            labels = LABELS.get(self._study.encoding, (0.0, 1.0))
            self._shown = shown(own, self._study.kind, labels, self._known)
            yield
        looks = self._looks(right)
        yield
        for asked in (asked for look in looks if look.typeset for asked in look.wanted()):
            formulas.formula(*asked)
            yield
        self.reader.show_looks(looks)
        if right:
            unfit = refusal(self._study, Choice.written(own))
            self.unfit.setText(unfit or "")
            self.unfit.setVisible(bool(unfit))

    def _looks(self, right: bool) -> tuple[Look, ...]:
        """Return the formula and its derivative; the last that was right is quiet while another is typed."""
        theme, typeset = style.theme(), formulas.loaded()
        lines = (
            Typeset(line.title, line.plain, bool(line.pieces), latex=line.pieces) for line in self._shown
        )
        looks = (Look.of(line, theme.ink, typeset) for line in lines)
        return tuple(look if right else replace(look, ink=theme.quiet) for look in looks)

    def settle(self) -> None:
        """Show what is typed now, and typeset."""
        for _ in self._import:
            pass
        self.pace.now()

    @Slot()
    def _load(self) -> None:
        """Import ziamath, step by step."""
        if next(self._import, self) is self:
            self._loading.stop()
            self.pace.ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._loading.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "pace"):
            self.pace.ask()

    def accept(self) -> None:
        if self.take.isEnabled():
            self.written.emit(self._own)
            super().accept()


def _label(size: style.Size = style.BODY, role: str = "") -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    style.dress(label, size)
    if role:
        label.setProperty("role", role)
    return label
