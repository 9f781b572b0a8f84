"""Families as tables of our two shapes, in the parts that a file holds: workbooks and text files of the same rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import NamedTuple

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.journal.model import Family, Journal
from ldbu_desktop.language import Language
from ldbu_desktop.mapping.filled_workbook import filled_workbook
from ldbu_desktop.mapping.tables_out import long_rows
from ldbu_desktop.mapping.template_sheets import (
    TemplateColumn,
    TemplateSheet,
    answer_lists,
    long_template,
    wide_template,
)
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.mapping.wide_out import wide_table
from ldbu_desktop.standard.model import Standard

SYSTEM = "synthetic"
"""The name of the journal system that made-up families are from."""

Rows = dict[str, list[list[str]]]
"""The rows of each sheet by its name, without headings."""


class FilledSheets(NamedTuple):
    """Sheets of one shape with their rows."""

    sheets: tuple[TemplateSheet, ...]
    rows: Rows


def long_sheets(families: Sequence[Family], standard: Standard) -> FilledSheets:
    """Families in the long shape."""
    rows = long_rows(Journal(tuple(families), system=SYSTEM), standard)
    return FilledSheets(long_template(Vocabulary(standard)), rows)


def wide_sheets(families: Sequence[Family], standard: Standard) -> FilledSheets:
    """Families in the wide shape, with the columns that they need; what has no place in it is left out."""
    table = wide_table(Journal(tuple(families), system=SYSTEM), standard)
    (sheet,) = wide_template(Vocabulary(standard))
    known = {column.header: column for column in sheet.columns}
    nothing = Text(da="", en="")
    columns = tuple(known.get(name) or TemplateColumn(name, nothing, False, 20, "text") for name in table.header)
    return FilledSheets((TemplateSheet(sheet.name, sheet.text, columns),), {sheet.name: table.rows})


def given_sheets(rows: Mapping[str, Sequence[Mapping[str, str]]], standard: Standard) -> FilledSheets:
    """Rows by their headings in the long shape."""
    sheets = long_template(Vocabulary(standard))
    columns = {sheet.name: [column.header for column in sheet.columns] for sheet in sheets}
    told = {
        name: [[row.get(header, "") for header in headers] for row in rows.get(name, ())]
        for name, headers in columns.items()
    }
    return FilledSheets(sheets, told)


def workbook(filled: FilledSheets, standard: Standard) -> bytes:
    """The sheets as a workbook, in Danish as exports are."""
    return filled_workbook(filled.sheets, answer_lists(Vocabulary(standard)), Language.DANISH, filled.rows)


def texts(filled: FilledSheets, *, with_headings: bool = True) -> Iterator[tuple[str, bytes]]:
    """The sheets as text files, by their names: semicolons and a byte order mark, as Danish spreadsheets save them.

    Without headings it is what is added to a file that has them.
    """
    for sheet in filled.sheets:
        stream = StringIO(newline="")
        writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        if with_headings:
            writer.writerow([column.header for column in sheet.columns])
        writer.writerows(filled.rows[sheet.name])
        yield sheet.name, stream.getvalue().encode("utf-8-sig" if with_headings else "utf-8")


def parts(families: Iterable[Family], size: int) -> Iterator[list[Family]]:
    """Families so many at a time."""
    part: list[Family] = []
    for family in families:
        part.append(family)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
