"""Editors of a loss's parameters, built from the catalogue."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QSlider, QVBoxLayout, QWidget

from lossgui.core.choice import Choice
from lossgui.core.loss import Form
from lossgui.core.parameter import Parameter, Value
from lossgui.gui import style
from lossgui.gui.menu_button import literal
from lossgui.gui.number_field import NumberField
from lossgui.gui.tips import tip

STEPS = 100
WIDEST_LINEAR = 10.0
DECADES = 3


@dataclass(frozen=True)
class Scale:
    """The places of a slider: evenly spaced, or, with `least`, evenly in the logarithm from there on."""

    low: float
    high: float
    least: float | None = None

    @classmethod
    def of(cls, parameter: Parameter) -> Scale | None:
        """Return the scale that suits a parameter; None where a slider would not help."""
        low, high = parameter.reach or (parameter.low, parameter.high)
        default = float(parameter.default)
        if not (math.isfinite(low) and math.isfinite(high)):
            return None
        if default > 0 and high / default >= 10**DECADES and low < default:
            return cls(low, high, max(default * default / high, low))
        return cls(low, high) if high - low <= WIDEST_LINEAR else None

    def value(self, place: int) -> float:
        """Return the number at a place from 0 to STEPS, a short one."""
        if place in (0, STEPS):
            return self.high if place else self.low
        if self.least is None:
            return round(self.low + (self.high - self.low) * place / STEPS, 10)
        between = (self.high / self.least) ** (place / STEPS)
        return float(f"{self.least * between:.2g}")

    def place(self, value: float) -> int:
        """Return the place nearest to a number."""
        if self.least is None:
            share = (value - self.low) / (self.high - self.low)
        else:
            share = math.log(max(value, self.least) / self.least) / math.log(self.high / self.least)
        return min(max(round(share * STEPS), 0), STEPS)


class Slider(QSlider):
    """A slider that leaves the wheel to the list it lies in, and knows what belongs to one drag."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.drag = object()
        self.setRange(0, STEPS)
        self.setPageStep(STEPS // 10)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sliderPressed.connect(self._begin)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._begin()

    @Slot()
    def _begin(self) -> None:
        self.drag = object()


class NumberEditor(QWidget):
    """A number: its title, a field, a slider where one helps, and why the last text was not taken."""

    changed = Signal(object, object)

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = Scale.of(parameter)
        title = QLabel(literal(parameter.title))
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setWordWrap(True)
        title.setToolTip(tip(parameter.words))
        self.field = NumberField(parameter.title, parameter.checked)
        self.field.setFixedWidth(8 * style.GRID)
        self.field.setToolTip(tip(parameter.words))
        self.field.entered.connect(self._entered)
        self.field.refused.connect(self._refused)
        title.setBuddy(self.field)
        self.warning = QLabel()
        self.warning.setTextFormat(Qt.TextFormat.PlainText)
        self.warning.setWordWrap(True)
        self.warning.setProperty("role", "warning")
        self.warning.setVisible(False)
        self.slider: Slider | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(style.GRID // 2)
        grid.addWidget(title, 0, 0)
        grid.addWidget(self.field, 0, 2)
        grid.addWidget(self.warning, 1, 0, 1, 3)
        grid.setColumnStretch(0, 1)
        if self._scale is not None:
            self.slider = Slider(f"{parameter.title}, slider")
            self.slider.valueChanged.connect(self._slid)
            self.slider.setFixedWidth(7 * style.GRID)
            grid.addWidget(self.slider, 0, 1)

    def show_value(self, value: Value) -> None:
        """Show the value; nothing is written back."""
        self.field.show_value(float(value))
        if self.slider is not None and self._scale is not None:
            with QSignalBlocker(self.slider):
                self.slider.setValue(self._scale.place(float(value)))

    def focusables(self) -> list[QWidget]:
        """Return what the Tab key goes through, in order."""
        return [part for part in (self.field, self.slider) if part is not None]

    @Slot(float)
    def _entered(self, value: float) -> None:
        self.changed.emit(value, None)

    @Slot(str)
    def _refused(self, why: str) -> None:
        self.warning.setText(why)
        self.warning.setVisible(bool(why))

    @Slot(int)
    def _slid(self, place: int) -> None:
        if self._scale is not None and self.slider is not None:
            self.changed.emit(self._scale.value(place), self.slider.drag)


class Switch(QCheckBox):
    """A yes-or-no."""

    changed = Signal(object, object)

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(literal(parameter.title), parent)
        self.setToolTip(tip(parameter.words))
        self.setAccessibleName(parameter.title)
        self.setAccessibleDescription(parameter.words)
        self.clicked.connect(self._clicked)

    def show_value(self, value: Value) -> None:
        """Show the value; nothing is written back."""
        with QSignalBlocker(self):
            self.setChecked(bool(value))

    def focusables(self) -> list[QWidget]:
        """Return what the Tab key goes through, in order."""
        return [self]

    @Slot(bool)
    def _clicked(self, checked: bool) -> None:
        self.changed.emit(checked, None)


class ParameterEditors(QWidget):
    """One editor for each parameter of a loss."""

    edited = Signal(str, object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form: Form | None = None
        self.editors: dict[str, Switch | NumberEditor] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, style.GRID // 2, 0, 0)
        self._column.setSpacing(style.GRID)

    def show_choice(self, choice: Choice) -> None:
        """Show the values of a choice; editors are made anew only for another loss or profile."""
        if choice.form is not self._form:
            self._build(choice.form)
        for name, value in choice.parameters:
            self.editors[name].show_value(value)

    def focusables(self) -> list[QWidget]:
        """Return what the Tab key goes through, in order."""
        return [part for editor in self.editors.values() for part in editor.focusables()]

    def _build(self, form: Form) -> None:
        self._form = form
        for editor in self.editors.values():
            self._column.removeWidget(editor)
            editor.hide()
            editor.deleteLater()
        self.editors = {}
        for parameter in form.parameters:
            editor = Switch(parameter) if isinstance(parameter.default, bool) else NumberEditor(parameter)
            editor.changed.connect(partial(self._changed, parameter.name))
            self._column.addWidget(editor)
            self.editors[parameter.name] = editor
        self.setVisible(bool(self.editors))

    def _changed(self, name: str, value: Value, merge: object | None) -> None:
        self.edited.emit(name, value, merge)
