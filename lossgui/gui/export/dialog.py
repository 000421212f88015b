"""The dialog in which a figure is exported: what, as which file, how large; with a live preview."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from lossgui.files.preferences import Exported
from lossgui.files.studies import Kept
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.export.contents import FORMATS, Export, carried, export_of
from lossgui.gui.export.fields import Fields
from lossgui.gui.export.preview import Preview
from lossgui.gui.number_field import NumberField
from lossgui.gui.plot_tabs import PlotTabs
from lossgui.gui.plots import PLOTS

SIZE = QSize(1080, 600)
CARRIED = "The file will carry the study: open it, or drop it on the window, to go on from here."
TOO_LARGE = "The file will not carry the study, which has more than 1 MB."
CROWDED = "There is little room: make the figure larger or its text smaller, or leave something out."
NO_PLOT = "Choose a plot."


class ExportDialog(QDialog):
    """Where a figure is exported; nothing is written before Save.

    Parameters
    ----------
    plots
        The plots that can be exported; the one in front is chosen.
    chosen
        What was chosen last time.
    kept
        What the study's file holds besides.

    Attributes
    ----------
    save, copy
        The person asks for it, and all that is chosen can be.
    """

    save = Signal()
    copy = Signal()

    def __init__(
        self,
        document: Document,
        plots: PlotTabs,
        chosen: Exported,
        kept: Kept,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._plots, self._kept = document, plots, kept
        self._study = document.study
        self.setWindowTitle("Export a figure")
        self.preview = Preview()
        self.plots = [QCheckBox(plot.title) for plot in PLOTS]
        self.plots[plots.currentIndex()].setChecked(True)
        self.fields = Fields(chosen, self.plots)
        self.note = QLabel()
        buttons = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(buttons.Save | buttons.Close)
        self.copy_button = self.buttons.addButton("&Copy", QDialogButtonBox.ButtonRole.ActionRole)
        self.save_button = self.buttons.button(buttons.Save)
        self.save_button.setText("&Save…")
        self._lay_out()
        self._connect()
        self._show()

    @property
    def chosen(self) -> Exported:
        """How the figure is exported."""
        return self.fields.chosen

    @property
    def places(self) -> list[int]:
        """The tabs of the plots that are chosen."""
        return [place for place, box in enumerate(self.plots) if box.isChecked()]

    def export(self) -> Export:
        """Return what is exported."""
        views = [self._plots.made(place) for place in self.places]
        return export_of(self._document, views, self.chosen.sheet, self._carried)

    @cached_property
    def _carried(self) -> bytes:
        return carried(self._study, self._kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Return ends a number, and does not press Save besides.
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (enters and isinstance(self.focusWidget(), NumberField)):
            super().keyPressEvent(event)

    # Layout

    def _lay_out(self) -> None:
        self.note.setWordWrap(True)
        self.note.setProperty("role", "quiet")
        style.dress(self.note, style.SMALL)
        # The longest words do not make the column wider, and the shortest leave the buttons where they are.
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        right = QVBoxLayout()
        right.setSpacing(style.GRID)
        right.addWidget(self.fields)
        right.addStretch(1)
        right.addWidget(self.note)
        right.addWidget(self.buttons)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(*[2 * style.GRID] * 4)
        columns.setSpacing(3 * style.GRID)
        columns.addWidget(self.preview, 1)
        columns.addLayout(right)
        room = self.screen().availableSize() - QSize(8 * style.GRID, 16 * style.GRID)
        self.resize(SIZE.boundedTo(room))

    def _connect(self) -> None:
        for box in self.plots:
            box.clicked.connect(self._show)
        self.fields.changed.connect(self._show)
        self.fields.refused.connect(self._note)
        self.save_button.clicked.connect(self._ask_to_save)
        self.copy_button.clicked.connect(self._ask_to_copy)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self._document.changed.connect(self._follow)

    # Asking

    @Slot()
    def _ask_to_save(self) -> None:
        if self._is_ready(self.save_button):
            self.save.emit()

    @Slot()
    def _ask_to_copy(self) -> None:
        if self._is_ready(self.copy_button):
            self.copy.emit()

    def _is_ready(self, button: QWidget) -> bool:
        """Take the number that is being typed; go to the first that is refused, if there is one."""
        button.setFocus()
        wrong = self.fields.wrong()
        if wrong is not None:
            wrong.setFocus()
        return wrong is None

    # Showing

    @Slot()
    def _follow(self) -> None:
        """Show headlines as they come; give way to another study."""
        if self._document.study is self._study:
            self._show()
        else:
            self.reject()

    @Slot()
    def _show(self) -> None:
        if self.places:
            self.preview.show_page(self.export().page)
        for button in (self.save_button, self.copy_button):
            button.setEnabled(not self._missing())
        self._note()

    def _missing(self) -> str:
        """Return why nothing can be exported, or nothing."""
        format_ = FORMATS[self.chosen.ending]
        if not self.places:
            return NO_PLOT
        several = len(self.places) > 1 and not format_.drawn
        return f"{format_.title} holds one figure: choose one plot." if several else ""

    @Slot()
    def _note(self) -> None:
        """Say what stands in the way, or else what the file will be."""
        wrong = self.fields.wrong()
        self.note.setText(wrong.refusal if wrong is not None else self._missing() or self._file())

    def _file(self) -> str:
        format_ = FORMATS[self.chosen.ending]
        if not format_.drawn:
            return format_.words
        words = CARRIED if self._carried else TOO_LARGE
        return f"{CROWDED}\n{words}" if self.preview.crowded else words
