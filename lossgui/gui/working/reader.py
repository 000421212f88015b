"""The lines of the working as a list to read, to choose from and to copy."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from lossgui.gui import style
from lossgui.gui.working.boxes import Placed
from lossgui.gui.working.lines import Line
from lossgui.gui.working.look import Look

Index = QModelIndex | QPersistentModelIndex

PAD = 4
"""White space above and below a line, in pixels."""


class Lines(QAbstractListModel):
    """The lines, each read aloud as plain text."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.looks: tuple[Look, ...] = ()

    def show_looks(self, looks: tuple[Look, ...]) -> None:
        """Show other lines; those chosen stay so where there are as many."""
        if len(looks) != len(self.looks):
            self.beginResetModel()
            self.looks = looks
            self.endResetModel()
        elif looks != self.looks:
            self.looks = looks
            self.dataChanged.emit(self.index(0), self.index(len(looks) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.looks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        shown = role == Qt.ItemDataRole.DisplayRole and index.isValid()
        return self.looks[index.row()].line.text if shown else None


class Drawer(QStyledItemDelegate):
    """Draws a line: a quiet title, and beside it the formula."""

    def __init__(self, lines: Lines, view: QListView) -> None:
        super().__init__(view)
        self._lines = lines
        self._view = view
        self._places: dict[tuple[Look, float], Placed] = {}

    @property
    def titles(self) -> float:
        """The width of all titles, and of the space after them."""
        metrics = QFontMetricsF(style.font(style.SMALL))
        widest = max((metrics.horizontalAdvance(look.line.title) for look in self._lines.looks), default=0.0)
        return widest + 2 * style.GRID if widest else 0.0

    def placed(self, look: Look) -> Placed:
        """Return a line in rows, laid out once for a look and its room."""
        key = look, self._view.viewport().width() - self.titles - style.GRID
        if key not in self._places:
            shown = set(self._lines.looks)
            self._places = {key: rows for key, rows in self._places.items() if key[0] in shown}
            self._places[key] = look.placed(key[1])
        return self._places[key]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = self.placed(self._lines.looks[index.row()]).height
        return QSize(self._view.viewport().width(), round(height) + 2 * PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = self._lines.looks[index.row()]
        rows, rect = self.placed(look), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_state(painter, rect, option.state)
        font = style.font(style.SMALL)
        painter.setFont(font)
        painter.setPen(QColor(style.theme().quiet))
        baseline = rect.top() + PAD + rows.first
        painter.drawText(QPointF(rect.left() + style.GRID / 2, baseline), look.line.title)
        rows.paint(painter, rect.left() + self.titles + style.GRID / 2, rect.top() + PAD)
        painter.restore()

    def _paint_state(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        theme = style.theme()
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(theme.chip))
            painter.drawRoundedRect(rect, 4, 4)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


class Reader(QListView):
    """The lines. Choose some with mouse or keyboard to copy them alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = Lines(self)
        self.setModel(self._lines)
        self.setItemDelegate(Drawer(self._lines, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("How the number comes about")

    @property
    def looks(self) -> tuple[Look, ...]:
        """What is shown."""
        return self._lines.looks

    def show_looks(self, looks: tuple[Look, ...]) -> None:
        """Show lines."""
        self._lines.show_looks(looks)

    def chosen(self) -> tuple[Line, ...]:
        """Return the lines that are chosen; all where none is."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return tuple(self.looks[row].line for row in rows or range(len(self.looks)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Lines break elsewhere.
        self.scheduleDelayedItemsLayout()
