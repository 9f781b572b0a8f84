"""The comparison on paper: its tables as a PDF, with what it rests on."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from ldbu_desktop.burden.comparison import Comparison
from ldbu_desktop.language import chosen
from ldbu_desktop.rendering.burden_tables import tables
from ldbu_desktop.rendering.tables import Cell, DataTable
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.ui.theme import FAMILIES, LIGHT
from ldbu_desktop.whole_files import write_whole

_MARGIN = 15
_DOTS = 300
_POINTS = 8.5


def write_paper(path: Path, comparison: Comparison, standard: Standard) -> None:
    """Write the comparison as a PDF, whole or not at all.

    Raises :class:`~ldbu_desktop.faults.OutputFault` where it can't be written.
    """
    # In memory first: QPdfWriter does not tell that a disk is full.
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Landscape,
            QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN),
            QPageLayout.Unit.Millimeter,
        )
    )
    document = QTextDocument()
    font = document.defaultFont()
    font.setFamilies(FAMILIES)
    font.setPointSizeF(_POINTS)
    document.setDefaultFont(font)
    document.setHtml("".join(_html(table) for table in tables(comparison, standard, chosen())))
    document.print_(writer)
    contents = bytes(buffer.data().data())
    write_whole(path, lambda temporary: temporary.write_bytes(contents))


def _html(table: DataTable) -> str:
    head = "".join(f"<th align='left'>{escape(heading)}</th>" for heading in table.headings)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    return (
        f"<h3>{escape(table.title)}</h3>"
        f"<table cellpadding='3' cellspacing='0' width='100%'>"
        f"<tr style='color:{LIGHT.muted}'>{head}</tr>{rows}</table>"
    )


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"<td>{escape(cell)}</td>"
    told = "" if cell is None else f"{cell:g}".replace(".", "," if chosen().value == "da" else ".")
    return f"<td align='right'>{told}</td>"
