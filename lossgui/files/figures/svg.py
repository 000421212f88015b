"""SVG pictures that carry a study, in their metadata, in Base64: no name in it can break the XML."""

from __future__ import annotations

import re
from base64 import b64decode, encodebytes

from lossgui.files.figures.packed import DAMAGED, MOST, TOO_LONG
from lossgui.files.unreadable import UnreadableError

NAMESPACE = "urn:lossgui:study"

_CLOSING = b"</svg>"
_ROOT = re.compile(rb"<(?:[\w.-]+:)?svg[\s/>]")
_STUDY = re.compile(rb"<(?:[\w.-]+:)?study\b([^<>]*)>([\sA-Za-z0-9+/=]*)<")
_LONGEST = 2 * MOST
"""Characters of Base64, with line ends, that are read."""


def with_study(data: bytes, study: bytes) -> bytes:
    """Return the picture with the study at its end.

    Raises
    ------
    ValueError
        If it is no SVG.
    """
    end = data.rfind(_CLOSING)
    if end < 0:
        raise ValueError("This is no SVG.")
    begin = f'<metadata><study xmlns="{NAMESPACE}" encoding="base64">\n'.encode()
    return data[:end] + begin + encodebytes(study) + b"</study></metadata>\n" + data[end:]


def study_in(data: bytes) -> bytes | None:
    """Return the study that a picture carries, or None.

    Its element is sought in the text: XML is not parsed, so that nothing in it, such as an entity, is ever
    expanded or followed.

    Raises
    ------
    UnreadableError
        If it is no SVG, or the study is damaged or too long.
    """
    if not _ROOT.search(data):
        raise UnreadableError("It is no SVG.")
    if NAMESPACE.encode() not in data:
        return None
    found = next((match[2] for match in _STUDY.finditer(data) if b"base64" in match[1]), None)
    if found is None:
        raise UnreadableError(DAMAGED)
    if len(found) > _LONGEST:
        raise UnreadableError(TOO_LONG)
    try:
        study = b64decode(b"".join(found.split()), validate=True)
    except ValueError:
        raise UnreadableError(DAMAGED) from None
    if len(study) > MOST:
        raise UnreadableError(TOO_LONG)
    return study
