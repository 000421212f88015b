"""A few words at the place they are about, such as why an edit was refused."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from lossgui.gui import style

SECONDS = 8
WIDEST = 320
GAP = style.GRID // 2


class Bubble(QLabel):
    """Plain text inside a panel, at a cell or a button; it stays some seconds and never takes the focus."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "bubble")
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Why not")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(1000 * SECONDS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, widget: QWidget, rect: QRect | None = None) -> None:
        """Show a text under a widget, or under a rectangle in it, or above where there is no room."""
        panel = self.parentWidget()
        assert panel is not None
        rect = widget.rect() if rect is None else rect
        self.setText(text)
        room = panel.width() - 2 * style.GRID
        width = max(1, min(WIDEST, room, self.fontMetrics().horizontalAdvance(text) + 4 * style.GRID))
        self.resize(width, self.heightForWidth(width))
        corner = widget.mapTo(panel, rect.bottomRight())
        top = corner.y() + GAP
        if top + self.height() > panel.height():
            top = max(0, widget.mapTo(panel, rect.topRight()).y() - GAP - self.height())
        left = min(max(style.GRID, corner.x() - width), panel.width() - style.GRID - width)
        self.move(QPoint(left, top))
        self.show()
        self.raise_()
        self._timer.start()
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
