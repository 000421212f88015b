"""The commands that give away what is on show: figures as files and on the clipboard, and all results."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from lossgui.files.preferences import Exported
from lossgui.files.save import save, with_ending
from lossgui.files.unreadable import name_of
from lossgui.gui.document import Document
from lossgui.gui.filing import Filing
from lossgui.gui.plot_tabs import PlotTabs
from lossgui.gui.plots import PLOTS

if TYPE_CHECKING:
    from lossgui.gui.export.contents import Export
    from lossgui.gui.export.dialog import ExportDialog
    from lossgui.gui.export.writer import Writer

NOT_WRITTEN = "The file was not written"


class Exporting(QObject):
    """Exports what the window shows; what draws it is imported when it is first asked for.

    Parameters
    ----------
    window
        The parent of dialogs.

    Attributes
    ----------
    chosen
        How a figure was exported last.
    """

    def __init__(self, document: Document, plots: PlotTabs, filing: Filing, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._plots, self._filing, self._window = document, plots, filing, window
        self.chosen = Exported()
        self._writer: Writer | None = None

    def close(self) -> None:
        """Give up what is still being written."""
        if self._writer is not None:
            self._writer.close()

    def fill(self, menu: QMenu) -> None:
        """Put the commands into a menu."""
        for text, keys, slot in (
            ("&Export figure…", "Ctrl+E", self.ask),
            ("&Copy figure", "Ctrl+Shift+C", self.copy),
            ("Copy figure as &Python", "", self.copy_script),
            ("Export all resul&ts…", "Ctrl+Shift+E", self.ask_for_results),
        ):
            action = QAction(text, self._window)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(slot)
            menu.addAction(action)
        menu.addSeparator()

    # Figures

    @Slot()
    def ask(self) -> None:
        """Open the dialog in which a figure is exported."""
        from lossgui.gui.export.dialog import ExportDialog

        dialog = ExportDialog(self._document, self._plots, self.chosen, self._filing.kept, self._window)
        dialog.save.connect(self._save)
        dialog.copy.connect(self._copy)
        dialog.finished.connect(self._remember)
        dialog.open()

    @Slot()
    def copy(self) -> None:
        """Copy the plot in front as it was exported last."""
        self._put(self._export(), "png")

    @Slot()
    def copy_script(self) -> None:
        """Copy a script that draws the plot in front with matplotlib."""
        self._put(self._export(), "py")

    def _export(self) -> Export:
        from lossgui.gui.export.contents import carried, export_of

        study = carried(self._document.study, self._filing.kept)
        return export_of(self._document, [self._plots.current()], self.chosen.sheet, study)

    @property
    def _dialog(self) -> ExportDialog:
        from lossgui.gui.export.dialog import ExportDialog

        sender = self.sender()
        assert isinstance(sender, ExportDialog)
        return sender

    @Slot()
    def _remember(self) -> None:
        self.chosen = self._dialog.chosen

    @Slot()
    def _copy(self) -> None:
        dialog = self._dialog
        self._put(dialog.export(), dialog.chosen.ending, dialog)

    def _put(self, export: Export, ending: str, parent: QWidget | None = None) -> None:
        """Put a figure on the clipboard, drawn in all formats at once, or as text."""
        from lossgui.gui.export.contents import FORMATS

        try:
            QGuiApplication.clipboard().setMimeData(mime_data(export, ending))
        except ValueError as error:
            self._tell("The figure was not copied", str(error), parent)
            return
        format_ = FORMATS[ending]
        self._document.said.emit(f"Copied the figure{'' if format_.drawn else f' as {format_.title}'}.")

    @Slot()
    def _save(self) -> None:
        """Ask for a file and write the figure; the dialog stays open if that fails."""
        from lossgui.gui.export.contents import FORMATS

        dialog, chosen = self._dialog, self._dialog.chosen
        names = ", ".join(PLOTS[place].name for place in dialog.places)
        kinds = f"{FORMATS[chosen.ending].title} (*.{chosen.ending})"
        path = self._path(f"{self._filing.stem()} - {names}.{chosen.ending}", kinds, chosen.folder, dialog)
        if path is None:
            return
        try:
            data = dialog.export().contents(chosen.ending)
        except ValueError as error:
            self._tell("The figure was not exported", str(error), dialog)
            return
        if self._write(path, data, dialog):
            dialog.fields.chosen = replace(chosen, folder=str(path.parent))
            dialog.accept()

    # Results

    @Slot()
    def ask_for_results(self) -> None:
        """Ask for a file, and write the table with all results, beside the window."""
        # Imported here, in the window's thread: an import elsewhere may collect garbage there.
        from lossgui.files.figures import results

        name = f"{self._filing.stem()} - results.csv"
        path = self._path(name, "CSV (*.csv)", self.chosen.folder, self._window)
        if path is not None:
            self.chosen = replace(self.chosen, folder=str(path.parent))
            self._document.said.emit(f"Writing ‘{name_of(path)}’ …")
            self._beside().write(path, results.parts(self._document.study))

    def _beside(self) -> Writer:
        """Return what writes beside the window, made for the first file."""
        from lossgui.gui.export.writer import Writer

        if self._writer is None:
            self._writer = Writer(self)
            self._writer.written.connect(self._show_written)
        return self._writer

    @Slot(object, str)
    def _show_written(self, path: Path, refusal: str) -> None:
        if refusal:
            self._tell(NOT_WRITTEN, refusal, self._window)
        else:
            self._document.said.emit(f"Exported ‘{name_of(path)}’.")

    # Files

    def _path(self, name: str, kinds: str, folder: str, parent: QWidget) -> Path | None:
        """Return the file that a person names, with an ending, or None."""
        suggested = Path(folder or self._filing.folder()) / name
        chosen, _ = QFileDialog.getSaveFileName(parent, "Export", str(suggested), kinds)
        if not chosen:
            return None
        try:
            return with_ending(chosen, suggested.suffix)
        except OSError as error:
            self._tell(NOT_WRITTEN, str(error), parent)
            return None

    def _write(self, path: Path, data: bytes, parent: QWidget) -> bool:
        try:
            save(path, data)
        except OSError as error:
            self._tell(NOT_WRITTEN, str(error), parent)
            return False
        self._document.said.emit(f"Exported ‘{name_of(path)}’.")
        return True

    def _tell(self, title: str, words: str, parent: QWidget | None) -> None:
        self._document.said.emit(words)
        box = QMessageBox(parent or self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(title)
        box.setInformativeText(words)
        box.open()


def mime_data(export: Export, ending: str) -> QMimeData:
    """Return an export for the clipboard: a drawn one as picture, SVG and PDF in one, others as text.

    Raises
    ------
    ValueError
        As `Export.contents` does.
    """
    from lossgui.gui.export.contents import FORMATS
    from lossgui.gui.export.formats import image

    data = QMimeData()
    if not FORMATS[ending].drawn:
        # The mark that a file of numbers begins with would be pasted into the first cell.
        data.setText(export.contents(ending).decode("utf-8-sig"))
        return data
    data.setImageData(image(export.page))
    for kind, drawn in (("image/png", "png"), ("image/svg+xml", "svg"), ("application/pdf", "pdf")):
        data.setData(kind, export.contents(drawn))
    return data
