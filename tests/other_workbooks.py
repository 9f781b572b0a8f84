"""Workbooks in Excel's binary formats (.xls, .xlsb) and OpenDocument (.ods), written record by record."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tests.workbooks import Failed, Formula, zipped

Cell = str | float | Failed | Formula
Cells = Sequence[Sequence[Cell | None]]
Places = Mapping[tuple[int, int], Cell]
"""Cells by row and column from 0: a stray one may stand far away. A formula has text for a value, or none."""

ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42, "?": 99}


@dataclass(frozen=True)
class Look:
    """What every sheet of a workbook looks like: rows and columns from 0, merged cells as first and last of each."""

    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    merged: Sequence[tuple[int, int, int, int]] = ()
    date1904: bool = False
    is_calculated: bool = True


PLAIN = Look()


def places(rows: Cells) -> dict[tuple[int, int], Cell]:
    """The cells of rows by their places."""
    return {
        (row, column): cell for row, cells in enumerate(rows) for column, cell in enumerate(cells) if cell is not None
    }


# --- .xls -------------------------------------------------------------------------------------------------------------

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls_bytes(
    sheets: Mapping[str, Places], hidden: Sequence[str] = (), look: Look = PLAIN, *, shortest: int = 0
) -> bytes:
    """A workbook of Excel 97: BIFF8 records in the one stream of an OLE2 file.

    A stream that is shorter than ``shortest`` stands in short sectors.
    """
    shared = [cell for cells in sheets.values() for cell in cells.values() if _is_shared(cell)]
    streams = [_xls_sheet(cells, look, shared) for cells in sheets.values()]
    begin = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    begin += _biff(0x0022, struct.pack("<H", look.date1904))
    if look.is_calculated:
        begin += _biff(0x01C1, struct.pack("<HHI", 0x01C1, 0, 191029))
    begin += _xls_shared(shared) if shared else b""
    listed_size = sum(4 + 8 + 2 * len(name) for name in sheets)
    offset = len(begin) + listed_size + 4
    listed = b""
    for name, stream in zip(sheets, streams, strict=True):
        state = 1 if name in hidden else 0
        listed += _biff(0x0085, struct.pack("<IBBBB", offset, state, 0, len(name), 1) + name.encode("utf-16-le"))
        offset += len(stream)
    stream = begin + listed + _biff(0x000A, b"") + b"".join(streams)
    return _short_ole2("Workbook", stream) if len(stream) < shortest else _ole2("Workbook", stream)


_LONGEST_RECORD = 8224


def _is_shared(cell: Cell) -> bool:
    """Whether a text is too long for a record of its own."""
    return isinstance(cell, str) and len(cell) > 4000


def _xls_shared(texts: Sequence[Cell]) -> bytes:
    """The texts that cells refer to; each goes on in as many records as it needs."""
    body = _biff(0x00FC, struct.pack("<II", len(texts), len(texts)))
    for text in map(str, texts):
        data, head = text.encode("utf-16-le"), struct.pack("<HB", len(text), 1)
        while data:
            room = (_LONGEST_RECORD - len(head)) // 2 * 2
            body += _biff(0x003C, head + data[:room])
            data, head = data[room:], b"\1"
    return body


def _xls_sheet(cells: Places, look: Look, shared: Sequence[Cell]) -> bytes:
    body = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    body += b"".join(_biff(0x007D, struct.pack("<HHHHHH", at, at, 2048, 0, 1, 0)) for at in look.hidden_columns)
    body += b"".join(_biff(0x0208, struct.pack("<HHHHIHH", at, 0, 9, 255, 0, 0x20, 0)) for at in look.hidden_rows)
    # A chart that lies on the sheet has cells of its own, which are none of the sheet's.
    chart = _biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0020, 0, 0, 0, 6))
    body += chart + _biff(0x0205, struct.pack("<HHHBB", 0, 0, 0, 7, 1)) + _biff(0x000A, b"")
    body += b"".join(_xls_cell(row, column, value, look, shared) for (row, column), value in sorted(cells.items()))
    if look.merged:
        areas = b"".join(struct.pack("<HHHH", *area) for area in look.merged)
        body += _biff(0x00E5, struct.pack("<H", len(look.merged)) + areas)
    return body + _biff(0x000A, b"")


def _xls_cell(row: int, column: int, value: Cell, look: Look, shared: Sequence[Cell]) -> bytes:
    at = struct.pack("<HHH", row, column, 0)
    if _is_shared(value):
        return _biff(0x00FD, at + struct.pack("<I", shared.index(value)))
    if isinstance(value, bool):
        return _biff(0x0205, at + struct.pack("<BB", value, 0))
    if isinstance(value, Failed):
        code = ERRORS[value.text]
        if not value.formula:
            return _biff(0x0205, at + struct.pack("<BB", code, 1))
        return _xls_formula(at, struct.pack("<BBBBBBH", 2, 0, code, 0, 0, 0, 0xFFFF))
    if isinstance(value, Formula):
        if value.value is None:
            empty = struct.pack("<BBBBBBH", 3, 0, 0, 0, 0, 0, 0xFFFF)
            return _xls_formula(at, bytes(8) if look.is_calculated else empty, 2 if look.is_calculated else 0)
        if not value.value:
            return _xls_formula(at, struct.pack("<BBBBBBH", 3, 0, 0, 0, 0, 0, 0xFFFF))
        if value.value.isdecimal():
            return _xls_formula(at, struct.pack("<d", float(value.value)))
        text = _biff(0x0207, struct.pack("<HB", len(value.value), 1) + value.value.encode("utf-16-le"))
        return _xls_formula(at, struct.pack("<BBBBBBH", 0, 0, 0, 0, 0, 0, 0xFFFF)) + text
    if isinstance(value, str):
        return _biff(0x0204, at + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    if isinstance(value, int) and abs(value) < 1 << 29:
        return _biff(0x00BD, struct.pack("<HHHiH", row, column, 0, value << 2 | 2, column))
    return _biff(0x0203, at + struct.pack("<d", value))


def _xls_formula(at: bytes, result: bytes, flags: int = 0) -> bytes:
    return _biff(0x0006, at + result + struct.pack("<HIHB", flags, 0, 1, 0x16))


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


def _short_ole2(name: str, stream: bytes) -> bytes:
    """An OLE2 file with one stream in short sectors of 64 bytes, which all lie in the chain of the root."""
    shorts = -(-len(stream) // 64)
    held = stream.ljust(-(-len(stream) // _SECTOR) * _SECTOR, b"\0")
    holders, tables = len(held) // _SECTOR, -(-shorts // 128)
    after = holders + tables
    chain = [*range(1, holders), _END, *range(holders + 1, after), _END, _END, _FAT]
    fat = struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain)))
    short = struct.pack(f"<{tables * 128}I", *range(1, shorts), _END, *[_FREE] * (tables * 128 - shorts))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, after, 0, 4096, holders, tables, _END, 0)
    head += struct.pack("<109I", after + 1, *[_FREE] * 108)
    directory = (
        _entry("Root Entry", 5, 1, 0, len(held))
        + _entry(name, 2, _FREE, 0, len(stream))
        + _entry("", 0, _FREE, 0, 0) * 2
    )
    return head + held + short + directory + fat


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    length = len(text) + 2 if name else 0
    return text.ljust(64, b"\0") + struct.pack("<HBBIII36xIII", length, kind, 1, _FREE, _FREE, child, start, size, 0)


# --- .xlsb ------------------------------------------------------------------------------------------------------------


def xlsb_bytes(sheets: Mapping[str, Places], hidden: Sequence[str] = (), look: Look = PLAIN) -> bytes:
    """A binary workbook of Excel 2007: BIFF12 records in the parts of a zip file."""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    listed = b"".join(
        _biff12(156, struct.pack("<II", name in hidden, number) + _wide(f"rId{number}") + _wide(name))
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
        "xl/workbook.bin": b"".join(
            (
                *(_biff12(131, b""), _biff12(153, struct.pack("<II", look.date1904, 0) + _wide("")), _biff12(143, b"")),
                *(listed, _biff12(144, b""), _biff12(157, bytes(24) + struct.pack("<H", not look.is_calculated))),
                _biff12(132, b""),
            )
        ),
    }
    for number, cells in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{number}.bin"] = _xlsb_sheet(cells, look)
    return zipped(parts)


def _xlsb_sheet(cells: Places, look: Look) -> bytes:
    last_row = max((row for row, _ in cells), default=0)
    last_column = max((column for _, column in cells), default=0)
    body = _biff12(129, b"") + _biff12(148, struct.pack("<IIII", 0, last_row, 0, last_column))
    if look.hidden_columns:
        hidden = (_biff12(60, struct.pack("<IIIIH", at, at, 2048, 0, 1)) for at in look.hidden_columns)
        body += _biff12(390, b"") + b"".join(hidden) + _biff12(391, b"")
    body += _biff12(145, b"")
    before = -1
    for (row, column), value in sorted(cells.items()):
        if row != before:
            flags = 0x10 if row in look.hidden_rows else 0
            body += _biff12(0, struct.pack("<IIHBBB", row, 0, 300, 0, flags, 0) + b"\0" * 12)
            before = row
        body += _xlsb_cell(struct.pack("<II", column, 0), value)
    body += _biff12(146, b"")
    if look.merged:
        areas = (
            _biff12(176, struct.pack("<IIII", top, bottom, left, right)) for top, bottom, left, right in look.merged
        )
        body += _biff12(177, struct.pack("<I", len(look.merged))) + b"".join(areas) + _biff12(178, b"")
    return body + _biff12(130, b"")


def _xlsb_cell(at: bytes, value: Cell) -> bytes:
    formula = struct.pack("<HII", 0, 0, 0)
    if isinstance(value, bool):
        return _biff12(4, at + struct.pack("<B", value))
    if isinstance(value, Failed):
        code = struct.pack("<B", ERRORS[value.text])
        return _biff12(11, at + code + formula) if value.formula else _biff12(3, at + code)
    if isinstance(value, Formula):
        if value.value is None:
            return _biff12(9, at + bytes(8) + formula)
        if value.value.isdecimal():
            return _biff12(9, at + struct.pack("<d", float(value.value)) + formula)
        return _biff12(8, at + _wide(value.value) + formula)
    return _biff12(6, at + _wide(value)) if isinstance(value, str) else _biff12(5, at + struct.pack("<d", value))


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


_HIDDEN_STYLE = (
    '<office:automatic-styles><style:style style:name="ta2" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)


def ods_bytes(sheets: Mapping[str, Places], hidden: Sequence[str] = (), look: Look = PLAIN) -> bytes:
    """A spreadsheet of the OpenDocument format; gaps between cells are repeated empty ones."""
    spaces = "urn:oasis:names:tc:opendocument:xmlns"
    names = " ".join(f'xmlns:{name}="{spaces}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    tables = "".join(
        f'<table:table table:name="{escape(name)}"{_ODS_STYLES[name in hidden]}>'
        f"{_ods_columns(look)}{_ods_rows(cells, look)}</table:table>"
        for name, cells in sheets.items()
    )
    begin = '<table:null-date table:date-value="1904-01-01"/>' if look.date1904 else ""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}>{_HIDDEN_STYLE}'
        "<office:body><office:spreadsheet>"
        f"<table:calculation-settings>{begin}</table:calculation-settings>"
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    media = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{spaces}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media}"/></manifest:manifest>'
    )
    parts = {"mimetype": media, "META-INF/manifest.xml": manifest, "content.xml": content}
    return zipped({name: text.encode() for name, text in parts.items()})


_ODS_STYLES = {True: ' table:style-name="ta2"', False: ""}


def _ods_columns(look: Look) -> str:
    last = max(look.hidden_columns, default=-1)
    kinds = {True: '<table:table-column table:visibility="collapse"/>', False: "<table:table-column/>"}
    return "".join(kinds[at in look.hidden_columns] for at in range(last + 1))


def _ods_rows(cells: Places, look: Look) -> str:
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), value in sorted(cells.items()):
        rows.setdefault(row, {})[column] = value
    written, at = "", 0
    for row, columns in rows.items():
        if row > at:
            written += f'<table:table-row table:number-rows-repeated="{row - at}"><table:table-cell/></table:table-row>'
        hidden = ' table:visibility="collapse"' if row in look.hidden_rows else ""
        written += f"<table:table-row{hidden}>{_ods_cells(row, columns, look)}</table:table-row>"
        at = row + 1
    return written


def _ods_cells(row: int, columns: Mapping[int, Cell], look: Look) -> str:
    written, at = "", 0
    for column, value in columns.items():
        if column > at:
            written += f'<table:table-cell table:number-columns-repeated="{column - at}"/>'
        within = any(
            top <= row <= bottom and left <= column <= right and (row, column) != (top, left)
            for top, bottom, left, right in look.merged
        )
        spans = "".join(
            f' table:number-columns-spanned="{right - left + 1}" table:number-rows-spanned="{bottom - top + 1}"'
            for top, bottom, left, right in look.merged
            if (row, column) == (top, left)
        )
        attributes, body = _ods_content(value)
        name = "covered-table-cell" if within else "table-cell"
        written += f"<table:{name}{attributes}{spans}>{body}</table:{name}>"
        at = column + 1
    return written


def _ods_content(value: Cell) -> tuple[str, str]:
    if isinstance(value, bool):
        return f' office:value-type="boolean" office:boolean-value="{str(value).lower()}"', ""
    if isinstance(value, Failed):
        return ' table:formula="of:=NA()" office:value-type="string" office:string-value=""', _ods_text(value.text)
    if isinstance(value, Formula):
        if not value.value:
            return ' table:formula="of:=[.A1]"', "" if value.value is None else "<text:p/>"
        return ' table:formula="of:=[.A1]" office:value-type="string"', _ods_text(value.value)
    if isinstance(value, str):
        return ' office:value-type="string"', _ods_text(value)
    return f' office:value-type="float" office:value="{value!r}"', ""


def _ods_text(text: str) -> str:
    return f"<text:p>{escape(text)}</text:p>"
