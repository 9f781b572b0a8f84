"""Workbooks in Excel's binary formats (.xls, .xlsb) and OpenDocument (.ods), written record by record."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from tests.workbooks import zipped

Cells = Sequence[Sequence[str | float | None]]
Places = Mapping[tuple[int, int], str | float]
"""Cells by row and column from 0: a stray one may stand far away."""


def places(rows: Cells) -> dict[tuple[int, int], str | float]:
    """The cells of rows by their places."""
    return {
        (row, column): cell for row, cells in enumerate(rows) for column, cell in enumerate(cells) if cell is not None
    }


# --- .xls -------------------------------------------------------------------------------------------------------------

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls_bytes(sheets: Mapping[str, Places], hidden: Sequence[str] = ()) -> bytes:
    """A workbook of Excel 97: BIFF8 records in the one stream of an OLE2 file."""
    streams = [_xls_sheet(cells) for cells in sheets.values()]
    begin = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    listed_size = sum(4 + 8 + 2 * len(name) for name in sheets)
    offset = len(begin) + listed_size + 4
    listed = b""
    for name, stream in zip(sheets, streams, strict=True):
        state = 1 if name in hidden else 0
        listed += _biff(0x0085, struct.pack("<IBBBB", offset, state, 0, len(name), 1) + name.encode("utf-16-le"))
        offset += len(stream)
    return _ole2("Workbook", begin + listed + _biff(0x000A, b"") + b"".join(streams))


def _xls_sheet(cells: Places) -> bytes:
    body = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    for (row, column), value in sorted(cells.items()):
        at = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            body += _biff(0x0204, at + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
        else:
            body += _biff(0x0203, at + struct.pack("<d", value))
    return body + _biff(0x000A, b"")


def _biff(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _ole2(name: str, stream: bytes) -> bytes:
    """An OLE2 file with one stream, which is long enough to stand in sectors of its own."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(stream) // _SECTOR
    fats = 1
    while fats * 128 < sectors + 1 + fats:
        fats += 1
    chain = [number + 1 for number in range(sectors - 1)] + [_END, _END] + [_FAT] * fats
    fat = struct.pack(f"<{fats * 128}I", *chain, *[_FREE] * (fats * 128 - len(chain)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, fats, sectors, 0, 4096, _END, 0, _END, 0)
    head += struct.pack("<109I", *(sectors + 1 + n for n in range(fats)), *[_FREE] * (109 - fats))
    directory = (
        _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _FREE, 0, len(stream)) + _entry("", 0, _FREE, 0, 0) * 2
    )
    return head + stream + directory + fat


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    length = len(text) + 2 if name else 0
    return text.ljust(64, b"\0") + struct.pack("<HBBIII36xIII", length, kind, 1, _FREE, _FREE, child, start, size, 0)


# --- .xlsb ------------------------------------------------------------------------------------------------------------


def xlsb_bytes(sheets: Mapping[str, Places]) -> bytes:
    """A binary workbook of Excel 2007: BIFF12 records in the parts of a zip file."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    listed = b"".join(
        _biff12(156, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(name))
        for number, name in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{kinds}/worksheet" Target="worksheets/sheet{number}.bin"/>'
        for number in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>'.encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="rId1" Type="{kinds}/officeDocument" Target="xl/workbook.bin"/></Relationships>'
        ).encode(),
        "xl/_rels/workbook.bin.rels": (
            f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>'
        ).encode(),
        "xl/workbook.bin": _biff12(131, b"") + _biff12(143, b"") + listed + _biff12(144, b"") + _biff12(132, b""),
    }
    for number, cells in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{number}.bin"] = _xlsb_sheet(cells)
    return zipped(parts)


def _xlsb_sheet(cells: Places) -> bytes:
    last_row = max((row for row, _ in cells), default=0)
    last_column = max((column for _, column in cells), default=0)
    body = _biff12(129, b"") + _biff12(148, struct.pack("<IIII", 0, last_row, 0, last_column)) + _biff12(145, b"")
    before = -1
    for (row, column), value in sorted(cells.items()):
        if row != before:
            body += _biff12(0, struct.pack("<I", row) + b"\0" * 21)
            before = row
        at = struct.pack("<II", column, 0)
        body += _biff12(6, at + _wide(value)) if isinstance(value, str) else _biff12(5, at + struct.pack("<d", value))
    return body + _biff12(146, b"") + _biff12(130, b"")


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _biff12(kind: int, data: bytes) -> bytes:
    head = bytes((kind,)) if kind < 128 else bytes((kind & 0x7F | 0x80, kind >> 7))
    size, length = b"", len(data)
    while True:
        size += bytes((length & 0x7F | (0x80 if length > 0x7F else 0),))
        length >>= 7
        if not length:
            return head + size + data


# --- .ods -------------------------------------------------------------------------------------------------------------


def ods_bytes(sheets: Mapping[str, Places]) -> bytes:
    """A spreadsheet of the OpenDocument format; gaps between cells are repeated empty ones."""
    spaces = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{name}="{spaces}:{name}:1.0"' for name in ("office", "table", "text"))
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{_ods_rows(cells)}</table:table>' for name, cells in sheets.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    media = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{spaces}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/></manifest:manifest>'
    )
    parts = {"mimetype": media, "META-INF/manifest.xml": manifest, "content.xml": content}
    return zipped({name: text.encode() for name, text in parts.items()})


def _ods_rows(cells: Places) -> str:
    rows: dict[int, dict[int, str | float]] = {}
    for (row, column), value in sorted(cells.items()):
        rows.setdefault(row, {})[column] = value
    written, at = "", 0
    for row, columns in rows.items():
        if row > at:
            written += f'<table:table-row table:number-rows-repeated="{row - at}"><table:table-cell/></table:table-row>'
        written += f"<table:table-row>{_ods_cells(columns)}</table:table-row>"
        at = row + 1
    return written


def _ods_cells(columns: Mapping[int, str | float]) -> str:
    written, at = "", 0
    for column, value in columns.items():
        if column > at:
            written += f'<table:table-cell table:number-columns-repeated="{column - at}"/>'
        if isinstance(value, str):
            written += (
                f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
            )
        else:
            written += f'<table:table-cell office:value-type="float" office:value="{value!r}"/>'
        at = column + 1
    return written
