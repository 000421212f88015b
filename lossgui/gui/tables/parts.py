"""Small parts of which the panel is made."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QToolButton, QWidget

from lossgui.gui import style


def label(text: str, role: str) -> QLabel:
    """Return plain text in one of the roles that the style sheet knows."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setProperty("role", role)
    result.setWordWrap(role != "heading")
    return result


class CommandButton(QToolButton):
    """The text of an action, flush with what is above and below it."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self.setDefaultAction(action)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setProperty("role", "command")
        style.dress(self, style.SMALL)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(action.text().replace("&", ""))

    def sizeHint(self) -> QSize:
        return QSize(
            self.fontMetrics().horizontalAdvance(self.text()) + style.GRID, super().sizeHint().height()
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def row(*widgets: QWidget | None) -> QLayout:
    """Return widgets side by side; None stands for the room that is left."""
    result = QHBoxLayout()
    result.setSpacing(style.GRID)
    result.addStrut(3 * style.GRID)
    for widget in widgets:
        if widget is None:
            result.addStretch(1)
        else:
            result.addWidget(widget)
    return result
