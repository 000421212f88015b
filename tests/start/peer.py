"""A script that only shows a table and two plots; it says when all three are painted."""

from __future__ import annotations

import sys

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QApplication, QHBoxLayout, QTableWidget, QTableWidgetItem, QWidget
from watch import Watch, end

app = QApplication([])
window = QWidget()
row = QHBoxLayout(window)
table = QTableWidget(8, 10)
for place in range(80):
    table.setItem(place // 10, place % 10, QTableWidgetItem(f"{place / 80:.2f}"))
curve, bars = pg.PlotWidget(), pg.PlotWidget()
x = np.linspace(0.01, 1, 400)
curve.plot(x, -np.log(x))
bars.addItem(pg.BarGraphItem(x=np.arange(10), height=np.arange(10) / 10, width=0.7))
for widget in (table, curve, bars):
    row.addWidget(widget)
window.resize(1366, 768)
watch = Watch("all", [widget.viewport() for widget in (table, curve, bars)], end)
window.show()
sys.exit(app.exec())
