"""Sheets that this program writes into workbooks, and that hold no data of a journal."""

from __future__ import annotations

from itertools import islice

from ldbu_desktop.mapping.columns import header_key
from ldbu_desktop.sources.rows import TableRows
from ldbu_desktop.sources.tables import Table

_OF_TEMPLATES = frozenset(map(header_key, ("Vejledning", "Lister")))
_OF_CORRECTIONS = {
    header_key("Rettelser"): ("Fil", "Sted", "Kontakt", "Oplysning", "I filen", "Rettet til"),
    header_key("Changes"): ("File", "Place", "Visit", "Information", "In the file", "Changed to"),
}
"""How the journal of changes of a corrected copy is called and headed."""


def is_own_sheet(table: Table) -> bool:
    """Whether a sheet is one of ours: of a template, or the journal of changes of a corrected copy.

    Others may call a sheet as the journal of changes is called: it is known by its headers too, and numbered where a
    workbook has several.
    """
    name = header_key(table.sheet)
    if name in _OF_TEMPLATES:
        return True
    headers = _OF_CORRECTIONS.get(name.rstrip("0123456789"))
    if headers is None:
        return False
    rows = TableRows.of(table.rows)
    first = list(islice(rows, 1))
    rows.put_back(first)
    table.rows = rows
    return any(tuple(cells[: len(headers)]) == headers for _, cells in first)
