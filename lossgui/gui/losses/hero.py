"""The number of a loss, as large as fits."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from lossgui.core import text
from lossgui.gui import style

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class Hero(QWidget):
    """A number that can be read from across a room; long ones are set smaller.

    Its size does not depend on the number, so that nothing is laid out anew when the number changes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: float | None = None
        self._text = ""
        style.dress(self, style.HERO, bold=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # It fills its own ground, so that nothing behind it is painted again with it.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def value(self) -> float | None:
        """The number on show; None before the first."""
        return self._value

    def text(self) -> str:
        """Return the number as it is shown."""
        return self._text

    def show_value(self, value: float, of: str, decimals: int) -> None:
        """Show a number.

        Parameters
        ----------
        of
            What it is the number of, for those who hear it.
        decimals
            How many it needs to look different from the other losses' numbers.
        """
        self._value = value
        shown, exact = text.number(value, decimals), text.exact(value)
        if shown != self._text:
            self._text = shown
            self.update()
        if exact != self.toolTip():
            self.setToolTip(exact)
            self.setAccessibleName(f"{of}: {exact}")

    def paintEvent(self, event: QPaintEvent) -> None:
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        font = self.font()
        whole = QFontMetricsF(font).horizontalAdvance(self._text)
        if whole > self.width() > 0:
            font.setPointSizeF(max(style.points(style.TICK), font.pointSizeF() * (self.width() - 1) / whole))
        with QPainter(self) as painter:
            painter.setBackground(QColor(style.theme().card))
            painter.eraseRect(self.rect())
            painter.setFont(font)
            painter.setPen(self.palette().color(group, QPalette.ColorRole.WindowText))
            painter.drawText(self.rect(), LEFT, self._text)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance("0.0000") + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(8 * style.GRID, self.sizeHint().height())
