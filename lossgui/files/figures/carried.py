"""Figures that re-open: PNG, SVG and PDF files that carry the study they show."""

from __future__ import annotations

from lossgui.files.figures import pdf, png, svg
from lossgui.files.figures.packed import MOST
from lossgui.files.unreadable import UnreadableError, in_words

__all__ = ["ENDINGS", "LARGEST", "MOST", "is_figure", "study_in", "with_study"]

ENDINGS = (".png", ".svg", ".pdf")

LARGEST = 1 << 25
"""Bytes of a figure that are read."""

_PDF = b"%PDF-"
_SVG = (b"<?xml", b"<svg", b"<!DOCTYPE svg", b"<!--")


def with_study(data: bytes, study: bytes) -> bytes:
    """Return a PNG or SVG that carries a study besides.

    Parameters
    ----------
    data
        The figure. A PDF carries its study from the start: as an attachment called `pdf.ATTACHMENT`.
    study
        As `studies.encode` gives it, no more than `MOST` bytes.

    Raises
    ------
    ValueError
        If the study is too long, or the figure is neither PNG nor SVG.
    """
    if len(study) > MOST:
        raise ValueError(f"A figure carries a study of {in_words(MOST)} at most.")
    if data.startswith(png.MAGIC):
        return png.with_study(data, study)
    if _is_svg(data):
        return svg.with_study(data, study)
    raise ValueError("Only a PNG or SVG is given a study.")


def study_in(data: bytes) -> bytes:
    """Return the study that a figure carries, as `studies.read` takes it.

    Raises
    ------
    UnreadableError
        If it carries none, or a damaged one.
    """
    if data.startswith(_PDF):
        found, kind = pdf.study_in(data), "PDF"
    elif data.startswith(png.MAGIC):
        found, kind = png.study_in(data), "picture"
    else:
        found, kind = svg.study_in(data), "picture"
    if found is None:
        raise UnreadableError(f"It is a {kind} that carries no study.")
    return found


def is_figure(start: bytes) -> bool:
    """Tell whether what begins so is a PNG, an SVG or a PDF."""
    return start.startswith((png.MAGIC, _PDF)) or _is_svg(start)


def _is_svg(start: bytes) -> bool:
    return start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_SVG)
