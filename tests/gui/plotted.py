"""A document, its plots on a screen, and a mouse."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lossgui import Choice, Study
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.plots.view import FigureView

LABELS, PREDICTIONS = [[0, 1, 0], [0, 0, 1]], [[0.05, 0.95, 0.0], [0.1, 0.8, 0.1]]
BIRD = (1, 2)
CHOICES = (
    Choice.of("categorical_crossentropy", "Keras 3"),
    Choice.of("categorical_crossentropy", colour=1),
    Choice.of("mean_squared_error", colour=2),
)


def study(*choices: Choice, **more: Any) -> Study:
    classes = ["cat", "dog", "<b>bird</b>"]
    return Study.of(LABELS, PREDICTIONS, classes=classes, choices=choices or CHOICES, **more)


def opened() -> Document:
    """Return a document whose curves vary the prediction of class bird of sample 2."""
    style.apply("light")
    document = Document(study())
    document.focus_on(*BIRD)
    return document


def on_screen(qtbot: QtBot, view: FigureView) -> FigureView:
    qtbot.addWidget(view)
    view.resize(760, 520)
    with qtbot.waitExposed(view):
        view.show()
    return view


def place(view: FigureView, x: float, y: float = 2.0) -> QPoint:
    assert view.canvas.frame is not None
    return view.canvas.frame.pixel(x, y).toPoint()


def mouse(view: FigureView, kind: QEvent.Type, at: QPoint) -> None:
    """Send a mouse event as a screen does: a move says which buttons are down."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else left
    down = none if kind == QEvent.Type.MouseButtonRelease else left
    viewport = view.canvas.viewport()
    where = QPointF(viewport.mapToGlobal(at))
    QApplication.sendEvent(
        viewport, QMouseEvent(kind, QPointF(at), where, button, down, Qt.KeyboardModifier(0))
    )


def drag(qtbot: QtBot, view: FigureView, *xs: float) -> None:
    mouse(view, QEvent.Type.MouseButtonPress, place(view, xs[0]))
    for x in xs[1:]:
        mouse(view, QEvent.Type.MouseMove, place(view, x))
        qtbot.wait(20)
    mouse(view, QEvent.Type.MouseButtonRelease, place(view, xs[-1]))


def row(document: Document) -> list[float]:
    return [float(number) for number in document.study.predictions.row(1)]
