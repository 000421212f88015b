"""The page as it will be, as large as there is room."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from lossgui.gui import style
from lossgui.gui.export.page import Page

MARGIN = 2 * style.GRID


class Preview(QWidget):
    """Shows a page, on squares where nothing is drawn behind it.

    Attributes
    ----------
    crowded
        Whether there is too little room on the page for what is to be drawn there.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: Page | None = None
        self._image = QImage()
        self.crowded = False
        self.setAccessibleName("Preview of the figure")

    def sizeHint(self) -> QSize:
        return QSize(560, 420)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 200)

    def show_page(self, page: Page) -> None:
        """Show a page."""
        self._page = page
        self.setAccessibleDescription(" ".join(figure.description for figure in page.figures))
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._draw()

    @property
    def area(self) -> QRectF:
        """Where the page is."""
        size = self._image.deviceIndependentSize()
        return QRectF(QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2), size)

    def _draw(self) -> None:
        if self._page is None:
            return
        sheet, ratio = self._page.sheet, self.devicePixelRatioF()
        room = QSize(self.width() - MARGIN, self.height() - MARGIN) * ratio
        size = QSize(round(1000 * sheet.width), round(1000 * sheet.height))
        size.scale(room, Qt.AspectRatioMode.KeepAspectRatio)
        if size.isEmpty():
            return
        self._image = style.sheet_of_paper(size.width(), size.height())
        self._image.fill(0)
        with self._page.laid_out() as drawing, QPainter(self._image) as painter:
            painter.scale(size.width() / drawing.size.width(), size.height() / drawing.size.height())
            drawing.draw(painter)
            self.crowded = drawing.crowded
        self._image.setDevicePixelRatio(ratio)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = style.theme()
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(look.panel))
            if self._page is None or self._image.isNull():
                return
            if self._page.sheet.clear:
                painter.fillRect(self.area, QColor("#ffffff" if look.name == "light" else "#000000"))
                painter.fillRect(self.area, QBrush(QColor(look.line), Qt.BrushStyle.Dense6Pattern))
            painter.drawImage(self.area.topLeft(), self._image)
            painter.setPen(QPen(QColor(look.line), 1))
            painter.drawRect(self.area.toRect())
