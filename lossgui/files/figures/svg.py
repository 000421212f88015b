"""SVG pictures that carry a study, in their metadata, in Base64: no name in it can break the XML."""

from __future__ import annotations

from base64 import b64decode, encodebytes
from typing import NoReturn
from xml.parsers import expat

from lossgui.files.figures.packed import DAMAGED, MOST
from lossgui.files.unreadable import UnreadableError, in_words

NAMESPACE = "urn:lossgui:study"

DEEPEST = 1000
"""Elements inside one another that are read."""

_CLOSING = b"</svg>"
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

    Raises
    ------
    UnreadableError
        If it is no SVG, declares entities, or the study is damaged or too long.
    """
    reader = _Reader()
    try:
        reader.parser.Parse(data, True)
    except _FoundError:
        return _decoded(reader.text)
    except expat.ExpatError as error:
        raise UnreadableError(f"It is not well-formed at line {error.lineno}.") from None
    return None


def _decoded(text: str) -> bytes:
    try:
        return b64decode("".join(text.split()), validate=True)
    except ValueError:
        raise UnreadableError(DAMAGED) from None


class _FoundError(Exception):
    """The end of the study: what follows need not be read."""


class _Reader:
    """A parser that keeps the text of the study's element alone."""

    def __init__(self) -> None:
        self.text = ""
        self._parts: list[str] | None = None
        self._length = self._depth = 0
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._read

    def _refuse(self, *declared: object) -> NoReturn:
        raise UnreadableError("It has a DOCTYPE, which can declare entities and is never read.")

    def _begin(self, name: str, attributes: object) -> None:
        if not self._depth and name.rpartition(" ")[2] != "svg":
            raise UnreadableError("It is no SVG.")
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnreadableError("It is nested too deeply.")
        if name == f"{NAMESPACE} study":
            self._parts = []

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._parts is not None and name == f"{NAMESPACE} study":
            self.text = "".join(self._parts)
            raise _FoundError

    def _read(self, text: str) -> None:
        if self._parts is None:
            return
        self._length += len(text)
        if self._length > _LONGEST:
            raise UnreadableError(f"It carries a study of more than {in_words(MOST)}.")
        self._parts.append(text)
