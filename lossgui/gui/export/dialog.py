"""The dialog in which a figure is exported: what, as which file, how large; with a live preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from lossgui.files.preferences import Exported
from lossgui.files.sheet import PAPERS, UNITS, Sheet
from lossgui.files.studies import Kept
from lossgui.gui import style
from lossgui.gui.document import Document
from lossgui.gui.export.contents import FORMATS, Export, carried, export_of
from lossgui.gui.export.preview import Preview
from lossgui.gui.menu_button import MenuButton, Option
from lossgui.gui.number_field import NumberField
from lossgui.gui.plot_tabs import PlotTabs
from lossgui.gui.plots import PLOTS
from lossgui.gui.plots.switch import Switch

PARTS = {
    "title": "title",
    "legend": "legend",
    "point": "current point",
    "caption": "caption",
}
"""The parts of a figure that can be left out, by their names in a sheet."""

CARRIED = "The file will carry the study: open it, or drop it on the window, to go on from here."
TOO_LARGE = "The file will not carry the study, which has more than 1 MB."
OTHER = "Another size"


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
        self.chosen = chosen
        self.setWindowTitle("Export a figure")
        self.preview = Preview()
        self.plots = [QCheckBox(plot.title) for plot in PLOTS]
        self.format = MenuButton("Format")
        self.paper = MenuButton("Size")
        self.width_ = NumberField("Width", lambda value: self._with(width=self._millimetres(value)))
        self.height_ = NumberField("Height", lambda value: self._with(height=self._millimetres(value)))
        self.unit = Switch("Unit", [(unit, unit) for unit in UNITS])
        self.text = NumberField("Size of the text in points", lambda value: self._with(text=value))
        self.dpi = NumberField("Resolution in dpi", lambda value: self._with(dpi=_whole(value)))
        self.theme = Switch("Colours", [("light", "light"), ("dark", "dark")])
        self.clear = QCheckBox("transparent")
        self.parts = {name: QCheckBox(words) for name, words in PARTS.items()}
        self.outlines = QCheckBox("letters as outlines")
        self.note = QLabel()
        buttons = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(buttons.Save | buttons.Close)
        self.copy_button = self.buttons.addButton("Copy", QDialogButtonBox.ButtonRole.ActionRole)
        self.save_button = self.buttons.button(buttons.Save)
        self.save_button.setText("Save…")
        self.plots[plots.currentIndex()].setChecked(True)
        self._lay_out()
        self._connect()
        self._show()

    @property
    def sheet(self) -> Sheet:
        """What is drawn on."""
        return self.chosen.sheet

    @property
    def places(self) -> list[int]:
        """The tabs of the plots that are chosen."""
        return [place for place, box in enumerate(self.plots) if box.isChecked()]

    def export(self) -> Export:
        """Return what is exported."""
        views = [self._plots.made(place) for place in self.places]
        return export_of(self._document, views, self.sheet, self._study)

    @cached_property
    def _study(self) -> bytes:
        return carried(self._document.study, self._kept)

    # Layout

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(2 * style.GRID)
        form.setVerticalSpacing(style.GRID)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.unit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for field in (self.width_, self.height_, self.text, self.dpi):
            field.setFixedWidth(9 * style.GRID)
        for button in (self.format, self.paper):
            button.setProperty("role", "chip")
        for words, fields in (
            ("Plots", self.plots),
            ("File", [self.format]),
            ("Size", [self.paper]),
            ("", [self.width_, QLabel("×"), self.height_, self.unit]),
            ("Text", [self.text, _quiet("points")]),
            ("Resolution", [self.dpi, _quiet("pixels to the inch")]),
            ("Colours", [self.theme, self.clear]),
            ("Show", [self.parts["title"], self.parts["legend"]]),
            ("", [self.parts["point"], self.parts["caption"]]),
            ("", [self.outlines]),
        ):
            form.addRow(_quiet(words), _row(fields))
        self.note.setWordWrap(True)
        self.note.setProperty("role", "quiet")
        style.dress(self.note, style.SMALL)
        right = QVBoxLayout()
        right.addLayout(form)
        right.addStretch(1)
        right.addWidget(self.note)
        right.addWidget(self.buttons)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(*[2 * style.GRID] * 4)
        columns.setSpacing(3 * style.GRID)
        columns.addWidget(self.preview, 1)
        columns.addLayout(right)
        room = self.screen().availableSize() - QSize(8 * style.GRID, 16 * style.GRID)
        self.resize(QSize(1080, 600).boundedTo(room))

    def _connect(self) -> None:
        for box in self.plots:
            box.toggled.connect(self._show)
        self.format.picked.connect(self._pick_format)
        self.paper.picked.connect(self._pick_paper)
        self.unit.picked.connect(self._pick_unit)
        self.width_.entered.connect(lambda value: self._take(width=self._millimetres(value)))
        self.height_.entered.connect(lambda value: self._take(height=self._millimetres(value)))
        self.text.entered.connect(lambda value: self._take(text=value))
        self.dpi.entered.connect(lambda value: self._take(dpi=_whole(value)))
        self.theme.picked.connect(lambda theme: self._take(theme=theme))
        self.clear.toggled.connect(lambda clear: self._take(clear=clear))
        self.outlines.toggled.connect(lambda outlines: self._take(outlines=outlines))
        for name, box in self.parts.items():
            box.toggled.connect(lambda shown, name=name: self._take(**{name: shown}))
        for field in (self.width_, self.height_, self.text, self.dpi):
            field.refused.connect(self._say)
        self.buttons.accepted.connect(self.save)
        self.buttons.rejected.connect(self.reject)
        self.copy_button.clicked.connect(self.copy)
        self.finished.connect(self.deleteLater)

    # Choosing

    def _millimetres(self, value: float) -> float:
        return value * UNITS[self.chosen.unit]

    def _with(self, **changed: float | bool | str) -> Sheet:
        return replace(self.sheet, **changed)  # type: ignore[arg-type]

    def _take(self, **changed: float | bool | str) -> None:
        self.chosen = replace(self.chosen, sheet=self._with(**changed))
        self._show()

    @Slot(object)
    def _pick_format(self, ending: str) -> None:
        self.chosen = replace(self.chosen, ending=ending)
        self._show()

    @Slot(object)
    def _pick_paper(self, name: str) -> None:
        if name in PAPERS:
            width, height, text = PAPERS[name]
            self._take(width=width, height=height, text=text)

    @Slot(str)
    def _pick_unit(self, unit: str) -> None:
        self.chosen = replace(self.chosen, unit=unit)
        self._show()

    # Showing

    @Slot()
    def _show(self) -> None:
        sheet, unit = self.sheet, UNITS[self.chosen.unit]
        format_ = FORMATS[self.chosen.ending]
        self.format.offer([Option(f.ending, f.title, f.words) for f in FORMATS.values()], format_.ending)
        self.format.setToolTip(format_.words)
        own = (sheet.width, sheet.height, sheet.text)
        current = next((name for name, paper in PAPERS.items() if paper == own), OTHER)
        self.paper.offer([Option(name, name) for name in (*PAPERS, OTHER)], current)
        self.unit.choose(self.chosen.unit)
        self.width_.show_value(float(f"{sheet.width / unit:.5g}"))
        self.height_.show_value(float(f"{sheet.height / unit:.5g}"))
        self.text.show_value(sheet.text)
        self.dpi.show_value(sheet.dpi)
        self.theme.choose(sheet.theme)
        self.clear.setChecked(sheet.clear)
        self.outlines.setChecked(sheet.outlines)
        for name, box in self.parts.items():
            box.setChecked(getattr(sheet, name))
        self._enable(format_.ending, format_.drawn)
        self._show_page(format_.drawn)

    def _enable(self, ending: str, drawn: bool) -> None:
        """Let only be chosen what makes a difference to the file."""
        sized = drawn or ending == "py"
        for part in (self.paper, self.width_, self.height_, self.unit, self.text, self.theme, self.clear):
            part.setEnabled(sized)
        for name, box in self.parts.items():
            box.setEnabled(drawn or (ending == "py" and name != "caption"))
        self.dpi.setEnabled(ending == "png")
        self.outlines.setEnabled(ending == "svg")

    def _show_page(self, drawn: bool) -> None:
        some = bool(self.places) and (drawn or len(self.places) == 1)
        self.save_button.setEnabled(some)
        self.copy_button.setEnabled(some)
        if not self.places:
            self._say("Choose a plot.")
            return
        export, format_ = self.export(), FORMATS[self.chosen.ending]
        self.preview.show_page(export.page)
        if not some:
            self._say(f"{format_.title} holds one figure: choose one plot.")
        else:
            self._say((CARRIED if export.study else TOO_LARGE) if drawn else format_.words)

    @Slot(str)
    def _say(self, words: str) -> None:
        if words:
            self.note.setText(words)


def _quiet(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "quiet")
    return label


def _row(fields: Sequence[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(3 * style.GRID // 2)
    for field in fields:
        row.addWidget(field)
    row.addStretch(1)
    return row


def _whole(value: float) -> int:
    if value != int(value):
        raise ValueError("The resolution is a whole number.")
    return int(value)
