"""A table of numbers without its keys: how it looks, how large it is, how it scrolls."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from lossgui.core.study import CLASS_WEIGHT, LABELS, PREDICTIONS, Study
from lossgui.gui import style
from lossgui.gui.tables.delegate import RING, CellDelegate
from lossgui.gui.tables.headers import NumbersHeader
from lossgui.gui.tables.model import HORIZONTAL, VERTICAL, NumbersModel

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
        self._others: tuple[NumbersFrame, ...] = ()
        self._led = False
        # Class weights scroll along with the predictions below them, and need no bar of their own.
        self._has_bar = model.which != CLASS_WEIGHT
        self._cell = self._room = 0
        self._tail: tuple[int, ...] = ()
        self.delegate = CellDelegate(model, self)
        self.columns_header = NumbersHeader(model, HORIZONTAL, self)
        self.rows_header = NumbersHeader(model, VERTICAL, self)
        self._set_up()
        self.restyle()
        self.setModel(model)
        for header in (self.columns_header, self.rows_header):
            header.dragged.connect(self.viewport().update)

    def _set_up(self) -> None:
        self.setHorizontalHeader(self.columns_header)
        self.setVerticalHeader(self.rows_header)
        self.setItemDelegate(self.delegate)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        # It fills its own ground, so that nothing behind it is painted again with a cell.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if not self._has_bar:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def restyle(self) -> None:
        """Take colours and fonts from the theme."""
        theme = style.theme()
        self._ground, self._line, self._accent = map(QColor, (theme.ground, theme.line, theme.accent))
        self._text_height = QFontMetrics(style.font()).height()
        self.delegate.restyle()
        for header in (self.columns_header, self.rows_header):
            header.restyle()
        self.set_row_height()
        self.viewport().update()

    def set_row_height(self) -> None:
        """Give rows their height, less where there are many."""
        height = self._text_height + (ROOMY if self.numbers.study.samples <= FEW_ROWS else TIGHT)
        if height != self.rows_header.defaultSectionSize():
            self.rows_header.setDefaultSectionSize(height)

    def show_study(self, study: Study) -> None:
        """Show another study."""
        self.numbers.show(study)
        if self.numbers.document.shaded and self.delegate.rescale():
            self.viewport().update()

    # Size

    def fit(self, cell: int, tail: tuple[int, ...], room: int) -> None:
        """Make columns at least `cell` wide, and those after them as `tail` says, in `room` at the right."""
        self._cell, self._tail, self._room = cell, tail, room
        self.set_row_height()
        self._spread()
        self.updateGeometry()
        self.updateGeometries()  # a hidden header does not tell that its columns are wider

    def _spread(self) -> None:
        width, columns = self.viewport().width(), self.numbers.classes
        if not columns:
            return
        each = max(self._cell, (width - self._room) // columns)
        if each != self.columns_header.defaultSectionSize():
            self.columns_header.setDefaultSectionSize(each)
        left = max(0, width - columns * each - sum(self._tail))
        for place, own in enumerate(self._tail[: len(self.numbers.columns.tail)]):
            self.columns_header.resizeSection(columns + place, own + (left if place == 0 else 0))
        self.setMaximumHeight(self.sizeHint().height())

    def _height(self, rows: int) -> int:
        width = self.numbers.classes * self._cell + sum(self._tail)
        scrolls = self._has_bar and width > self.width() - self.rows_header.sizeHint().width()
        bar = self.horizontalScrollBar().sizeHint().height() if scrolls else 0
        titles = 0 if self.columns_header.isHidden() else self.columns_header.sizeHint().height()
        return min(titles + rows * self.rows_header.defaultSectionSize() + bar, TALLEST)

    def sizeHint(self) -> QSize:
        return QSize(0, self._height(self.numbers.rowCount()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._height(min(LEAST_ROWS, self.numbers.rowCount())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        # Not Qt's own way, which asks every cell for more than is painted.
        current, rect = self.currentIndex(), event.rect()
        self.delegate.current, self.delegate.ring = (current.row(), current.column()), self._ring()
        columns = _sections(self.columns_header, rect.left(), rect.right())
        with QPainter(self.viewport()) as painter:
            painter.setBackground(self._ground)
            painter.eraseRect(rect)
            for row, top, height in _sections(self.rows_header, rect.top(), rect.bottom()):
                painter.setPen(self._line)
                painter.drawLine(rect.left(), top, rect.right(), top)
                for column, left, width in columns:
                    self.delegate.paint_cell(painter, QRect(left, top, width, height), row, column)
        self._paint_drop()

    def _paint_drop(self) -> None:
        """Paint the line where a section that is being dragged would come to stand."""
        for header in (self.columns_header, self.rows_header):
            place = header.gap_position()
            if place is not None:
                with QPainter(self.viewport()) as painter:
                    painter.fillRect(header.line_at(place, self.viewport()), self._accent)

    def _ring(self) -> float:
        # The curves' focus stays marked in the predictions; of the labels, only where keys go.
        if self.hasFocus() or self.state() == QAbstractItemView.State.EditingState:
            return RING
        return RING / 2 if self.numbers.which == PREDICTIONS else 0

    # Scrolling

    def scroll_with(self, *others: NumbersFrame) -> None:
        """Let other tables scroll along with this one."""
        self._others = others
        self.verticalScrollBar().valueChanged.connect(self._lead_rows)
        self.horizontalScrollBar().valueChanged.connect(self._lead_columns)

    @property
    def _has_classes(self) -> bool:
        return not (self.numbers.which == LABELS and self.numbers.study.indexed)

    @Slot(int)
    def _lead_rows(self, value: int) -> None:
        for other in () if self._led else self._others:
            other.scroll_to(VERTICAL, value)

    @Slot(int)
    def _lead_columns(self, value: int) -> None:
        for other in () if self._led or not self._has_classes else self._others:
            if other._has_classes:
                other.scroll_to(HORIZONTAL, value)

    def scroll_to(self, orientation: Qt.Orientation, value: int) -> None:
        """Scroll as another table does, which may reach further and is not pulled back."""
        bar = self.verticalScrollBar() if orientation == VERTICAL else self.horizontalScrollBar()
        self._led = True
        try:
            bar.setValue(value)
        finally:
            self._led = False


def _sections(header: QHeaderView, start: int, stop: int) -> list[tuple[int, int, int]]:
    """Return each section between two pixels, where it begins and how large it is."""
    first, last = header.visualIndexAt(start), header.visualIndexAt(stop)
    places = range(first, last + 1 if last >= 0 else header.count()) if first >= 0 else ()
    return [(place, header.sectionViewportPosition(place), header.sectionSize(place)) for place in places]
