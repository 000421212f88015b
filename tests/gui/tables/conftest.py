"""What all tests of the tables use."""

from __future__ import annotations

from collections import Counter

import pytest
from gui.tables.shown import (
    Shown,
    small,
)
from PySide6.QtCore import QLocale
from PySide6.QtGui import QAccessible

from lossgui.gui import style
from lossgui.gui.tables.model import NumbersModel


@pytest.fixture
def show(qtbot):
    style.apply("light")
    made = []

    def make(study=None, size=(360, 700)):
        made.append(Shown(qtbot, study if study is not None else small(), size))
        return made[-1]

    yield make
    for shown in made:
        shown.document.close()


@pytest.fixture
def german():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def counted(monkeypatch):
    """Count what Qt and the painting ask the models."""
    calls = Counter()
    for name in ("data", "answer", "flags", "headerData"):
        asked = getattr(NumbersModel, name)

        def counting(self, *given, asked=asked, name=name):
            calls[name] += 1
            return asked(self, *given)

        monkeypatch.setattr(NumbersModel, name, counting)
    return calls


@pytest.fixture
def screen_reader():
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)
