"""Writes the program's icon as Windows has it: `python packaging/windows/icon.py PICTURE.svg ICON.ico`."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""What Windows asks for at 100 to 200 per cent, and for large tiles."""


def picture(svg: Path, size: int) -> bytes:
    """The drawing as a PNG of so many pixels square."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())


def icon(pictures: dict[int, bytes]) -> bytes:
    """An ICO file of pictures by their size: a head, a line about each, and then the pictures themselves."""
    at = 6 + 16 * len(pictures)
    lines = b""
    for size, data in pictures.items():
        lines += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), at)
        at += len(data)
    return struct.pack("<HHH", 0, 1, len(pictures)) + lines + b"".join(pictures.values())


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(icon({size: picture(Path(sys.argv[1]), size) for size in SIZES}))
