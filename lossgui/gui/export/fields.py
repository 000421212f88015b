"""The controls with which an export is chosen, made from one table of a sheet's fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLabel, QWidget

from lossgui.files.preferences import Exported
from lossgui.files.sheet import PAPERS, UNITS, Sheet
from lossgui.gui import style
from lossgui.gui.export.contents import FORMATS
from lossgui.gui.menu_button import MenuButton, Option
from lossgui.gui.number_field import NumberField
from lossgui.gui.plots.switch import Switch
from lossgui.gui.tips import tip

NUMBERS = {
    "width": "Width",
    "height": "Height",
    "text": "Size of the text in points",
    "dpi": "Resolution in pixels to the inch",
}
"""The numbers of a sheet, and what they are called for those who cannot see the place."""

BOXES = {
    "title": "title",
    "legend": "legend",
    "point": "current point",
    "caption": "caption",
    "clear": "transparent",
    "outlines": "letters as outlines",
}
"""What of a sheet is either so or not."""

TIPS = {
    "clear": "Nothing is drawn behind the figure.",
    "outlines": "Letters look the same where their font is missing, and are no text any more.",
    "caption": "All that the numbers rest on, in sentences below the figure.",
}

LENGTHS = ("width", "height")
DIGITS = 2
"""Decimals of millimetres that lengths are rounded to: no inch becomes 19.99996 mm."""

SIZED = {"paper", "width", "height", "unit", "text", "theme", "clear", "title", "legend", "point"}
MATTERS: dict[str, set[str]] = {
    "pdf": SIZED | {"caption"},
    "svg": SIZED | {"caption", "outlines"},
    "png": SIZED | {"caption", "dpi"},
    "py": SIZED,
    "csv": set(),
    "json": set(),
}
"""The fields that make a difference to a file, by its ending."""

OTHER = "Another size"


class Fields(QWidget):
    """Where a person says what file is written, how large, and how it looks.

    Parameters
    ----------
    chosen
        What is chosen at first.
    plots
        Where the plots are chosen; they stand first.

    Attributes
    ----------
    changed
        Something else is chosen.
    refused
        A number is refused, or is not any more.
    parts
        The controls, by the names of what they choose.
    """

    changed = Signal()
    refused = Signal()

    def __init__(
        self, chosen: Exported, plots: Sequence[QWidget] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.chosen = chosen
        self.format = MenuButton("Format")
        self.paper = MenuButton("Size")
        self.unit = Switch("Unit", [(unit, unit) for unit in UNITS])
        self.theme = Switch("Colours", [("light", "light"), ("dark", "dark")])
        self.numbers = {
            name: NumberField(words, partial(self._with, name)) for name, words in NUMBERS.items()
        }
        self.boxes = {name: QCheckBox(words) for name, words in BOXES.items()}
        own = {"paper": self.paper, "unit": self.unit, "theme": self.theme}
        self.parts: dict[str, QWidget] = {**own, **self.numbers, **self.boxes}
        for name, words in TIPS.items():
            self.boxes[name].setToolTip(tip(words))
        self._lay_out(plots)
        self._connect()
        self._show()

    @property
    def sheet(self) -> Sheet:
        """What is drawn on."""
        return self.chosen.sheet

    def wrong(self) -> NumberField | None:
        """Return the first field whose number is refused, if any."""
        return next((field for field in self.numbers.values() if field.refusal), None)

    # Layout

    def _lay_out(self, plots: Sequence[QWidget]) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(2 * style.GRID)
        form.setVerticalSpacing(style.GRID)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for field in self.numbers.values():
            field.setFixedWidth(9 * style.GRID)
        for button in (self.format, self.paper):
            button.setProperty("role", "chip")
        part, box = self.parts, self.boxes
        for words, fields in (
            ("Plots", plots),
            ("File", [self.format]),
            ("Size", [self.paper]),
            ("", [part["width"], quiet("×"), part["height"], self.unit]),
            ("Text", [part["text"], quiet("points")]),
            ("Resolution", [part["dpi"], quiet("pixels to the inch")]),
            ("Colours", [self.theme, box["clear"]]),
            ("Show", [box["title"], box["legend"]]),
            ("", [box["point"], box["caption"]]),
            ("", [box["outlines"]]),
        ):
            form.addRow(quiet(words), row(fields))

    def _connect(self) -> None:
        self.format.picked.connect(self._pick_format)
        self.paper.picked.connect(self._pick_paper)
        self.unit.picked.connect(self._pick_unit)
        self.theme.picked.connect(partial(self._take, "theme"))
        for name, field in self.numbers.items():
            field.entered.connect(partial(self._take, name))
            field.refused.connect(self.refused)
        for name, box in self.boxes.items():
            box.toggled.connect(partial(self._take, name))

    # Choosing

    def _with(self, name: str, value: float | bool | str) -> Sheet:
        """Return the sheet with another value in one of its fields.

        Raises
        ------
        ValueError
            If it cannot be.
        """
        if name in LENGTHS:
            value = round(float(value) * UNITS[self.chosen.unit], DIGITS)
        return replace(self.sheet, **{name: whole(float(value)) if name == "dpi" else value})  # type: ignore[arg-type]

    def _take(self, name: str, value: float | bool | str) -> None:
        sheet = self._with(name, value)
        if sheet != self.sheet:
            self._choose(replace(self.chosen, sheet=sheet))

    def _choose(self, chosen: Exported) -> None:
        self.chosen = chosen
        self._show()
        self.changed.emit()

    @Slot(object)
    def _pick_format(self, ending: str) -> None:
        self._choose(replace(self.chosen, ending=ending))

    @Slot(object)
    def _pick_paper(self, name: str) -> None:
        if name == OTHER:
            self.numbers["width"].setFocus()
            self.numbers["width"].selectAll()
            return
        width, height, text = PAPERS[name]
        self._choose(replace(self.chosen, sheet=replace(self.sheet, width=width, height=height, text=text)))

    @Slot(str)
    def _pick_unit(self, unit: str) -> None:
        self._choose(replace(self.chosen, unit=unit))

    # Showing

    def _show(self) -> None:
        sheet, ending = self.sheet, self.chosen.ending
        self.format.offer([Option(f.ending, f.title, f.words) for f in FORMATS.values()], ending)
        self.format.setToolTip(tip(FORMATS[ending].words))
        own = (sheet.width, sheet.height, sheet.text)
        current = next((name for name, paper in PAPERS.items() if paper == own), OTHER)
        self.paper.offer([Option(name, name) for name in (*PAPERS, OTHER)], current)
        self.unit.choose(self.chosen.unit)
        self.theme.choose(sheet.theme)
        for name, field in self.numbers.items():
            field.show_value(self._shown(name))
        for name, box in self.boxes.items():
            box.setChecked(getattr(sheet, name))
        for name, part in self.parts.items():
            part.setEnabled(name in MATTERS[ending])

    def _shown(self, name: str) -> float:
        """Return a number as its field shows it."""
        value = float(getattr(self.sheet, name))
        return float(f"{value / UNITS[self.chosen.unit]:.5g}") if name in LENGTHS else value


def quiet(words: str) -> QLabel:
    """Return words that stand back."""
    label = QLabel(words)
    label.setProperty("role", "quiet")
    return label


def row(fields: Sequence[QWidget]) -> QHBoxLayout:
    """Return some controls side by side."""
    result = QHBoxLayout()
    result.setSpacing(3 * style.GRID // 2)
    for field in fields:
        result.addWidget(field)
    result.addStretch(1)
    return result


def whole(value: float) -> int:
    """Return a number of pixels to the inch.

    Raises
    ------
    ValueError
        If it is not whole.
    """
    if not value.is_integer():
        raise ValueError("The resolution is a whole number.")
    return int(value)
