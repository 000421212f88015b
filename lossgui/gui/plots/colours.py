"""Colours of figures in the theme on show."""

from __future__ import annotations

from PySide6.QtGui import QColor

from lossgui.core.figures import Colour
from lossgui.gui import style


def colour_of(colour: Colour) -> QColor:
    """Return a figure's colour in the theme on show."""
    look = style.theme()
    if colour.palette == "losses":
        return look.loss(colour.index)
    if colour.palette == "classes":
        return look.of_class(colour.index)
    return QColor({"ink": look.ink, "ground": look.ground}.get(colour.palette, look.quiet))
