"""Going to the projector page, and back to exactly what was there before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from shiboken6 import isValid

from lossgui.gui import style

if TYPE_CHECKING:
    from lossgui.gui.window import MainWindow


class Projection(QObject):
    """Shows only what a class needs, large enough to be read from the back.

    Parameters
    ----------
    window
        Its page takes the place of the window's columns and bars.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.plots.currentChanged.connect(self._change)

    @property
    def on(self) -> bool:
        """Whether the projector page is in front."""
        return self._window.pages.count() > 1

    @Slot()
    def begin(self, height: int | None = None) -> None:
        """Go to the projector page; Escape leads back.

        Parameters
        ----------
        height
            Lines of the picture; those of the screen if not given.
        """
        if self.on:
            return
        window = self._window
        self._before = window.geometry(), window.windowState(), window.focusWidget()
        style.project(height or window.screen().size().height())
        self._show_bars(False)
        if height is None:
            window.showFullScreen()
        self._show_page()

    @Slot()
    def end(self) -> None:
        """Show the window exactly as it was."""
        if not self.on:
            return
        window = self._window
        window.pages.setCurrentIndex(0)
        self._drop_page()
        style.project(None)
        self._show_bars(True)
        geometry, state, focus = self._before
        window.setWindowState(state)
        window.setGeometry(geometry)
        if focus is not None:
            # A cell's editor is closed by now, if not gone.
            there = focus if isValid(focus) and focus.isVisible() else window.tables.predictions
            there.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    @Slot()
    def toggle(self) -> None:
        """Go to the projector page, or back."""
        if self.on:
            self.end()
        else:
            self.begin()

    @Slot()
    def _change(self) -> None:
        """Show the plot that is in front now."""
        if self.on:
            self._drop_page()
            self._show_page()

    def _show_page(self) -> None:
        from lossgui.gui.projector import ProjectorPage

        pages, view = self._window.pages, self._window.plots.like_current()
        page = ProjectorPage(self._window.document, view)
        pages.addWidget(page)
        pages.setCurrentWidget(page)
        view.canvas.setFocus(Qt.FocusReason.MouseFocusReason)

    def _drop_page(self) -> None:
        pages = self._window.pages
        if (page := pages.widget(1)) is not None:
            pages.removeWidget(page)
            page.deleteLater()

    def _show_bars(self, shown: bool) -> None:
        self._window.menuBar().setVisible(shown)
        self._window.statusBar().setVisible(shown)
        self._window.menus.leave_projector.setEnabled(not shown)
