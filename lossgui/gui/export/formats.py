"""A page as the bytes of a file: PNG, SVG and PDF, the same each time."""

from __future__ import annotations

import re
from math import ceil
from xml.sax.saxutils import quoteattr

from PySide6.QtCore import QBuffer, QByteArray, QHashSeed, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QFontInfo, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from lossgui.files.figures.carried import with_study
from lossgui.files.figures.pdf import ATTACHMENT, MIME, cut
from lossgui.files.figures.steady import steadied
from lossgui.files.sheet import INCH, MOST_PIXELS
from lossgui.gui import style
from lossgui.gui.export.page import Page

PACKED = 60
"""How much time PNG may take to become small, of 100 for none at all."""

POINTS = 72 / INCH
"""Points to the millimetre."""

NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold, such as a NUL in the name of a class."""


def image(page: Page) -> QImage:
    """Return a page as a picture of the resolution that its sheet asks for.

    Raises
    ------
    ValueError
        If it would have too many pixels.
    """
    width, height = page.sheet.pixels
    if width * height > MOST_PIXELS:
        raise ValueError(
            f"A picture of {width:,} x {height:,} pixels is too large: make it smaller, or take fewer dpi."
        )
    result = style.sheet_of_paper(width, height, page.sheet.clear)
    result.fill(0)
    with page.laid_out() as drawing:
        painter = QPainter(result)
        painter.scale(width / drawing.size.width(), height / drawing.size.height())
        drawing.draw(painter)
        painter.end()
    for set_dots in (result.setDotsPerMeterX, result.setDotsPerMeterY):
        set_dots(round(page.sheet.dpi / INCH * 1000))
    return result


def png(page: Page, study: bytes = b"") -> bytes:
    """Return a page as PNG, its caption and its title among the picture's texts.

    Parameters
    ----------
    study
        What it carries, if anything; as for the other formats.

    Raises
    ------
    ValueError
        As `image` does.
    """
    picture = image(page)
    for name, text in (("Title", page.title), ("Description", page.caption), ("Software", "Loss Explorer")):
        picture.setText(name, text)
    buffer = _buffer()
    if not picture.save(buffer, "PNG", PACKED):  # type: ignore[call-overload]
        raise ValueError("The picture is too large to be written.")
    data = _bytes(buffer)
    return with_study(data, study) if study else data


def svg(page: Page, study: bytes = b"") -> bytes:
    """Return a page as SVG, in whose units an inch has 96 parts before the scale."""
    buffer = _buffer()
    with page.laid_out() as drawing:
        generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
        generator.setOutputDevice(buffer)
        generator.setResolution(round(style.PAPER_DPI))
        generator.setSize(QSize(1, 1))
        generator.setViewBox(QRectF(0, 0, drawing.size.width(), drawing.size.height()))
        generator.setTitle(page.title)
        generator.setDescription(page.caption)
        with QPainter(generator) as painter:
            drawing.draw(painter)
        family = QFontInfo(style.font()).family()
    text = _bytes(buffer).decode()
    size = f'<svg width="{page.sheet.width:g}mm" height="{page.sheet.height:g}mm"'
    text = re.sub(r'<svg width="[^"]*" height="[^"]*"', size, text, count=1)
    families = f"font-family={quoteattr(f'{family}, sans-serif')}"
    text = re.sub(r'font-family="[^"]*"', lambda found: families, text)
    data = NO_XML.sub("\ufffd", text).encode()
    return with_study(data, study) if study else data


def pdf(page: Page, study: bytes = b"") -> bytes:
    """Return a page as PDF, its fonts embedded."""
    # Qt embeds fonts in the order of a hash table, which is another in each run.
    QHashSeed.setDeterministicGlobalSeed()
    try:
        return _pdf(page, study)
    finally:
        QHashSeed.resetRandomGlobalSeed()


def _pdf(page: Page, study: bytes) -> bytes:
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setTitle(page.title)
    writer.setCreator("Loss Explorer")
    writer.setResolution(round(style.PAPER_DPI))
    width, height = page.sheet.width * POINTS, page.sheet.height * POINTS
    size = QSizeF(ceil(width), ceil(height))
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    if study:
        writer.addFileAttachment(ATTACHMENT, study, MIME)
    with page.laid_out() as drawing, QPainter(writer) as painter:
        painter.scale(page.scale, page.scale)
        drawing.draw(painter)
    return steadied(cut(_bytes(buffer), width, height))


DRAWN = {"png": png, "svg": svg, "pdf": pdf}
"""What draws a page, by the ending of the file."""


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.ReadWrite)
    return buffer


def _bytes(buffer: QBuffer) -> bytes:
    data: QByteArray = buffer.data()
    return bytes(data.data())
