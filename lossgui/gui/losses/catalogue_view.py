"""How a line of the catalogue is drawn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from lossgui.core.loss import Loss
from lossgui.gui import style
from lossgui.gui.losses.catalogue import Row

Index = QModelIndex | QPersistentModelIndex
EDGE = style.GRID


class RowDelegate(QStyledItemDelegate):
    """Draws a family's heading, or a loss: title, formula, and why it does not fit.

    Parameters
    ----------
    row
        Index -> the line there.
    """

    def __init__(self, row: Callable[[Index], Row | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._row = row

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self._row(index)
        lines = [style.font(style.SMALL, bold=True)]
        if row is not None and row.entry is not None:
            lines = [style.font(), style.formula(style.SMALL)]
            lines += [style.font(style.SMALL)] if row.reason else []
        height = sum(QFontMetrics(line).height() for line in lines)
        return QSize(40 * style.GRID, height + (2 * style.GRID if len(lines) > 1 else 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._row(index)
        if row is None:
            return
        painter.save()
        place: QRect = option.rect
        inside = place.adjusted(EDGE, style.GRID, -EDGE, -style.GRID)
        if row.entry is None:
            inside.setBottom(place.bottom() - 2)
            quiet = QColor(style.theme().quiet)
            _line(
                painter, inside, row.family.capitalize(), style.font(style.SMALL, bold=True), quiet, low=True
            )
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            _loss(painter, place, inside, row, row.entry, chosen)
        painter.restore()


def _loss(painter: QPainter, place: QRect, inside: QRect, row: Row, entry: Loss, chosen: bool) -> None:
    look, reason = style.theme(), row.reason
    ink, quiet = QColor(look.ink), QColor(look.quiet)
    if chosen:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.accent))
        painter.drawRoundedRect(place.adjusted(0, 1, 0, -1), 4, 4)
        ink = quiet = QColor(look.on_accent)
    small = style.font(style.SMALL)
    profile = row.choice.profile if row.choice and row.choice.profile != entry.profiles[0] else ""
    taken = QFontMetrics(small).horizontalAdvance(profile) + 2 * style.GRID
    _line(painter, inside, profile, small, quiet, right=True)
    left = inside.adjusted(0, 0, -taken, 0)
    step = _line(painter, left, entry.title, style.font(), quiet if reason else ink)
    inside.translate(QPoint(0, step))
    step = _line(painter, inside, entry.plain, style.formula(style.SMALL), quiet)
    if reason:
        inside.translate(QPoint(0, step))
        _line(painter, inside, reason, small, quiet)


def _line(
    painter: QPainter,
    rect: QRect,
    words: str,
    font: QFont,
    colour: QColor,
    right: bool = False,
    low: bool = False,
) -> int:
    """Draw one line at the top, or the bottom, of a rectangle; return its height."""
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(colour)
    flags = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    flags |= Qt.AlignmentFlag.AlignBottom if low else Qt.AlignmentFlag.AlignTop
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(flags) | int(Qt.TextFlag.TextSingleLine), shown)
    return metrics.height()
