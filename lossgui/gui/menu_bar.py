"""The menu bar, with a title and tools in its corners."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QMenuBar

LAID_OUT = (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.FontChange, QEvent.Type.StyleChange)


class MenuBar(QMenuBar):
    """A menu bar whose corners have room for what they show, and stay in the middle of its height.

    Qt makes room for a corner only when it is given one, and places it by the height that the bar has when it
    lays its menus out, which is often that of before.
    """

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in LAID_OUT:
            for corner in (Qt.Corner.TopLeftCorner, Qt.Corner.TopRightCorner):
                widget = self.cornerWidget(corner)
                if widget is not None:
                    if widget.width() != widget.sizeHint().width():
                        self.setCornerWidget(widget, corner)
                    widget.move(widget.x(), (self.height() - widget.height()) // 2)
        return done
