"""A figure laid out in some size, to be drawn by any painter: on the screen, in a picture, on paper."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from lossgui.core.figures import Figure
from lossgui.gui.plots.axes import Axes
from lossgui.gui.plots.bars import Rectangles
from lossgui.gui.plots.boxes import outer_room
from lossgui.gui.plots.cells import Cells
from lossgui.gui.plots.curves import Curves
from lossgui.gui.plots.frame import Frame, frame_of
from lossgui.gui.plots.overlay import Overlay


class Drawing:
    """A figure in two layers: one that stays while a point is dragged, and one that moves with it.

    Attributes
    ----------
    figure, frame
        What is drawn, and where; None before anything is.
    """

    def __init__(self) -> None:
        self.figure: Figure | None = None
        self.frame: Frame | None = None
        self.axes, self.curves, self.cells = Axes(), Curves(), Cells()
        self.bars, self.overlay = Rectangles(), Overlay()

    def show(self, figure: Figure, size: QSizeF) -> bool:
        """Lay a figure out in a size, in pixels; return whether the layer that stays is another."""
        before, frame = self.frame, frame_of(figure, size, outer_room(figure.legend, size.width()))
        bounds = QRectF(QPointF(0, 0), size)
        self.figure, self.frame = figure, frame
        changed = before != frame
        if changed:
            self.axes.show_axes(frame, bounds)
        changed |= self.curves.show_curves(figure.series, frame)
        changed |= self.cells.show_image(figure.image, frame)
        self.bars.show_bars(figure.bars, frame)
        self.overlay.show_figure(figure, frame, bounds)
        return changed

    def draw_below(self, painter: QPainter) -> None:
        """Draw the layer that stays: axes, curves, image."""
        for part in (self.axes, self.curves, self.cells):
            painter.save()
            part.paint(painter)
            painter.restore()

    def draw_above(self, painter: QPainter) -> None:
        """Draw the layer that moves: bars, title, notes, legend, points."""
        for part in (self.bars, self.overlay):
            painter.save()
            part.paint(painter)
            painter.restore()
