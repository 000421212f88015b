"""The main window: lays out; the only module that knows all parts."""

from __future__ import annotations

import platform
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy
from PySide6.QtCore import QEventLoop, Qt, QTimer, Slot, qVersion
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QMessageBox,
    QSplitter,
    QStackedWidget,
    QTabWidget,
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
from lossgui.gui.filing import Filing
from lossgui.gui.losses import LossesPanel
from lossgui.gui.origin import OriginNote
from lossgui.gui.plots import PLOTS
from lossgui.gui.tables import TablesPanel
from lossgui.gui.working import WorkingView

if TYPE_CHECKING:
    from lossgui.gui.plots.view import FigureView


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
        self.losses = LossesPanel(document)
        self.working = WorkingView(document)
        self.plots = self._tabs(plot)
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._columns())
        self.setCentralWidget(self.pages)
        self.setAcceptDrops(True)
        self.filing = Filing(document, self)
        self.asks = True
        self._make_menus()
        self.losses.selected.connect(self.working.choose)
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
        middle.addWidget(self.working)
        middle.setStretchFactor(0, 1)
        middle.setSizes([520, 180])
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setHandleWidth(1)
        columns.setChildrenCollapsible(False)
        for part, width in ((left, 330), (middle, 720), (self.losses, 310)):
            columns.addWidget(part)
            columns.setStretchFactor(columns.count() - 1, int(part is middle))
            part.setMinimumWidth(min(width, 280))
        columns.setSizes([330, 720, 310])
        self.splitters = [columns, middle]
        return columns

    # Projector

    @property
    def projecting(self) -> bool:
        """Whether the projector page is in front."""
        return self.pages.count() > 1

    @Slot()
    def project(self, height: int | None = None) -> None:
        """Show only what a class needs, large enough to be read from the back; Escape leads back.

        Parameters
        ----------
        height
            Lines of the picture; those of the screen if not given.
        """
        if self.projecting:
            return
        from lossgui.gui.projector import ProjectorPage

        self.settle()
        self._before = self.geometry(), self.windowState(), self.focusWidget()
        style.project(height or self.screen().size().height())
        view = self._new_plot(self.plots.currentIndex())
        view.take_over(self.current_plot())
        page = ProjectorPage(self.document, view)
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self._bars_shown(False)
        if height is None:
            self.showFullScreen()
        view.canvas.setFocus(Qt.FocusReason.MouseFocusReason)

    @Slot()
    def leave_projector(self) -> None:
        """Show the window exactly as it was."""
        if not self.projecting:
            return
        self.pages.setCurrentIndex(0)
        page = self.pages.widget(1)
        if page is not None:
            self.pages.removeWidget(page)
            page.deleteLater()
        style.project(None)
        self._bars_shown(True)
        geometry, state, focus = self._before
        self.setWindowState(state)
        self.setGeometry(geometry)
        if focus is not None:
            focus.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def _bars_shown(self, shown: bool) -> None:
        self.menuBar().setVisible(shown)
        self.statusBar().setVisible(shown)
        self.leave_action.setEnabled(not shown)

    @Slot()
    def _toggle_projector(self) -> None:
        if self.projecting:
            self.leave_projector()
        else:
            self.project()

    # Plots

    def current_plot(self) -> FigureView:
        """Return the plot in front, made if it is not there yet."""
        self._make_plot(self.plots.currentIndex())
        page = self.plots.currentWidget()
        layout = page.layout() if page else None
        item = layout.itemAt(0) if layout else None
        view = item.widget() if item else None
        return cast("FigureView", view)

    def _new_plot(self, place: int) -> FigureView:
        module, _, name = PLOTS[place].view.partition(":")
        made: FigureView = getattr(import_module(module), name)(self.document)
        return made

    def _tabs(self, plot: str) -> QTabWidget:
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.setAccessibleName("Plots")
        tabs.tabBar().setAccessibleName("Plots")
        for entry in PLOTS:
            page = QWidget()
            page.setAccessibleName(entry.title)
            layout = QVBoxLayout(page)
            layout.setContentsMargins(2 * style.GRID, style.GRID, 2 * style.GRID, 0)
            tabs.addTab(page, entry.title)
        tabs.setCurrentIndex([entry.name for entry in PLOTS].index(plot))
        tabs.currentChanged.connect(self._make_plot)
        return tabs

    @Slot(int)
    def _make_plot(self, place: int) -> None:
        """Make a plot when it is first looked at: pyqtgraph takes 0.3 s to import."""
        page = self.plots.widget(place)
        layout = page.layout() if page else None
        if layout is not None and not layout.count():
            layout.addWidget(self._new_plot(place))

    # Menus

    def _make_menus(self) -> None:
        bar = self.menuBar()
        file = bar.addMenu("&File")
        self.filing.fill(file)
        self.quit_action = self._action(file, "&Quit", "Ctrl+Q", self.close)
        edit = bar.addMenu("&Edit")
        self.undo = self.document.stack.createUndoAction(self, "&Undo")
        self.undo.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
        self.redo = self.document.stack.createRedoAction(self, "&Redo")
        self.redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        edit.addActions([self.undo, self.redo])
        self.tables.fill_menu(edit)
        edit.addSeparator()
        edit.addAction(self.losses.add)
        working = edit.addMenu("Copy &working")
        working.addActions([self.working.copy_text, self.working.copy_latex, self.working.copy_markdown])
        view = bar.addMenu("&View")
        for place, entry in enumerate(PLOTS):
            self._action(view, entry.title, f"Ctrl+{place + 1}", partial(self.plots.setCurrentIndex, place))
        view.addSeparator()
        self._action(view, "&Projector", "F5", self._toggle_projector)
        self.leave_action = QAction("Leave the projector", self)
        self.leave_action.setShortcut(QKeySequence("Esc"))
        self.leave_action.setEnabled(False)
        self.leave_action.triggered.connect(self.leave_projector)
        self.addAction(self.leave_action)
        self._action(view, "&Larger text", "Ctrl++", partial(self._zoom, 1.1)).setShortcuts(
            [QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")]
        )
        self._action(view, "&Smaller text", "Ctrl+-", partial(self._zoom, 1 / 1.1))
        self._action(view, "&Usual text", "Ctrl+0", partial(self._zoom, 0.0))
        view.addAction(self.tables.shade)
        self.theme_action = self._action(view, "Light or &dark", "Ctrl+Shift+D", self.toggle_theme)
        self.example_menu = bar.addMenu("E&xamples")
        self.example_menu.aboutToShow.connect(self._fill_examples)
        help_menu = bar.addMenu("&Help")
        self.about_action = self._action(help_menu, "&About Loss Explorer", "", self.about)
        self._make_corners()

    def _make_corners(self) -> None:
        self.title.setContentsMargins(2 * style.GRID, 0, style.GRID, 0)
        style.dress(self.title, style.BODY, bold=True)
        self.menuBar().setCornerWidget(self.title, Qt.Corner.TopLeftCorner)
        self.tools = QWidget(self.menuBar())
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, style.GRID, 0)
        row.setSpacing(style.GRID // 2)
        for action, name in ((self.undo, "undo"), (self.redo, "redo"), (self.theme_action, "theme")):
            action.setIcon(icons.icon(name))
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAccessibleName(action.text().replace("&", ""))
            row.addWidget(button)
        self.menuBar().setCornerWidget(self.tools, Qt.Corner.TopRightCorner)

    def _action(self, menu: QMenu, text: str, keys: str, slot: object) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(slot)
        menu.addAction(action)
        return action

    @Slot()
    def _fill_examples(self) -> None:
        menu = self.example_menu
        if not menu.isEmpty():
            return
        groups: dict[str, QMenu] = {}
        for example in examples.examples():
            if example.group not in groups:
                groups[example.group] = menu.addMenu(example.group.replace("&", "&&"))
            action = groups[example.group].addAction(example.title.replace("&", "&&"))
            action.triggered.connect(partial(self.open_example, example.name))

    def open_example(self, name: str, checked: bool = False) -> None:
        """Show an example."""
        if self.filing.may_leave():
            self.filing.take(Saved(examples.load(name)), None)

    # What the window says

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
        if shown != self.title.text():
            self.title.setText(shown)
            # The menu bar makes room for a corner only when it is given one.
            self.menuBar().setCornerWidget(self.title, Qt.Corner.TopLeftCorner)

    def _zoom(self, factor: float, checked: bool = False) -> None:
        style.zoom_to(style.zoom() * factor if factor else 1.0)

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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self._make_current_plot)

    @Slot()
    def _make_current_plot(self) -> None:
        self._make_plot(self.plots.currentIndex())

    def settle(self, milliseconds: int = 60_000) -> None:
        """Wait until everything on show is computed and painted."""
        self._make_current_plot()
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
        self.filing.open(*paths[:2])

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
        self.leave_projector()
        self.document.close()
        super().closeEvent(event)
