"""What each plot shows, as data: a screen, a painter of PDF and SVG and a writer of CSV read the same."""

from lossgui.core.figures.contributions import by_class, by_sample
from lossgui.core.figures.curve import Held, curve
from lossgui.core.figures.figure import (
    BELOW,
    BESIDE,
    QUIET,
    Axis,
    Bars,
    Colour,
    Entry,
    Figure,
    Legend,
    Note,
    Point,
    Series,
    shortened,
    words,
)
from lossgui.core.figures.gradient import of_batch, of_sample
from lossgui.core.figures.image import Image, Scale
from lossgui.core.figures.links import LOGIT, PREDICTION, possible, refused
from lossgui.core.figures.path import can_rescale
from lossgui.core.figures.varied import labels_of

__all__ = [
    "BELOW",
    "BESIDE",
    "LOGIT",
    "PREDICTION",
    "QUIET",
    "Axis",
    "Bars",
    "Colour",
    "Entry",
    "Figure",
    "Held",
    "Image",
    "Legend",
    "Note",
    "Point",
    "Scale",
    "Series",
    "by_class",
    "by_sample",
    "can_rescale",
    "curve",
    "labels_of",
    "of_batch",
    "of_sample",
    "possible",
    "refused",
    "shortened",
    "words",
]
