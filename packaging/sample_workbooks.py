"""Writes rows as a workbook of the long shape, for the samples."""

from __future__ import annotations

from pathlib import Path

from ldbu_desktop.language import Language
from ldbu_desktop.mapping.template_sheets import long_template
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.template import write_tables

Tables = dict[str, list[dict[str, str]]]
"""The rows of each sheet, by header."""


def write_long(path: Path, tables: Tables) -> None:
    """Write ``tables`` as a filled template."""
    standard = shipped_standard()
    columns = {sheet.name: [column.header for column in sheet.columns] for sheet in long_template(Vocabulary(standard))}
    rows = {
        sheet: [[row.get(header, "") for header in columns[sheet]] for row in table] for sheet, table in tables.items()
    }
    write_tables(path, standard, "long", Language.DANISH, rows)
