"""Labels and predictions as tables that are edited; `TablesPanel` holds both."""

from __future__ import annotations

from lossgui.gui.tables.panel import TablesPanel

__all__ = ["TablesPanel"]
