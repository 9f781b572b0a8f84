"""A PDF of a page of rich text, as many sheets as it takes; made without a screen where there is none."""

from __future__ import annotations

import os

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice
from PySide6.QtGui import QGuiApplication, QPagedPaintDevice, QPdfWriter, QTextDocument

from ldbu_desktop.ui.printing.pdf import lay_out
from ldbu_desktop.ui.theme import FAMILIES

_POINTS = 9.0


def document_pdf(title: str, html: str, *, is_wide: bool = False) -> bytes:
    """The rich text ``html`` as A4 pages, upright or wide."""
    running = QCoreApplication.instance()
    if running is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # a command has no window, and may have no screen
        running = QGuiApplication(["ldbu"])
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    lay_out(writer, is_wide=is_wide)
    writer.setTitle(title)
    print_document(html, writer)
    return bytes(buffer.data().data())


def print_document(html: str, device: QPagedPaintDevice) -> None:
    """Draw the rich text ``html`` on the pages of a device."""
    document = QTextDocument()
    font = document.defaultFont()
    font.setFamilies(FAMILIES)
    font.setPointSizeF(_POINTS)
    document.setDefaultFont(font)
    document.setHtml(html)
    document.print_(device)
