"""A table of numbers without its keys: how it looks, how large it is, how it scrolls."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QTableView, QWidget

from lossgui.gui import style
from lossgui.gui.tables.delegate import RING, CellDelegate
from lossgui.gui.tables.headers import NumbersHeader
from lossgui.gui.tables.model import HORIZONTAL, NumbersModel

VERTICAL = Qt.Orientation.Vertical
FEW_ROWS = 6
ROOMY, TIGHT = 14, 8
"""What a row is higher than its text, in tables of few rows and of many."""

TALLEST = 4000
LEAST_ROWS = 2


class NumbersFrame(QTableView):
    """Shows numbers in rows apart by hair lines, as high as its rows need, in columns of one width."""

    def __init__(self, model: NumbersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.numbers = model
        self._other: NumbersFrame | None = None
        self._following = False
        self._cell = self._sum = 0
        self.delegate = CellDelegate(model, self)
        self.columns_header = NumbersHeader(model, HORIZONTAL, self)
        self.rows_header = NumbersHeader(model, VERTICAL, self)
        self._set_up()
        self.restyle()
        self.setModel(model)

    def _set_up(self) -> None:
        self.setHorizontalHeader(self.columns_header)
        self.setVerticalHeader(self.rows_header)
        self.setItemDelegate(self.delegate)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def restyle(self) -> None:
        """Take colours and fonts from the theme."""
        self._line = QColor(style.theme().line)
        self._text_height = QFontMetrics(style.font()).height()
        self.delegate.restyle()
        for header in (self.columns_header, self.rows_header):
            header.restyle()
        self.set_row_height()
        self.viewport().update()

    def set_row_height(self) -> None:
        """Give rows their height, less where there are many."""
        height = self._text_height + (ROOMY if self.numbers.rowCount() <= FEW_ROWS else TIGHT)
        if height != self.rows_header.defaultSectionSize():
            self.rows_header.setDefaultSectionSize(height)

    # Size

    def fit(self, cell: int, sums: int) -> None:
        """Make columns at least `cell` wide, with room for sums of the width `sums` at the right."""
        self._cell, self._sum = cell, sums
        self.set_row_height()
        self._spread()
        self.updateGeometry()

    def _spread(self) -> None:
        width, columns = self.viewport().width(), self.numbers.classes
        if not columns:
            return
        each = max(self._cell, (width - self._sum) // columns)
        if each != self.columns_header.defaultSectionSize():
            self.columns_header.setDefaultSectionSize(each)
        if self.numbers.columnCount() > columns:
            self.columns_header.resizeSection(columns, max(self._sum, width - columns * each))
        self.setMaximumHeight(self.sizeHint().height())

    def _height(self, rows: int) -> int:
        width = self.numbers.classes * self._cell + self._sum
        scrolls = width > self.width() - self.rows_header.sizeHint().width()
        bar = self.horizontalScrollBar().sizeHint().height() if scrolls else 0
        height = self.columns_header.sizeHint().height() + rows * self.rows_header.defaultSectionSize() + bar
        return min(height, TALLEST)

    def sizeHint(self) -> QSize:
        return QSize(0, self._height(self.numbers.rowCount()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._height(min(LEAST_ROWS, self.numbers.rowCount())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        self._paint_lines()
        current = self.currentIndex()
        self.delegate.current = current.row(), current.column()
        self.delegate.ring = self._ring()
        super().paintEvent(event)

    def _paint_lines(self) -> None:
        header, viewport = self.rows_header, self.viewport()
        first, last = header.visualIndexAt(0), header.visualIndexAt(viewport.height() - 1)
        if first < 0:
            return
        last = self.numbers.rowCount() - 1 if last < 0 else last
        with QPainter(viewport) as painter:
            painter.setPen(self._line)
            for row in range(first, last + 1):
                y = header.sectionViewportPosition(row)
                painter.drawLine(0, y, viewport.width(), y)

    def _ring(self) -> float:
        # The curves' focus stays marked in the predictions; of the labels, only where keys go.
        if self.hasFocus() or self.state() == QAbstractItemView.State.EditingState:
            return RING
        return RING / 2 if self.numbers.columnCount() > self.numbers.classes else 0

    # Scrolling

    def follow(self, other: NumbersFrame) -> None:
        """Scroll along with another table."""
        self._other = other
        other.verticalScrollBar().valueChanged.connect(self._follow_rows)
        other.horizontalScrollBar().valueChanged.connect(self._follow_columns)

    def _follow_rows(self, value: int) -> None:
        self._follow(VERTICAL, value)

    def _follow_columns(self, value: int) -> None:
        if not self.numbers.study.indexed:
            self._follow(HORIZONTAL, value)

    def _follow(self, orientation: Qt.Orientation, value: int) -> None:
        # The other one may reach further; it must not be pulled back by how far this one gets.
        if self._other is None or self._other._following:
            return
        bar = self.verticalScrollBar() if orientation == VERTICAL else self.horizontalScrollBar()
        self._following = True
        try:
            bar.setValue(value)
        finally:
            self._following = False
