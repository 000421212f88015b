"""Stages: the steps on the way from labels and predictions to a number, each with its derivative and words.

A stage reads named values and writes one. Values of a block have the shape (rows, classes), or
(rows,) once classes are summed. The class axis is the last one.
"""

from lossgui.core.stages.along import Axes, SumAlong, axes_of
from lossgui.core.stages.rows import FusedSoftmaxTerms, LogSoftmax, Normalise, OneHot, Softmax, UnitLength
from lossgui.core.stages.select import Select
from lossgui.core.stages.stage import Function, Map, Stage
from lossgui.core.stages.sums import SumClasses, mean_over_classes

__all__ = [
    "Axes",
    "Function",
    "FusedSoftmaxTerms",
    "LogSoftmax",
    "Map",
    "Normalise",
    "OneHot",
    "Select",
    "Softmax",
    "Stage",
    "SumAlong",
    "SumClasses",
    "UnitLength",
    "axes_of",
    "mean_over_classes",
]
