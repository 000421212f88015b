"""Figures as Qt writes them: `python made.py FOLDER` makes an SVG and two PDF files with a study attached."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPageSize, QPainter, QPdfWriter, QPen
from PySide6.QtSvg import QSvgGenerator

from lossgui.files.figures.pdf import ATTACHMENT, MIME
from lossgui.files.figures.steady import steadied

SIZE = QSize(400, 300)
STUDY = b'{\n "format": "lossgui study",\n "version": 1\n}\n'


def paint(painter: QPainter) -> None:
    painter.setFont(QFont("DejaVu Sans", 9))
    painter.drawText(QPointF(20, 20), "ŷ of class <b>bird</b>")
    painter.setPen(QPen(QColor("#0072b2"), 2.5))
    painter.drawLine(QPointF(0, 0), QPointF(0.1, 100.3))


def png() -> bytes:
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        paint(painter)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


def svg() -> bytes:
    buffer, generator = QBuffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(SIZE)
    generator.setViewBox(QRectF(0, 0, 400, 300))
    generator.setTitle("Loss </svg> & ŷ")
    with QPainter(generator) as painter:
        paint(painter)
    return buffer.data().data()


def pdf(study: bytes | None = STUDY, title: str = "ŷ (a) /CreationDate (D:2)") -> bytes:
    """Return a PDF just as QPdfWriter writes it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(1200)
    writer.setTitle(title)
    writer.setPageSize(QPageSize(QSizeF(400, 300), QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF())
    if study is not None:
        writer.addFileAttachment(ATTACHMENT, QByteArray(study), MIME)
    with QPainter(writer) as painter:
        paint(painter)
    del writer
    return buffer.data().data()


if __name__ == "__main__":
    application = QGuiApplication(["made", "-platform", "offscreen"])
    folder = Path(sys.argv[1])
    (folder / "a.svg").write_bytes(svg())
    (folder / "raw.pdf").write_bytes(pdf())
    (folder / "a.pdf").write_bytes(steadied(pdf()))
