"""Headers that paint themselves: Qt's own ask the selection about every section, which takes seconds."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from lossgui.gui import style
from lossgui.gui.tables.delegate import PAD, RIGHT
from lossgui.gui.tables.model import HORIZONTAL, NumbersModel

LEAST_SECTION = 8
DOT = 6
MORE_THAN_TEXT = 12


class NumbersHeader(QHeaderView):
    """A header of fixed sections: class names with the colours of the classes, or row numbers."""

    def __init__(self, model: NumbersModel, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self._numbers = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(LEAST_SECTION)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        columns = orientation == HORIZONTAL
        self.setAccessibleName("Classes" if columns else "Samples")
        self.restyle()

    def restyle(self) -> None:
        """Take colours and fonts from the theme."""
        theme = style.theme()
        self._font = style.font(style.SMALL if self.orientation() == HORIZONTAL else style.BODY)
        self._metrics = QFontMetrics(self._font)
        self._quiet, self._line = QColor(theme.quiet), QColor(theme.line)
        self.updateGeometry()
        self.viewport().update()

    def text_width(self, text: str) -> int:
        """Return the room that a text takes in a section."""
        dot = DOT + PAD // 2 if self.orientation() == HORIZONTAL else 0
        return self._metrics.horizontalAdvance(text) + dot + PAD + PAD // 2

    def sizeHint(self) -> QSize:
        if self.orientation() == HORIZONTAL:
            return QSize(0, self._metrics.height() + MORE_THAN_TEXT)
        digits = len(str(self._numbers.rowCount()))
        return QSize(self._metrics.horizontalAdvance("0") * digits + PAD + PAD // 2, 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.setFont(self._font)
        painter.setPen(self._quiet)
        text = str(self._numbers.headerData(section, self.orientation()))
        if self.orientation() == HORIZONTAL:
            self._paint_name(painter, rect.adjusted(PAD // 2, 0, -PAD, 0), section, text)
            return
        painter.drawText(rect.adjusted(0, 0, -PAD, 0), RIGHT, text)
        painter.setPen(self._line)
        painter.drawLine(rect.topLeft(), rect.topRight())

    def _paint_name(self, painter: QPainter, rect: QRect, section: int, text: str) -> None:
        of_class = section < self._numbers.classes and self._numbers.class_of(0) is None
        dot = DOT + PAD // 2 if of_class else 0
        text = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width() - dot)
        painter.drawText(rect, RIGHT, text)
        if of_class:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.theme().of_class(section))
            left = rect.right() - self._metrics.horizontalAdvance(text) - dot
            painter.drawEllipse(QPointF(left + DOT / 2, rect.center().y() + 1), DOT / 2, DOT / 2)
