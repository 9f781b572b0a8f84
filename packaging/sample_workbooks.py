"""Writes rows as workbooks, for the samples."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from ldbu_desktop.language import Language
from ldbu_desktop.mapping.template_sheets import long_template
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.template import write_tables

Tables = dict[str, list[dict[str, str]]]
"""The rows of each sheet, by header."""

_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write_open_document(path: Path, sheet: str, rows: Sequence[Sequence[str]]) -> None:
    """Write a spreadsheet of texts in the OpenDocument format (.ods), as LibreOffice saves it but for its styles."""
    written = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
            for text in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="{escape(sheet)}">{written}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    media = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), media)
        archive.writestr(zipfile.ZipInfo("META-INF/manifest.xml"), manifest)
        archive.writestr(zipfile.ZipInfo("content.xml"), content, zipfile.ZIP_DEFLATED)


def write_long(path: Path, tables: Tables) -> None:
    """Write ``tables`` as a filled template."""
    standard = shipped_standard()
    columns = {sheet.name: [column.header for column in sheet.columns] for sheet in long_template(Vocabulary(standard))}
    rows = {
        sheet: [[row.get(header, "") for header in columns[sheet]] for row in table] for sheet, table in tables.items()
    }
    write_tables(path, standard, "long", Language.DANISH, rows)
    forget_time(path)


def forget_time(path: Path) -> None:
    """Write a workbook again without the time at which it was written: the same rows are the same bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = _TIME.sub(rb"\g<1>2025-12-01T00:00:00Z", parts["docProps/core.xml"])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
