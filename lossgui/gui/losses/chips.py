"""Chips: the conventions at work, one after the other, in as many lines as they need."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from lossgui.core.chain import Chain
from lossgui.gui import style
from lossgui.gui.tips import tip

GAP = 6


def conventions(chain: Chain) -> tuple[tuple[str, str], ...]:
    """Return the chips of a chain, each with its words; the same ones are said once."""
    chips = {stage.chip: stage.words for stage in chain.stages if stage.chip}
    if chain.finish is not None and chain.finish.chip:
        chips[chain.finish.chip] = chain.finish.words
    return tuple(chips.items())


class Chips(QWidget):
    """Labels that flow from line to line, and one widget after the last of them.

    Parameters
    ----------
    last
        What comes after the chips.
    """

    def __init__(self, last: QWidget, parent: QWidget | None = None) -> None:
        self._labels: list[QLabel] = []
        self._last = last
        self._chips: tuple[tuple[str, str], ...] = ()
        super().__init__(parent)
        last.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def shown(self) -> tuple[str, ...]:
        """The texts of the chips, in order."""
        return tuple(chip for chip, _ in self._chips)

    def show_chips(self, chips: Sequence[tuple[str, str]]) -> None:
        """Show chips, each a text and its words; labels are used again."""
        chips = tuple(chips)
        if chips == self._chips:
            return
        self._chips = chips
        while len(self._labels) < len(chips):
            self._labels.append(self._label())
        for place, label in enumerate(self._labels):
            label.setVisible(place < len(chips))
            if place < len(chips):
                chip, words = chips[place]
                label.setText(chip)
                label.setToolTip(tip(words))
                label.setAccessibleDescription(words)
        self.arrange()

    def arrange(self) -> None:
        """Lay the chips out anew, after one of them has changed its width."""
        self._flow(self.width(), move=True)
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        return self._flow(width, move=False)

    def sizeHint(self) -> QSize:
        return QSize(30 * style.GRID, self._flow(30 * style.GRID, move=False))

    def minimumSizeHint(self) -> QSize:
        return QSize(10 * style.GRID, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._flow(self.width(), move=True)

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", "chip")
        style.dress(label, style.SMALL)
        return label

    def _flow(self, width: int, move: bool) -> int:
        """Return the height of all lines at a width, and put everything in its place if asked to."""
        widgets: list[QWidget] = [*self._labels[: len(self._chips)]]
        if not self._last.isHidden():
            widgets.append(self._last)
        hints = [widget.sizeHint() for widget in widgets]
        line = max((hint.height() for hint in hints), default=0)
        at = QPoint(0, 0)
        for widget, hint in zip(widgets, hints, strict=True):
            taken = hint.width()
            if at.x() and at.x() + taken > width:
                at = QPoint(0, at.y() + line + GAP)
            if move:
                widget.setGeometry(QRect(at, QSize(min(taken, max(width, 1)), line)))
            at.setX(at.x() + taken + GAP)
        return at.y() + line
