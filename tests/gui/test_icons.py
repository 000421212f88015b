"""Icons follow the theme."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from lossgui.gui import style
from lossgui.gui.icons import application_icon, icon
from lossgui.resources import resource


@pytest.mark.parametrize("name", sorted(path.stem for path in resource("icons").glob("*.svg")))
def test_icons_are_drawn_in_the_theme(qapp: QApplication, name: str) -> None:
    style.apply("dark")
    image = icon(name, "accent").pixmap(QSize(32, 32)).toImage()
    pixels = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
    solid = [pixel.getRgb()[:3] for pixel in pixels if pixel.alpha() == 255]
    assert solid
    if "currentColor" in resource("icons", f"{name}.svg").read_text(encoding="utf-8"):
        assert np.ptp([*solid, QColor(style.theme().accent).getRgb()[:3]], axis=0).max() <= 1
    style.apply("light")


def test_a_copied_icon_still_draws(qapp: QApplication) -> None:
    copy = icon("add")
    copy.addFile("nothing.png")
    assert not copy.pixmap(QSize(16, 16)).isNull()
    assert not application_icon().isNull()
