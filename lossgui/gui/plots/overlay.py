"""What stands on top of the curves: the current x, notes, legend, points, read-out, and the ring of focus."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from lossgui.core.figures import Entry, Figure, Note
from lossgui.gui import style
from lossgui.gui.marks import MARKER, draw_marker
from lossgui.gui.plots.boxes import draw_box, read_out_box
from lossgui.gui.plots.frame import Frame
from lossgui.gui.plots.legends import DrawnLegend
from lossgui.gui.plots.notes import draw_note, with_room
from lossgui.gui.plots.titles import draw_title

HELD = 15.0
"""Size of a marker that is being dragged, or that the keyboard moves."""


@dataclass(frozen=True)
class ReadOut:
    """What is under the mouse.

    Parameters
    ----------
    at
        The mouse, in pixels.
    entries
        The lines of the box.
    line
        The pixel at which a line stands, or None.
    """

    at: QPointF
    entries: tuple[Entry, ...]
    line: float | None = None


class Overlay:
    """Drawn by itself, from the figure; all sizes are pixels of the widget.

    Attributes
    ----------
    read_out
        What is under the mouse, or None.
    grasped
        Whether points are being dragged.
    ring
        Whether to show that the keyboard is here.
    """

    def __init__(self) -> None:
        self._bounds = QRectF()
        self._figure: Figure | None = None
        self._frame: Frame | None = None
        self._notes: list[Note] = []
        self._legend = DrawnLegend()
        self.read_out: ReadOut | None = None
        self.grasped = self.ring = False

    def show_figure(self, figure: Figure, frame: Frame, bounds: QRectF) -> None:
        """Draw another figure."""
        self._figure, self._frame, self._bounds = figure, frame, bounds
        self._notes = with_room(frame, figure.notes, figure.bars) if figure.bars else list(figure.notes)

    def paint(self, painter: QPainter) -> None:
        """Draw it all."""
        if self._figure is None or self._frame is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_figure(painter, self._figure, self._frame)
        if self.read_out is not None:
            box, rect = read_out_box(self.read_out.entries, self.read_out.at, self._frame.rect)
            draw_box(painter, box, rect, style.theme().chip)
        if self.ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(style.theme().accent), 1.5))
            painter.drawRoundedRect(self._bounds.adjusted(1, 1, -1, -1), 4, 4)

    def _draw_figure(self, painter: QPainter, figure: Figure, frame: Frame) -> None:
        draw_title(painter, frame.lines, self._bounds.width())
        if figure.current is not None:
            x = frame.pixel(figure.current, frame.y.low).x()
            self._draw_line(painter, frame, x, Qt.PenStyle.DotLine)
        if self.read_out is not None and self.read_out.line is not None:
            self._draw_line(painter, frame, self.read_out.line, Qt.PenStyle.SolidLine)
        for note in self._notes:
            draw_note(painter, frame, note)
        if figure.legend is not None:
            self._legend.draw(painter, figure.legend, frame)
        for point in figure.points:
            size = HELD if point.draggable and (self.grasped or self.ring) else MARKER
            draw_marker(painter, frame.pixel(point.x, point.y), point.colour, size)

    def _draw_line(self, painter: QPainter, frame: Frame, x: float, dash: Qt.PenStyle) -> None:
        painter.setPen(QPen(QColor(style.theme().quiet), style.enlarged(), dash))
        painter.drawLine(QPointF(x, frame.rect.top()), QPointF(x, frame.rect.bottom()))
