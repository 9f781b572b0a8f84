"""The page as a PDF file: A4, always one page, its font inside it, written whole or not at all."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF
from PySide6.QtGui import (
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from ldbu_desktop import __version__
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.visit_summary import Summary
from ldbu_desktop.ui.printing.page import foot, page, style
from ldbu_desktop.ui.saving import FileKind, ask_where
from ldbu_desktop.ui.theme import FAMILIES, LIGHT
from ldbu_desktop.whole_files import write_whole

_SIZES = (10.0, 9.5, 9.0, 8.5, 8.0)
"""Points of the text, the first that lets all fit on the page."""

_FOOT_SIZE = 7.5
_MOST = 80
_FEW_LETTERS = 40
"""Lines that no page has room for; letters of a text where not even a line of each part has."""

_MARGIN = 18
DOTS = 600
"""Dots an inch that a page is laid out with."""

_HAIR = 0.25


@dataclass(frozen=True, slots=True)
class Fit:
    """What the page holds in the end: the text's size in points, and the summary, shortened if need be."""

    points: float
    summary: Summary


def write_pdf(path: Path, summary: Summary) -> Fit:
    """Write the page of a visit. Raises ``OutputFault`` where it can't be written; then nothing is changed."""
    # In memory first: QPdfWriter does not tell that a disk is full.
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    lay_out(writer)
    writer.setTitle(summary.title)
    painter = QPainter(writer)
    fit = _paint(painter, writer, summary)
    painter.end()
    write_whole(path, lambda aside: aside.write_bytes(buffer.data().data()))
    return fit


def choose_and_write(parent: QWidget, summary: Summary, name: str) -> Path | None:
    """Ask where to, and write there; None where the user changed their mind. Raises ``OutputFault``."""
    asked = ask_where(parent, tr("Gem kontakten som PDF"), name, (FileKind(lambda: tr("PDF"), ".pdf"),))
    if asked is None:
        return None
    write_pdf(asked[0], summary)
    return asked[0]


def print_page(device: QPagedPaintDevice, summary: Summary) -> Fit:
    """Draw the page of a visit on a printer, on one sheet."""
    painter = QPainter(device)
    fit = _paint(painter, device, summary)
    painter.end()
    return fit


def lay_out(writer: QPdfWriter, *, is_wide: bool = False) -> None:
    """Let a writer make an A4 page that can be kept: PDF/A, with all that it needs inside."""
    writer.setPdfVersion(QPagedPaintDevice.PdfVersion.PdfVersion_A1b)
    writer.setResolution(DOTS)
    writer.setCreator(f"LDBU Desktop {__version__}")
    writer.setPageLayout(page_layout(is_wide=is_wide))


def page_layout(*, is_wide: bool = False) -> QPageLayout:
    """An A4 page with room around it, upright or wide."""
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    turned = QPageLayout.Orientation.Landscape if is_wide else QPageLayout.Orientation.Portrait
    return QPageLayout(QPageSize(QPageSize.PageSizeId.A4), turned, margins, QPageLayout.Unit.Millimeter)


def _paint(painter: QPainter, writer: QPagedPaintDevice, summary: Summary) -> Fit:
    width, height = float(writer.width()), float(writer.height())
    fit = _fitted(summary, writer)
    below = _foot(fit.summary, writer)
    _text(fit, writer).drawContents(painter, QRectF(0, 0, width, height))
    top = height - below.size().height()
    painter.setPen(QPen(QColor(LIGHT.line), _dots(_HAIR)))
    line = round(top - _dots(_FOOT_SIZE / 2))
    painter.drawLine(0, line, round(width), line)
    painter.translate(0, top)
    below.drawContents(painter)
    return fit


def _fitted(summary: Summary, writer: QPagedPaintDevice) -> Fit:
    """The largest text that has room; in the smallest, as many lines of each part as have."""
    is_hopeless = sum(len(part.lines) for part in summary.parts) > _MOST
    for points in () if is_hopeless else _SIZES:
        whole = Fit(points, summary)
        if has_room(whole, writer):
            return whole
    smallest = _SIZES[-1]
    most = bisect_left(
        range(1, _MOST), True, key=lambda lines: not has_room(Fit(smallest, summary.shortened(lines)), writer)
    )
    # Where not even one line of each has room, what was written is no words: their beginnings have.
    shown = summary.shortened(most) if most else summary.shortened(1, _FEW_LETTERS)
    return Fit(smallest, shown)


def has_room(fit: Fit, writer: QPagedPaintDevice) -> bool:
    """Whether a page takes it all, foot included."""
    room = writer.height() - _foot(fit.summary, writer).size().height() - _dots(2 * _FOOT_SIZE)
    return _text(fit, writer).size().height() <= room


def _text(fit: Fit, writer: QPagedPaintDevice) -> QTextDocument:
    return _document(page(fit.summary), fit.points, writer)


def _foot(summary: Summary, writer: QPagedPaintDevice) -> QTextDocument:
    return _document(foot(summary), _FOOT_SIZE, writer)


def _dots(points: float) -> float:
    return points * DOTS / 72


def _document(html: str, points: float, writer: QPagedPaintDevice) -> QTextDocument:
    made = QTextDocument()
    made.documentLayout().setPaintDevice(writer)
    face = QFont()
    face.setFamilies(FAMILIES)
    face.setPointSizeF(points)
    face.setFeature(QFont.Tag("tnum"), 1)
    made.setDefaultFont(face)
    made.setDocumentMargin(0)
    made.setDefaultStyleSheet(style(points))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setDefaultTextOption(option)
    made.setHtml(f"<body>{html}</body>")
    made.setTextWidth(writer.width())
    return made
