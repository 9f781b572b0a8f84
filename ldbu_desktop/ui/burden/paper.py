"""The comparison on paper: its tables as a PDF, with what it rests on."""

from __future__ import annotations

from html import escape
from pathlib import Path

from ldbu_desktop.burden.comparison import Comparison
from ldbu_desktop.language import chosen
from ldbu_desktop.rendering.burden_tables import tables
from ldbu_desktop.rendering.tables import Cell, DataTable
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.ui.printing.document_pdf import document_pdf
from ldbu_desktop.ui.theme import LIGHT
from ldbu_desktop.whole_files import write_whole


def write_paper(path: Path, comparison: Comparison, standard: Standard) -> None:
    """Write the comparison as a PDF, whole or not at all.

    Raises :class:`~ldbu_desktop.faults.OutputFault` where it can't be written.
    """
    shown = tables(comparison, standard, chosen())
    html = "".join(map(_html, shown))
    contents = document_pdf(shown[0].title, html, is_wide=True)
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
