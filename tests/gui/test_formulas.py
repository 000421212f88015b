"""Formulas as pictures: what they look like, what is remembered, and that all of the catalogue can be set."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from core.drawn import FORMS, Case, drawn
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from lossgui import LOSSES
from lossgui.core import notation
from lossgui.core.evaluate import Outcome
from lossgui.gui import formulas
from lossgui.gui.formulas import Formula, formula

ROOT = Path(__file__).resolve().parents[2]
INK, RED = "#000000", "#ff0000"


@pytest.fixture(autouse=True)
def loaded(qapp: object) -> None:
    for _ in formulas.load():
        pass
    assert formulas.loaded()


def made(latex: str, size: float = 40, colour: str = INK, bold: bool = False) -> Formula:
    result = formula(latex, size, colour, bold)
    assert result is not None, latex
    return result


def picture(shown: Formula) -> np.ndarray:
    """Return the ink of each pixel of a formula on white, its origin at (10, 100)."""
    image = QImage(400, 160, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shown.paint(painter, 10, 100)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(160, 400, 4)
    return 255 - pixels[:, :, :3].astype(int)


# What they look like


def test_a_formula_stands_on_its_baseline() -> None:
    rows, columns = np.nonzero(picture(made("0.25")).any(axis=2))
    assert 98 <= rows.max() <= 101  # round digits reach a little below it
    assert 100 - made("0.25").ascent - 1 <= rows.min() < 80
    assert columns.min() >= 10 and columns.max() <= 10 + made("0.25").width
    deep = np.nonzero(picture(made(r"\frac{1}{2}")).any(axis=2))[0]
    assert deep.max() == pytest.approx(100 + made(r"\frac{1}{2}").descent, abs=2)


def test_size_scales_everything() -> None:
    small, large = made("1 + 1", 10), made("1 + 1", 30)
    assert large.width == pytest.approx(3 * small.width)
    assert large.ascent == pytest.approx(3 * small.ascent)
    assert large.area.height() == pytest.approx(3 * small.area.height())


def test_colour_and_boldness() -> None:
    plain, red, bold = (picture(made("0.25", 40, *more)) for more in [(INK,), (RED,), (INK, True)])
    assert not red[:, :, 2].any() and red[:, :, 0].any()  # blue, green, red: red ink takes away the others
    assert bold.sum() > 1.2 * plain.sum()
    assert made("0.25", 40, INK, True).width == made("0.25").width


ALIKE = [
    "0.0513",
    "-17.25",
    r"0 \ln 0.05",
    r"\frac{0.0513 + 2.3026}{2}",
    r"\sqrt{1.4650}",
    "(-0.05 - 1)^2",
    r"9.999 \cdot 10^{-8}",
    r"\max (0, 1 - (-1) \cdot 0.4)",
    r"\left|-0.5 - 1\right|",
    r"0.3 \log_2 0.7",
    r"\Bigl(0.3 \ln \frac{0.3}{0.2}\Bigr)",
]


@pytest.mark.parametrize("latex", ALIKE)
def test_digits_are_filled_in_as_if_they_had_been_set(latex: str, monkeypatch: pytest.MonkeyPatch) -> None:
    filled = made(latex)
    assert formulas._plate(formulas._with_digits(latex, iter("0123456789" * 9))).gaps  # type: ignore[union-attr]
    exact = formulas._plate(latex, gaps=False)
    assert exact is not None
    monkeypatch.setattr(formulas, "_plate", lambda latex, gaps=True: exact)
    afresh = formula.__wrapped__(latex, 40, INK)
    # Brackets and bars may lie a hair's breadth higher.
    assert np.abs(picture(filled) - picture(afresh)).sum() < 0.06 * picture(afresh).sum()


def test_digits_that_are_drawn_in_another_order_are_set_each_time() -> None:
    latex = r"\sum_{i=1}^{3} \frac{1}{2}"
    plate = formulas._plate(latex)
    assert plate is not None and not plate.gaps
    assert (picture(made(latex)) != picture(made(latex.replace("2", "5")))).any()


@pytest.mark.parametrize(
    ("close", "apart"),
    [(r"0 \ln 0.05", r"0 \mathrm{ln} 0.05"), (r"1 \cdot (-2)", r"1 \cdot (1-2)")],
)
def test_white_space_is_mended(close: str, apart: str) -> None:
    assert made(close).width != made(apart).width
    assert made("(-2)").width < made("(1-2)").width - made("1").width


# What is remembered


def test_a_formula_is_made_once() -> None:
    before = formula.cache_info().misses
    assert made("0.123456789") is made("0.123456789")
    assert formula.cache_info().misses == before + 1


def test_a_formula_with_other_digits_is_not_set_again() -> None:
    made("0.7312 + 11")
    before = formulas._plate.cache_info().misses
    made("0.1944 + 20", 17, RED)
    assert formulas._plate.cache_info().misses == before


@pytest.mark.parametrize("latex", [r"\frac{1", r"\left(", "{"])
def test_what_cannot_be_set_is_none(latex: str) -> None:
    assert formula(latex, 20, INK) is None


# Imported late


def test_the_first_paint_does_not_wait_for_ziamath() -> None:
    code = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from lossgui.files import examples
from lossgui.gui.application import application
from lossgui.gui.document import Document
from lossgui.gui.window import MainWindow
from PySide6.QtCore import QEvent, QObject

class Paints(QObject):
    imported = []
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.imported.append("ziamath" in sys.modules)
        return False

app, paints = application(), Paints()
window = MainWindow(Document(examples.load(examples.FIRST)))
window.working.reader.viewport().installEventFilter(paints)
window.show()
app.processEvents()
window.settle()
window.close()
sys.exit(0 if not paints.imported[0] and paints.imported[-1] else f"{paints.imported}")
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_without_ziamath_nothing_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, formulas.PARTS[-1], None)
    assert len(list(formulas.load())) == len(formulas.PARTS) - 1
    assert not formulas.loaded()


# The catalogue

STAGES = {
    stage.formula: stage
    for entry in LOSSES.values()
    for profile in entry.profiles
    for stage in entry.chain(profile, entry.settled(profile, {})).stages
}
FINISHES = {
    finish.formula
    for entry in LOSSES.values()
    for profile in entry.profiles
    if (finish := entry.chain(profile, entry.settled(profile, {})).finish) is not None
}


@pytest.mark.parametrize("latex", sorted({entry.latex for entry in LOSSES.values()} | set(STAGES) | FINISHES))
def test_formulas_of_losses_and_stages_can_be_set(latex: str) -> None:
    if latex:
        shown = made(latex)
        assert picture(shown).any() and shown.width > 0


@pytest.mark.parametrize("case", FORMS, ids=str)
def test_the_working_of_every_loss_can_be_set(qtbot: QtBot, case: Case) -> None:
    outcome = Outcome(drawn(case, 3), case.choice())
    lines = [outcome.batch_working(), *(step.text for row in range(3) for step in outcome.working(row))]
    for line in lines:
        for piece in notation.pieces(line):
            if piece.kind != "text":
                assert made(piece.latex).renderer.isValid()
        whole = notation.latex(line)
        assert r"\text" in whole or made(whole).width > 0
        assert not re.search("[\u0080-\uffff]", re.sub(r"\\text\{[^}]*\}", "", whole))
