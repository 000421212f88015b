"""How a cell is painted and edited."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from lossgui.core.study import CLASS_WEIGHT, MASK, SAMPLE_WEIGHT
from lossgui.gui import style
from lossgui.gui.tables import words
from lossgui.gui.tables.editor import STEPS, CellEditor
from lossgui.gui.tables.model import CHECK, EDIT, AnyIndex, NumbersModel
from lossgui.gui.tables.shading import Scale, scale_of
from lossgui.gui.tables.words import SUM

PAD = style.GRID
LEFT_PAD = 4
RING = 2
RADIUS = 3
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
TICK = ((0.22, 0.52), (0.42, 0.72), (0.78, 0.3))
"""The tick of a check box, as shares of the box."""

DIGITS = str.maketrans("123456789", 9 * "0")

SHADES = 64
"""Depths of shading that are told apart."""


class CellDelegate(QStyledItemDelegate):
    """Paints the number alone, right-aligned, and a ring around the cell in focus.

    Attributes
    ----------
    several
        Whether more than one cell is selected: only then is a selection painted.
    ring
        Width of the ring around the current cell; 0 for none.
    """

    def __init__(self, model: NumbersModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.several = False
        self.ring = 0.0
        self.current = (-1, -1)
        self.restyle()

    def restyle(self) -> None:
        """Take colours and fonts from the theme."""
        theme = style.theme()
        # By whether the cell is in focus, and whether its sample is masked.
        self._fonts = {(b, m): _font(b, m) for b in (False, True) for m in (False, True)}
        self._metrics, self._bold_metrics = (QFontMetrics(style.font(bold=bold)) for bold in (False, True))
        self._digit = self._bold_metrics.horizontalAdvance("0")
        self._widths: dict[str, int] = {}
        self._ink, self._quiet, self._ground = (
            QColor(theme.ink),
            QColor(theme.quiet),
            QColor(theme.ground),
        )
        self._chosen, self._accent, self._warning, self._on_accent = (
            QColor(theme.chip),
            QColor(theme.accent),
            QColor(theme.warning),
            QColor(theme.on_accent),
        )
        self._shades = _shades(theme.ground, theme.shade)
        self._scale: Scale | None = None
        self.rescale()

    def rescale(self) -> bool:
        """Take the scale of shading from the study on show; tell whether it is another than before."""
        model, before = self._model, self._scale
        self._scale = scale_of(model.study, model.which) if model.document.shaded else None
        return self._scale != before

    def text_width(self, text: str) -> int:
        """Return the room that a number takes in a cell, even in focus."""
        return self._width(text) + PAD + LEFT_PAD

    def _width(self, text: str) -> int:
        """Return the width of a text in bold; numbers that differ in digits are equally wide."""
        alike = text.translate(DIGITS)
        if alike not in self._widths:
            self._widths[alike] = self._bold_metrics.horizontalAdvance(alike)
        return self._widths[alike]

    @property
    def box(self) -> int:
        """The side of a check box."""
        return max(12, round(0.8 * self._metrics.height()))

    # Painting

    def paint_cell(self, painter: QPainter, rect: QRect, row: int, column: int) -> None:
        """Paint a cell, but for the ground and the line above it."""
        selected = self.several and self._is_selected(row, column)
        part, masked = self._model.columns.part(column), self._model.is_masked(row)
        shade = 0 if selected or masked or self._scale is None else self._depth(self._scale, row, column)
        if selected or shade:
            painter.fillRect(rect.adjusted(0, 1, 0, 0), self._chosen if selected else self._shades[shade])
        focused = self.ring > 0 and (row, column) == self.current
        if part == MASK:
            self._paint_box(painter, rect, self._model.study.counts(row))
        else:
            painter.setPen(self._quiet if masked else self._ink if shade else self._colour(part, row, column))
            self._paint_number(painter, rect, row, column, self._fonts[focused, masked])
        if focused:
            self._paint_ring(painter, rect)

    def _paint_number(self, painter: QPainter, rect: QRect, row: int, column: int, font: QFont) -> None:
        painter.setFont(font)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        text = str(self._model.answer(row, column))
        inner = rect.adjusted(LEFT_PAD, 0, -PAD, 0)
        if self._width(text) > inner.width():
            metrics = self._bold_metrics if font.bold() else self._metrics
            if metrics.horizontalAdvance(text) > inner.width():
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, RIGHT, text)
        said = self._model.class_of(row) if column < self._model.classes else None
        if said is not None and self._model.study.classes[said] != text:
            self._paint_class(painter, inner.adjusted(0, 0, -(len(text) + 1) * self._digit, 0), said)

    def _is_selected(self, row: int, column: int) -> bool:
        view, index = self.parent(), self._model.index(row, column)
        return isinstance(view, QAbstractItemView) and view.selectionModel().isSelected(index)

    def _depth(self, scale: Scale, row: int, column: int) -> int:
        """Return how deep a cell is shaded, from 0 to `SHADES`."""
        table = self._model.study.table(self._model.which)
        if table is None or column >= self._model.classes:
            return 0
        return round(SHADES * scale.share(float(table[row, column])))

    def _colour(self, part: str, row: int, column: int) -> QColor:
        model = self._model
        if part == SUM:
            return self._warning if model.is_off(row) else self._quiet
        if part in (SAMPLE_WEIGHT, CLASS_WEIGHT):
            table, own = model.study.table(part), 0 if part == SAMPLE_WEIGHT else column
            return self._quiet if table is None or table[row, own] == 1 else self._ink
        return self._ink if model.is_class_of(row, column) else self._quiet

    def _paint_class(self, painter: QPainter, rect: QRect, said: int) -> None:
        painter.setPen(self._quiet)
        name = words.name_of(self._model.study, said)
        name = self._metrics.elidedText(name, Qt.TextElideMode.ElideRight, rect.width())
        painter.setFont(self._fonts[False, painter.font().strikeOut()])
        painter.drawText(rect, RIGHT, name)

    def _paint_box(self, painter: QPainter, rect: QRect, checked: bool) -> None:
        side = self.box
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(rect).center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._accent if checked else self._quiet, 1))
        painter.setBrush(self._accent if checked else self._ground)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        if checked:
            painter.setPen(QPen(self._on_accent, side / 8))
            corners = [QPointF(box.left() + x * side, box.top() + y * side) for x, y in TICK]
            painter.drawPolyline(QPolygonF(corners))
        painter.restore()

    def _paint_ring(self, painter: QPainter, rect: QRect) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._accent, self.ring))
        half = self.ring / 2
        painter.drawRoundedRect(rect.toRectF().adjusted(half, half, -half, -half), RADIUS, RADIUS)
        painter.restore()

    # Editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        editor = CellEditor(parent)
        model = self._model
        part = model.columns.part(index.column())
        own = index.column() - (model.columns.place(part) or 0)
        editor.setAccessibleName(words.place(model.study, part, index.row(), own))
        editor.setAccessibleDescription("Enter keeps the number, Escape leaves the old one.")
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        assert isinstance(editor, CellEditor)
        if editor.isModified():
            return  # the table changed meanwhile, but what the person has typed stays
        editor.opened_with = str(self._model.data(index, EDIT))
        editor.setText(editor.opened_with)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        assert isinstance(editor, CellEditor)
        if editor.text() != editor.opened_with:
            model.setData(index, editor.text(), EDIT)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        rect = QRect(option.rect)
        assert isinstance(editor, CellEditor)
        # A number with all its digits may be longer than shown: the editor then reaches over its neighbours.
        text = editor.text() or str(self._model.data(index, EDIT))
        wanted = self._metrics.horizontalAdvance(text) + 3 * PAD
        if wanted > rect.width():
            rect.setLeft(max(0, rect.right() - wanted))
        editor.setGeometry(rect)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        if self._model.columns.part(index.column()) != MASK or not isinstance(event, QMouseEvent):
            return False
        if event.type() != QEvent.Type.MouseButtonRelease or event.button() != Qt.MouseButton.LeftButton:
            return False
        counts = self._model.study.counts(index.row())
        return model.setData(index, Qt.CheckState.Unchecked if counts else Qt.CheckState.Checked, CHECK)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(editor, CellEditor):
            assert isinstance(event, QKeyEvent)
            step = STEPS.get(Qt.Key(event.key()))
            if step is not None:
                # Qt would commit Enter later, after keys that were typed at once; here the order is kept.
                editor.step = step
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                return True
        return super().eventFilter(editor, event)


def _font(bold: bool, struck: bool) -> QFont:
    font = style.font(bold=bold)
    font.setStrikeOut(struck)
    return font


@lru_cache(maxsize=8)
def _shades(ground: str, shade: str) -> tuple[QColor, ...]:
    """Return the colours of all depths; every table has the same."""
    ends = QColor(ground), QColor(shade)
    return tuple(_between(*ends, depth / SHADES) for depth in range(SHADES + 1))


def _between(ground: QColor, shade: QColor, share: float) -> QColor:
    parts = ((ground.red(), shade.red()), (ground.green(), shade.green()), (ground.blue(), shade.blue()))
    return QColor(*(round(a + share * (b - a)) for a, b in parts))
