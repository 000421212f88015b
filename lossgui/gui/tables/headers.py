"""Headers that paint themselves: Qt's own ask the selection about every section, which takes seconds."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QHeaderView, QWidget

from lossgui.core.study import CLASS_WEIGHT
from lossgui.gui import style
from lossgui.gui.tables.delegate import PAD, RIGHT
from lossgui.gui.tables.model import HORIZONTAL, NumbersModel

LEAST_SECTION = 8
DOT, DOTTED = 6, 6 + PAD // 2
"""The dot before the name of a class, and the room that it takes."""

MORE_THAN_TEXT = 12
DROP = 2
"""Width of the line where a dragged section would come to stand."""

SCROLLING = 60
"""Milliseconds between two steps of a table that scrolls under a dragged section."""


class NumbersHeader(QHeaderView):
    """A header of fixed sections: classes in their colours, or samples; a section can be dragged elsewhere.

    Attributes
    ----------
    renaming
        A section was double-clicked.
    dropped
        A section was dragged: from which place, to which.
    asked
        A context menu is wanted for a section, at a point of the screen.
    gap
        Before which section a dragged one would come to stand; None while none is dragged.
    """

    renaming = Signal(int)
    dropped = Signal(int, int)
    asked = Signal(int, QPoint)
    dragged = Signal()

    def __init__(self, model: NumbersModel, orientation: Qt.Orientation, parent: QAbstractScrollArea) -> None:
        super().__init__(orientation, parent)
        self._numbers = model
        self._table = parent
        self._width = 0
        self._from: int | None = None
        self._pressed = QPoint()
        self.gap: int | None = None
        self._scroller = QTimer(self)
        self._scroller.setInterval(SCROLLING)
        self._scroller.timeout.connect(self._scroll)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(LEAST_SECTION)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        columns = orientation == HORIZONTAL
        self.setAccessibleName("Classes" if columns else "Samples")
        self.sectionDoubleClicked.connect(self.renaming)
        self.restyle()

    def restyle(self) -> None:
        """Take colours and fonts from the theme."""
        theme = style.theme()
        small = self.orientation() == HORIZONTAL or self._numbers.which == CLASS_WEIGHT
        self._font = style.font(style.SMALL if small else style.BODY)
        self._struck = style.font(style.SMALL if small else style.BODY)
        self._struck.setStrikeOut(True)
        self._metrics = QFontMetrics(self._font)
        self._quiet, self._line, self._accent = QColor(theme.quiet), QColor(theme.line), QColor(theme.accent)
        self.updateGeometry()
        self.viewport().update()

    # Size

    def text_width(self, text: str) -> int:
        """Return the room that a text takes in a section, without the dot of a class."""
        return self._metrics.horizontalAdvance(text) + PAD + PAD // 2

    def fit(self, width: int) -> None:
        """Make a header of rows so wide."""
        if width != self._width:
            self._width = width
            self.geometriesChanged.emit()

    def sizeHint(self) -> QSize:
        if self.orientation() == HORIZONTAL:
            return QSize(0, self._metrics.height() + MORE_THAN_TEXT)
        return QSize(self._width, 0)

    # Painting

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        text = str(self._numbers.headerData(section, self.orientation()))
        painter.setPen(self._quiet)
        if self.orientation() == HORIZONTAL:
            painter.setFont(self._font)
            self._paint_name(painter, rect.adjusted(PAD // 2, 0, -PAD, 0), section, text)
            return
        painter.setFont(self._struck if self._numbers.is_masked(section) else self._font)
        inner = rect.adjusted(0, 0, -PAD, 0)
        painter.drawText(inner, RIGHT, self._cut(text, inner.width()))
        painter.setPen(self._line)
        painter.drawLine(rect.topLeft(), rect.topRight())

    def _paint_name(self, painter: QPainter, rect: QRect, section: int, text: str) -> None:
        of_class = self._is_class(section)
        dot = DOTTED if of_class else 0
        text = self._cut(text, rect.width() - dot)
        painter.drawText(rect, RIGHT, text)
        if of_class:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.theme().of_class(section))
            left = rect.right() - self._metrics.horizontalAdvance(text) - dot
            painter.drawEllipse(QPointF(left + DOT / 2, rect.center().y() + 1), DOT / 2, DOT / 2)

    def _cut(self, text: str, width: int) -> str:
        if self._metrics.horizontalAdvance(text) <= width:
            return text
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        place = self.gap_position()
        if place is None:
            return
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.line_at(place, self.viewport()), self._accent)

    def gap_position(self) -> int | None:
        """Return where, in pixels, a dragged section would come to stand."""
        if self.gap is None:
            return None
        if self.gap < self._movable():
            return self.sectionViewportPosition(self.gap)
        return self.sectionViewportPosition(self.gap - 1) + self.sectionSize(self.gap - 1)

    def line_at(self, place: int, widget: QWidget) -> QRect:
        """Return the line across a widget at a place along the header."""
        edge = max(0, place - DROP // 2)
        if self.orientation() == HORIZONTAL:
            return QRect(edge, 0, DROP, widget.height())
        return QRect(0, edge, widget.width(), DROP)

    # Sections

    def _is_class(self, section: int) -> bool:
        return section < self._numbers.classes and self._numbers.class_of(0) is None

    def _movable(self) -> int:
        """Return how many sections, from the first, can be dragged."""
        model = self._numbers
        if self.orientation() == HORIZONTAL:
            return model.classes if model.class_of(0) is None else 0
        return 0 if model.which == CLASS_WEIGHT else model.columns.rows

    def can_move(self, section: int) -> bool:
        """Tell whether a section is a class or a sample, and no sum, weight or mask."""
        return 0 <= section < self._movable()

    # Mouse

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        section = self.logicalIndexAt(event.pos())
        if self.can_move(section):
            self.asked.emit(section, event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = event.position().toPoint()
        section = self.logicalIndexAt(at)
        held = event.button() == Qt.MouseButton.LeftButton and self.can_move(section)
        self._from, self._pressed = section if held else None, at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            super().mouseMoveEvent(event)
            return
        at = event.position().toPoint()
        if (
            self.gap is None
            and self._along(at - self._pressed, absolute=True) < QApplication.startDragDistance()
        ):
            return
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._drag_to(self._along(at))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        begun, gap = self._from, self.gap
        self.drop()
        super().mouseReleaseEvent(event)
        if begun is not None and gap is not None and gap not in (begun, begun + 1):
            self.dropped.emit(begun, gap - (gap > begun))

    def drop(self) -> None:
        """Let a dragged section go, where it was."""
        self._from = None
        self._scroller.stop()
        self.unsetCursor()
        if self.gap is not None:
            self.gap = None
            self._show_gap()

    def _along(self, at: QPoint, absolute: bool = False) -> int:
        value = at.x() if self.orientation() == HORIZONTAL else at.y()
        return abs(value) if absolute else value

    def _drag_to(self, place: int) -> None:
        length = self._along(QPoint(self.viewport().width(), self.viewport().height()))
        outside = not 0 <= place < length
        self._beyond = 1 if place >= length else -1
        if outside != self._scroller.isActive():
            (self._scroller.start if outside else self._scroller.stop)()
        section = self.logicalIndexAt(min(max(place, 0), length - 1))
        last = self._movable() - 1
        section = last if section < 0 else min(section, last)
        middle = self.sectionViewportPosition(section) + self.sectionSize(section) // 2
        gap = section + (place > middle)
        if gap != self.gap:
            self.gap = gap
            self._show_gap()

    def _show_gap(self) -> None:
        self.viewport().update()
        self.dragged.emit()

    @Slot()
    def _scroll(self) -> None:
        horizontal = self.orientation() == HORIZONTAL
        bar = self._table.horizontalScrollBar() if horizontal else self._table.verticalScrollBar()
        bar.setValue(bar.value() + self._beyond * self.defaultSectionSize())
        length = self._along(QPoint(self.viewport().width(), self.viewport().height()))
        self._drag_to(length if self._beyond > 0 else -1)
