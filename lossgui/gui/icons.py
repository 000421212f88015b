"""Icons: our own SVG files, drawn in the colours of the theme on show."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from lossgui.gui import style
from lossgui.resources import resource

_clones: list[QIconEngine] = []


def kept(clone: QIconEngine) -> QIconEngine:
    """Return a clone that lives on: Qt does not hold the Python side of what `clone` returns."""
    _clones.append(clone)
    return clone


def painted(engine: QIconEngine, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
    """Return what an engine paints; Qt's own way begins with whatever lies in memory."""
    pixmap = QPixmap(size)
    if not pixmap.isNull():  # as for a button that a narrow window leaves no room
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            engine.paint(painter, QRect(QPoint(0, 0), size), mode, state)
    return pixmap


class SvgEngine(QIconEngine):
    """Draws an SVG file, its `currentColor` replaced by a colour of the theme.

    Parameters
    ----------
    name
        Of a file in resources/icons.
    colour
        Name of a colour of the theme; chosen when it is drawn, so that icons follow the theme.
    """

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name, self._colour = name, colour

    def clone(self) -> QIconEngine:
        return kept(SvgEngine(self._name, self._colour))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        look = style.theme()
        colour: str = getattr(look, self._colour)
        if mode == QIcon.Mode.Selected:
            colour = look.on_accent
        painter.save()
        painter.setOpacity(0.5 if mode == QIcon.Mode.Disabled else 1.0)
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        _drawing(self._name, colour).render(painter, square)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return painted(self, size, mode, state)


@lru_cache(maxsize=256)
def _drawing(name: str, colour: str) -> QSvgRenderer:
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))


def icon(name: str, colour: str = "ink") -> QIcon:
    """Return an icon by the name of its file.

    Parameters
    ----------
    name
        A file in resources/icons, without its ending.
    colour
        Name of a colour of the theme, such as 'ink', 'quiet' or 'accent'.
    """
    return QIcon(SvgEngine(name, colour))


def application_icon() -> QIcon:
    """Return the program's icon, in the sizes that desktops ask for."""
    result = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            _drawing("lossgui", "#0072b2").render(painter)
        result.addPixmap(pixmap)
    return result
