"""The same figure, the same bytes: what Qt writes differently in each run is taken out of a PDF."""

from __future__ import annotations

import re
from hashlib import sha256
from uuid import UUID

_DATES = re.compile(rb"/(?:CreationDate|ModDate) \(D:[^)]*\)\n")
_PACKET = re.compile(rb"<\?xpacket begin.*?<\?xpacket end", re.DOTALL)
_DATES_OF_PACKET = re.compile(rb' xmp:(?:Create|Modify|Metadata)Date="[^"]*"')
_ID_OF_PACKET = re.compile(rb'(?<=xmpMM:DocumentID="uuid:)[0-9a-f-]{36}(?=")')
_IDS = re.compile(rb"<[0-9a-f]{72}>(?= (?:<|\]))")
_ROW = re.compile(rb"^[0-9]{10}(?= [0-9]{5} n $)", re.MULTILINE)
_START = re.compile(rb"(?<=startxref\n)[0-9]+")


def steadied(pdf: bytes) -> bytes:
    """Return a PDF of QPdfWriter without its dates, and with ids that follow from all the rest.

    Dates are as long as the name of the time zone, so that what comes behind them moves.

    Raises
    ------
    ValueError
        If it is not laid out as QPdfWriter does.
    """
    info, second, rest = pdf.partition(b"\n2 0 obj\n")
    body, table, tail = rest.rpartition(b"\nxref\n0 ")
    packet = _PACKET.search(body)
    if packet is None or not _IDS.search(tail):
        raise ValueError("This PDF is not laid out as QPdfWriter does.")
    dateless = _DATES.sub(b"", info)
    metadata = _DATES_OF_PACKET.sub(lambda date: b" " * len(date[0]), packet[0])
    before, after = dateless + second + body[: packet.start()], body[packet.end() :] + table
    tail = _moved(tail, len(info), len(info) - len(dateless))
    return _identified(before, metadata, after, tail)


def _moved(tail: bytes, place: int, by: int) -> bytes:
    """Return cross-references in which all that stands behind a place stands so much further to the front."""

    def moved(offset: re.Match[bytes]) -> bytes:
        number = int(offset[0])
        return b"%0*d" % (len(offset[0]), number - by if number > place else number)

    return _START.sub(lambda offset: b"%d" % (int(offset[0]) - by), _ROW.sub(moved, tail))


def _identified(before: bytes, metadata: bytes, after: bytes, tail: bytes) -> bytes:
    """Return the parts as one, each of its ids made from all that is no id."""
    nameless = _ID_OF_PACKET.sub(b"", metadata), _IDS.sub(b"", tail)
    digest = sha256(b"\0".join((before, nameless[0], after, nameless[1]))).digest()
    name = str(UUID(bytes=digest[:16], version=4)).encode()
    code = b"<%s>" % name.hex().encode()
    return before + _ID_OF_PACKET.sub(name, metadata) + after + _IDS.sub(code, tail)
