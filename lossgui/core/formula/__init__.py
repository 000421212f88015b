"""Formulas that people type: read, differentiated, evaluated, written and measured, and never run as code."""

from lossgui.core.formula.own import OVER, own_loss
from lossgui.core.formula.reading import Read, read
from lossgui.core.formula.wrong import FormulaError

__all__ = ["OVER", "FormulaError", "Read", "own_loss", "read"]
