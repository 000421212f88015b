"""Stages: the steps on the way from labels and predictions to a number, each with its derivative and words.

A stage reads named values and writes one. Values of a block have the shape (rows, classes), or
(rows,) once classes are summed. The class axis is the last one.
"""

from lossgui.core.stages.rows import FusedSoftmaxTerms, LogSoftmax, Normalise, OneHot, Softmax, UnitLength
from lossgui.core.stages.stage import Function, Map, Stage
from lossgui.core.stages.sums import SumClasses, mean_over_classes

__all__ = [
    "Function",
    "FusedSoftmaxTerms",
    "LogSoftmax",
    "Map",
    "Normalise",
    "OneHot",
    "Softmax",
    "Stage",
    "SumClasses",
    "UnitLength",
    "mean_over_classes",
]
