"""The main window: lays out; the only module that knows all parts."""

from __future__ import annotations

import platform
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy
from PySide6.QtCore import QEventLoop, Qt, QTimer, Slot, qVersion
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lossgui import __version__
from lossgui.files import examples
from lossgui.files.studies import Saved
from lossgui.files.unreadable import name_of
from lossgui.gui import icons, style
from lossgui.gui.document import Document
from lossgui.gui.exporting import Exporting
from lossgui.gui.filing import Filing
from lossgui.gui.menu_bar import MenuBar
from lossgui.gui.menus import Menus
from lossgui.gui.origin import OriginNote
from lossgui.gui.plot_tabs import PlotTabs
from lossgui.gui.projection import Projection
from lossgui.gui.tables import TablesPanel

if TYPE_CHECKING:
    from lossgui.gui.losses import LossesPanel
    from lossgui.gui.working import WorkingView


LEAST_WIDTH = 280
"""Pixels that a column has at least."""


class MainWindow(QMainWindow):
    """Tables to the left, plots and working in the middle, losses to the right.

    Parameters
    ----------
    document
        What is shown; the window closes it when it closes.
    plot
        Name of the plot in front.
    """

    def __init__(self, document: Document, plot: str = "curve") -> None:
        super().__init__()
        self.document = document
        self.tables = TablesPanel(document)
        self.plots = PlotTabs(document, plot)
        self.setMenuBar(MenuBar())
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._columns())
        self.setCentralWidget(self.pages)
        self.setAcceptDrops(True)
        self.filing = Filing(document, self)
        self.exporting = Exporting(document, self.plots, self.filing, self)
        self.projection = Projection(self)
        self.asks = True
        self._painted = False
        self.menus = Menus(self)
        self._make_corners()
        document.said.connect(self.say)
        document.changed.connect(self._retitle)
        document.stack.cleanChanged.connect(self._retitle)
        self.filing.changed.connect(self._retitle)
        self._retitle()
        self.tables.predictions.setFocus()
        self.statusBar().setSizeGripEnabled(False)
        self.say("Drag a point on the curve, or type into a cell.")

    # Layout

    def _columns(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(2 * style.GRID, style.GRID, style.GRID, style.GRID)
        column.addWidget(self.tables, 1)
        column.addWidget(OriginNote(self.document))
        middle = QSplitter(Qt.Orientation.Vertical)
        middle.setHandleWidth(1)
        middle.setChildrenCollapsible(False)
        middle.addWidget(self.plots)
        middle.addWidget(QWidget(minimumHeight=80))
        middle.setStretchFactor(0, 1)
        middle.setSizes([520, 180])
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setHandleWidth(1)
        columns.setChildrenCollapsible(False)
        for part, width in ((left, 330), (middle, 720), (QWidget(), 310)):
            columns.addWidget(part)
            columns.setStretchFactor(columns.count() - 1, int(part is middle))
            part.setMinimumWidth(min(width, LEAST_WIDTH))
        columns.setSizes([330, 720, 310])
        self.splitters = [columns, middle]
        return columns

    # What the window is first painted without, since to import it takes as long as all else

    @cached_property
    def losses(self) -> LossesPanel:
        """The chosen losses."""
        from lossgui.gui.losses import LossesPanel

        panel = LossesPanel(self.document)
        panel.setMinimumWidth(LEAST_WIDTH)
        if (empty := self.splitters[0].replaceWidget(2, panel)) is not None:
            empty.deleteLater()
        self.menus.edit.insertActions(self.menus.copies.menuAction(), [panel.add, panel.own])
        return panel

    @cached_property
    def working(self) -> WorkingView:
        """How the number comes about."""
        from lossgui.gui.working import WorkingView

        view = WorkingView(self.document)
        if (empty := self.splitters[1].replaceWidget(1, view)) is not None:
            empty.deleteLater()
        # What is made last would be reached last.
        for before, after in pairwise([self.plots.last, view.chooser, view.reader]):
            QWidget.setTabOrder(before, after)
        self.losses.selected.connect(view.choose)
        self.menus.copies.addActions([view.copy_text, view.copy_latex, view.copy_markdown])
        return view

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._complete)

    @Slot()
    def _complete(self) -> None:
        self.losses.show()
        self.working.show()
        self.plots.make_current()

    # Examples

    def open_example(self, name: str, checked: bool = False) -> None:
        """Show an example."""
        if self.filing.may_leave():
            self.filing.take(Saved(examples.load(name)), None)

    # What the window says

    def _make_corners(self) -> None:
        self.title.setContentsMargins(2 * style.GRID, 0, style.GRID, 0)
        style.dress(self.title, style.BODY, bold=True)
        self.menuBar().setCornerWidget(self.title, Qt.Corner.TopLeftCorner)
        self.tools = QWidget(self.menuBar())
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, style.GRID, 0)
        row.setSpacing(style.GRID // 2)
        for action in (self.menus.undo, self.menus.redo, self.menus.theme):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAccessibleName(action.text().replace("&", ""))
            row.addWidget(button)
        self.menuBar().setCornerWidget(self.tools, Qt.Corner.TopRightCorner)

    @Slot(str)
    def say(self, text: str) -> None:
        """Show a sentence in the status line until the next."""
        self.statusBar().showMessage(text)

    @Slot()
    def toggle_theme(self) -> None:
        """Change between light and dark."""
        style.apply("light" if style.theme().name == "dark" else "dark")
        self._retitle()

    @Slot()
    def _retitle(self) -> None:
        path = self.filing.path
        title = name_of(path) if path else self.document.study.title or "Untitled"
        clean = self.document.stack.isClean()
        self.setWindowTitle(f"{title}[*]")
        self.setWindowModified(not clean)
        shown = title if clean else f"{title}*"
        self.title.setText(shown)

    @Slot()
    def about(self) -> None:
        """Say what the program is, and with which versions it runs."""
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("About Loss Explorer")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Loss Explorer {__version__}")
        versions = f"Python {platform.python_version()}, NumPy {numpy.__version__}, Qt {qVersion()}"
        box.setInformativeText(
            f"Edit labels and predictions, pick losses, and see what they come to.\n\n{versions}"
        )
        box.setIconPixmap(icons.application_icon().pixmap(64, 64))
        box.open()

    # Showing and closing

    def fit_screen(self) -> None:
        """Take a good size on the screen that there is."""
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.setGeometry(screen.x(), screen.y(), min(1440, screen.width()), min(860, screen.height()))

    def settle(self, milliseconds: int = 60_000) -> None:
        """Wait until everything on show is computed and painted."""
        self.plots.make_current()
        QApplication.processEvents()
        if self.document.computing:
            loop = QEventLoop()
            self.document.changed.connect(loop.quit)
            QTimer.singleShot(milliseconds, loop.quit)
            loop.exec()
        self.working.settle()
        for _ in range(5):
            QApplication.processEvents()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = self._dropped(event)
        event.acceptProposedAction()
        if len(paths) > 2:
            self.say(f"{len(paths)} files were dropped: drop one, or predictions and then their labels.")
            return
        self.filing.open(*paths)

    @staticmethod
    def _dropped(event: QDropEvent) -> list[Path]:
        return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]

    def close_unasked(self) -> None:
        """Close without a question: the session ends, and nobody is there to answer."""
        self.asks = False
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.asks and not self.filing.may_leave():
            event.ignore()
            return
        self.projection.end()
        self.exporting.close()
        self.document.close()
        super().closeEvent(event)
