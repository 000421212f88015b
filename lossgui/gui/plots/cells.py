"""The cells of an image: a colour for each cell, and its number where there is room."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from lossgui.core import text
from lossgui.core.figures import Image
from lossgui.gui import style
from lossgui.gui.plots.frame import Frame
from lossgui.gui.plots.lettering import lettering
from lossgui.gui.plots.shades import colours, draw_hatch, ink_on

LEAST_GAP = 5.0
"""Pixels of a cell's side from which there are gaps between cells."""

DECIMALS = (text.DECIMALS, 2, 1)
"""Decimals of the numbers in the cells: as many as there is room for."""

MARGIN = 3.0
"""Pixels beside a number in its cell."""

RING = 2.0
"""Width of the ring round the cell in focus."""


class Cells:
    """The cells of an image, in pixels of the widget."""

    def __init__(self) -> None:
        self._image: Image | None = None
        self._rect = QRectF()
        self._colours = np.zeros((0, 0, 4), np.uint8)

    def show_image(self, image: Image | None, frame: Frame) -> bool:
        """Draw another image, over the whole frame; tell whether there is or was one."""
        before, self._image, self._rect = self._image, image, frame.rect
        if image is not None:
            self._colours = colours(image.scale.share(image.values))
        return not (before is None and image is None)

    def paint(self, painter: QPainter) -> None:
        """Draw them."""
        if self._image is None:
            return
        rows, columns = self._image.values.shape
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if style.look().paper:
            self._draw_squares(painter)
        else:
            picture = QImage(self._colours.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
            painter.drawImage(self._rect, picture)
        self._draw_gaps(painter, rows, columns)
        self._draw_hatches(painter, self._image)
        self._draw_numbers(painter, self._image)
        if self._image.focus is not None:
            self._draw_ring(painter, self.cell(*self._image.focus))

    def cell(self, row: int, column: int) -> QRectF:
        """Return where a cell is."""
        assert self._image is not None
        rows, columns = self._image.values.shape
        width, height = self._rect.width() / columns, self._rect.height() / rows
        return QRectF(self._rect.left() + column * width, self._rect.top() + row * height, width, height)

    def _draw_squares(self, painter: QPainter) -> None:
        """Draw each cell by itself: readers of PDF and SVG blur an image of few pixels."""
        for row, line in enumerate(self._colours.tolist()):
            for column, (blue, green, red, _) in enumerate(line):
                painter.fillRect(self.cell(row, column), QColor(red, green, blue))

    def _draw_gaps(self, painter: QPainter, rows: int, columns: int) -> None:
        rect, first = self._rect, self.cell(0, 0)
        painter.setPen(QPen(QColor(style.theme().ground), style.enlarged()))
        if first.height() >= LEAST_GAP:
            for row in range(1, rows):
                y = rect.top() + row * first.height()
                painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
        if first.width() >= LEAST_GAP:
            for column in range(1, columns):
                x = rect.left() + column * first.width()
                painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))

    def _draw_hatches(self, painter: QPainter, image: Image) -> None:
        cells = [self.cell(*at).adjusted(1, 1, -1, -1) for at in np.argwhere(image.hatched).tolist()]
        draw_hatch(painter, cells, QColor(style.theme().quiet))

    def _draw_numbers(self, painter: QPainter, image: Image) -> None:
        letters, first = lettering(style.SMALL), self.cell(0, 0)
        if letters.height > first.height():
            return
        for decimals in DECIMALS:
            numbers = image.numbers(decimals)
            widest = max(letters.width(number) for row in numbers for number in row)
            if widest + 2 * MARGIN * style.enlarged() <= first.width():
                break
        else:
            return
        for row, line in enumerate(numbers):
            for column, number in enumerate(line):
                self._draw_number(painter, row, column, number)

    def _draw_number(self, painter: QPainter, row: int, column: int, number: str) -> None:
        letters, cell = lettering(style.SMALL), self.cell(row, column)
        assert self._image is not None
        if self._image.hatched[row, column]:
            ground = QRectF(0, 0, letters.width(number) + MARGIN, letters.height)
            ground.moveCenter(cell.center())
            blue, green, red, _ = self._colours[row, column].tolist()
            painter.fillRect(ground, QColor(red, green, blue))
        painter.setPen(ink_on(self._colours[row, column]))
        letters.draw(painter, cell, number, 0.5)

    def _draw_ring(self, painter: QPainter, cell: QRectF) -> None:
        half = RING * style.enlarged() / 2
        painter.setPen(QPen(QColor(style.theme().ink), 2 * half))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(cell.adjusted(half, half, -half, -half))
