"""Tables in a window, and what a person does with them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from lossgui import Choice, Study
from lossgui.gui.document import Document
from lossgui.gui.tables import TablesPanel
from lossgui.gui.tables.bubble import Bubble
from lossgui.gui.tables.editor import CellEditor

Key, Mod = Qt.Key, Qt.KeyboardModifier
SAMPLES = [[0.05, 0.95, 0.0], [0.1, 0.8, 0.1]]


def small(**more):
    given = {"classes": ["cat", "dog", "bird"], "choices": (Choice.of("categorical_crossentropy"),), **more}
    return Study.of([[0, 1, 0], [0, 0, 1]], SAMPLES, **given)


def indexed():
    return Study.of(
        [2, 0], [[2.0, 1, 0.1], [0.5, -1.25, 3]], "index", "logits", classes=["cat", "dog", "bird"]
    )


class Shown:
    """A panel in a window, between two fields, with what its document says."""

    def __init__(self, qtbot, study, size=(360, 700)):
        self.document = Document(study)
        self.window = QWidget()
        layout = QVBoxLayout(self.window)
        self.before, self.after = QLineEdit(), QLineEdit()
        self.panel = TablesPanel(self.document)
        for widget in (self.before, self.panel, self.after):
            layout.addWidget(widget)
        self.said = []
        self.document.said.connect(self.said.append)
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is self.window)
        self.predictions, self.labels = self.panel.predictions, self.panel.labels

    @property
    def study(self):
        return self.document.study

    @property
    def bubble(self):
        bubble = self.panel.findChild(Bubble)
        return bubble.text() if bubble.isVisible() else None

    @property
    def editor(self):
        widget = QApplication.focusWidget()
        return widget if isinstance(widget, CellEditor) else None

    def at(self, table, row, column):
        # Qt's own way looks at the modifiers of the key that was pressed last, maybe in another test.
        table.setFocus()
        chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect
        table.selectionModel().setCurrentIndex(table.model().index(row, column), chosen)

    def press(self, *keys, modifier=Mod.NoModifier):
        for key in keys:
            QTest.keyClick(QApplication.focusWidget(), key, modifier)

    def type(self, text):
        # QTest.keyClicks aborts beyond Latin-1, so the events are made here.
        for sign in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Mod.NoModifier, sign)
                QApplication.sendEvent(QApplication.focusWidget(), event)

    def place(self, table):
        return table.currentIndex().row(), table.currentIndex().column()

    def numbers(self, which="predictions"):
        return self.study.table(which).to_array().tolist()

    def copy(self, text):
        QApplication.clipboard().setText(text)


def select(table, top, left, bottom, right):
    table.setFocus()
    table.setCurrentIndex(table.model().index(top, left))
    for _ in range(bottom - top):
        QTest.keyClick(table, Key.Key_Down, Mod.ShiftModifier)
    for _ in range(right - left):
        QTest.keyClick(table, Key.Key_Right, Mod.ShiftModifier)


def double_click(table, row, column):
    place = table.visualRect(table.model().index(row, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, place)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, Mod.NoModifier, place)


def click_header(header, nth, modifier=Mod.NoModifier):
    """Click the nth section that is seen."""
    first = header.logicalIndexAt(0)
    middle = header.sectionViewportPosition(first + nth) + header.sectionSize(first + nth) // 2
    place = QPoint(middle, 4) if header.orientation() == Qt.Orientation.Horizontal else QPoint(4, middle)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def mouse(widget, kind, place, held=True, modifier=Mod.NoModifier):
    """Send a mouse event to a widget; QTest's moves are of no button."""
    button = Qt.MouseButton.LeftButton
    moves = kind == QEvent.Type.MouseMove
    event = QMouseEvent(
        kind,
        QPointF(place),
        QPointF(widget.mapToGlobal(place)),
        Qt.MouseButton.NoButton if moves else button,
        button if held and kind != QEvent.Type.MouseButtonRelease else Qt.MouseButton.NoButton,
        modifier,
    )
    QApplication.sendEvent(widget, event)


def press(widget, place):
    mouse(widget, QEvent.Type.MouseButtonPress, place)


def move(widget, place, held=True):
    mouse(widget, QEvent.Type.MouseMove, place, held)


def release(widget, place):
    mouse(widget, QEvent.Type.MouseButtonRelease, place)


def middle(header, section):
    """Return the middle of a section of a header, in its viewport."""
    along = header.sectionViewportPosition(section) + header.sectionSize(section) // 2
    return QPoint(along, 4) if header.orientation() == Qt.Orientation.Horizontal else QPoint(4, along)


def centre(table, row, column):
    return table.visualRect(table.model().index(row, column)).center()


def colours(widget):
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    size = image.sizeInBytes()
    return {int(value) & 0xFFFFFF for value in np.frombuffer(image.constBits(), np.uint32, size // 4)}


def pick(button, key):
    action = next(action for action in button.menu().actions() if action.data() == key)
    action.trigger()
