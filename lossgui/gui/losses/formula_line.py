"""A line in which a formula is typed; where it is wrong, the place is underlined."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from lossgui.core.formula import FormulaError
from lossgui.gui import style

THICK = 2


class FormulaLine(QLineEdit):
    """A line for a formula."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._wrong: FormulaError | None = None
        super().__init__(parent)
        self.setAccessibleName("Formula")
        self.setPlaceholderText("-(y*log(p) + (1-y)*log(1-p))")
        style.dress(self, style.BODY, coded=True)

    def mark(self, wrong: FormulaError | None) -> None:
        """Show where the formula is wrong, or that it is not."""
        self._wrong = wrong
        if self.property("wrong") != (wrong is not None):
            self.setProperty("wrong", wrong is not None)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setAccessibleDescription(str(wrong or ""))
        self.update()

    def marked(self) -> QRectF | None:
        """Return where the mark is drawn; None where nothing is wrong."""
        if self._wrong is None:
            return None
        metrics, text = QFontMetricsF(self.font()), self.text()
        # The line may be scrolled: the cursor tells where its text begins.
        start = self.cursorRect().center().x() - metrics.horizontalAdvance(text[: self.cursorPosition()])
        before = metrics.horizontalAdvance(text[: self._wrong.place])
        word = re.match(r"\w+|.|$", text[self._wrong.place :])
        width = metrics.horizontalAdvance((word[0] if word else "") or " ")
        left = min(start + before, self.width() - style.GRID - width)
        return QRectF(left, self.height() - 2 * THICK - 1, width, THICK)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        place = self.marked()
        if place is not None:
            with QPainter(self) as painter:
                painter.fillRect(place, QColor(style.theme().warning))
