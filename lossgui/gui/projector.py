"""The projector page: a plot, the numbers, the focused sample, all of it legible from the back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from lossgui.core import text
from lossgui.core.choice import Choice
from lossgui.core.evaluate import Outcome
from lossgui.files import numbers
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.marks import draw_marker, loss_pen
from lossgui.gui.plots.view import FigureView

LEFT, RIGHT, MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter
WRAPPED = int(LEFT | MIDDLE | Qt.TextFlag.TextWordWrap)
LINE = 1.35
"""Height of a line of text, in heights of its letters."""

SIGN = 30.0
"""Width of the piece of curve before a title, where lines are as wide as in the window."""

LEAST = 0.1
"""The share of its size to which a number may shrink."""

RING = 4.0
"""Width of the ring round the focused number."""


class ProjectorPage(QWidget):
    """What a class sees.

    Parameters
    ----------
    view
        A plot of its own; its options are put away.
    """

    def __init__(self, document: Document, view: FigureView) -> None:
        super().__init__()
        self.view = view
        self.numbers = BigNumbers(document)
        self.sample = SlimTable(document)
        view.bare, view.canvas.rings = True, False
        for place in range(view.options.count()):
            item = view.options.itemAt(place)
            if item is not None and (option := item.widget()) is not None:
                option.setMaximumSize(0, 0)
        grid = QGridLayout(self)
        edge = 4 * style.GRID
        grid.setContentsMargins(edge, edge, edge, edge)
        grid.setHorizontalSpacing(edge)
        grid.addWidget(view, 0, 0, 2, 1)
        grid.addWidget(self.numbers, 0, 1)
        grid.addWidget(self.sample, 1, 1)
        grid.setColumnStretch(0, 64)
        grid.setColumnStretch(1, 36)
        grid.setRowStretch(0, 1)


class Painted(QWidget):
    """A part that is painted whole whenever the document changes."""

    def __init__(self, document: Document, name: str) -> None:
        super().__init__()
        self.document = document
        self.setAccessibleName(name)
        document.changed.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Paint what has changed."""
        self.setAccessibleDescription(self.words())
        self.update()

    def words(self) -> str:
        """Return what is shown, for those who hear it."""
        raise NotImplementedError

    def draw(self, painter: QPainter) -> None:
        """Draw everything."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.draw(painter)
        finally:
            painter.end()


@dataclass(frozen=True)
class Number:
    """A loss: its title, the number or a sentence instead, and what tells it from others of its name."""

    title: str
    shown: str
    sentence: bool
    aside: str
    colour: int


class BigNumbers(Painted):
    """The name and the number of each loss, one above the other, as large as there is room for."""

    def __init__(self, document: Document) -> None:
        super().__init__(document, "Losses")
        self.refresh()

    def shown(self) -> list[Number]:
        """Return what is shown of each loss."""
        return [self._number(outcome) for outcome in self.document.result.outcomes]

    def _number(self, outcome: Outcome) -> Number:
        choice = outcome.choice
        waiting = self.document.computing and not choice.unreduced
        shown = "…" if waiting else outcome.refusal
        if shown is None:
            shown = text.number(outcome.headline(self.document.focus[0]), self._decimals(choice.loss))
        sentence = outcome.refusal is not None
        return Number(choice.entry.title, shown, sentence, self._aside(choice), choice.colour)

    def _aside(self, choice: Choice) -> str:
        """Return what tells a loss from others of its name, a line each."""
        study, row = self.document.study, self.document.focus[0]
        same = [other for other in study.choices if other.entry.title == choice.entry.title]
        others = [_told(other, study.sample_name(row)) for other in same]
        own = _told(choice, study.sample_name(row))
        return "\n".join(words for key, words in own.items() if any(o.get(key) != words for o in others))

    def _decimals(self, loss: str) -> int:
        row, outcomes = self.document.focus[0], self.document.result.outcomes
        same = [outcome for outcome in outcomes if outcome.choice.loss == loss and not outcome.refusal]
        return text.decimals_apart([outcome.headline(row) for outcome in same])

    def words(self) -> str:
        return "; ".join(f"{number.title} {number.aside}: {number.shown}" for number in self.shown())

    def draw(self, painter: QPainter) -> None:
        numbers_ = self.shown()
        title, hero = style.font(style.BODY, bold=True), style.font(style.HERO, bold=True)
        sign = SIGN * style.enlarged()
        left, width = sign + 2 * style.GRID, self.width() - sign - 2 * style.GRID
        heights = [_height(title, number.title, width) for number in numbers_]
        room = (self.height() - sum(heights)) / max(len(numbers_), 1)
        large = min(QFontMetricsF(hero).height(), room)
        top = 0.0
        for number, height in zip(numbers_, heights, strict=True):
            line = QPointF(0, top + _line(title) / 2)
            painter.setPen(loss_pen(number.colour))
            painter.drawLine(line, line + QPointF(sign, 0))
            draw_marker(painter, line + QPointF(sign / 2, 0), number.colour)
            painter.setPen(QColor(style.theme().ink))
            painter.setFont(title)
            painter.drawText(QRectF(left, top, width, height), WRAPPED, number.title)
            area = QRectF(0, top + height, self.width(), large)
            if number.sentence:
                painter.drawText(area, WRAPPED, number.shown)
            else:
                painter.setFont(style.font())
                painter.drawText(area, RIGHT | MIDDLE, number.aside)
                taken = painter.boundingRect(area, RIGHT, number.aside).width() + 2 * style.GRID
                whole = QFontMetricsF(hero).horizontalAdvance(number.shown)
                share = min(large / QFontMetricsF(hero).height(), (self.width() - taken) / max(whole, 1))
                share = max(share, LEAST)
                painter.setFont(_scaled(hero, share))
                painter.drawText(area, LEFT | MIDDLE, number.shown)
            top += height + large


class SlimTable(Painted):
    """Label and prediction of the focused sample; of many classes those around the focus."""

    def __init__(self, document: Document) -> None:
        super().__init__(document, "Focused sample")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(4.2 * _line(style.font())))
        self.refresh()

    def words(self) -> str:
        study, (row, _) = self.document.study, self.document.focus
        pairs = zip(study.classes, study.predictions.row(row), strict=True)
        return f"Sample {study.sample_name(row)}: " + ", ".join(f"{name} {p:g}" for name, p in pairs)

    def draw(self, painter: QPainter) -> None:
        study, (row, focus) = self.document.study, self.document.focus
        font, bold = style.font(), style.font(style.BODY, bold=True)
        predictions = [numbers.shown(float(p), 2) for p in study.predictions.row(row)]
        width = max(QFontMetricsF(bold).horizontalAdvance(shown) for shown in predictions) + 2.5 * style.GRID
        width = max(width, QFontMetricsF(font).horizontalAdvance("0.00") + 2.5 * style.GRID)
        count = max(1, min(len(predictions), int(self.width() // width)))
        first = min(max(focus - count // 2, 0), len(predictions) - count)
        width, line = self.width() / count, _line(font)
        painter.setPen(QColor(style.theme().ink))
        _text(painter, QRectF(0, 0, self.width(), line), f"Sample {study.sample_name(row)}", font)
        for place in range(count):
            column = first + place
            cell = QRectF(place * width, line, width - style.GRID, line)
            told = self._label(row, column)
            _text(painter, cell, study.classes[column], font, RIGHT)
            _text(painter, cell.translated(0, line), told, bold if told not in ("0", "") else font, RIGHT)
            number = cell.translated(0, 2 * line)
            _text(painter, number, predictions[column], bold if column == focus else font, RIGHT)
            if column == focus:
                painter.setPen(QPen(QColor(style.theme().ink), RING))
                painter.drawRect(number.adjusted(RING / 2, RING / 2, style.GRID - RING, -RING / 2))
        painter.setPen(QPen(QColor(style.theme().line), 2))
        painter.drawLine(0, round(2 * line), self.width(), round(2 * line))

    def _label(self, row: int, column: int) -> str:
        study = self.document.study
        if study.labels is None:
            return ""
        if study.indexed:
            return "1" if study.labels[row, 0] == column else "0"
        return numbers.shown(float(study.labels[row, column]), 0)


def _told(choice: Choice, sample: str) -> dict[str, str]:
    """Return what may tell a loss from others of its name, in words."""
    told = {"profile": choice.profile}
    for name, value in choice.parameters:
        parameter = choice.described(name)
        if value != parameter.default:
            number = "" if isinstance(value, bool) else f" {text.inputs([value])[0]}"
            told[name] = parameter.title + number
    told["reduction"] = f"sample {sample}" if choice.unreduced else choice.kind
    return told


def _line(font: QFont) -> float:
    return LINE * QFontMetricsF(font).height()


def _height(font: QFont, words: str, width: float) -> float:
    """Return the height of words that may take several lines."""
    return max(
        _line(font), QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 1e4), WRAPPED, words).height()
    )


def _scaled(font: QFont, share: float) -> QFont:
    result = QFont(font)
    result.setPointSizeF(font.pointSizeF() * share)
    return result


def _text(painter: QPainter, area: QRectF, words: str, font: QFont, side: Qt.AlignmentFlag = LEFT) -> None:
    """Draw a line of text, taken literally; a name that is too long loses its middle."""
    painter.setFont(font)
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideMiddle, area.width())
    painter.drawText(area, side | MIDDLE, shown)
