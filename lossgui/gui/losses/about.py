"""What there is to know of a loss, as a page: in the picker, and from a card's menu."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontInfo, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from lossgui.core.loss import Loss
from lossgui.gui import formulas, style

WIDTH, HEIGHT = 46 * style.GRID, 70 * style.GRID
LEAST = 0.6
"""The share of its size to which a formula shrinks before it is cut."""


class FormulaLabel(QWidget):
    """A formula, set at the size of the text; in plain text while ziamath is not there."""

    def __init__(self, latex: str, plain: str) -> None:
        super().__init__()
        self._latex, self._plain = latex, plain
        self.setAccessibleName(plain)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _set(self) -> formulas.Formula | None:
        size = QFontInfo(style.font(style.WORKING)).pixelSize()
        made = self._latex and formulas.loaded()
        return formulas.formula(self._latex, size, style.theme().ink) if made else None

    def sizeHint(self) -> QSize:
        made = self._set()
        if made is None:
            return QSize(0, self.fontMetrics().height() + style.GRID)
        return QSize(int(made.width), int(made.ascent + made.descent) + style.GRID)

    def paintEvent(self, event: QPaintEvent) -> None:
        made = self._set()
        painter = QPainter(self)
        if made is None:
            painter.setFont(style.formula())
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), self._plain)
        else:
            scale = max(LEAST, min(1.0, self.width() / max(made.width, 1.0)))
            painter.scale(scale, scale)
            made.paint(painter, 0, made.ascent + style.GRID / 2 / scale)
        painter.end()


class AboutLoss(QScrollArea):
    """The page of a loss."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("About this loss")
        self._shown: Loss | None = None

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def show_words(self, words: str) -> None:
        """Show a sentence in the place of a loss."""
        self._shown = None
        page, column = _page()
        column.addWidget(_text(words))
        column.addStretch(1)
        self.setWidget(page)
        self.setAccessibleDescription(words)

    def show_loss(self, entry: Loss) -> None:
        """Show another loss."""
        if entry is self._shown:
            return
        self._shown = entry
        page, column = _page()
        title = _text(entry.title)
        style.dress(title, style.BODY, bold=True)
        column.addWidget(title)
        column.addWidget(_text(entry.words))
        column.addWidget(FormulaLabel(entry.latex, entry.plain))
        if entry.gradient:
            _head(column, "Derivative by one prediction")
            column.addWidget(FormulaLabel(entry.gradient, entry.gradient))
        for heading, words in parts(entry):
            _head(column, heading)
            column.addWidget(_text(words))
        column.addStretch(1)
        self.setWidget(page)
        self.setAccessibleDescription(entry.words)


def parts(entry: Loss) -> list[tuple[str, str]]:
    """Return headings and words of what an entry says of itself."""
    computed = "\n".join(
        f"{profile}: {', '.join(form.called)}" if form.called else profile
        for profile, form in entry.forms.items()
    )
    said = [
        ("Takes", entry.domain),
        ("Values", entry.range),
        ("When to use it", entry.use),
        ("When not", entry.avoid),
        ("What goes wrong", entry.pitfall),
        ("Computed by", computed),
        ("Reference", entry.reference),
    ]
    return [(heading, words) for heading, words in said if words]


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, style.GRID, 0)
    column.setSpacing(style.GRID // 2)
    return page, column


def _text(words: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _head(column: QVBoxLayout, words: str) -> None:
    label = _text(words)
    label.setProperty("role", "quiet")
    style.dress(label, style.SMALL)
    column.addSpacing(style.GRID)
    column.addWidget(label)


class AboutDialog(QDialog):
    """The page of a loss in a window of its own."""

    def __init__(self, entry: Loss, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"About {entry.title}")
        self.about = AboutLoss()
        self.about.show_loss(entry)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[2 * style.GRID] * 4)
        column.addWidget(self.about, 1)
        column.addWidget(buttons)
        self.finished.connect(self.deleteLater)
