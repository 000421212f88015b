"""A legend on the screen: its labels stay a picture for as long as only its numbers change."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from lossgui.core.figures import Legend
from lossgui.gui import style
from lossgui.gui.plots.boxes import Box, draw_box, draw_labels, draw_values, legend_box, to_edge
from lossgui.gui.plots.frame import Frame


class DrawnLegend:
    """Draws a legend, again and again."""

    def __init__(self) -> None:
        self._alike: object = None
        self._labels = QPixmap()

    def draw(self, painter: QPainter, legend: Legend, frame: Frame) -> None:
        """Draw a legend where it stands in a frame."""
        box, rect = legend_box(legend, frame)
        ground, hidden = style.theme().ground, to_edge(legend, rect, frame.rect)
        widget = painter.device()
        if not isinstance(widget, QWidget):
            # In a figure that is exported, text stays text.
            draw_box(painter, box, rect, ground, hidden)
            return
        corner = QPointF(hidden.toAlignedRect().topLeft())
        there, behind = rect.translated(-corner), hidden.translated(-corner)
        alike = _labels(box), there, behind, style.look(), widget.devicePixelRatioF()
        if alike != self._alike:
            self._alike, self._labels = alike, _picture(box, there, behind, widget)
        painter.drawPixmap(corner, self._labels)
        draw_values(painter, box, rect)


def _labels(box: Box) -> tuple[object, ...]:
    """Return all that the labels of a box depend on."""
    entries = [(entry.label, entry.mark, entry.colour) for entry in box.entries]
    return entries, box.text, box.sign, box.label, box.value, box.line, box.columns


def _picture(box: Box, rect: QRectF, hidden: QRectF, widget: QWidget) -> QPixmap:
    """Return the labels of a box as a picture with the resolution of a widget."""
    ratio = widget.devicePixelRatioF()
    result = QPixmap(hidden.toAlignedRect().size() * ratio)
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    with QPainter(result) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_labels(painter, box, rect, style.theme().ground, hidden)
    return result
