"""PDF files that carry a study, as an attached file that other programs list too."""

from __future__ import annotations

import re

from lossgui.files.figures.packed import HEAD, MOST, TOO_LONG, head_of, is_study, unpacked
from lossgui.files.unreadable import UnreadableError

ATTACHMENT, MIME = "study.lossgui", "application/json"
"""What the attached study is called, and what it is: who writes the PDF attaches it."""

MOST_STREAMS = 10_000
"""Streams of a file that are looked at."""

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PACKED_HEAD = 1024
"""Packed bytes in which a study's beginning lies."""

_PAGE = re.compile(rb"(?<=\n/Type /Page\n)[^<>]*(?=>>\nendobj\n)")
_BOX = re.compile(rb"(?<=Box \[)0 0 [0-9.]+ ([0-9]+)[0-9.]*(?=\])")


def cut(pdf: bytes, width: float, height: float) -> bytes:
    """Return a PDF of QPdfWriter, whose pages have whole points, with a page of so many points.

    Parameters
    ----------
    width, height
        What is left of the page at its top left; no more than there is.
    """

    def box(found: re.Match[bytes]) -> bytes:
        # As long as before, so that nothing behind it moves.
        top = int(found[1])
        return (b"0 %.4f %.4f %d" % (top - height, width, top)).ljust(len(found[0]))

    return _PAGE.sub(lambda page: _BOX.sub(box, page[0]), pdf, count=1)


def study_in(data: bytes) -> bytes | None:
    """Return the study that a file carries, or None.

    Streams are told by what they hold: neither cross-references nor object streams need to be read, so that
    files written anew by other programs, and broken ones, are read too.

    Raises
    ------
    UnreadableError
        If the study is damaged or too long.
    """
    for _, found in zip(range(MOST_STREAMS), _STREAM.finditer(data), strict=False):
        start = found.end()
        if is_study(data[start : start + HEAD]):
            end = data.find(b"endstream", start, start + MOST + HEAD)
            if end < 0:
                raise UnreadableError(TOO_LONG)
            return data[start:end].rstrip() + b"\n"
        if is_study(head_of(data[start : start + _PACKED_HEAD])):
            return unpacked(data[start : start + 2 * MOST])
    return None
