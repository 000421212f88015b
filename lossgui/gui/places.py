"""Where the window and its parts were; never restored to where nobody can see them."""

from __future__ import annotations

import base64
import binascii

from PySide6.QtCore import QByteArray, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QWidget

LEAST_SEEN = 100, 50
"""Pixels of a window that must lie on some screen."""


def place_of(window: QWidget) -> str:
    """Return the window's place and size."""
    return base64.b64encode(window.saveGeometry().data()).decode()


def restore(window: QWidget, place: str) -> bool:
    """Put a window back; return whether it was, and can be seen."""
    try:
        data = base64.b64decode(place, validate=True)
    except (binascii.Error, ValueError):
        return False
    if not data or not window.restoreGeometry(QByteArray(data)):
        return False
    return any(_seen(window, screen.availableGeometry()) for screen in QGuiApplication.screens())


def _seen(window: QWidget, screen: QRect) -> bool:
    common = window.geometry().intersected(screen)
    return bool(common.width() >= LEAST_SEEN[0] and common.height() >= LEAST_SEEN[1])


def sizes_of(splitters: list[QSplitter]) -> list[list[int]]:
    """Return the sizes of the parts of each splitter."""
    return [splitter.sizes() for splitter in splitters]


def share_out(splitters: list[QSplitter], sizes: list[list[int]]) -> None:
    """Give each splitter's parts the sizes that they had, where they fit."""
    if len(sizes) != len(splitters):
        return
    for splitter, parts in zip(splitters, sizes, strict=True):
        if len(parts) == splitter.count() and all(0 <= part <= 100_000 for part in parts) and any(parts):
            splitter.setSizes(parts)
